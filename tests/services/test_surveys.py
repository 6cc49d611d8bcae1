"""Satisfaction surveys from a file: dry run, all or nothing, return rates (R-SUP-03)."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select

from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.services.reporting.surveys import SurveyImport, import_surveys, surveys
from tests.platforms import actor

HEAD = "问卷编号,开始日期,结束日期,发出份数,回收份数,服务态度,服务效率,解决效果"
GOOD = "2024-Q1,2024-01-01,2024-03-01,100,80,92.5,88,90"


def bring(
    platform: Platform, path: Path, *rows: str, apply: bool = True, head: str = HEAD
) -> SurveyImport:
    """Import a file of these rows as HR."""
    file = path / "survey.csv"
    file.write_text("\n".join((head, *rows)), encoding="utf-8")
    return import_surveys(platform, actor=actor(platform, "H0001"), path=file, apply=apply)


def test_a_dry_run_changes_nothing_and_an_applied_one_is_read_back(
    platform: Platform, tmp_path: Path
) -> None:
    dry = bring(platform, tmp_path, GOOD, apply=False)
    assert (dry.found, dry.added, dry.applied) == (1, 1, False)
    assert surveys(platform, actor=CONSOLE) == []
    done = bring(platform, tmp_path, GOOD)
    assert (done.found, done.added, done.unchanged, done.rejected) == (1, 1, 0, 0)
    (one,) = surveys(platform, actor=CONSOLE)
    assert (one.rate, one.is_enough) == (Fraction(4, 5), True)
    assert one.topics == {"attitude": Fraction("92.5"), "efficiency": 88, "effect": 90}
    again = bring(platform, tmp_path, GOOD)
    assert (again.added, again.unchanged, again.applied) == (0, 1, True)
    with platform.database.read() as session:
        told = session.exec(select(LedgerEntry).where(LedgerEntry.action == "survey-imported"))
        assert [entry.subject for entry in told.all()] == ["survey:2024-Q1"]


def test_seventy_nine_of_a_hundred_miss_the_target_and_nothing_sent_has_no_rate(
    platform: Platform, tmp_path: Path
) -> None:
    bring(
        platform,
        tmp_path,
        "a,2024-01-01,2024-01-31,100,79,1,2,3",
        "b,2024-02-01,2024-02-28,0,0,,,",
    )
    newest, older = surveys(platform, actor=CONSOLE)
    assert (newest.rate, newest.is_enough, newest.topics) == (None, None, {})
    assert older.is_enough is False


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a,2024-01-01,2024-01-31,80,100,1,2,3", "回收份数"),
        ("a,2024-01-01,2024-01-31,-1,0,1,2,3", "发出份数"),
        ("a,2024-01-01,2024-01-31,1.5,0,1,2,3", "发出份数"),
        ("a,2024-01-01,2024-01-31,10,9,101,2,3", "服务态度"),
        ("a,2024-01-01,2024-01-31,10,9,1,,3", "服务效率"),
        ("a,2024-01-01,2024-01-31,10,9,1,2,-3", "解决效果"),
        ("a,2024-02-30,2024-03-31,10,9,1,2,3", "开始日期"),
        ("a,2024-02-01,2024-01-31,10,9,1,2,3", "结束日期"),
        (",2024-01-01,2024-01-31,10,9,1,2,3", "问卷编号"),
        (f"{'x' * 41},2024-01-01,2024-01-31,10,9,1,2,3", "问卷编号"),
        (GOOD, "问卷编号"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_nothing_is_taken(
    sqlite_platform: Platform, tmp_path: Path, row: str, column: str
) -> None:
    done = bring(sqlite_platform, tmp_path, GOOD, row)
    assert [(one.row, one.column) for one in done.rejections] == [(3, column)]
    assert done.rejections[0].message
    assert done.rejections[0].mend
    assert (done.found, done.added, done.rejected, done.applied) == (2, 1, 1, False)
    assert surveys(sqlite_platform, actor=CONSOLE) == []


def test_a_known_survey_is_not_overwritten(platform: Platform, tmp_path: Path) -> None:
    bring(platform, tmp_path, GOOD)
    done = bring(platform, tmp_path, GOOD.replace(",80,", ",81,"))
    assert [one.column for one in done.rejections] == ["问卷编号"]
    assert surveys(platform, actor=CONSOLE)[0].returned == 80


def test_english_headings_other_marks_and_spreadsheet_days_are_read(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    head = "Survey;From;To;Sent;Returned;Attitude;Efficiency;Effect"
    done = bring(sqlite_platform, tmp_path, "a;45292;2024/1/31;5;5;100;0;50.5", head=head)
    assert done.applied
    (one,) = surveys(sqlite_platform, actor=CONSOLE)
    assert one.first_day.isoformat() == "2024-01-01"
    assert one.last_day.isoformat() == "2024-01-31"


@pytest.mark.parametrize("head", ["a,b,c", HEAD.replace(",服务效率", "")])
def test_a_file_without_its_headings_is_refused(
    sqlite_platform: Platform, tmp_path: Path, head: str
) -> None:
    with pytest.raises(BadInput):
        bring(sqlite_platform, tmp_path, GOOD, head=head)


def test_only_who_records_quality_brings_surveys_in(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    file = tmp_path / "survey.csv"
    file.write_text(f"{HEAD}\n{GOOD}", encoding="utf-8")
    for staff_no in ("E1001", "S0001"):
        who = actor(sqlite_platform, staff_no)
        with pytest.raises(NotPermitted):
            import_surveys(sqlite_platform, actor=who, path=file, apply=True)
    with pytest.raises(NotPermitted):
        surveys(sqlite_platform, actor=actor(sqlite_platform, "E1001"))


def test_a_workbook_is_read_as_well(sqlite_platform: Platform, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.split(","))
    sheet.append(["2024-Q1", date(2024, 1, 1), "2024-03-01", 100, 80, 92.5, 88, 90])
    book.save(tmp_path / "survey.xlsx")
    hr = actor(sqlite_platform, "H0001")
    done = import_surveys(sqlite_platform, actor=hr, path=tmp_path / "survey.xlsx", apply=True)
    assert (done.added, done.rejections) == (1, ())
    (one,) = surveys(sqlite_platform, actor=hr)
    assert (one.first_day, one.topics["attitude"]) == (date(2024, 1, 1), Fraction(185, 2))
