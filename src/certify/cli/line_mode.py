"""A whole sitting by lines of text: for plain terminals, screen readers and scripts.

The same services and records as on the screen. Nothing but lines is written: no colour, no cursor.
A closed terminal loses nothing; the same command goes on where it was.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from certify.cli.line_hall import end_text, is_stopped, repeat_announcements, wait_at_door
from certify.cli.line_item import say_item
from certify.cli.line_paper import Paper
from certify.cli.line_rules import say_rules
from certify.cli.line_terminal import Closed, ask, line, say, tell
from certify.cli.result_text import result_lines
from certify.domain.clean import clean_line
from certify.domain.number_ranges import ranges
from certify.domain.person import Actor
from certify.errors import AttemptClosed, AttemptPaused, BadInput, NotSaved, Refused
from certify.i18n import _, _n, language
from certify.platform import Platform
from certify.services import closing, lobby, results, sitting

TRIES = 3
"""How often an answer that was not saved is sent again before the person is asked."""


def take(platform: Platform, *, actor: Actor, exam: str) -> int:
    """Sit an exam from its rules to its result; returns the exit code.

    Raises:
        Refused: the exam cannot be started, or another terminal has taken it over.
    """
    door = lobby.lobby(platform, actor=actor, exam=exam)
    say_rules(platform, door)
    try:
        door = wait_at_door(platform, actor, door)
    except Closed:
        return 0
    if not door.may_start:
        raise Refused("\n".join(door.blockers))
    leaving = _("Nothing has begun; come back when you like.")
    try:
        if door.open_attempt is None:
            ask(_("Press Enter to begin; the time starts then. q: leave."))
        paper = Paper(platform, actor, sitting.start(platform, actor=actor, exam=exam))
        leaving = _("Nothing is lost; the same command goes on where you were. The time runs on.")
        LineSitting(paper).run()
    except Closed:
        with suppress(OSError):  # the terminal may be gone
            say(leaving)
        return 0
    say("")
    for part in result_lines(
        results.result(platform, actor=actor, attempt_id=paper.sitting.attempt_id)
    ):
        tell(part)
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
            "b": self.take_break,
            "m": lambda: repeat_announcements(self.paper),
            "s": self.submit,
            "h": self.help,
            "?": self.help,
        }

    def run(self) -> None:
        """Ask until the exam is submitted, by the person or by the deadline."""
        if self.paper.sitting.sequence:
            say(_("You go on with the exam you began; what you answered is saved."))
        self.help()
        typed = None
        while not self.is_submitted:
            try:
                self.take_line(typed)
            except AttemptPaused as problem:  # in this very moment
                say(problem.message)
            except AttemptClosed as problem:
                closing.close_overdue(self.paper.platform)
                say(problem.message)
                return
            if not self.is_submitted:
                typed = ask(_("Answer or command:"))

    def take_line(self, typed: str | None) -> None:
        """Do what was typed, unless an invigilator has stopped the exam; None shows the item."""
        if is_stopped(self.paper) or typed is None:
            self.show()
        else:
            self.paper.check_time()
            self.obey(typed)

    def obey(self, typed: str) -> None:
        """Do what a line says."""
        command = typed.lower()
        wanted = re.fullmatch(r"g(?:\s+(.*))?", command)
        if wanted and self.is_place(wanted[1] or ""):
            self.go_to(wanted[1] or "")
        elif command in self.commands:
            self.commands[command]()
        elif typed:
            self.answer(typed.removeprefix("="))

    def is_place(self, typed: str) -> bool:
        """Whether what stands after g is meant as a number; else it is an answer in words."""
        item = self.paper.item
        is_words = not self.paper.type_of(item).line_form(
            item.shown, language(), self.paper.answers[item.position]
        )
        return not is_words or not typed or typed.isdecimal()

    def help(self) -> None:
        for part in (
            _("Answer with the number in front of it; several at once, such as 13, where asked."),
            _("n next, p previous, g 12 go to item 12, f flag, c take the answer back"),
            _("l list of states, t time left, s submit, q leave and come back later, h help"),
            _("An answer that would be one of these letters begins with “=”, such as =n."),
        ):
            say(part)
        if self.paper.break_left:
            say(_("b break: the time stands until you go on"))
        if self.paper.announcements:
            say(_("m messages: what the invigilator announced"))

    def take_break(self) -> None:
        """A break, if one is left: no item until the person goes on."""
        if not self.paper.break_left:
            say(_("You have no break left in this exam."))
            return
        left = self.paper.break_left
        self.paper.begin_break()
        say(
            _("You are on a break of at most {minutes}:{seconds:02}; the time stands.").format(
                minutes=left // 60, seconds=left % 60
            )
        )
        ask(_("Press Enter to go on; q: leave."))
        self.paper.end_break()
        self.show()

    def show(self) -> None:
        """The item in front of the person."""
        paper, item = self.paper, self.paper.item
        kind = paper.type_of(item)
        say("")
        say(
            _("Item {number} of {count} ({type}, points: {points}), {left} left").format(
                number=paper.position + 1,
                count=len(paper.sitting.items),
                type=_(kind.label),
                points=item.points,
                left=paper.time_left(),
            )
        )
        say_item(kind, item.shown, paper.answers[paper.position])
        if paper.position in paper.flags:
            say(_("This item is flagged."))

    def answer(self, typed: str) -> None:
        """Take an answer; one of several lines is saved with each of them."""
        is_taken = self.take(typed)
        if self.paper.type_of(self.paper.item).many_lines:
            while (further := line()) != ".":
                self.paper.check_time()
                typed = f"{typed}\n{further}"
                is_taken = self.take(typed)
        if is_taken:
            self.after_answer()

    def take(self, typed: str) -> bool:
        """Save what was typed; False when it means no answer."""
        item = self.paper.item
        before = self.paper.answers[item.position]
        try:
            given = self.paper.type_of(item).from_line(item.shown, typed, before)
        except ValueError as problem:
            say(_("{problem} h: help.").format(problem=problem))
            return False
        return self.save(lambda: self.paper.answer(given))

    def after_answer(self) -> None:
        item = self.paper.item
        given = self.paper.answers[item.position]
        if not self.paper.type_of(item).is_finished(item.shown, given):
            self.show()
        elif self.paper.position + 1 < len(self.paper.sitting.items):
            self.go(self.paper.position + 1)
        else:
            say(_("This was the last item. l: list of states, s: submit."))

    def take_back(self) -> None:
        self.save(lambda: self.paper.answer(None))

    def flag(self) -> None:
        if self.save(self.paper.flag):
            is_flagged = self.paper.position in self.paper.flags
            say(_("This item is flagged.") if is_flagged else _("The flag is gone."))

    def save(self, send: Callable[[], datetime]) -> bool:
        """Send until there is a receipt; only then is it said to be saved."""
        while True:
            for attempt in range(TRIES):
                try:
                    saved_at = send()
                except NotSaved as problem:
                    say(_("Not saved: {message}").format(message=clean_line(problem.message)))
                    time.sleep(0.2 * attempt)
                except BadInput as problem:
                    say(problem.message)
                    return False
                else:
                    moment = self.paper.local(saved_at)
                    say(_("Saved at {time}.").format(time=f"{moment:%H:%M:%S}"))
                    return True
            ask(_("Press Enter to send it again; q: leave."))

    def go_to(self, typed: str) -> None:
        number = typed.strip()
        if number.isdecimal():
            # No form has so many items, and Python refuses to read a number of endless digits.
            self.go(int(number[:9]) - 1)
        else:
            say(_("Type g and the number of an item, such as g 12."))

    def go(self, position: int) -> None:
        if 0 <= position < len(self.paper.sitting.items):
            self.paper.go(position)
            self.show()
        else:
            say(_("There is no such item."))

    def list_states(self) -> None:
        for label, places in (
            (_("Answered"), self.paper.answered),
            (_("Not answered"), self.paper.unanswered),
            (_("Flagged"), sorted(self.paper.flags)),
        ):
            say(f"{label} ({len(places)}): {_numbers(places)}".rstrip(": "))

    def say_time(self) -> None:
        text = _("{left} left, until {time}")
        say(text.format(left=self.paper.time_left(), time=end_text(self.paper)))

    def submit(self) -> None:
        missing = self.paper.unanswered
        if missing:
            say(
                _n(
                    "{count} item is not answered: {items}",
                    "{count} items are not answered: {items}",
                    len(missing),
                ).format(count=len(missing), items=_numbers(missing))
            )
        else:
            say(_("Every item is answered."))
        if ask(_("Submit? Nothing can be changed after it. y: submit, n: go on.")).lower() == "y":
            self.paper.submit()
            self.is_submitted = True
        else:
            self.show()


def _numbers(places: list[int]) -> str:
    return ranges([place + 1 for place in places])
