"""What onboarding covers and with which methods; courses that nobody revised; revised lessons."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from certify.courseware.checker import check_course
from certify.domain.must_cover import GROUPS, MUST_COVER
from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services import course_coverage, learning
from tests.platforms import COURSES, actor, read_course
from tests.services.learning_steps import add_course, set_line, sync
from tests.services.steps import at, clock_of

BUNDLED = Path(__file__).parents[2] / "courses"


def cover(course: Path, lesson: str, codes: str) -> None:
    """Write what a lesson covers into its head."""
    path = course / "zh" / lesson
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("minutes =", f"covers = {codes}\nminutes =", 1), "utf-8")


def test_the_report_has_five_five_and_four_contents_all_missing_where_no_lesson_says_so(
    platform: Platform,
) -> None:
    view = course_coverage.coverage(platform, actor=actor(platform, "E1001"))
    assert [len(codes) for codes in GROUPS.values()] == [5, 5, 4]
    assert view.missing == len(view.contents) == len(MUST_COVER) == 14
    [sample] = view.courses
    assert sum(sample.methods.values()) == 3


def test_a_content_is_covered_by_the_lessons_of_onboarding_that_name_it(
    platform: Platform, tmp_path: Path
) -> None:
    basics = add_course(platform, tmp_path, "basics", phase='"head-office"')
    cover(basics, "02-lesson.md", '["company", "six-steps"]')
    other = add_course(platform, tmp_path, "other", kind='"in-service"', phase="")
    cover(other, "01-lesson.md", '["ethics"]')
    sync(platform)

    view = course_coverage.coverage(platform, actor=CONSOLE)

    held = {
        one.code: [(lesson.course, lesson.lesson) for lesson in one.lessons]
        for one in view.contents
    }
    assert held["company"] == held["six-steps"] == [("basics", "lesson-2")]
    assert held["ethics"] == []
    assert view.missing == 12
    assert [one.course for one in view.courses] == ["basics", "sample"]


@pytest.mark.parametrize(
    ("codes", "kind", "severities"),
    [
        ('["company"]', "onboarding", []),
        ('["sports"]', "onboarding", ["error"]),
        ('["company"]', "in-service", ["warning"]),
    ],
)
def test_the_check_knows_the_contents_and_where_they_count(
    sqlite_platform: Platform, tmp_path: Path, codes: str, kind: str, severities: list[str]
) -> None:
    course = tmp_path / "sample"
    shutil.copytree(COURSES / "sample", course)
    if kind != "onboarding":
        set_line(course, "kind", f'"{kind}"')
        set_line(course, "phase", "")
    cover(course, "01-lesson.md", codes)
    found = check_course(course, sqlite_platform.plugins.question_types).findings
    assert [one.severity for one in found if one.path.name == "01-lesson.md"] == severities
    for one in found:
        if one.path.name == "01-lesson.md":
            line = one.path.read_text(encoding="utf-8").split("\n")[one.line - 1]
            assert line.startswith("covers")


def test_the_bundled_onboarding_has_all_methods_and_covers_what_new_staff_need(
    platform: Platform,
) -> None:
    platform.plugins.course_folders.append(BUNDLED / "onboarding-service-foundations")
    sync(platform)
    view = course_coverage.coverage(platform, actor=CONSOLE)
    assert not [one for one in view.contents if one.group == "new-staff" and not one.lessons]
    bundled = next(one for one in view.courses if one.course.startswith("onboarding"))
    assert bundled.missing == ()


def test_in_service_training_that_nobody_revised_for_the_months_of_policy_is_stale(
    platform: Platform, tmp_path: Path
) -> None:
    add_course(platform, tmp_path, "yearly", kind='"in-service"', phase="")
    sync(platform)

    def stale() -> dict[str, bool]:
        views = learning.course_views(platform, actor=CONSOLE)
        return {one.code: one.facts.is_stale for one in views}

    assert stale() == {"sample": False, "yearly": False}
    clock_of(platform).set(at("2025-03-04T15:59:59"))
    assert not stale()["yearly"]
    clock_of(platform).set(at("2025-03-04T16:00:00"))  # the day after, where they work
    assert stale() == {"sample": False, "yearly": True}  # onboarding is never flagged
    view = learning.course_view(platform, actor=CONSOLE, course="yearly")
    assert view.facts.revised_on == date(2024, 3, 4)
    assert (view.facts.module, view.facts.mode) == ("yearly", "online")


def test_a_lesson_revised_since_it_was_finished_is_marked_and_counts_as_read(
    platform: Platform, tmp_path: Path
) -> None:
    course = add_course(platform, tmp_path, "second")
    sync(platform)
    learner = actor(platform, "E1001")
    read_course(platform, learner, "second")
    clock_of(platform).advance(timedelta(hours=1))
    for language in ("zh", "en"):
        path = course / language / "02-lesson.md"
        path.write_text(path.read_text(encoding="utf-8") + "\n\nMore.\n", encoding="utf-8")
    sync(platform)

    def revised() -> list[bool]:
        view = learning.course_view(platform, actor=learner, course="second")
        assert view.finished == 3
        return [lesson.is_revised for lesson in view.lessons]

    assert revised() == [False, True, False]
    clock_of(platform).advance(timedelta(hours=1))
    read_course(platform, learner, "second")
    assert revised() == [False, False, False]
