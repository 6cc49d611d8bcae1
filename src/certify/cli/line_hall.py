"""What an invigilator does to a sitting by lines: waiting, a pause, announcements."""

from zoneinfo import ZoneInfo

from certify.cli.line_paper import Paper
from certify.cli.line_terminal import ask, say
from certify.domain.clean import clean_line
from certify.domain.person import Actor
from certify.domain.registration import Gate
from certify.i18n import _
from certify.platform import Platform
from certify.services import lobby
from certify.services.deadline import Announced
from certify.services.lobby import LobbyView


def wait_at_door(platform: Platform, actor: Actor, door: LobbyView) -> LobbyView:
    """Let who is to wait for the invigilator look again until they are admitted.

    Raises:
        Closed: they left.
    """
    said = 0
    while door.gate is Gate.WAITING and door.open_attempt is None and len(door.blockers) == 1:
        say(_("Please wait for the invigilator."))
        for one in door.announcements[said:]:
            _announce(platform, one)
        said = len(door.announcements)
        ask(_("Press Enter to look again; q: leave."))
        door = lobby.lobby(platform, actor=actor, exam=door.exam)
    return door


def is_stopped(paper: Paper) -> bool:
    """Say what happened meanwhile: time given, an announcement, a pause, which is waited for.

    Returns:
        Whether there was a pause: what was typed before it is not taken then.
    Raises:
        Closed, AttemptClosed, TakenOver
    """
    moved = paper.learn()
    if paper.paused_at is not None:
        _wait(paper)
        return True
    tell_announcements(paper)
    if moved > 0:
        say(_("You were given time; it now ends at {time}.").format(time=end_text(paper)))
    elif moved < 0:
        say(_("Your time was changed; it now ends at {time}.").format(time=end_text(paper)))
    return False


def end_text(paper: Paper) -> str:
    """When the time ends, on the company's clocks."""
    return f"{paper.local(paper.deadline):%H:%M:%S}"


def _wait(paper: Paper) -> None:
    while paper.paused_at is not None:
        say(_("The invigilator has stopped this exam for now; your time stands."))
        tell_announcements(paper)
        ask(_("Press Enter to look again; q: leave."))
        paper.learn()
    say(_("The exam goes on; {left} left.").format(left=paper.time_left()))


def tell_announcements(paper: Paper) -> None:
    """Say what was announced and not said yet."""
    for one in paper.unsaid():
        _announce(paper.platform, one)


def repeat_announcements(paper: Paper) -> None:
    """Say again everything that was announced."""
    if not paper.announcements:
        say(_("Nothing was announced."))
    paper.said = 0
    tell_announcements(paper)


def _announce(platform: Platform, one: Announced) -> None:
    zone = ZoneInfo(platform.policy.organisation.time_zone)
    moment = f"{one.at.astimezone(zone):%H:%M}"
    say(_("Invigilator, {time}: {text}").format(time=moment, text=clean_line(one.text)))
