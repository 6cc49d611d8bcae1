"""What line mode says before an exam."""

from zoneinfo import ZoneInfo

from certify.cli.line_terminal import say
from certify.domain.clean import clean_line
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services import lobby
from certify.services.lobby import LobbyView
from certify.services.time_words import time_rules


def say_rules(platform: Platform, door: LobbyView) -> None:
    """The rules as they are for this person."""
    minutes = door.time.minutes if door.time else door.minutes
    say(clean_line(pick(door.title)))
    seat = [_("Seat {seat}").format(seat=door.seat)] if door.seat else []
    if where := [*([door.place] if door.place else []), *seat]:
        say(clean_line(" · ".join(where)))
    say(
        _("{items} items, {points} points, {minutes} minutes, pass mark {pass_mark}.").format(
            items=door.items, points=door.points, minutes=minutes, pass_mark=door.pass_mark
        )
    )
    for rule in time_rules(door.time) if door.time else ():
        say(clean_line(rule))
    say(lobby.attempts_text(door.attempts_left))
    for notice in door.notices:
        say(f"! {notice}")
    say(
        _(
            "Every answer is saved at once. If the connection drops, the same command goes on where"
            " you were; the time runs on, and at its end the exam is submitted as it stands."
        )
    )
    if door.deadline is not None:
        zone = ZoneInfo(platform.policy.organisation.time_zone)
        text = _("Your exam is open until {time}.")
        say(text.format(time=f"{door.deadline.astimezone(zone):%H:%M:%S}"))
