"""A round of practice by lines of text: item, answer, at once right or wrong and why."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from certify.cli.line_item import say_item
from certify.cli.line_terminal import Closed, ask, line, say
from certify.domain.clean import clean, clean_line
from certify.domain.person import Actor
from certify.domain.question_type import QuestionType
from certify.errors import BadInput
from certify.i18n import _, _n, pick
from certify.platform import Platform
from certify.services import practice, practice_answer, practice_words, readiness
from certify.services.feedback import Feedback
from certify.services.practice import PracticeItem
from certify.services.readiness import ReadinessView


def practise(platform: Platform, *, actor: Actor, course: str, topics: Collection[str] = ()) -> int:
    """One round, from its first item to what it shows; returns the exit code.

    Raises:
        Refused: there is nothing to practise now.
    """
    found = practice.begin(platform, actor=actor, course=course, topics=topics)
    say(_("Practice: {course}").format(course=clean_line(pick(found.title))))
    say(_("Type the answer; c takes it back, ? shows the right one, q leaves. Nothing is lost."))
    right = count = 0
    try:
        for number, item in enumerate(found.items, start=1):
            said = LineItem(platform, actor, item).ask(number, len(found.items))
            count += said.share is not None
            right += said.share == 1
    except Closed:
        with suppress(OSError):  # the terminal may be gone
            say(_("What you answered is kept."))
        return 0
    say("")
    if count:
        text = _n("{right} of {count} item right", "{right} of {count} items right", count)
        say(text.format(right=right, count=count))
    for view in readiness.practice_view(platform, actor=actor, course=course).exams:
        say(readiness_text(view))
    return 0


class LineItem:
    """One item in front of the person."""

    def __init__(self, platform: Platform, actor: Actor, item: PracticeItem) -> None:
        self.platform = platform
        self.actor = actor
        self.item = item
        self.kind: QuestionType[Any, Any] = platform.plugins.question_types[item.type]
        self.given: dict[str, Any] | None = None

    def ask(self, number: int, count: int) -> Feedback:
        """Ask until there is an answer, then say what became of it.

        Raises:
            Closed: the person leaves.
        """
        say("")
        text = _("Item {number} of {count} ({type})")
        say(text.format(number=number, count=count, type=_(self.kind.label)))
        say_item(self.kind, self.item.shown, None)
        said = None
        while said is None:
            said = self._answer()
        self._explain(said)
        if said.share is None:
            self._rate(said)
        return said

    def _answer(self) -> Feedback | None:
        """What was said of one typed answer; None while it is none, or is not complete."""
        if self.kind.is_observed:
            ask(_("Do it, then press Enter."))
            return self._send()
        typed = ask(_("Answer:"))
        if typed == "?":
            self.given = None
            return self._send()
        if typed.lower() == "c":
            self.given = None
            say_item(self.kind, self.item.shown, None)
            return None
        return self._send() if typed and self._take(typed.removeprefix("=")) else None

    def _take(self, typed: str) -> bool:
        """Understand a typed answer; whether it is complete."""
        if self.kind.many_lines:
            while (further := line()) != ".":
                typed = f"{typed}\n{further}"
        try:
            self.given = self.kind.from_line(self.item.shown, typed, self.given)
        except ValueError as problem:
            say(str(problem))
            return False
        if self.kind.is_finished(self.item.shown, self.given):
            return True
        say_item(self.kind, self.item.shown, self.given)
        return False

    def _send(self) -> Feedback | None:
        try:
            return practice_answer.answer(
                self.platform,
                actor=self.actor,
                version_id=self.item.version_id,
                seed=self.item.seed,
                answer=self.given,
            )
        except BadInput as problem:
            say(problem.message)
            return None

    def _explain(self, said: Feedback) -> None:
        say(practice_words.verdict(said.share, is_answered=bool(said.answer)))
        if said.answer:
            say(_("Your answer: {answer}").format(answer=clean(pick(said.answer))))
        for step in said.steps:
            say(f"- {clean(pick(step))}")
        if said.share != 1 and pick(said.key):
            say(_("Right answer: {answer}").format(answer=clean(pick(said.key))))
        for title, points in said.rubric:
            say(f"({points}) {clean(pick(title))}")
        if why := pick(said.explanation):
            say(_("Why: {text}").format(text=clean(why)))
        say(_("Rests on {sources}").format(sources=", ".join(said.sources)))

    def _rate(self, said: Feedback) -> None:
        typed = ""
        while typed not in ("y", "n"):
            typed = ask(_("Did you know it? y: yes, n: not yet.")).lower()
        practice_answer.rate(
            self.platform, actor=self.actor, answer_id=said.answer_id, recalled=typed == "y"
        )


def readiness_text(view: ReadinessView) -> str:
    """What practice says of an exam; never a promise."""
    text = _("{title}: {outlook} ({figures})")
    return text.format(
        title=clean_line(pick(view.title)),
        outlook=practice_words.outlook(view),
        figures=practice_words.figures(view),
    )
