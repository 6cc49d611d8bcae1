"""Loading courses: a broken one is named and the rest works, old attempts keep what they showed."""

import dataclasses
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.course import Course, Exam, Lesson
from certify.domain.item import Item, ItemState, ItemVersion
from certify.domain.person import CONSOLE
from certify.errors import Refused
from certify.platform import Platform
from certify.services import closing, course_sync, home, learning, lobby, results, sitting
from certify.services.course_sync import SyncedCourse
from tests.platforms import COURSES, actor, read_course, sit
from tests.services.steps import EXAM, begin, check_books, clock_of, count, stored_attempt

BANK, WORDING = "items/greeting.md", "items/greeting.en.md"
Sync = Callable[[], dict[str, SyncedCourse]]


@pytest.fixture
def folder(platform: Platform, tmp_path: Path) -> Path:
    """The sample course where a test can edit it; the platform loads it from there."""
    copy = tmp_path / "plugin" / "sample"
    shutil.copytree(COURSES / "sample", copy)
    platform.plugins.course_folders[:] = [copy]
    return copy


def sync(platform: Platform) -> dict[str, SyncedCourse]:
    """What became of each folder, by its name."""
    return {one.folder.name: one for one in course_sync.sync_courses(platform, actor=CONSOLE)}


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change every place of a file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def copy_as(folder: Path, code: str, *, items: str = "") -> Path:
    """A second course made of the first; its items get ids of their own when asked."""
    other = folder.parent / code
    shutil.copytree(folder, other)
    edit(other, "course.toml", 'code = "sample"', f'code = "{code}"')
    edit(other, "course.toml", '"sample-written"', f'"{code}-written"')
    if items:
        for path in (other / "items").iterdir():
            edit(other, f"items/{path.name}", "## GRE-" if "gre" in path.name else "## LIM-", items)
    return other


def test_a_course_that_did_not_change_is_left_alone(platform: Platform, folder: Path) -> None:
    before = count(platform, ItemVersion)

    assert {name: one.change for name, one in sync(platform).items()} == {"sample": "unchanged"}
    assert count(platform, ItemVersion) == before


def test_a_broken_course_is_named_and_the_others_load(platform: Platform, folder: Path) -> None:
    broken, good = (
        copy_as(folder, "broken", items="## BRO-"),
        copy_as(folder, "good", items="## GOO-"),
    )
    edit(broken, BANK, "type=single", "type=singel")
    platform.plugins.course_folders[:] = [broken, folder, good]

    found = sync(platform)

    assert {name: one.change for name, one in found.items()} == {
        "broken": "refused",
        "sample": "unchanged",
        "good": "loaded",
    }
    assert broken / BANK in {one.path for one in found["broken"].findings}
    assert count(platform, Course) == 2


@pytest.mark.parametrize("name", ["course.toml", BANK, "zh/01-lesson.md"])
def test_a_loaded_course_that_breaks_stays_as_it_was_last_loaded(
    platform: Platform, folder: Path, name: str
) -> None:
    (folder / name).write_text("= broken [", encoding="utf-8")

    found = sync(platform)["sample"]

    assert (found.change, found.code) == ("refused", "sample")
    assert found.findings
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    assert results.result(platform, actor=learner, attempt_id=sit(platform, learner)).attempt.passed


def test_an_edited_wording_makes_a_new_version_of_the_same_item(
    platform: Platform, folder: Path
) -> None:
    items, versions = count(platform, Item), count(platform, ItemVersion)
    edit(folder, WORDING, "Customer 1 calls.", "A first customer calls.")

    assert sync(platform)["sample"].change == "loaded"

    assert (count(platform, Item), count(platform, ItemVersion)) == (items, versions + 1)
    with platform.database.read() as session:
        item = session.exec(select(Item).where(Item.code == "GRE-001")).one()
        version = session.get_one(ItemVersion, item.version_id)
    assert version.content["stem"]["en"].startswith("A first customer")


def test_an_edit_taken_back_uses_the_version_that_was_there_before(
    platform: Platform, folder: Path
) -> None:
    versions = count(platform, ItemVersion)
    edit(folder, WORDING, "Customer 1 calls.", "A first customer calls.")
    sync(platform)
    edit(folder, WORDING, "A first customer calls.", "Customer 1 calls.")
    sync(platform)

    assert count(platform, ItemVersion) == versions + 1


def test_other_references_make_a_new_version_and_change_no_stored_one(
    platform: Platform, folder: Path
) -> None:
    def stored() -> dict[int | None, tuple[str, list[str], list[str]]]:
        with platform.database.read() as session:
            return {
                one.id: (one.content_hash, one.facts, one.standards)
                for one in session.exec(select(ItemVersion)).all()
            }

    before = stored()
    edit(folder, "items/limits.md", "fact=S2-CT-01", "fact=S2-CT-02")

    sync(platform)

    after = stored()
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + 3


