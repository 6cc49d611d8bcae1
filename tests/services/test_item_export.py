"""Items leave a course with their keys: who may, what is written down of it, and what is lost."""

import dataclasses
import stat
from pathlib import Path

import pytest
from sqlmodel import select

from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotFound, NotPermitted
from certify.platform import Platform
from certify.services import item_export, item_template
from certify.services.item_export import ExportWish
from tests.platforms import COURSES, actor
from tests.services.banks import own_course, take_in

WISH = ExportWish("sample", "markdown")


def test_an_export_is_for_its_owner_alone_and_stands_in_the_ledger(
    platform: Platform, tmp_path: Path
) -> None:
    own_course(platform)

    report = item_export.export_items(platform, actor=CONSOLE, wish=WISH, path=tmp_path / "bank.md")

    assert report.written == report.found > 5
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600
    with platform.database.read() as session:
        entry = session.exec(
            select(LedgerEntry).where(LedgerEntry.action == "items-exported")
        ).one()
    assert (entry.subject, entry.facts["items"]) == ("course:sample", report.written)


def test_what_was_exported_comes_back_unchanged(sqlite_platform: Platform, tmp_path: Path) -> None:
    own_course(sqlite_platform)
    report = item_export.export_items(
        sqlite_platform, actor=CONSOLE, wish=WISH, path=tmp_path / "bank.md"
    )

    back = take_in(sqlite_platform, report.path.read_bytes(), name="bank.md", apply=False)

    assert back.count("skipped") == back.found == report.written
    assert {one.reason for one in back.outcomes} == {back.outcomes[0].reason}
    assert all(one.code for one in back.outcomes)


def test_another_language_is_written_with_its_keys(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    own_course(sqlite_platform)
    wish = dataclasses.replace(WISH, language="en")

    report = item_export.export_items(
        sqlite_platform, actor=CONSOLE, wish=wish, path=tmp_path / "bank.md"
    )

    text = report.path.read_text(encoding="utf-8")
    assert "- [x] Greet" in text
    assert "- [x] True" in text or "- [ ] True" in text
    assert [group.count for group in report.losses] == [report.written]


def test_a_course_of_a_plugin_is_taken_from_the_database(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    own_course(sqlite_platform)
    sqlite_platform.plugins.course_folders.append(COURSES / "kinds")
    from certify.services import course_sync

    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    wish = dataclasses.replace(WISH, course="kinds", in_use=True)

    report = item_export.export_items(
        sqlite_platform, actor=CONSOLE, wish=wish, path=tmp_path / "bank.md"
    )

    assert report.written == report.found == 9


def test_only_items_in_use_are_written_when_asked_for(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    own_course(sqlite_platform)
    take_in(sqlite_platform)  # three items more, which wait for their review

    found = [
        item_export.export_items(
            sqlite_platform, actor=CONSOLE, wish=wish, path=tmp_path / "bank.md"
        ).found
        for wish in (WISH, dataclasses.replace(WISH, in_use=True))
    ]

    assert found == [14, 11]


def test_who_may_not_write_items_takes_none_out(sqlite_platform: Platform, tmp_path: Path) -> None:
    own_course(sqlite_platform)

    for staff_no in ("E1001", "H0001"):
        with pytest.raises(NotPermitted):
            item_export.export_items(
                sqlite_platform,
                actor=actor(sqlite_platform, staff_no),
                wish=WISH,
                path=tmp_path / "bank.md",
            )
    assert not (tmp_path / "bank.md").exists()


def test_what_does_not_exist_is_refused_and_leaves_no_file(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    own_course(sqlite_platform)
    for wish, error in (
        (dataclasses.replace(WISH, course="nowhere"), NotFound),
        (dataclasses.replace(WISH, format="nothing"), BadInput),
        (dataclasses.replace(WISH, format="docx"), BadInput),
        (dataclasses.replace(WISH, language="fr"), BadInput),
    ):
        with pytest.raises(error):
            item_export.export_items(sqlite_platform, actor=CONSOLE, wish=wish, path=tmp_path / "x")
    assert list(tmp_path.glob("x*")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_of_a_template_are_one_of_each_type_and_come_in_complete(
    sqlite_platform: Platform, tmp_path: Path, language: str
) -> None:
    own_course(sqlite_platform)

    report = item_template.write_template(
        sqlite_platform.plugins,
        format_name="xlsx",
        path=tmp_path / "template.xlsx",
        language=language,
    )

    types = {one.type for one in item_template.examples(language)}
    assert types == set(sqlite_platform.plugins.question_types) - {"scenario"}
    assert report.written == len(types) == 10
    if language == "zh":
        back = take_in(sqlite_platform, report.path.read_bytes(), name="template.xlsx", apply=False)
        assert (back.found, back.imported) == (10, 10)
        assert {name for name, _count in back.unknown_topics} == {"service"}
