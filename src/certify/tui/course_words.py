"""How courses and lessons are said: the same signs and words on every screen."""

from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services.learning import CourseView, LessonEntry
from certify.tui.bars import bar
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed

KINDS = {
    "onboarding": N_("Onboarding training"),
    "in-service": N_("In-service training"),
    "special": N_("Special training"),
}
METHODS = {
    "lecture": N_("lecture"),
    "case": N_("case study"),
    "simulation": N_("simulation"),
    "role-play": N_("role play"),
    "self-study": N_("self-study"),
    "discussion": N_("discussion"),
}
BAR = 5


def lesson(entry: LessonEntry, *, is_to_repeat: bool = False) -> Content:
    """How far a lesson was read, as a sign and a word."""
    if is_to_repeat:
        return signed("!", _("learn again"), "$error")
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
    if course.locked_by and not course.is_enrolled:
        return signed("–", _("locked"), "$foreground 70%")
    if any(entry.is_started for entry in course.lessons):
        return signed("◐", _("begun"), "$accent")
    return signed("○", _("new"))


def progress(course: CourseView, width: int = BAR) -> str:
    """A bar and its numbers: lessons finished of all."""
    count = len(course.lessons)
    return f"{bar(course.finished / count if count else 0, width)} {course.finished}/{count}"


def detail(course: CourseView) -> Content:
    """What a course is about and what stands before it."""
    parts = [safe_line(pick(course.title), "bold")]
    if course.locked_by and not course.is_enrolled:
        parts.append(safe_text(locked(course), "$warning"))
    if not course.is_available:
        parts.append(signed("!", _("Its plugin is not loaded now."), "$warning"))
    count = len(course.lessons)
    size = _n("{count} lesson", "{count} lessons", count).format(count=count)
    kind = _(KINDS.get(course.kind, course.kind))
    hours = _("{hours} h").format(hours=course.hours)
    return Content("\n").join(
        [*parts, safe_line(f"{kind} · {size} · {hours}"), safe_text(pick(course.summary))]
    )


def locked(course: CourseView) -> str:
    """What must be finished first."""
    names = _(", ").join(pick(text) for text in course.locked_by)
    return _("! This course opens after “{courses}”.").format(courses=names)
