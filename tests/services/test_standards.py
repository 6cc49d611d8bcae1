"""The standards catalogue: files, days, stale items, coverage (R-CAT-03 … R-CAT-05)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.courseware.standards_file import read_standards
from certify.domain.person import CONSOLE
from certify.errors import NotFound, NotPermitted
from certify.hooks import registry
from certify.platform import Platform
from certify.services import (
    coverage,
    coverage_words,
    review_bank,
    review_stale,
    review_steps,
    standard_import,
    standards,
)
from certify.services.standard_import import Change, StandardImport
from tests.platforms import actor
from tests.reviewed import (
    CODES,
    COURSE,
    SECOND,
    THIRD,
    edit,
    own_course,
    person,
    second_key,
    waiting_version,
)
from tests.standard_rows import procedure, row, step

BUNDLED = Path(__file__).parents[2] / "plugins" / "certify_standard_courses" / "standards.toml"


def take(platform: Platform, folder: Path, *rows: str, apply: bool = True) -> StandardImport:
    path = folder / "standards.toml"
    path.write_text("format = 1\n" + "\n".join(rows), encoding="utf-8")
    return standard_import.import_standards(platform, actor=CONSOLE, path=path, apply=apply)


def test_the_four_known_rows_and_the_complaint_procedure_come_with_certify(
    platform: Platform, plugins: registry.Plugins
) -> None:
    plugins.standard_files.append(BUNDLED)
    standard_import.load_registered(platform)
    standard_import.load_registered(platform)

    found = standards.catalogue(platform, actor=CONSOLE)
    assert [one.number for one in found] == ["CS-001", "CS-002", "CS-003", "QL-001"]
    assert [one.target["value"] for one in found if one.target] == ["98", "95", "90", "100"]
    assert all(len(one.versions) == 1 for one in found)
    steps = standards.procedure(platform, actor=CONSOLE, code="complaint")
    assert [one.post for one in steps] == [
        "agent",
        "cs-supervisor",
        "cs-supervisor",
        "technician",
        "agent",
    ]
    assert not [one for one in read_standards(BUNDLED).findings]


def test_the_bundled_plugin_registers_them() -> None:
    loaded = registry.load(("standard-courses",))

    assert loaded.standard_files == [BUNDLED]


def test_a_dry_run_changes_nothing_and_an_import_is_whole_or_not_at_all(
    platform: Platform, tmp_path: Path
) -> None:
    dry = take(platform, tmp_path, row(), apply=False)
    assert (dry.standards, dry.is_applied) == ({"CS-003": Change.NEW}, False)
    assert standards.catalogue(platform, actor=CONSOLE) == []

    assert take(platform, tmp_path, row()).is_applied
    half = take(
        platform,
        tmp_path,
        row("CS-009"),
        row(requirement='{ zh = "48 小时内给出解决方案。" }'),
    )
    assert half.is_refused
    assert [one.number for one in standards.catalogue(platform, actor=CONSOLE)] == ["CS-003"]


def test_a_changed_text_needs_a_later_day_and_the_old_one_stays(
    platform: Platform, tmp_path: Path
) -> None:
    other = '{ zh = "48 小时内给出解决方案。" }'
    take(platform, tmp_path, row())

    for day in ("2024-01-01", "2023-12-31"):
        refused = take(platform, tmp_path, row(day=day, requirement=other))
        assert refused.standards == {"CS-003": Change.REFUSED}
        assert [one.line for one in refused.findings] == [2]
        assert "2024-01-01" in refused.findings[0].mend
    assert take(platform, tmp_path, row()).standards == {"CS-003": Change.UNCHANGED}
    assert take(platform, tmp_path, row(day="2024-05-01")).standards == {"CS-003": Change.UNCHANGED}
    changed = take(platform, tmp_path, row(day="2024-05-01", requirement=other))
    assert changed.standards == {"CS-003": Change.CHANGED}

    last = date(2024, 4, 30)
    old = standards.show(platform, actor=CONSOLE, number="CS-003", as_of=last)
    new = standards.show(platform, actor=CONSOLE, number="CS-003", as_of=last + timedelta(days=1))
    assert (old.requirement["zh"][:2], new.requirement["zh"][:2]) == ("24", "48")
    assert new.versions == (date(2024, 1, 1), date(2024, 5, 1))
    assert not standards.show(
        platform, actor=CONSOLE, number="CS-003", as_of=date(2023, 1, 1)
    ).is_in_force


def test_a_standard_can_be_withdrawn(sqlite_platform: Platform, tmp_path: Path) -> None:
    take(sqlite_platform, tmp_path, row())
    gone = take(sqlite_platform, tmp_path, row(withdrawn_on="2024-02-01"))

    assert gone.standards == {"CS-003": Change.WITHDRAWN}
    (found,) = standards.catalogue(sqlite_platform, actor=CONSOLE)
    assert not found.is_in_force
    early = take(sqlite_platform, tmp_path, row("CS-004", withdrawn_on="2023-02-01"))
    assert early.is_refused


def test_a_vague_requirement_is_a_warning_and_is_taken(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    report = take(sqlite_platform, tmp_path, row(requirement='{ zh = "尽快解决。" }'))

    assert [one.severity for one in report.findings] == ["warning"]
    assert report.is_applied


def test_a_procedure_is_replaced_as_a_whole_and_names_known_standards(
    platform: Platform, tmp_path: Path
) -> None:
    unknown = take(platform, tmp_path, procedure(step(standard='"CS-003"')))
    assert unknown.is_refused
    assert take(platform, tmp_path, row(), procedure(step(standard='"CS-003"'), step())).is_applied
    again = take(platform, tmp_path, procedure(step(standard='"CS-003"'), step()))
    assert again.procedures == {"complaint": Change.UNCHANGED}
    shorter = take(platform, tmp_path, procedure(step('"nobody"')))
    assert shorter.procedures == {"complaint": Change.CHANGED}
    assert [one.severity for one in shorter.findings] == ["warning"]
    assert len(standards.procedure(platform, actor=CONSOLE, code="complaint")) == 1
    with pytest.raises(NotFound):
        standards.procedure(platform, actor=CONSOLE, code="other")


def test_only_those_who_may_change_standards_do(sqlite_platform: Platform, tmp_path: Path) -> None:
    path = tmp_path / "standards.toml"
    path.write_text("format = 1\n" + row(), encoding="utf-8")
    with pytest.raises(NotPermitted):
        standard_import.import_standards(
            sqlite_platform, actor=actor(sqlite_platform, "E1001"), path=path
        )


def cited(platform: Platform) -> None:
    """PAR-001 cites CS-003 and is in use; PAR-003 cites what nobody knows."""
    own_course(platform)
    edit(platform, "items/handing-out.md", "fact=H1-03}", "fact=H1-03 standard=CS-003}")
    edit(platform, "items/handing-out.md", "fact=H1-04}", "fact=H1-04 standard=XX-001}")
    for code in ("PAR-001", "PAR-003"):
        second_key(platform, SECOND, code)
    outcomes = review_steps.approve(
        platform, actor=person(platform, THIRD), codes=["PAR-001", "PAR-003"], use=True
    )
    assert all(one.is_done for one in outcomes)


def test_items_older_than_a_standard_are_stale_until_kept_or_edited(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    take(platform, tmp_path, row())
    cited(platform)
    who = person(platform, THIRD)
    text = '{ zh = "48 小时内给出解决方案。" }'
    take(platform, tmp_path, row(day="2024-03-10", requirement=text))

    assert review_stale.report(platform, actor=who).items == ()
    clock.set(datetime(2024, 3, 9, 16, 0, tzinfo=UTC))  # the 10th has begun in Shanghai
    (stale,) = review_stale.report(platform, actor=who, course=COURSE).items
    assert (stale.code, stale.since) == ("PAR-001", date(2024, 3, 4))
    assert stale.stale.changed == (("CS-003", date(2024, 3, 10)),)
    assert review_bank.waiting(platform, actor=who).stale == 1
    assert standards.show(platform, actor=who, number="CS-003").stale == ("PAR-001",)

    (done,) = review_steps.keep(platform, actor=who, codes=["PAR-001"])
    assert done.is_done
    assert review_stale.report(platform, actor=who).items == ()
    take(
        platform,
        tmp_path,
        row(day="2024-03-20", requirement='{ zh = "72 小时内给出解决方案。" }'),
    )
    clock.set(datetime(2024, 3, 21, 4, 0, tzinfo=UTC))
    assert len(review_stale.report(platform, actor=who).items) == 1
    edit(platform, "items/handing-out.md", "and has nothing else", "but has nothing else")
    assert len(review_stale.report(platform, actor=who).items) == 1  # the old one is in use
    second_key(platform, SECOND, "PAR-001")
    review_steps.approve(platform, actor=who, codes=["PAR-001"], use=True)
    assert review_stale.report(platform, actor=who).items == ()


def test_a_text_that_came_late_makes_stale_what_was_written_while_nobody_could_know_it(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    take(sqlite_platform, tmp_path, row())
    cited(sqlite_platform)
    clock.set(datetime(2024, 3, 15, 4, 0, tzinfo=UTC))

    late = row(day="2024-03-02", requirement='{ zh = "48 小时内给出解决方案。" }')
    take(sqlite_platform, tmp_path, late)

    (stale,) = review_stale.report(sqlite_platform, actor=CONSOLE).items
    assert (stale.code, stale.since) == ("PAR-001", date(2024, 3, 4))
    assert stale.stale.changed == (("CS-003", date(2024, 3, 2)),)
    review_steps.keep(sqlite_platform, actor=person(sqlite_platform, THIRD), codes=["PAR-001"])
    assert review_stale.report(sqlite_platform, actor=CONSOLE).items == ()


def test_items_that_cite_what_is_withdrawn_or_unknown_are_named(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    platform = sqlite_platform
    take(platform, tmp_path, row())
    cited(platform)
    take(platform, tmp_path, row(withdrawn_on="2024-03-10"))
    clock.set(datetime(2024, 3, 11, 4, 0, tzinfo=UTC))

    found = review_stale.report(platform, actor=CONSOLE)
    assert [one.stale.withdrawn for one in found.items] == [("CS-003",)]
    assert found.unknown["XX-001"] == ("PAR-003",)
    review_steps.keep(platform, actor=person(platform, THIRD), codes=["PAR-001"])
    assert review_stale.report(platform, actor=CONSOLE).items == ()


def test_coverage_counts_what_is_in_use_and_names_the_holes(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    platform = sqlite_platform
    take(platform, tmp_path, row(), row("CS-001"))
    empty = own_course(platform)
    assert empty.is_dir()
    before = coverage.coverage(platform, actor=CONSOLE, course=COURSE)
    assert before.empty_topics == ("handing-out",)
    assert {(one.type, one.wanted, one.available) for one in before.short} == {
        ("single", 3, 0),
        ("multiple", 1, 0),
    }
    assert before.holes == len(coverage_words.holes(before)) == 3

    edit(platform, "items/handing-out.md", "fact=H1-03}", "fact=H1-03 standard=CS-003}")
    for code in CODES:
        assert waiting_version(platform, code).item_id
        second_key(platform, SECOND, code)
    review_steps.approve(platform, actor=person(platform, THIRD), codes=CODES, use=True)
    after = coverage.coverage(platform, actor=CONSOLE, course=COURSE)
    (topic,) = after.topics
    assert topic.by_type == {"single": 3, "multiple": 1}
    assert topic.by_difficulty == {1: 2, 2: 2}
    assert topic.by_standard == {"CS-003": 1}
    assert (after.holes, after.uncited, after.unknown_standards) == (0, ("CS-001",), ())
    for _title, columns, rows in coverage_words.tables(after):
        assert all(len(one) == len(columns) for one in rows)
    with pytest.raises(NotFound):
        coverage.coverage(platform, actor=CONSOLE, course="nothing")
