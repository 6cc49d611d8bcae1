"""Question banks come into a course whole or not at all, and nothing of them gets lost unsaid."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from certify.courseware import bank_files
from certify.courseware.checker import check_course
from certify.courseware.loader import source_hash
from certify.domain.item import Item, ItemState, ItemVersion
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE, Role
from certify.errors import BadInput, NotPermitted, Refused
from certify.platform import Platform
from certify.services import course_sync, item_alike
from certify.services.item_import_facts import Defaults
from tests.platforms import COURSES, actor
from tests.services.banks import BANK, BROKEN, COMPLETE, own_course, take_in
from tests.services.steps import count


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a course with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_trial_run_changes_nothing_and_says_what_would_be(platform: Platform) -> None:
    folder = own_course(platform)
    before, rows = files_of(folder), count(platform, ItemVersion)

    report = take_in(platform, apply=False)

    assert (report.found, report.count("new"), report.applied) == (3, 3, False)
    assert [one.code for one in report.outcomes] == ["LIM-204", "LIM-205", "LIM-206"]
    assert [one.place for one in report.outcomes] == ["2:1", "4:1", "6:1"]
    assert (files_of(folder), count(platform, ItemVersion)) == (before, rows)


def test_an_applied_bank_stands_in_the_folder_and_in_the_database_and_is_not_read_again(
    platform: Platform,
) -> None:
    folder = own_course(platform)
    before = files_of(folder)

    report = take_in(platform)

    assert report.applied
    assert {name: data for name, data in files_of(folder).items() if name in before} == before
    assert sorted(set(files_of(folder)) - set(before)) == ["items/ids.txt", "items/题库.md"]
    read = check_course(folder, platform.plugins.question_types)
    assert [one for one in read.findings if one.severity == "error"] == []
    stored = {}
    with platform.database.read() as session:
        for item in session.exec(select(Item)).all():
            version = session.get_one(ItemVersion, item.draft_id or item.version_id)
            stored[item.code] = version.content_hash
        entry = session.exec(
            select(LedgerEntry).where(LedgerEntry.action == "items-imported")
        ).one()
    assert stored == {item.code: item.fingerprint for item in read.items}
    assert (entry.facts["found"], entry.facts["new"]) == (3, 3)
    (synced,) = course_sync.sync_courses(platform, actor=CONSOLE)
    assert synced.change == "unchanged"


def test_what_is_new_waits_for_its_review(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    take_in(sqlite_platform)

    with sqlite_platform.database.read() as session:
        found = session.exec(select(Item)).all()
        states = {one.code: (one.state, one.is_unfinished) for one in found}
    assert states["LIM-205"] == (ItemState.DRAFT, False)


def test_an_item_that_lacks_something_is_written_as_a_draft_of_its_author(
    sqlite_platform: Platform,
) -> None:
    folder = own_course(sqlite_platform)
    trainer = dataclasses.replace(
        actor(sqlite_platform, "E1001"), roles=frozenset({Role.LEARNER, Role.TRAINER})
    )

    report = take_in(sqlite_platform, "问？{=甲 ~乙 ~丙}", defaults=Defaults(), who=trainer)

    (one,) = report.outcomes
    assert len(one.lacks) == 4  # topic, difficulty, fact, explanation
    text = (folder / "items/题库.md").read_text(encoding="utf-8")
    assert text.startswith("## LIM-204 {type=single author=E1001 state=draft}")


def test_one_rejected_question_holds_the_whole_file_back(sqlite_platform: Platform) -> None:
    folder = own_course(sqlite_platform)
    before = files_of(folder)

    report = take_in(sqlite_platform, BANK + BROKEN)

    assert (report.found, report.count("new"), report.count("rejected")) == (4, 3, 1)
    rejected = report.outcomes[-1]
    assert rejected.place.startswith("8:")
    assert rejected.reason
    assert not report.applied
    assert files_of(folder) == before


def test_the_good_ones_are_taken_when_somebody_says_so(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)

    report = take_in(sqlite_platform, BANK + BROKEN, skip_rejected=True)

    assert (report.applied, report.imported, report.count("rejected")) == (True, 3, 1)
    assert count(sqlite_platform, Item) == count(sqlite_platform, ItemVersion)


def test_the_same_file_a_second_time_changes_nothing(sqlite_platform: Platform) -> None:
    folder = own_course(sqlite_platform)
    take_in(sqlite_platform)
    before = files_of(folder)

    again = take_in(sqlite_platform)

    assert again.count("skipped") == again.found == 3
    assert all("LIM-20" in one.reason for one in again.outcomes)
    assert files_of(folder) == before


def test_a_question_twice_in_one_file_is_taken_once(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)

    report = take_in(sqlite_platform, BANK + BANK)

    assert (report.found, report.count("new"), report.count("skipped")) == (6, 3, 3)


def test_a_known_code_edits_its_item_in_place_and_leaves_all_other_bytes(
    sqlite_platform: Platform,
) -> None:
    folder = own_course(sqlite_platform)
    path = folder / "items/greeting.md"
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    section = before.decode().replace("\r\n", "\n").split("## GRE-002")[0]
    edited = section.replace("应当先做什么？", "首先应当做什么？")

    report = take_in(sqlite_platform, edited, name="x.md", defaults=Defaults())

    assert [(one.fate, one.code) for one in report.outcomes] == [("changed", "GRE-001")]
    assert path.read_bytes() == before.replace(
        "应当先做什么？".encode(), "首先应当做什么？".encode(), 1
    )
    with sqlite_platform.database.read() as session:
        item = session.exec(select(Item).where(Item.code == "GRE-001")).one()
        versions = session.exec(select(ItemVersion).where(ItemVersion.item_id == item.id)).all()
    assert len(versions) == 2
    assert all(set(one.content["stem"]) == {"zh", "en"} for one in versions)
    unchanged = take_in(sqlite_platform, edited, name="x.md", defaults=Defaults())
    assert [one.fate for one in unchanged.outcomes] == ["skipped"]


def test_a_course_of_a_plugin_is_refused_with_the_mend(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    sqlite_platform.plugins.course_folders.append(COURSES / "kinds")

    with pytest.raises(Refused) as refused:
        take_in(sqlite_platform, course="kinds")

    assert "certify course new" in refused.value.mend


def test_who_may_not_write_items_imports_none(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)

    with pytest.raises(NotPermitted):
        take_in(sqlite_platform, who=actor(sqlite_platform, "E1001"))


@pytest.mark.parametrize(
    ("name", "text"), [("x.pdf", b"%PDF"), ("x", b""), ("x.md", "没有题目".encode())]
)
def test_a_file_of_no_known_kind_is_refused(
    sqlite_platform: Platform, name: str, text: bytes
) -> None:
    own_course(sqlite_platform)

    with pytest.raises(BadInput):
        take_in(sqlite_platform, text, name=name)


def test_ids_of_deleted_items_are_not_given_again(sqlite_platform: Platform) -> None:
    folder = own_course(sqlite_platform)
    take_in(sqlite_platform)
    (folder / "items/题库.md").unlink()
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)

    report = take_in(sqlite_platform)

    assert [one.code for one in report.outcomes] == ["LIM-207", "LIM-208", "LIM-209"]
    assert (folder / "items/ids.txt").read_text(encoding="utf-8").endswith("LIM-209\n")


def test_an_id_that_comes_back_with_another_item_is_found_and_an_edit_is_not(
    sqlite_platform: Platform,
) -> None:
    folder = own_course(sqlite_platform)
    take_in(sqlite_platform)
    path = folder / "items/题库.md"
    whole = path.read_text(encoding="utf-8")
    path.unlink()
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)

    path.write_text(whole.replace("谁负责登记？", "洗衣机漏水的原因？"), encoding="utf-8")
    (other,) = course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    path.write_text(whole.replace("谁负责登记？", "由谁负责登记？"), encoding="utf-8")
    (edited,) = course_sync.sync_courses(sqlite_platform, actor=CONSOLE)

    assert [(one.path, one.line) for one in other.findings] == [
        (path, whole.split("\n").index(next(x for x in whole.split("\n") if "LIM-206" in x)) + 1)
    ]
    assert edited.change == "loaded"


def test_near_duplicates_are_imported_and_named(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    text = BANK.split("::二")[0].replace("几声之内接起", "在几声之内就应当接起来")
    asked = "客户第二次来电话询问上门维修的时间而预约单上没有记录时，应当{}先做什么事情？"
    long = asked + "{{=查单 ~挂断 ~等候####查。}}\n\n"

    report = take_in(sqlite_platform, text + long.format("首") + long.format("最"))

    (near,) = report.near_duplicates
    assert (near.code, near.other) == ("LIM-206", "LIM-205")
    assert 90 <= near.percent < 100
    pairs = item_alike.alike_items(sqlite_platform, actor=CONSOLE)
    assert ("LIM-206", "LIM-205") in {(one.code, one.other) for one in pairs}


def test_a_topic_is_known_by_code_and_by_name_and_another_is_told(
    sqlite_platform: Platform,
) -> None:
    folder = own_course(sqlite_platform)
    from certify.domain.item_format import BankItem
    from certify.services import item_import

    known = check_course(folder, sqlite_platform.plugins.question_types)
    plan = item_import._plan(sqlite_platform, CONSOLE, known, Defaults(difficulty=1))
    block = known.items[0].text.block
    for number, topic in enumerate(("limits", "时限", " LIMITS ", "天气")):
        one = dataclasses.replace(block, stem=f"第{number}问")
        plan.take(BankItem(str(number), "single", one, topic=topic, facts=("S2-CT-01",)))

    assert [one.item.topic for one in plan.taken] == ["limits", "limits", "limits", ""]
    assert plan.unknown_topics == {"天气": 1}


def test_many_items_are_split_into_files_below_the_limit(sqlite_platform: Platform) -> None:
    folder = own_course(sqlite_platform)
    text = "\n\n".join(
        f"第 {n} 题：{'很长的题干' * 60}。{{=甲{n} ~乙 ~丙####因为。}}" for n in range(400)
    )

    report = take_in(sqlite_platform, text)

    paths = sorted((folder / "items").glob("题库*.md"))
    assert report.count("new") == 400
    assert len(paths) > 1
    assert all(path.stat().st_size < 256 * 1024 for path in paths)
    (synced,) = course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    assert synced.change == "unchanged"


KILLED = """
import os, sys
from pathlib import Path
from certify.courseware import bank_files
folder, last = Path(sys.argv[1]), int(sys.argv[2])
real, done = os.replace, 0
def replace(old, new):
    global done
    if done == last:
        os.kill(os.getpid(), 9)
    done += 1
    real(old, new)
