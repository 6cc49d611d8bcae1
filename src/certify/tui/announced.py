"""What an invigilator announced to a candidate: a calm line until it was read."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import _
from certify.services.deadline import Announced
from certify.tui.safe_text import safe_line
from certify.tui.widgets.line import Line


class Announcements:
    """All that was announced since the exam began, and how much of it was read."""

    def __init__(self) -> None:
        self.told: tuple[Announced, ...] = ()
        self._read = 0
        """Number of the last one that was read."""

    def hear(self, told: Sequence[Announced]) -> bool:
        """Take over what there is; whether something is new."""
        is_new = len(told) > len(self.told)
        self.told = tuple(told)
        return is_new

    @property
    def unread(self) -> tuple[Announced, ...]:
        """What was not read yet, in order."""
        return tuple(one for one in self.told if one.id > self._read)

    def read(self) -> None:
        """Everything was read."""
        self._read = max((one.id for one in self.told), default=0)


class AnnouncedLine(Line):
    """The newest announcement that was not read, and how to read it whole."""

    DEFAULT_CSS = """
    AnnouncedLine { background: $panel; }
    """

    def __init__(self, announcements: Announcements) -> None:
        super().__init__(id="announced")
        self.announcements = announcements

    def show(self) -> None:
        """Show what there is to read; nothing when all was read."""
        unread = self.announcements.unread
        self.display = bool(unread)
        if unread:
            more = _("M: read")
            if len(unread) > 1:
                more = _("{count} new, M: read").format(count=len(unread))
            text = _("Invigilator: {text}").format(text=unread[-1].text)
            self.put(safe_line(f"▸ {text}", "bold $accent"), None, Content.styled(more, "bold"))
