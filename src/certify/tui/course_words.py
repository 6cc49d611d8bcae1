"""How courses and lessons are said: the same signs and words on every screen."""

from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services.course_locks import PHASE_NAMES, locked_text
from certify.services.course_view import CourseView, LessonEntry
from certify.services.course_words import LAYERS, MODES, TRACKS
from certify.tui.bars import bar
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed

KINDS = {
    "onboarding": N_("Onboarding training"),
    "in-service": N_("In-service training"),
    "special": N_("Special training"),
}
BAR = 5


def lesson(entry: LessonEntry, *, is_to_repeat: bool = False) -> Content:
    """How far a lesson was read, as a sign and a word."""
    if is_to_repeat:
        return signed("!", _("learn again"), "$error")
    if entry.is_revised:
        return signed("✓", _("revised since"), "$accent")
    if entry.is_finished:
        return signed("✓", _("finished"), "$success")
    if entry.is_started:
        return signed("◐", _("begun"), "$accent")
    return signed("○", _("new"))


def state(course: CourseView, *, is_overdue: bool = False) -> Content:
    """How far a course was read, as a sign and a word."""
    if course.next_lesson is None:
        return signed("✓", _("finished"), "$success")
    if is_overdue:
        return signed("!", _("overdue"), "$error")
    if course.is_locked:
        return signed("–", _("locked"), "$foreground 70%")
    if any(entry.is_started for entry in course.lessons):
        return signed("◐", _("begun"), "$accent")
    return signed("○", _("new"))


def progress(course: CourseView, width: int = BAR) -> str:
    """A bar and its numbers: lessons finished of all."""
    count = len(course.lessons)
    return f"{bar(course.finished / count if count else 0, width)} {course.finished}/{count}"


def detail(course: CourseView, *, tells_stale: bool = False) -> Content:
    """What a course is about and what stands before it.

    Args:
        tells_stale: whether to say that nobody revised it for long, to who may mend that.
    """
    parts = [safe_line(pick(course.title), "bold")]
    if course.is_locked:
        parts.append(safe_text(locked(course), "$warning"))
    if course.facts.is_stale and tells_stale:
        parts.append(safe_text(stale(course), "$warning"))
    if not course.is_available:
        parts.append(signed("!", _("Its plugin is not loaded now."), "$warning"))
    count = len(course.lessons)
    size = _n("{count} lesson", "{count} lessons", count).format(count=count)
    kind = _(KINDS.get(course.kind, course.kind))
    hours = _("{hours} h").format(hours=course.hours)
    parts += [safe_line(f"{kind} · {size} · {hours}"), safe_text(pick(course.summary))]
    return Content("\n").join([*parts, safe_line(facts(course))])


def facts(course: CourseView) -> str:
    """What else a course says of itself, and when it was last revised (R-CAT-01)."""
    said = course.facts
    parts = [
        _(words.get(value, value))
        for words, value in (
            (PHASE_NAMES, said.phase),
            (TRACKS, said.track),
            (LAYERS, said.layer),
            (MODES, said.mode),
        )
        if value
    ]
    if said.module:
        parts.append(_("module {module}").format(module=said.module))
    if said.revised_on is not None:
        parts.append(_("revised {day}").format(day=said.revised_on))
    return " · ".join(parts)


def stale(course: CourseView) -> str:
    """That nobody revised a course for long."""
    return _("! Not revised since {day}.").format(day=course.facts.revised_on)


def locked(course: CourseView) -> str:
    """What must be finished first."""
    return f"! {locked_text(course.locks)}"
