"""What the exam screen says of time, saving and answers."""

from datetime import datetime

from textual.content import Content

from certify.domain.number_ranges import ranges
from certify.i18n import _, _n
from certify.tui.answer_sheet import AnswerSheet
from certify.tui.safe_text import safe_line

SHORT_TIME = 300
"""Seconds before the end from which the time is shown in words that warn."""


def place(position: int, count: int) -> Content:
    """Where in the form the person is."""
    text = _("Item {number} / {count}").format(number=position + 1, count=count)
    return Content.styled(text, "bold")


def time_left(seconds: int) -> Content:
    """The countdown; near the end it warns in words."""
    minutes, rest = divmod(max(0, seconds), 60)
    if seconds > SHORT_TIME:
        return Content(_("Time left {minutes}:{seconds:02} ").format(minutes=minutes, seconds=rest))
    text = _("! Only {minutes}:{seconds:02} left ").format(minutes=minutes, seconds=rest)
    return Content.styled(text, "bold $error")


def saved(sheet: AnswerSheet, problem: str, saved_at: datetime | None) -> Content:
    """Whether everything given is saved, and since when.

    Args:
        problem: why the last try failed; empty when it did not.
        saved_at: local time of the last receipt on this terminal.
    """
    if problem:
        text = _("! Not saved, trying again: {reason}").format(reason=problem)
        return safe_line(text, "bold $error")
    if not sheet.is_saved:
        return Content.styled(_("… saving"), "$accent")
    if saved_at is None:
        return Content.styled(_("✓ Everything is saved"), "$success")
    time = saved_at.strftime("%H:%M:%S")
    return Content.styled(_("✓ Saved {time}").format(time=time), "$success")


def counts(sheet: AnswerSheet) -> Content:
    """How many items are answered, flagged and open."""
    text = _("✓ answered {answered}  ⚑ flagged {flagged}  ○ open {unanswered}")
    return Content(
        text.format(
            answered=sheet.answered(),
            flagged=len(sheet.flagged()),
            unanswered=len(sheet.unanswered()),
        )
    )


def before_submitting(sheet: AnswerSheet) -> Content:
    """What the person should know before they submit: the items without an answer by number."""
    unanswered, flagged = sheet.unanswered(), sheet.flagged()
    lines = [Content(_("All items are answered."))]
    if unanswered:
        text = _n(
            "{count} item has no answer: {numbers}",
            "{count} items have no answer: {numbers}",
            len(unanswered),
        ).format(count=len(unanswered), numbers=ranges(unanswered))
        lines = [Content.styled(text, "bold $error")]
    if flagged:
        text = _("Flagged: {numbers}").format(numbers=ranges(flagged))
        lines.append(Content.styled(f"⚑ {text}", "$accent"))
    lines.append(Content(_("After that nothing can be changed.")))
    return Content("\n").join(lines)


def before_leaving(sheet: AnswerSheet) -> Content:
    """What leaving the exam means."""
    if sheet.is_saved:
        return Content(_("Your answers are saved. The time goes on running; come back in time."))
    text = _("Some answers are not saved yet and would be lost if you leave now.")
    return Content.styled(text, "bold $error")


def break_rules(seconds: int) -> str:
    """What a break is, and how much of it is left."""
    minutes, rest = divmod(seconds, 60)
    return _(
        "You have {minutes}:{seconds:02} of break left. The time of the exam stands meanwhile, and "
        "the items are hidden. What you do not use you may take later."
    ).format(minutes=minutes, seconds=rest)


def clock_text(seconds: int) -> str:
    """Minutes and seconds, such as 9:05; never below zero."""
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes}:{rest:02}"
