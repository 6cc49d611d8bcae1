"""The paper of a sitting in line mode: what was answered, flagged and reached, as it is saved."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from certify.domain.person import Actor
from certify.domain.question_type import QuestionType
from certify.errors import AttemptClosed, DeadlinePassed
from certify.i18n import _
from certify.platform import Platform
from certify.services import breaks, sitting
from certify.services.deadline import Announced
from certify.services.sitting import ShownItem, Sitting


class Paper:
    """Follows the attempt: changes here only what the service gave a receipt for."""

    def __init__(self, platform: Platform, actor: Actor, begun: Sitting) -> None:
        self.platform = platform
        self.actor = actor
        self.sitting = begun
        self.deadline = begun.deadline
        self.break_left = begun.break_left
        """Seconds of break that may still be taken."""
        self.paused_at = begun.paused_at
        """Since when an invigilator has stopped it."""
        self.announcements: tuple[Announced, ...] = ()
        self.said = 0
        """How many of them were said."""
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
        """Items without an answer, but for those to which none is given."""
        return [
            item.position
            for item in self.sitting.items
            if self.answers[item.position] is None and not item.is_observed
        ]

    def type_of(self, item: ShownItem) -> QuestionType[Any, Any]:
        return self.platform.plugins.question_types[item.type]

    def local(self, moment: datetime) -> datetime:
        """A moment as the clocks of the company show it."""
        return moment.astimezone(ZoneInfo(self.platform.policy.organisation.time_zone))

    def time_left(self) -> str:
        """Minutes and seconds until the deadline, for the eye."""
        now = self.platform.clock.now()
        now = self.paused_at or max(now, self.sitting.last_heard or now)
        left = max(0, int((self.deadline - now).total_seconds()))
        return f"{left // 60}:{left % 60:02}"

    def check_time(self) -> None:
        """Nothing more can be done when the time is over; the service would refuse it too.

        Raises:
            DeadlinePassed
        """
        if self.paused_at is None and self.platform.clock.now() >= self.deadline:
            raise DeadlinePassed(_("The time is over; the exam was submitted as it stood."))

    def learn(self) -> int:
        """Take over what the service has: time, pause, announcements.

        Returns:
            Seconds of time given or taken; a pause that ended is none.
        Raises:
            AttemptClosed: it is submitted or was ended.
            TakenOver: it goes on at another terminal.
        """
        mine = {"attempt_id": self.sitting.attempt_id}
        found = sitting.time_of(self.platform, actor=self.actor, **mine)
        if not found.is_open:
            closed = _("This exam is submitted; nothing more can be changed.")
            if found.is_ended:
                closed = _("The invigilator ended this exam; what you had answered counts.")
            raise AttemptClosed(closed)
        if found.fence != self.sitting.fence:
            raise sitting.cut_off(self.platform, actor=self.actor, fence=self.sitting.fence, **mine)
        went_on = self.paused_at is not None and found.paused_at is None
        moved = 0 if went_on else int((found.deadline - self.deadline).total_seconds())
        self.deadline, self.break_left = found.deadline, found.break_left
        self.paused_at, self.announcements = found.paused_at, found.announcements
        return moved

    def unsaid(self) -> tuple[Announced, ...]:
        """What was announced since the last time; it is said now."""
        new, self.said = self.announcements[self.said :], len(self.announcements)
        return new

    def begin_break(self) -> None:
        """Begin a break; the time stands until `end_break`."""
        breaks.begin_break(self.platform, actor=self.actor, **self._mine)

    def end_break(self) -> None:
        """Go on with the exam."""
        found = breaks.end_break(self.platform, actor=self.actor, **self._mine)
        self.deadline, self.break_left = found.deadline, found.break_left

    @property
    def _mine(self) -> dict[str, int]:
        return {"attempt_id": self.sitting.attempt_id, "fence": self.sitting.fence}

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
