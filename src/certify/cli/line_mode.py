"""A whole sitting by lines of text: for plain terminals, screen readers and scripts.

The same services and records as on the screen. Nothing but lines is written: no colour, no cursor.
A closed terminal loses nothing; the same command goes on where it was.
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from certify.cli.line_paper import Paper
from certify.cli.result_text import result_lines
from certify.cli.text import ranges, wrap
from certify.domain.clean import clean, clean_line
from certify.domain.person import Actor
from certify.errors import AttemptClosed, BadInput, NotSaved, Refused
from certify.i18n import _, _n, language, pick
from certify.platform import Platform
from certify.services import closing, lobby, results, sitting
from certify.services.lobby import LobbyView

TRIES = 3
"""How often an answer that was not saved is sent again before the person is asked."""


class Closed(Exception):
    """The terminal was closed, or the person leaves for now."""


def take(platform: Platform, *, actor: Actor, exam: str) -> int:
    """Sit an exam from its rules to its result; returns the exit code.

    Raises:
        Refused: the exam cannot be started, or another terminal has taken it over.
    """
    door = lobby.lobby(platform, actor=actor, exam=exam)
    _say_rules(platform, door)
    if not door.may_start:
        raise Refused("\n".join(door.blockers))
    leaving = _("Nothing has begun; come back when you like.")
    try:
        if door.open_attempt is None:
            _ask(_("Press Enter to begin; the time starts then. q: leave."))
        paper = Paper(platform, actor, sitting.start(platform, actor=actor, exam=exam))
        leaving = _("Nothing is lost; the same command goes on where you were. The time runs on.")
        LineSitting(paper).run()
    except Closed:
        with suppress(OSError):  # the terminal may be gone
            _say(leaving)
        return 0
    _say("")
    for line in result_lines(
        results.result(platform, actor=actor, attempt_id=paper.sitting.attempt_id)
    ):
        print(line)
    return 0


class LineSitting:
    """One sitting at one terminal."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.is_submitted = False
        self.commands: dict[str, Callable[[], None]] = {
            "n": lambda: self.go(paper.position + 1),
            "p": lambda: self.go(paper.position - 1),
            "f": self.flag,
            "c": self.take_back,
            "l": self.list_states,
            "t": self.say_time,
            "s": self.submit,
            "h": self.help,
            "?": self.help,
        }

    def run(self) -> None:
        """Ask until the exam is submitted, by the person or by the deadline."""
        if self.paper.sitting.sequence:
            _say(_("You go on with the exam you began; what you answered is saved."))
        self.help()
        self.show()
        while not self.is_submitted:
            typed = _ask(_("Answer or command:"))
            try:
                self.paper.check_time()
                self.obey(typed)
            except AttemptClosed as problem:
                closing.close_overdue(self.paper.platform)
                _say(problem.message)
                return

    def obey(self, typed: str) -> None:
        """Do what a line says."""
        command, _space, rest = typed.lower().partition(" ")
        if command == "g":
            self.go_to(rest)
        elif typed.lower() in self.commands:
            self.commands[typed.lower()]()
        elif typed:
            self.answer(typed.removeprefix("="))

    def help(self) -> None:
        for line in (
            _("Answer with the number in front of it; several at once, such as 13, where asked."),
            _("n next, p previous, g 12 go to item 12, f flag, c take the answer back"),
            _("l list of states, t time left, s submit, q leave and come back later, h help"),
        ):
            _say(line)

    def show(self) -> None:
        """The item in front of the person."""
        paper, item = self.paper, self.paper.item
        kind = paper.type_of(item)
        _say("")
        _say(
            _("Item {number} of {count} ({type}, points: {points}), {left} left").format(
                number=paper.position + 1,
                count=len(paper.sitting.items),
                type=_(kind.label),
                points=item.points,
                left=paper.time_left(),
            )
        )
        _say(clean(pick(item.shown.get("stem", {}))))
        for typed, text in kind.line_form(item.shown, language()):
            lead = f"  {typed}  "
            for line in wrap(clean_line(text), first=lead, rest=" " * len(lead)):
                print(line)
        given = paper.answers[paper.position]
        if given is not None:
            _say(_("Your answer: {answer}").format(answer=kind.to_line(item.shown, given)))
        if paper.position in paper.flags:
            _say(_("This item is flagged."))

    def answer(self, typed: str) -> None:
        item = self.paper.item
        try:
            given = self.paper.type_of(item).from_line(item.shown, typed)
        except ValueError as problem:
            _say(_("{problem} h: help.").format(problem=problem))
            return
        if self.save(lambda: self.paper.answer(given)):
            self.after_answer()

    def after_answer(self) -> None:
        if self.paper.position + 1 < len(self.paper.sitting.items):
            self.go(self.paper.position + 1)
        else:
            _say(_("This was the last item. l: list of states, s: submit."))

    def take_back(self) -> None:
        self.save(lambda: self.paper.answer(None))

    def flag(self) -> None:
        if self.save(self.paper.flag):
            is_flagged = self.paper.position in self.paper.flags
            _say(_("This item is flagged.") if is_flagged else _("The flag is gone."))

    def save(self, send: Callable[[], datetime]) -> bool:
        """Send until there is a receipt; only then is it said to be saved."""
        while True:
            for attempt in range(TRIES):
                try:
                    saved_at = send()
                except NotSaved as problem:
                    _say(_("Not saved: {message}").format(message=clean_line(problem.message)))
                    time.sleep(0.2 * attempt)
                except BadInput as problem:
                    _say(problem.message)
                    return False
                else:
                    moment = self.paper.local(saved_at)
                    _say(_("Saved at {time}.").format(time=f"{moment:%H:%M:%S}"))
                    return True
            _ask(_("Press Enter to send it again; q: leave."))

    def go_to(self, typed: str) -> None:
        if typed.strip().isdecimal():
            self.go(int(typed) - 1)
        else:
            _say(_("Type g and the number of an item, such as g 12."))

    def go(self, position: int) -> None:
        if 0 <= position < len(self.paper.sitting.items):
            self.paper.go(position)
            self.show()
        else:
            _say(_("There is no such item."))

    def list_states(self) -> None:
        for label, places in (
            (_("Answered"), self.paper.answered),
            (_("Not answered"), self.paper.unanswered),
            (_("Flagged"), sorted(self.paper.flags)),
        ):
            _say(f"{label} ({len(places)}): {_numbers(places)}".rstrip(": "))

    def say_time(self) -> None:
        deadline = self.paper.local(self.paper.sitting.deadline)
        _say(
            _("{left} left, until {time}").format(
                left=self.paper.time_left(), time=f"{deadline:%H:%M:%S}"
            )
        )

    def submit(self) -> None:
        missing = self.paper.unanswered
        if missing:
            _say(
                _n(
                    "{count} item is not answered: {items}",
                    "{count} items are not answered: {items}",
                    len(missing),
                ).format(count=len(missing), items=_numbers(missing))
            )
        else:
            _say(_("Every item is answered."))
        if _ask(_("Submit? Nothing can be changed after it. y: submit, n: go on.")).lower() == "y":
            self.paper.submit()
            self.is_submitted = True
        else:
            self.show()


