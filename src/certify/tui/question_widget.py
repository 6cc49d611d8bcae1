"""What the widgets of question types are made of; all that a plugin's `widget.py` may import.

`ItemWidget` is the contract, `QuestionWidget` draws lines, `WrittenWidget` holds fields to type
in, and `ChoiceList` is a list of options.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, partial
from typing import Any

from textual.binding import Binding
from textual.cache import LRUCache
from textual.content import Content
from textual.events import Key
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from certify.i18n import N_, _, pick
from certify.tui.item_widget import ItemWidget
from certify.tui.lesson_text import MAX_WIDTH, text_lines
from certify.tui.painting import Drawn, drawn
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.wrap import wrap
from certify.tui.written_widget import AnswerField, WrittenWidget

__all__ = [
    "MAX_WIDTH",
    "AnswerField",
    "ChoiceList",
    "ItemWidget",
    "QuestionWidget",
    "WrittenWidget",
    "hang",
    "safe_line",
    "safe_text",
    "text_lines",
    "wrap",
]


class QuestionWidget(ItemWidget, Drawn, ScrollView, can_focus=True, inherit_bindings=False):
    """Base of the widgets that only draw lines; it scrolls when they do not fit.

    Types whose answers are typed have `WrittenWidget`.
    """

    DEFAULT_CSS = """
    QuestionWidget {
        padding: 1 2 0 2;
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    BINDINGS = [
        Binding("pageup", "page_up", N_("Page up"), show=False),
        Binding("pagedown", "page_down", N_("Page down"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Content] = []

    def put(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        super().put(shown, answer)
        self.lay_out()

    def write(self, width: int) -> list[Content]:
        """The lines of the item for a width; subclasses give them."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Write the lines anew."""
        region = self.scrollable_content_region
        if not (region.width and self.shown):
            return
        before, self._lines = self._lines, self.write(region.width)
        # A page that fits has the size of the widget: another size would be a new layout.
        size = Size(region.width, max(len(self._lines), region.height))
        if size != self.virtual_size or self.scroll_offset.y:
            self.virtual_size = size
            self.refresh()
            return
        longest = max(len(before), len(self._lines))
        changed = [
            y
            for y in range(min(longest, region.height))
            if _at(before, y) is not _at(self._lines, y)
        ]
        self.paint([(0, y, self.render_line(y)) for y in changed])

    def stem_lines(self, width: int) -> list[Content]:
        """The stem in the language being spoken, and an empty line."""
        return [*text_lines(pick(self.shown["stem"]), width), _EMPTY]

    def on_resize(self) -> None:
        self.lay_out()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = y + int(self.scroll_offset.y)
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        return drawn(self._lines[number], self.visual_style, width)


def _at(lines: list[Content], y: int) -> Content | None:
    return lines[y] if y < len(lines) else None


def hang(
    lead: Content, text: Mapping[str, str], width: int, style: str | Style = ""
) -> list[Content]:
    """A text by language in lines of a width, the first of which begins with a lead.

    Args:
        lead: a number or sign; the other lines begin below the text.
    """
    return list(_hung(lead, pick(text), width, style))


@lru_cache(maxsize=4096)
def _lead(*parts: tuple[str, str]) -> Content:
    return Content.assemble(*parts)


def _hung(lead: Content, text: str, width: int, style: str | Style) -> tuple[Content, ...]:
    """Lines of one text, made once for all who see it in this width and state."""
    key = (id(lead), text, width, style)
    if (known := _hanging.get(key)) is None:
        indent = lead.cell_length
        shown = text_lines(text, 10_000)
        lines = wrap(shown[0] if shown else Content(), width - indent)
        styled = [line.stylize(style) if style else line for line in lines]
        hung = (lead + styled[0], *(Content(" " * indent) + line for line in styled[1:]))
        known = _hanging[key] = (lead, hung)  # with its lead, so that its id stays its own
    return known[1]


_hanging: LRUCache[Hashable, tuple[Content, tuple[Content, ...]]] = LRUCache(16384)
_EMPTY = Content()
DIGITS = frozenset("23456789")
_SIGNS = {False: ("( )", "(●)"), True: ("[ ]", "[✓]")}
"""By whether several may be chosen: not chosen, chosen."""


class ChoiceList(QuestionWidget):
    """Numbered options; digits choose, arrows move ▸, Space or Enter choose the option there."""

    IS_CHOSEN_FROM = True
    many: bool = False
    """Whether several options may be chosen."""
    BINDINGS = [
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("space", "choose", N_("Choose"), show=False),
        Binding("enter", "confirm", N_("Choose, then next"), show=False),
        Binding("delete,backspace", "clear", N_("Take the answer back"), show=False),
        Binding("1", "choose(1)", N_("Choose"), key_display="1–9"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._places: list[int] = []

    def put(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        if shown is not self.shown:
            chosen = self._chosen(answer)
            ids = [option["id"] for option in shown["options"]]
            self.cursor = next((n for n, one in enumerate(ids) if one in chosen), 0)
            self.scroll_home(animate=False)
        super().put(shown, answer)

    def write(self, width: int) -> list[Content]:
        lines = self.stem_lines(min(width, MAX_WIDTH))
        if self.many:
            lines.append(_lead((_("Several may be right: choose every one."), "$accent")))
        chosen = self._chosen(self.answer)
        self._places = []
        for number, option in enumerate(self.shown["options"], start=1):
            self._places.append(len(lines))
            lines += self._option(number, option, option["id"] in chosen, min(width, MAX_WIDTH))
        return lines

    def serve(self, kind: type[ItemWidget]) -> None:
        self.many = bool(getattr(kind, "many", False))

    def take_at_once(self, key: str) -> bool:
        known = _AT_ONCE.get(key)
        if known is None or type(self).on_key is not ChoiceList.on_key or self.disabled:
            return False
        known(self)
        return True

    def on_key(self, event: Key) -> None:
        """Digits choose; the first is a binding, which stands for all of them on the key line."""
        if event.key in DIGITS:
            event.stop()
            self.action_choose(int(event.key))

    def action_move(self, step: int) -> None:
        """Move ▸ to another option."""
        self.cursor = min(max(self.cursor + step, 0), len(self.shown["options"]) - 1)
        self.lay_out()
        top = self._places[self.cursor]
        self.scroll_to_region(Region(0, top, 1, 3), animate=False, force=True)

    def action_choose(self, number: int | None = None) -> None:
        """Choose an option; where several may be chosen, choosing it again takes it back."""
        place = self.cursor if number is None else number - 1
        if not 0 <= place < len(self.shown["options"]):
            return
        self.cursor = place
        option = self.shown["options"][place]["id"]
        chosen = self._chosen(self.answer)
        self._give(chosen ^ {option} if self.many else {option})

    def action_confirm(self) -> None:
        """Choose the option under ▸; when it is the answer already, go on."""
        option = self.shown["options"][self.cursor]["id"]
        if not self.many and option in self._chosen(self.answer):
            self.tell(self.Done())
        else:
            self.action_choose()

    def action_clear(self) -> None:
        """Take the answer back."""
        if self.answer is not None:
            self._give(set())

    def _give(self, chosen: set[str]) -> None:
        self.give({"chosen": sorted(chosen)} if chosen else None)
        self.lay_out()

    @staticmethod
    def _chosen(answer: Mapping[str, Any] | None) -> set[str]:
        return set(answer["chosen"]) if answer else set()

    def _option(
        self, number: int, option: Mapping[str, Any], is_chosen: bool, width: int
    ) -> list[Content]:
        pointer = "▸" if number - 1 == self.cursor else " "
        sign = _SIGNS[self.many][is_chosen]
        style = "bold $success" if is_chosen else ""
        lead = _lead((f"{pointer} ", "bold $accent"), (f"{number} {sign} ", style or "dim"))
        return hang(lead, option["text"], width, style)


ChoiceList.FAMILY = ChoiceList
_AT_ONCE: dict[str, Callable[[ChoiceList], None]] = {
    "up": lambda one: one.action_move(-1),
    "down": lambda one: one.action_move(1),
    "space": lambda one: one.action_choose(),
    "enter": lambda one: one.action_confirm(),
    "delete": lambda one: one.action_clear(),
    "backspace": lambda one: one.action_clear(),
    **{digit: partial(ChoiceList.action_choose, number=int(digit)) for digit in "123456789"},
}
"""The keys of the bindings above that need nothing but this widget."""
