"""Widgets of the types in which things are put together."""

from collections.abc import Mapping
from typing import Any

from textual.binding import Binding
from textual.content import Content
from textual.events import Key
from textual.geometry import Region

from certify.api import N_, _, pick
from certify.tui.question_widget import MAX_WIDTH, QuestionWidget, hang, safe_line

DIGITS = frozenset("2345678")


class Lines(QuestionWidget):
    """Lines of which one has the pointer ▸."""

    BINDINGS = [
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("delete,backspace", "clear", N_("Take the answer back"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._places: list[int] = []

    def on_key(self, event: Key) -> None:
        """Digits; the first is a binding, which stands for all of them on the key line."""
        if event.key in DIGITS:
            event.stop()
            self.action_number(int(event.key))

    def action_number(self, number: int) -> None:
        """Do what a digit means; subclasses do it."""
        raise NotImplementedError

    def point(self, place: int, count: int) -> None:
        """Move the pointer to a line and bring it into sight."""
        self.cursor = min(max(place, 0), count - 1)
        self.lay_out()
        self.scroll_to_region(Region(0, self._places[self.cursor], 1, 3), animate=False, force=True)


class OrderList(Lines):
    """Lines that are picked up and moved; the order on the screen is the answer once confirmed."""

    BINDINGS = [
        Binding("space", "pick", N_("Pick up/put down")),
        Binding("1", "number(1)", N_("Move to place"), show=False),
        Binding("enter", "confirm", N_("Confirm"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []
        self.is_picked = False
        """Whether the line under the pointer moves along with it."""

    def put(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        if shown is not self.shown:
            self.cursor, self.is_picked = 0, False
            self.order = list(answer["order"]) if answer else _ids(shown)
            self.scroll_home(animate=False)
        super().put(shown, answer)

    def write(self, width: int) -> list[Content]:
        width = min(width, MAX_WIDTH)
        lines = self.stem_lines(width)
        if self.answer is None:
            state = Content.styled(
                _("Not your answer yet: put it in order, then Enter."), "$accent"
            )
        else:
            state = Content.styled(_("This order is your answer."), "bold $success")
        lines += [state, Content()]
        texts = {option["id"]: option["text"] for option in self.shown["options"]}
        self._places = []
        for place, letter in enumerate(self.order):
            self._places.append(len(lines))
            is_here = place == self.cursor
            sign = ("⇅" if self.is_picked else "▸") if is_here else " "
            lead = Content.assemble((f"{sign} ", "bold $accent"), (f"{place + 1}  ", "dim"))
            style = "bold reverse" if is_here and self.is_picked else ""
            lines += hang(lead, texts[letter], width, style)
        how = (
            _("↑ ↓ move the line, Space or Enter puts it down.")
            if self.is_picked
            else _("Space picks up the line at ▸; or type the place it belongs to.")
        )
        return [*lines, Content(), Content.styled(how, "dim")]

    def action_move(self, step: int) -> None:
        """Move the pointer, and the line with it when it is picked up."""
        target = min(max(self.cursor + step, 0), len(self.order) - 1)
        if self.is_picked:
            self.order.insert(target, self.order.pop(self.cursor))
        self.point(target, len(self.order))

    def action_pick(self) -> None:
        """Pick the line up, or put it down: then the order is the answer."""
        self.is_picked = not self.is_picked
        if not self.is_picked:
            self._answer()
        self.lay_out()

    def action_number(self, number: int) -> None:
        """Move the line at the pointer to a place."""
        if number <= len(self.order):
            self.is_picked = False
            self.order.insert(number - 1, self.order.pop(self.cursor))
            self._answer()
            self.point(number - 1, len(self.order))

    def action_confirm(self) -> None:
        """Put the line down, or make the order the answer; when it is, go on."""
        if self.is_picked:
            self.action_pick()
        elif self.answer is None:
            self._answer()
            self.lay_out()
        else:
            self.post_message(self.Done())

    def action_clear(self) -> None:
        """Take the answer back and show the lines as at first."""
        self.order, self.is_picked = _ids(self.shown), False
        self.give(None)
        self.lay_out()

    def flush(self) -> None:
        if self.is_picked:
            self.action_pick()

    def _answer(self) -> None:
        self.give({"order": list(self.order)})


class PairList(Lines):
    """Lines on the left, each of which is given a partner from a numbered list below them."""

    BINDINGS = [
        Binding("1", "number(1)", N_("Give partner"), key_display="1–8"),
        Binding("enter", "confirm", N_("Next"), show=False),
    ]

    def put(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        if shown is not self.shown:
            pairs = answer["pairs"] if answer else {}
            open_ones = [n for n, line in enumerate(shown["left"]) if line["id"] not in pairs]
            self.cursor = open_ones[0] if open_ones else 0
            self.scroll_home(animate=False)
        super().put(shown, answer)

    def write(self, width: int) -> list[Content]:
        width = min(width, MAX_WIDTH)
        numbers = {line["id"]: number for number, line in enumerate(self.shown["right"], start=1)}
        texts = {line["id"]: line["text"] for line in self.shown["right"]}
        heads = [pick(head) for head in self.shown["heads"]]
        lines = [*self.stem_lines(width), safe_line(heads[0], "bold")]
        self._places = []
        for place, line in enumerate(self.shown["left"]):
            self._places.append(len(lines))
            sign = "▸" if place == self.cursor else " "
            lines += hang(Content.styled(f"{sign} ", "bold $accent"), line["text"], width)
            given = self._pairs.get(line["id"])
            if given is None:
                lines.append(Content.styled("    → ?", "dim"))
            else:
                lead = Content.styled(f"    → {numbers[given]} ", "bold $success")
                lines += hang(lead, texts[given], width, "bold $success")
        lines += [Content(), safe_line(heads[1], "bold")]
        for number, line in enumerate(self.shown["right"], start=1):
            lines += hang(Content.styled(f"  {number} ", "$accent"), line["text"], width)
        how = _("Type the number of the partner of the line at ▸; Delete takes it back.")
        return [*lines, Content(), Content.styled(how, "dim")]

    def action_move(self, step: int) -> None:
        """Move the pointer."""
        self.point(self.cursor + step, len(self.shown["left"]))

    def action_number(self, number: int) -> None:
        """Give the line at the pointer its partner, and go to the next line without one."""
        if number <= len(self.shown["right"]):
            self._set(str(self.shown["right"][number - 1]["id"]))
            self._go_on()

    def action_confirm(self) -> None:
        """Go to the next line without a partner, or to the next item when all have one."""
        if len(self._pairs) == len(self.shown["left"]):
            self.post_message(self.Done())
        else:
            self._go_on()

    def action_clear(self) -> None:
        """Take the partner of the line back."""
        self._set(None)
        self.lay_out()

    @property
    def _pairs(self) -> dict[str, str]:
        return dict(self.answer["pairs"]) if self.answer else {}

    def _set(self, letter: str | None) -> None:
        pairs = self._pairs
        pairs.pop(self.shown["left"][self.cursor]["id"], None)
        if letter is not None:
            pairs[self.shown["left"][self.cursor]["id"]] = letter
        self.give({"pairs": pairs} if pairs else None)

    def _go_on(self) -> None:
        """Point at the next line without a partner, from here round to the top."""
        count = len(self.shown["left"])
        after = [(self.cursor + step) % count for step in range(1, count + 1)]
        open_ones = [n for n in after if self.shown["left"][n]["id"] not in self._pairs]
        self.point(open_ones[0] if open_ones else self.cursor, count)


def _ids(shown: Mapping[str, Any]) -> list[str]:
    return [option["id"] for option in shown["options"]]