def _say_rules(platform: Platform, door: LobbyView) -> None:
    _say(clean_line(pick(door.title)))
    _say(
        _("{items} items, {points} points, {minutes} minutes, pass mark {pass_mark}.").format(
            items=door.items, points=door.points, minutes=door.minutes, pass_mark=door.pass_mark
        )
    )
    _say(lobby.attempts_text(door.attempts_left))
    _say(
        _(
            "Every answer is saved at once. If the connection drops, the same command goes on where"
            " you were; the time runs on, and at its end the exam is submitted as it stands."
        )
    )
    if door.deadline is not None:
        zone = ZoneInfo(platform.policy.organisation.time_zone)
        text = _("Your exam is open until {time}.")
        _say(text.format(time=f"{door.deadline.astimezone(zone):%H:%M:%S}"))


def _say(text: str) -> None:
    for line in wrap(text):
        print(line)


def _ask(prompt: str) -> str:
    """One line typed by the person, without blanks around it."""
    print(prompt, end=" ", flush=True)
    try:
        line = sys.stdin.readline()
    except OSError:  # the terminal is gone
        line = ""
    if not line:
        with suppress(OSError):
            print()
        raise Closed
    typed = clean_line(line).strip()
    if typed.lower() == "q":
        raise Closed
    return typed


def _numbers(places: list[int]) -> str:
    return ranges([place + 1 for place in places])
