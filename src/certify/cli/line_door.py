"""An exam by lines for somebody who came over the network and whose terminal shows no screens."""

from typing import Protocol

from certify.cli import line_mode
from certify.cli.line_terminal import Closed, Lines, ask, say, talking_on
from certify.domain.clean import clean_line
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services import catalogue
from certify.services.sign_in import SignedIn


class Door(Lines, Protocol):
    """The terminal at the other end."""

    holds: bool
    """Whether an exam is being sat, which no pause may end."""


def take(platform: Platform, signed_in: SignedIn, lines: Door) -> int:
    """Let somebody choose an exam and sit it; with an exam code it is chosen. Gives the exit code.

    Raises:
        Refused: there is none that can be sat now.
    """
    with talking_on(lines):
        if signed_in.must_change:
            say(_("Choose a password of your own first: sign in on a terminal that shows screens."))
            return 1
        try:
            exam = signed_in.only_exam or _chosen(platform, signed_in)
        except Closed:
            return 0
        if not exam:
            say(_("No exam can be sat now."))
            return 1
        lines.holds = True
        try:
            return line_mode.take(platform, actor=signed_in.actor, exam=exam)
        finally:
            lines.holds = False


def _chosen(platform: Platform, signed_in: SignedIn) -> str:
    """The exam they choose by its number; empty where there is none.

    Raises:
        Closed: they leave.
    """
    doors = [
        door
        for door in catalogue.exams(platform, actor=signed_in.actor)
        if door.open_attempt is not None or door.may_start
    ]
    for number, door in enumerate(doors, start=1):
        say(f"{number}  {clean_line(pick(door.title))}")
    while doors:
        typed = ask(_("Which exam? Type its number; q: leave."))
        if typed.isdecimal() and 1 <= int(typed[:9]) <= len(doors):
            return doors[int(typed[:9]) - 1].exam
    return ""
