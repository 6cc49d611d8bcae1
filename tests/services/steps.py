"""Steps that many service tests take; a step does what a terminal would."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, select

from certify.clock import SetClock
from certify.domain.attempt import Attempt, AttemptState, Response, chain_hash
from certify.domain.certificate import Certificate
from certify.domain.ledger import first_false
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services import sitting
from certify.services.sitting import Receipt, Sitting
from certify.storage import attempts, items, ledger
from tests.platforms import right_answers

EXAM = "sample-written"


@dataclass
class Terminal:
    """One terminal at which an attempt is open; it numbers its responses as a screen does."""

    platform: Platform
    who: Actor
    sitting: Sitting
    sequence: int

    def respond(
        self, position: int, answer: Mapping[str, Any] | None, *, flagged: bool = False
    ) -> Receipt:
        """Send the next response."""
        receipt = self.send(self.sequence + 1, position, answer, flagged=flagged)
        self.sequence += 1
        return receipt

    def send(
        self,
        sequence: int,
        position: int,
        answer: Mapping[str, Any] | None,
        *,
        flagged: bool = False,
    ) -> Receipt:
        """Send a response under a sequence number of one's own choice."""
        return sitting.record_response(
            self.platform,
            actor=self.who,
            attempt_id=self.sitting.attempt_id,
            fence=self.sitting.fence,
            sequence=sequence,
            position=position,
            answer=answer,
            flagged=flagged,
        )

    def right(self, position: int) -> dict[str, Any]:
        """The right answer of an item."""
        return right_answers(self.platform, self.sitting)[position]

    def wrong(self, position: int) -> dict[str, Any]:
        """A wrong answer of an item."""
        key = self.right(position)["chosen"]
        shown = self.sitting.items[position].shown["options"]
        return {"chosen": [next(one["id"] for one in shown if one["id"] not in key)]}

    def answer_all(self, *, wrong_topics: tuple[str, ...] = ()) -> None:
        """Answer every item, wrongly where its topic is one of these."""
        topics = topics_of(self.platform, self.sitting.attempt_id)
        for position, topic in enumerate(topics):
            is_wrong = topic in wrong_topics
            self.respond(position, self.wrong(position) if is_wrong else self.right(position))

    def submit(self) -> int:
        """Hand in; the attempt's id."""
        sitting.submit(
            self.platform,
            actor=self.who,
            attempt_id=self.sitting.attempt_id,
            fence=self.sitting.fence,
        )
        return self.sitting.attempt_id


def begin(platform: Platform, who: Actor, exam: str = EXAM) -> Terminal:
    """Start an attempt or go on with the open one."""
    found = sitting.start(platform, actor=who, exam=exam)
    return Terminal(platform, who, found, found.sequence)


def take_over(platform: Platform, who: Actor, exam: str = EXAM) -> Terminal:
    """Go on with the open attempt on another terminal."""
    found = sitting.resume(platform, actor=who, exam=exam)
    return Terminal(platform, who, found, found.sequence)


def fail(platform: Platform, who: Actor, *topics: str) -> int:
    """Sit the exam with these topics wrong; the attempt's id."""
    terminal = begin(platform, who)
    terminal.answer_all(wrong_topics=topics)
    return terminal.submit()


def topics_of(platform: Platform, attempt_id: int) -> list[str]:
    """The topic of every item on a form, by position."""
    with platform.database.read() as session:
        form = session.get_one(Attempt, attempt_id).form
        found = items.versions(session, [int(item["version"]) for item in form])
        return [found[int(item["version"])].topic for item in form]


def stored_attempt(platform: Platform, attempt_id: int) -> Attempt:
    """An attempt as it lies in the database."""
    with platform.database.read() as session:
        return session.get_one(Attempt, attempt_id)


def stored_responses(platform: Platform, attempt_id: int) -> list[Response]:
    """The chain of responses as it lies in the database."""
    with platform.database.read() as session:
        return list(attempts.responses(session, attempt_id))


def count(platform: Platform, table: type[Any]) -> int:
    """How many rows a table has."""
    with platform.database.read() as session:
        return len(session.exec(select(table)).all())


def check_books(platform: Platform) -> None:
    """What must hold at any moment: chains unbroken, one open attempt each, numbers gapless."""
    with platform.database.read() as session:
        assert first_false(ledger.entries(session)) is None
        found = session.exec(select(Attempt)).all()
        for attempt in found:
            check_chain(session, attempt)
        open_ones = [(a.person_id, a.exam_id) for a in found if a.state is AttemptState.OPEN]
        assert len(open_ones) == len(set(open_ones))
        by_series: dict[str, list[int]] = {}
        for certificate in session.exec(select(Certificate)).all():
            series, year, running, _digit = certificate.number.split("-")
            by_series.setdefault(f"{series}-{year}", []).append(int(running))
        for numbers in by_series.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))


def check_chain(session: Session, attempt: Attempt) -> None:
    """Recompute every hash of an attempt's responses from the stored rows."""
    previous = ""
    rows = attempts.responses(session, attempt.id or 0)
    for sequence, row in enumerate(rows, start=1):
        assert (row.sequence, row.previous_hash) == (sequence, previous)
        previous = chain_hash(
            previous,
            attempt_id=row.attempt_id,
            sequence=row.sequence,
            position=row.position,
            answer=row.answer,
            flagged=row.flagged,
            received_at=row.received_at,
        )
        assert row.hash == previous
    assert (attempt.chain_head, attempt.sequence) == (previous, len(rows))


def clock_of(platform: Platform) -> SetClock:
    """The clock of a test's platform, to be moved."""
    assert isinstance(platform.clock, SetClock)
    return platform.clock


def at(text: str) -> datetime:
    """An aware moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