os.replace = replace
before = {"items/greeting.md": bank_files.digest((folder / "items/greeting.md").read_bytes())}
after = {"items/greeting.md": b"A", "items/b.md": b"B", "kept/x.xml": b"X"}
bank_files.write(folder, after, before)
"""


@pytest.mark.parametrize("after", range(5))
def test_a_kill_between_two_files_leaves_all_of_them_or_none(
    sqlite_platform: Platform, after: int
) -> None:
    folder = own_course(sqlite_platform)
    before = files_of(folder)

    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(after)], check=False)
    source_hash(folder)  # as every sync, check and import begins

    now = {name: data for name, data in files_of(folder).items() if ".certify-import" not in name}
    wanted = {**before, "items/greeting.md": b"A", "items/b.md": b"B", "kept/x.xml": b"X"}
    assert done.returncode == (0 if after == 4 else -signal.SIGKILL)
    assert now == (before if after == 0 else wanted)
    assert not (folder / bank_files.PLACE / bank_files.JOURNAL).exists()


def test_a_file_that_somebody_edits_at_the_same_moment_is_left_alone(
    sqlite_platform: Platform,
) -> None:
    folder = own_course(sqlite_platform)
    before = files_of(folder)

    with pytest.raises(Refused):
        bank_files.write(folder, {"items/greeting.md": b"A"}, {"items/greeting.md": "other"})

    after = {name: data for name, data in files_of(folder).items() if ".certify" not in name}
    assert after == before


def test_a_folder_that_cannot_be_written_is_told(sqlite_platform: Platform) -> None:
    folder = own_course(sqlite_platform)
    (folder / bank_files.PLACE).write_text("in the way", encoding="utf-8")

    with pytest.raises(BadInput):
        take_in(sqlite_platform)

    assert json.dumps(sorted(os.listdir(folder / "items"))).count("gift") == 0


def test_a_source_is_kept_beside_the_item(sqlite_platform: Platform) -> None:
    folder = own_course(sqlite_platform)
    from certify.domain.item_format import BankItem
    from certify.services import item_import

    known = check_course(folder, sqlite_platform.plugins.question_types)
    plan = item_import._plan(sqlite_platform, CONSOLE, known, COMPLETE)
    block = dataclasses.replace(known.items[0].text.block, stem="另一题")
    plan.take(BankItem("1", "single", block, source="<item/>"))

    files = item_import._files(known, plan, "a b.xml")

    assert files.contents["kept/LIM-204.xml"] == b"<item/>"
    assert "items/a-b.md" in files.contents
