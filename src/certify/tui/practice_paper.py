"""The pages of a round of practice that are read: feedback on an answer, and the summary."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from textual.content import Content

from certify.i18n import _, _n, pick
from certify.services import practice_words as words
from certify.services.feedback import Feedback
from certify.services.practice import PracticeItem
from certify.services.readiness import PracticeView
from certify.tui import practice_words
from certify.tui.lesson_text import MAX_WIDTH, text_lines
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.paper import PaperLine
from certify.tui.wrap import wrap


def feedback_page(
    item: PracticeItem, said: Feedback, now: datetime, back_at: datetime | None, width: int
) -> list[PaperLine]:
    """What is told of an answer, and when the item comes back.

    Args:
        back_at: when the item comes back; None before the person said how well they knew it.
    """
    lines = [line.content for line in told_page(item.shown, said, width)]
    if said.share is None and back_at is None:
        lines += [Content(), Content.styled(_("Did you know it?"), "bold $accent")]
    elif text := practice_words.back(now, back_at):
        lines.append(Content.styled(text, "$foreground 70%"))
    return [PaperLine(line) for line in lines]


def told_page(shown: Mapping[str, Any], said: Feedback, width: int) -> list[PaperLine]:
    """Right or wrong, the own answer, the right one, why, and what it rests on.

    Args:
        shown: what the question type presents of the item.
    """
    width = min(width, MAX_WIDTH)
    is_answered = bool(said.answer)
    lines = [Content(), practice_words.verdict(said.share, is_answered=is_answered), Content()]
    lines += text_lines(pick(shown.get("stem", {})), width)
    if is_answered:
        lines += _part(_("Your answer"), pick(said.answer), width)
    lines += [line for step in said.steps for line in _hung("  · ", pick(step), width)]
    if said.share != 1 and pick(said.key):
        lines += _part(_("Right answer"), pick(said.key), width)
    if said.rubric:
        lines += [Content(), Content.styled(_("What is asked for"), "bold")]
        for title, points in said.rubric:
            lines += _hung(f"  · ({points}) ", pick(title), width)
    if pick(said.explanation):
        lines += _part(_("Why"), pick(said.explanation), width)
    sources = _("Rests on {sources}").format(sources=", ".join(said.sources))
    lines += [Content(), safe_line(sources, "$foreground 70%")]
    return [PaperLine(line) for line in lines]


def summary_page(
    items: Sequence[PracticeItem],
    given: Mapping[int, Feedback],
    view: PracticeView,
    width: int,
) -> list[PaperLine]:
    """The round by topic, and how ready practice shows the person to be."""
    width = min(width, MAX_WIDTH)
    answered = [(item, given[place]) for place, item in enumerate(items) if place in given]
    right = sum(said.share == 1 for _item, said in answered)
    count = sum(said.share is not None for _item, said in answered)
    text = _n("{right} of {count} item right", "{right} of {count} items right", count)
    lines = [Content(), Content.styled(text.format(right=right, count=count), "bold $primary")]
    lines += [Content(), Content.styled(_("This round by topic"), "bold")]
    lines += _topics(answered)
    codes = list(dict.fromkeys(item.topic for item in items))
    lines += [Content(), Content.styled(_("What your practice shows so far"), "bold")]
    lines += practice_words.topic_lines(view, width, codes)
    if view.exams:
        lines += [Content(), Content.styled(_("Ready for the exam?"), "bold")]
        for exam in view.exams:
            lines += wrap(practice_words.readiness_line(exam), width)
        lines += wrap(Content.styled(words.caution(), "$foreground 70%"), width)
    lines += [Content(), Content(_("Enter: another round · Esc: back"))]
    return [PaperLine(line) for line in lines]


def _topics(answered: Sequence[tuple[PracticeItem, Feedback]]) -> list[Content]:
    """How many items of each topic were right, in words and signs."""
    titles = {item.topic: item.topic_title for item, _said in answered}
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for item, said in answered:
        if said.share is not None:
            whole[item.topic] += 1
            right[item.topic] += said.share == Fraction(1)
    lines = []
    for topic, title in titles.items():
        counts = _("{right} of {count} right").format(right=right[topic], count=whole[topic])
        sign, style = ("✓", "$success") if right[topic] == whole[topic] else ("✗", "$error")
        if not whole[topic]:
            sign, style, counts = "–", "$foreground 70%", _("marked by yourself")
        text = safe_line(pick(title)) + _(": ") + counts
        lines.append(Content.styled(f"  {sign} ", style) + text)
    return lines


def _part(head: str, text: str, width: int) -> list[Content]:
    lines = wrap(safe_text(text), width - 2)
    return [Content(), Content.styled(head, "bold"), *(Content("  ") + line for line in lines)]


def _hung(lead: str, text: str, width: int) -> list[Content]:
    """A text whose first line begins with a lead and whose other lines stand below it."""
    start = safe_line(lead)
    first, *rest = wrap(safe_text(text), width - start.cell_length)
    return [start + first, *(Content(" " * start.cell_length) + line for line in rest)]
