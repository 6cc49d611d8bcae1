"""How practice is said: right and wrong, when an item comes back, how ready one is."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from textual.content import Content

from certify.domain.readiness import Outlook
from certify.i18n import _, _n, pick
from certify.services import practice_words as words
from certify.services.readiness import PracticeView, ReadinessView
from certify.tui.bars import bar
from certify.tui.columns import fit, fit_right
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed

SIGNS = {
    Outlook.LIKELY: ("✓", "$success"),
    Outlook.NOT_YET: ("✗", "$error"),
    Outlook.UNKNOWN: ("?", "$foreground 70%"),
}
BAR = 20


def verdict(share: Fraction | None, *, is_answered: bool) -> Content:
    """Right or wrong, as a sign and a word."""
    sign, style = "✗", "bold $error"
    if share is None:
        sign, style = "?", "bold $accent"
    elif share == 1:
        sign, style = "✓", "bold $success"
    elif share > 0:
        sign, style = "◐", "bold $warning"
    return signed(sign, words.verdict(share, is_answered=is_answered), style)


def back(now: datetime, back_at: datetime | None) -> str:
    """When the item comes back."""
    if back_at is None:
        return ""
    minutes = max(1, round((back_at - now).total_seconds() / 60))
    if minutes < 120:
        text = _n("Comes back in {count} minute.", "Comes back in {count} minutes.", minutes)
        return text.format(count=minutes)
    hours = round(minutes / 60)
    if hours < 48:
        text = _n("Comes back in {count} hour.", "Comes back in {count} hours.", hours)
        return text.format(count=hours)
    days = round(hours / 24)
    return _n("Comes back in {count} day.", "Comes back in {count} days.", days).format(count=days)


def outlook(view: ReadinessView) -> Content:
    """What practice says of an exam, as a sign and a word."""
    sign, style = SIGNS[view.outlook]
    return signed(sign, words.outlook(view), style)


def readiness_line(view: ReadinessView) -> Content:
    """One exam: its name, what practice says of it and the figures."""
    name = safe_line(pick(view.title))
    return Content.assemble(
        name, _(": "), outlook(view), Content.styled(f" · {words.figures(view)}", "$foreground 80%")
    )


def topic_lines(view: PracticeView, width: int, only: Sequence[str] = ()) -> list[Content]:
    """A bar for each topic: the share expected, and how many of its items were practised.

    Args:
        only: codes of the topics wanted; none for all.
    """
    topics = [topic for topic in view.topics if topic.items and (not only or topic.code in only)]
    titles = [pick(topic.title) for topic in topics]
    room = min(max((safe_line(title).cell_length for title in titles), default=0), width - 46)
    lines = []
    for title, topic in zip(titles, topics, strict=True):
        counts = _("{practised} of {items}").format(practised=topic.practised, items=topic.items)
        if topic.expected is None:
            drawn = Content.styled("·" * BAR, "$foreground 50%") + fit_right("–", 5)
        else:
            filled = bar(topic.expected / 100, BAR)
            drawn = Content.styled(filled, "$primary") + fit_right(str(topic.expected), 5)
        lines.append(fit(title, room) + "  " + drawn + fit_right(counts, 14))
    return lines


def state(view: PracticeView) -> Content:
    """How the practice of a course stands, as a sign and a word."""
    if view.due:
        return signed("○", _("comes back"), "bold $accent")
    if not view.practised:
        return signed("○", _("new"))
    if view.practised < view.items:
        return signed("◐", _("begun"), "$accent")
    return signed("✓", _("up to date"), "$success")


def size(view: PracticeView) -> str:
    """How many items come back, else how many there are."""
    count = view.due or view.items
    return _n("{count} item", "{count} items", count).format(count=count)


def detail(view: PracticeView) -> Content:
    """What practice says of every exam of a course."""
    lines = [safe_line(pick(view.title), "bold"), *map(readiness_line, view.exams)]
    return Content("\n").join(lines)
