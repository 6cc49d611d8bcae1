"""The self-checks of a lesson while it is read: which is in sight, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from certify.courseware.self_check import checks_of
from certify.i18n import _
from certify.tui.lesson_text import check_line
from certify.tui.signs import signed
from certify.tui.widgets.paper import PaperLine

if TYPE_CHECKING:
    from certify.tui.screens.self_check import SelfCheckScreen


class LessonChecks:
    """What one reading of a lesson knows of its self-checks; a new reading begins anew."""

    def __init__(self) -> None:
        self.codes: dict[int, tuple[str, ...]] = {}
        self.opened: dict[int, SelfCheckScreen] = {}
        """By block, the page on which it was last answered."""

    def read(self, body: str) -> None:
        """Find the self-checks of a lesson; their blocks are the same in every language."""
        self.codes = checks_of(body)

    def in_sight(self, blocks: Sequence[int]) -> int | None:
        """The self-check to open: the first in sight that was not opened yet, else the first."""
        seen = [block for block in blocks if block in self.codes]
        return next((block for block in seen if block not in self.opened), next(iter(seen), None))

    def waits(self, block: int | None) -> bool:
        """Whether a self-check was not opened yet in this reading."""
        return block is not None and block not in self.opened

    def line(self, line: PaperLine) -> PaperLine:
        """A line of the lesson; that of a self-check says how it went."""
        page = self.opened.get(line.block)
        if page is None or line.block not in self.codes or not line.content.plain:
            return line
        return PaperLine(check_line(len(self.codes[line.block]), _said(page)), line.block)


def _said(page: SelfCheckScreen) -> Content:
    if not page.is_answered:
        return signed("○", _("not answered; C opens it"), "$foreground 70%")
    if page.share is None:
        return signed("✓", _("answered"), "$success")
    if page.share == 1:
        return signed("✓", _("right"), "$success")
    return signed("✗", _("not yet; C opens it once more"), "$error")
