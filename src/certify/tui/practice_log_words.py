"""How on-site practice is said: its state, its amounts, one entry."""

from fractions import Fraction

from textual.content import Content

from certify.i18n import _, _n
from certify.services import field_practice
from certify.services.field_practice import EntryView, LogView
from certify.tui.bars import bar
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed

BAR = 12


def state(log: LogView) -> Content:
    """How a log stands, as a sign and a word."""
    said = field_practice.state(log)
    if log.is_signed:
        return signed("✓", said, "$success")
    if log.locked:
        return signed("–", said, "$foreground 70%")
    if log.done.covers(log.needed):
        return signed("!", said, "$accent")
    return signed("◐" if log.entries else "○", said)


def amounts(log: LogView) -> Content:
    """Tasks with a remark and working days, each of those needed, as a bar and in figures."""
    done, needed = log.done, log.needed
    share = min(Fraction(done.entries, needed.entries), Fraction(done.days, needed.days))
    tasks = _("tasks with a remark {done}/{needed}")
    days = _("working days {done}/{needed}")
    return Content.assemble(
        (bar(share, BAR), "$success"),
        f"  {tasks.format(done=done.entries, needed=needed.entries)}",
        f" · {days.format(done=done.days, needed=needed.days)}",
    )


def about(log: LogView) -> Content:
    """What stands above a log: amounts, who guides, what comes next."""
    lines = [amounts(log)]
    guides = _(", ").join(log.guides)
    text = _("Guide: {names}").format(names=guides) if guides else _("Nobody guides you yet.")
    if not log.is_own and not guides:
        text = _("Nobody guides this person now.")
    if log.is_signed:
        said = _("Signed off by {name} on {day}.").format(name=log.signed_by, day=log.signed_on)
        lines += [safe_line(text), safe_line(f"✓ {said}", "$success")]
    elif log.locked:
        lines.append(safe_text(f"! {log.locked}", "$warning"))
    elif log.missing:
        missing = _("Missing for the sign-off: {what}.").format(what=_("; ").join(log.missing))
        lines += [safe_line(text), safe_line(missing)]
    else:
        lines += [safe_line(text), state(log)]
    return Content("\n").join(lines)


def entry_state(entry: EntryView) -> Content:
    """Whether the guide has remarked on a task."""
    if entry.is_remarked:
        return signed("✓", _("remark"), "$success")
    return signed("○", _("waits"), "$accent")


def entry(one: EntryView) -> Content:
    """A task with what the guide said of it."""
    lines = [safe_text(f"{one.day} · {one.task}", "bold")]
    if one.is_remarked:
        lines.append(safe_text(_("{guide}: {text}").format(guide=one.guide, text=one.remark)))
        lines.append(safe_text(_("To improve: {text}").format(text=one.improvement)))
    else:
        lines.append(Content(_("It waits for the guide's remark.")))
    return Content("\n").join(lines)


def waiting(log: LogView) -> str:
    """How many entries wait for the guide."""
    count = log.waiting
    return _n("{count} waits", "{count} wait", count).format(count=count) if count else ""
