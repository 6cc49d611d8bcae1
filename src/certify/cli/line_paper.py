"""The paper of a sitting in line mode: what was answered, flagged and reached, as it is saved."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from certify.domain.person import Actor
from certify.domain.question_type import QuestionType
from certify.errors import DeadlinePassed
from certify.i18n import _
from certify.platform import Platform
from certify.services import sitting
from certify.services.sitting import ShownItem, Sitting


class Paper:
    """Follows the attempt: changes here only what the service gave a receipt for."""

    def __init__(self, platform: Platform, actor: Actor, begun: Sitting) -> None:
        self.platform = platform
        self.actor = actor
        self.sitting = begun
        self.sequence = begun.sequence
        self.position = begun.position
        self.answers = {item.position: item.answer for item in begun.items}
        self.flags = {item.position for item in begun.items if item.flagged}

    @property
    def item(self) -> ShownItem:
        """The item in front of the person."""
        return self.sitting.items[self.position]

    @property
    def answered(self) -> list[int]:
        return [place for place, answer in self.answers.items() if answer is not None]

    @property
    def unanswered(self) -> list[int]:
        return [place for place, answer in self.answers.items() if answer is None]

    def type_of(self, item: ShownItem) -> QuestionType[Any, Any]:
        return self.platform.plugins.question_types[item.type]

    def local(self, moment: datetime) -> datetime:
        """A moment as the clocks of the company show it."""
        return moment.astimezone(ZoneInfo(self.platform.policy.organisation.time_zone))

    def time_left(self) -> str:
        """Minutes and seconds until the deadline, for the eye."""
        left = max(0, int((self.sitting.deadline - self.platform.clock.now()).total_seconds()))
        return f"{left // 60}:{left % 60:02}"

    def check_time(self) -> None:
        """Nothing more can be done when the time is over; the service would refuse it too.

        Raises:
            DeadlinePassed
        """
        if self.platform.clock.now() >= self.sitting.deadline:
            raise DeadlinePassed(_("The time is over; the exam was submitted as it stood."))

    def answer(self, answer: dict[str, Any] | None) -> datetime:
        """Save an answer of the item in front; returns when it was saved."""
        saved_at = self._save(answer, self.position in self.flags)
        self.answers[self.position] = answer
        return saved_at

    def flag(self) -> datetime:
        """Set or take away the flag of the item in front; returns when it was saved."""
        saved_at = self._save(self.answers[self.position], self.position not in self.flags)
        self.flags ^= {self.position}
        return saved_at

    def go(self, position: int) -> None:
        """Turn to an item, and remember that the person is there."""
        sitting.keep_position(
            self.platform,
            actor=self.actor,
            attempt_id=self.sitting.attempt_id,
            fence=self.sitting.fence,
            position=position,
        )
        self.position = position

    def submit(self) -> None:
        """Hand the exam in."""
        sitting.submit(
            self.platform,
            actor=self.actor,
            attempt_id=self.sitting.attempt_id,
            fence=self.sitting.fence,
        )

    def _save(self, answer: dict[str, Any] | None, flagged: bool) -> datetime:
        receipt = sitting.record_response(
            self.platform,
            actor=self.actor,
            attempt_id=self.sitting.attempt_id,
            fence=self.sitting.fence,
            sequence=self.sequence + 1,
            position=self.position,
            answer=answer,
            flagged=flagged,
        )
        self.sequence = receipt.sequence
        return receipt.saved_at
