"""The item bank in lines: states as signs and words, and one item as a page."""

from collections.abc import Sequence

from textual.content import Content

from certify.domain.item import ItemState
from certify.domain.reviewing import Keys, Stage
from certify.i18n import _, pick
from certify.services import review_item_words as words
from certify.services import review_words
from certify.services.review_bank import BankLine
from certify.services.review_item import ItemView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.lesson_text import MAX_WIDTH, text_lines
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.paper import PaperLine
from certify.tui.wrap import hung, wrap

SIGNS = {
    ItemState.DRAFT: ("○", "$warning"),
    ItemState.REVIEWED: ("◐", "$accent"),
    ItemState.IN_USE: ("✓", "$success"),
    ItemState.RETIRED: ("–", "$foreground 70%"),
}
QUIET = "$foreground 70%"


def state(of: ItemState, *, is_pending: bool) -> Content:
    """The state of an item: a sign and words."""
    sign, style = SIGNS[of]
    if of is ItemState.IN_USE and is_pending:
        return signed("◑", _("new version"), "$accent")
    return signed(sign, _(review_words.STATES[of]), style)


def waits(of: Stage, given: Keys) -> Content:
    """What an item waits for; ✗ where a second key blocks it."""
    text = review_words.waits(of, given)
    if of is Stage.SECOND_KEY and given.differing:
        return safe_line(f"✗ {text}", "$error")
    return safe_line(text)


def heads(width: int) -> Content:
    """What stands above the columns."""
    texts = [_("Item"), _("State"), _("Waits"), _("Stem")]
    return row([fit(text, room) for text, room in zip(texts, _widths(width), strict=True)])


def line(one: BankLine, width: int) -> Content:
    """One item of the bank."""
    rooms = _widths(width)
    said = waits(one.stage, one.keys)
    if one.stale:
        said = signed("!", _("a standard changed"), "$warning")
    cells = [
        fit(one.code, rooms[0]),
        fit_content(state(one.state, is_pending=one.is_pending), rooms[1]),
        fit_content(said, rooms[2]),
        fit(_plain(pick(one.stem)), rooms[3]),
    ]
    return row(cells)


def detail(one: BankLine) -> Content:
    """An item of the bank in full, without its key."""
    names = (_(one.type_label), pick(one.topic_title), pick(one.course_title))
    kind = " · ".join(filter(None, names))  # a draft may have no topic yet
    parts = [safe_text(_plain(pick(one.stem))), safe_line(kind, QUIET)]
    if text := review_words.keys(one.keys):
        parts.append(safe_line(text))
    if one.stale:
        parts.append(safe_line(words.stale(one.stale), "$warning"))
    return Content("\n").join(parts)


def page(view: ItemView, times: Sequence[str], width: int) -> list[PaperLine]:
    """One item as reviewers see it.

    Args:
        times: when each step of its history was taken.
    """
    width = min(width, MAX_WIDTH)
    lines = [Content()]
    head = state(view.state, is_pending=view.is_pending)
    said = waits(view.stage, view.keys)
    lines.append(head + _(" · ") + said if said.plain else head)
    for text in words.facts(view):
        lines += wrap(safe_line(text, QUIET), width)
    if view.stale:
        lines += wrap(safe_line(f"! {words.stale(view.stale)}", "$warning"), width)
    lines += [Content(), *text_lines(pick(view.wording.stem), width), Content()]
    for choice in pick_lines(view):
        lines += hung(Content("  "), safe_text(choice), width)
    if view.has_key:
        lines += _key(view, width)
    elif view.is_pending:
        hidden = _("The key is hidden. S shows it: after that you can give no second key.")
        lines += [Content(), *wrap(Content.styled(hidden, "$accent"), width)]
    lines += _differences(view, width)
    if view.history:
        lines += [Content(), Content.styled(_("What was done"), "bold")]
        for time, one in zip(times, view.history, strict=True):
            lines += hung(Content(f"  {time}  "), safe_text(words.step(one)), width)
    if text := review_words.keys(view.keys):
        lines += [Content(f"  {text}")]
    return [PaperLine(line) for line in lines]


def pick_lines(view: ItemView) -> Sequence[str]:
    """The choices in the language being spoken, or the first there is."""
    found = {name: "\n".join(choices) for name, choices in view.wording.choices.items()}
    text = pick(found)
    return text.split("\n") if text else ()


def _key(view: ItemView, width: int) -> list[Content]:
    lines: list[Content] = []
    if text := pick(view.wording.key):
        lines += [Content(), Content.styled(_("Right answer"), "bold")]
        lines += [Content("  ") + one for one in wrap(safe_text(text), width - 2)]
    if view.wording.rubric:
        lines += [Content(), Content.styled(_("What is asked for"), "bold")]
        for title, points in view.wording.rubric:
            lead = safe_line(f"  · ({points}) ")
            lines += hung(lead, safe_text(pick(title)), width)
    if text := pick(view.wording.explanation):
        lines += [Content(), Content.styled(_("Why"), "bold")]
        lines += [Content("  ") + one for one in text_lines(text, width - 2)]
    return lines


def _differences(view: ItemView, width: int) -> list[Content]:
    if not view.differences:
        return []
    lines = [Content(), Content.styled(_("What the new version changes"), "bold")]
    styles = {"−": "$error", "+": "$success"}
    for text in words.differences(view):
        style = styles.get(text[:1], "")
        lines += [Content("  ") + one for one in wrap(safe_line(text, style), width - 2)]
    return lines


def _plain(markdown: str) -> str:
    """A stem for one line of a list."""
    return " ".join(markdown.split())


def _widths(width: int) -> list[int]:
    return widths(width, [10, 13, 24, 0], [1])
