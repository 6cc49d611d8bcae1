"""What the lobby of an exam says before it begins: its rules, as they are for this person."""

from collections.abc import Callable
from datetime import datetime

from certify.domain.person import Actor
from certify.i18n import _, _n
from certify.services.lobby import LobbyView
from certify.services.time_words import time_rules

SHOWN = 3
"""Announcements at most, each of several lines; the rules must stay in sight."""


def rules(view: LobbyView, actor: Actor, until: str) -> list[str]:
    """The rules in order, translated.

    Args:
        until: when the open attempt ends, as the company's clocks show it; empty without one.
    """
    left = _n("{count} attempt left", "{count} attempts left", view.attempts_left)
    items = _n("{count} item, {points} points.", "{count} items, {points} points.", view.items)
    time = _("You have {minutes} minutes; the time left is shown at the top right.").format(
        minutes=view.time.minutes if view.time else view.minutes
    )
    return [
        items.format(count=view.items, points=view.points),
        _("Your exam is open until {time}.").format(time=until) if until else time,
        *(time_rules(view.time) if view.time and not until else ()),
        *(_line_mode(view, actor) if view.time and view.time.line_mode else ()),
        _("You pass with {mark} of 100 or more. {left}.").format(
            mark=view.pass_mark, left=left.format(count=view.attempts_left)
        ),
        _("Every answer is saved at once; “✓ Saved” at the bottom left says so."),
        _(
            "If the connection drops or the terminal closes, nothing is lost: open the "
            "exam again and go on at the same item. The time goes on running."
        ),
        _("When the time is over, the exam is submitted as it stands."),
        _("If you go to another window, that is noted for the invigilator; it costs no points."),
    ]


def announced(view: LobbyView, local: Callable[[datetime], datetime]) -> list[str]:
    """What the invigilator announced to everybody, the newest; the rest can be read in the exam.

    Args:
        local: a moment as the clocks of the company show it.
    """
    text = _("Invigilator, {time}: {text}")
    return [
        "▸ " + text.format(time=f"{local(one.at):%H:%M}", text=one.text)
        for one in view.announcements[-SHOWN:]
    ]


def where(view: LobbyView) -> str:
    """Where it is sat; empty where that does not matter."""
    parts = [_("Seat {seat}").format(seat=view.seat)] if view.seat else []
    return " · ".join([view.place, *parts] if view.place else parts)


def _line_mode(view: LobbyView, actor: Actor) -> list[str]:
    command = f"certify --as {actor.staff_no} exam take {view.exam} --plain"
    text = _("You may sit it by lines of text: leave with Ctrl+Q and start “{command}”.")
    return [text.format(command=command)]