def test_a_removed_item_is_retired_and_drawn_no_more_but_comes_back_when_it_does(
    platform: Platform, folder: Path
) -> None:
    def states() -> dict[str, ItemState]:
        with platform.database.read() as session:
            return {one.code: one.state for one in session.exec(select(Item)).all()}

    whole = {name: (folder / name).read_text(encoding="utf-8") for name in (BANK, WORDING)}
    for name, text in whole.items():
        (folder / name).write_text(text[: text.index("## GRE-003")], encoding="utf-8")
    sync(platform)
    assert {code for code, state in states().items() if state is ItemState.RETIRED} == {
        "GRE-003",
        "GRE-004",
        "GRE-005",
    }
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    stems = " ".join(item.shown["stem"]["en"] for item in begin(platform, learner).sitting.items)
    assert "Customer 1" in stems
    assert "Customer 2" in stems

    for name, text in whole.items():
        (folder / name).write_text(text, encoding="utf-8")
    sync(platform)
    assert set(states().values()) == {ItemState.IN_USE}


def test_a_course_edited_in_mid_attempt_leaves_the_attempt_its_items_key_and_version(
    platform: Platform, folder: Path
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    shown = terminal.sitting.items
    right = [terminal.right(position) for position in range(len(shown))]
    edit(folder, "course.toml", 'version = "1.0.0"', 'version = "2.0.0"')
    edit(folder, "course.toml", "minutes = 30", "minutes = 5")
    edit(folder, "items/limits.md", "- [ ] 错误", "- [x] 错误了")
    edit(folder, "items/limits.md", "- [x] 错误了", "- [ ] 错误")
    for old, new in (("第 ", "新的第 "),):
        edit(folder, BANK, old, new)
    assert sync(platform)["sample"].change == "loaded"
    platform.item_contents.clear()

    again = sitting.resume(platform, actor=learner, exam=EXAM)
    assert again.items == shown
    assert again.deadline == terminal.sitting.deadline
    terminal.sitting = again
    for position, answer in enumerate(right):
        terminal.respond(position, answer)
    attempt = stored_attempt(platform, terminal.submit())

    assert attempt.course_version == "1.0.0"
    assert attempt.passed
    assert attempt.earned == attempt.possible


def test_a_changed_key_counts_from_the_next_attempt_on_only(
    platform: Platform, folder: Path
) -> None:
    learner, other = actor(platform, "E1001"), actor(platform, "E1002")
    for who in (learner, other):
        read_course(platform, who)
    old = begin(platform, learner)
    text = (folder / BANK).read_text(encoding="utf-8")
    swapped = text.replace("- [x]", "- [~]").replace("- [ ] 请客户稍候", "- [x] 请客户稍候")
    (folder / BANK).write_text(swapped.replace("- [~]", "- [ ]"), encoding="utf-8")
    assert sync(platform)["sample"].change == "loaded"

    new = begin(platform, other)
    new.answer_all()
    old.answer_all()

    for terminal in (old, new):
        assert stored_attempt(platform, terminal.submit()).passed
    singles = [p for p, item in enumerate(new.sitting.items) if item.type == "single"]
    assert all(new.right(position) == {"chosen": ["c"]} for position in singles)


def test_a_course_code_used_twice_is_refused_the_second_time(
    platform: Platform, folder: Path
) -> None:
    second = folder.parent / "second"
    shutil.copytree(folder, second)
    platform.plugins.course_folders[:] = [folder, second]
    edit(second, WORDING, "Customer", "Client")

    found = sync(platform)

    assert (found["sample"].change, found["second"].change) == ("unchanged", "refused")
    assert "sample" in found["second"].findings[0].message
    assert found["second"].findings[0].path == second / "course.toml"
    assert count(platform, Course) == 1


def test_an_exact_copy_of_a_course_is_refused_too(platform: Platform, folder: Path) -> None:
    second = folder.parent / "second"
    shutil.copytree(folder, second)
    platform.plugins.course_folders[:] = [folder, second]

    assert [one.change for one in sync(platform).values()] == ["unchanged", "refused"]


def test_an_item_id_of_another_course_is_refused_with_file_and_line(
    platform: Platform, folder: Path
) -> None:
    thief = copy_as(folder, "thief")
    platform.plugins.course_folders[:] = [folder, thief]
    before = {table: count(platform, table) for table in (Course, Lesson, Exam, Item, ItemVersion)}

    found = sync(platform)["thief"]

    assert found.change == "refused"
    first = min(found.findings)
    assert (first.path, first.line) == (thief / BANK, 1)
    assert "GRE-001" in first.message
    assert {table: count(platform, table) for table in before} == before


def test_an_exam_code_of_another_course_is_refused(platform: Platform, folder: Path) -> None:
    thief = copy_as(folder, "thief", items="## THI-")
    edit(thief, "course.toml", '"thief-written"', '"sample-written"')
    platform.plugins.course_folders[:] = [folder, thief]

    found = sync(platform)["thief"]

    assert found.change == "refused"
    assert any("sample-written" in one.message for one in found.findings)


def test_a_course_whose_folder_is_gone_keeps_its_records_and_closes_its_exam(
    platform: Platform, folder: Path
) -> None:
    learner, other = actor(platform, "E1001"), actor(platform, "E1002")
    read_course(platform, learner)
    attempt_id = sit(platform, learner)
    before = results.result(platform, actor=learner, attempt_id=attempt_id)
    record = results.record(platform, actor=learner)
    platform.plugins.course_folders.clear()

    assert sync(platform) == {}

    after = results.result(platform, actor=learner, attempt_id=attempt_id)
    assert replace(after, door=before.door) == before  # the way to the next attempt is closed
    assert after.door != before.door
    assert results.record(platform, actor=learner) == record
    assert not learning.course_view(platform, actor=learner, course="sample").is_available
    assert [view.code for view in learning.course_views(platform, actor=other)] == []
    assert learning.open_lesson(platform, actor=learner, course="sample", lesson="lesson-1").body
    assert lobby.lobby(platform, actor=other, exam=EXAM).blockers
    with pytest.raises(Refused):
        begin(platform, other)
    home.home(platform, actor=learner)

    platform.plugins.course_folders.append(folder)
    assert sync(platform)["sample"].change == "loaded"
    assert learning.course_view(platform, actor=other, course="sample").is_available


def test_a_course_folder_in_the_home_is_loaded_like_that_of_a_plugin(
    platform: Platform, folder: Path
) -> None:
    own = platform.settings.home.courses / "own"
    own.parent.mkdir(parents=True)
    shutil.move(copy_as(folder, "own", items="## OWN-"), own)

    assert sync(platform)["own"].change == "loaded"


def test_a_lesson_that_is_gone_is_asked_of_nobody_any_more(
    platform: Platform, folder: Path
) -> None:
    learner = actor(platform, "E1001")
    for lesson in ("lesson-1", "lesson-2"):
        learning.open_lesson(platform, actor=learner, course="sample", lesson=lesson)
        learning.finish_lesson(platform, actor=learner, course="sample", lesson=lesson)
    edit(folder, "zh/02-lesson.md", '"case"', '"simulation"')
    edit(folder, "zh/01-lesson.md", '"lecture"', '"case"')
    (folder / "zh/03-lesson.md").rename(folder / "zh/04-lesson.md")
    (folder / "en/03-lesson.md").rename(folder / "en/04-lesson.md")
    for language in ("zh", "en"):
        edit(folder, f"{language}/04-lesson.md", "lesson-3", "lesson-4")
    edit(folder, "zh/04-lesson.md", '"simulation"', '"lecture"')

    assert sync(platform)["sample"].change == "loaded"

    view = learning.course_view(platform, actor=learner, course="sample")
    assert [(one.code, one.is_finished) for one in view.lessons] == [
        ("lesson-1", True),
        ("lesson-2", True),
        ("lesson-4", False),
    ]


def test_without_the_plugin_of_its_question_types_results_stay_and_nobody_else_is_held_up(
    platform: Platform,
) -> None:
    learner, other = actor(platform, "E1001"), actor(platform, "E1002")
    for who in (learner, other):
        read_course(platform, who)
    attempt_id = sit(platform, learner)
    before = results.result(platform, actor=learner, attempt_id=attempt_id)
    terminal = begin(platform, other)
    terminal.respond(0, terminal.right(0))
    plugins = dataclasses.replace(platform.plugins, question_types={})
    without = dataclasses.replace(platform, plugins=plugins, item_contents={})

    assert results.result(without, actor=learner, attempt_id=attempt_id) == before
    with pytest.raises(Refused, match=r"single|multiple|truefalse"):
        sitting.resume(without, actor=other, exam=EXAM)
    clock_of(platform).advance(timedelta(hours=1))
    assert closing.close_overdue(without) == 0
    assert home.home(without, actor=learner).held
    assert results.record(without, actor=other).attempts

    assert closing.close_overdue(platform) == 1  # the plugin is back
    assert stored_attempt(platform, terminal.sitting.attempt_id).by_deadline
    check_books(platform)


def test_an_attempt_that_cannot_be_shown_is_not_begun(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    plugins = dataclasses.replace(platform.plugins, question_types={})

    with pytest.raises(Refused):
        begin(dataclasses.replace(platform, plugins=plugins, item_contents={}), learner)

    assert count(platform, Attempt) == 0


def test_a_bank_that_became_too_small_names_the_topic_before_the_start(
    platform: Platform, folder: Path
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    with platform.database.write() as session:
        for item in session.exec(select(Item).where(Item.code != "GRE-001")).all():
            if item.code.startswith("GRE"):
                item.state = ItemState.RETIRED

    with pytest.raises(Refused) as refused:
        begin(platform, learner)

    assert "问候" in refused.value.message
    assert "2" in refused.value.message


def test_a_folder_too_broken_to_say_its_code_takes_no_course_out_of_use(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    platform = sqlite_platform
    folder = platform.settings.home.courses / "mine"
    shutil.copytree(COURSES / "sample", folder)
    platform.plugins.course_folders.clear()
    course_sync.sync_courses(platform, actor=CONSOLE)
    (folder / "course.toml").write_text("code = “sample”", encoding="utf-8")

    course_sync.sync_courses(platform, actor=CONSOLE)

    views = learning.course_views(platform, actor=actor(platform, "E1001"))
    assert [view.code for view in views] == ["sample"]
