"""The self-check of a lesson: its items one after the other, right or wrong at once, then back."""

from fractions import Fraction

from textual import work

from certify.i18n import N_, _, pick
from certify.services import practice
from certify.tui.screens.practice import PracticeScreen


class SelfCheckScreen(PracticeScreen):
    """The items that a lesson places at one of its blocks."""

    HELP = N_(
        "Check whether you have understood what you just read. Answer, then press F10, or S "
        "where nothing is typed, to see at once whether it is right and why. Enter goes on, after "
        "the last item back to the lesson. It never changes a mark; Esc leaves."
    )

    def __init__(self, course: str, lesson: str, block: int) -> None:
        """Args:
        block: number of the block of the lesson, from 0.
        """
        super().__init__(course)
        self.lesson = lesson
        self.block = block

    async def fetch(self) -> None:
        await self.put_round(
            await self.certify.use(
                practice.self_check,
                actor=self.actor,
                course=self.course,
                lesson=self.lesson,
                block=self.block,
            )
        )

    def heading(self) -> str:
        name = pick(self.round.title) if self.round else ""
        return _("Self-check: {course}").format(course=name)

    @property
    def share(self) -> Fraction | None:
        """The share that was right of all items; None while not all are answered and marked."""
        shares = [said.share for said in self.given.values()]
        count = len(self.round.items) if self.round else 0
        known = [share for share in shares if share is not None]
        return sum(known, Fraction(0)) / count if count and len(known) == count else None

    @property
    def is_answered(self) -> bool:
        """Whether every item was answered."""
        return self.round is not None and len(self.given) == len(self.round.items)

    @work(group="go")
    async def action_go_on(self) -> None:
        """The next item, after the last one the lesson."""
        if self.round is not None and self.position + 1 < len(self.round.items):
            self.position, self.back_at = self.position + 1, None
            self.show()
        else:
            self.action_back()
