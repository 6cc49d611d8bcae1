"""Measured values and customers' answers from files: all or nothing, twice is once (R-FRM-03)."""

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.evaluation import MeasuredValue, RaterType, Rating
from certify.domain.person import Person, PersonStatus
from certify.errors import BadInput, NotPermitted, Refused
from certify.platform import Platform
from certify.services.evaluation import customer_import, measured_import, measuring
from certify.services.evaluation.import_table import EvaluationImport
from certify.storage import people
from tests.platforms import actor
from tests.services.evaluation_steps import (
    Q2,
    hire,
    hr,
    open_quarter,
    table,
    to_review,
    to_scoring,
)
from tests.services.steps import check_books

HEADINGS = (
    "工号",
    "姓名",
    "服务响应时间",
    "complaint-satisfaction",
    "产品报修及时率 分子",
    "产品报修及时率 分母",
)
GOOD = (
    ("E1001", "王小兰", "28", "96.5%", "19", "20"),
    ("E1002", "李雷", "45.5", "-", "0", "0"),
)


def measured(
    platform: Platform, path: Path, *, apply: bool = True, who: str = "H0001"
) -> EvaluationImport:
    return measured_import.import_measured(
        platform, actor=actor(platform, who), period=Q2, path=path, apply=apply
    )


def customers(platform: Platform, path: Path, *, apply: bool = True) -> EvaluationImport:
    return customer_import.import_customers(
        platform, actor=hr(platform), period=Q2, path=path, apply=apply
    )


def counts(report: EvaluationImport) -> tuple[int, int, int, int, bool]:
    assert report.found == report.imported + report.skipped + report.rejected
    found = (report.found, report.imported, report.skipped, report.rejected)
    return (*found, report.applied)


def stored(platform: Platform) -> int:
    with platform.database.read() as session:
        return len(session.exec(select(MeasuredValue)).all())


def values(platform: Platform, staff_no: str) -> dict[str, Fraction | None]:
    found = measuring.values(platform, actor=hr(platform), period=Q2, staff_no=staff_no)
    return {one.indicator: one.value for one in found if one.is_measured}


@pytest.fixture
def quarter(platform: Platform, clock: SetClock) -> Platform:
    open_quarter(platform, clock)
    return platform


@pytest.fixture
def lite(sqlite_platform: Platform, clock: SetClock) -> Platform:
    open_quarter(sqlite_platform, clock)
    return sqlite_platform


def test_a_file_is_tried_then_applied_and_the_second_time_changes_nothing(
    quarter: Platform, tmp_path: Path
) -> None:
    path = table(tmp_path / "crm.csv", HEADINGS, GOOD)

    assert counts(measured(quarter, path, apply=False)) == (2, 2, 0, 0, False)
    assert stored(quarter) == 0
    assert counts(measured(quarter, path)) == (2, 2, 0, 0, True)
    rows = stored(quarter)
    assert counts(measured(quarter, path)) == (2, 0, 2, 0, True)
    assert stored(quarter) == rows
    assert values(quarter, "E1001") == {
        "response-time": 28,
        "complaint-satisfaction": Fraction("96.5"),
        "repair-request-timely": 95,
    }
    assert values(quarter, "E1002")["repair-request-timely"] is None
    assert values(quarter, "E1002")["complaint-satisfaction"] is None
    check_books(quarter)


def test_the_source_of_a_value_is_its_file_and_row(lite: Platform, tmp_path: Path) -> None:
    measured(lite, table(tmp_path / "crm.csv", HEADINGS, GOOD))

    found = measuring.values(lite, actor=hr(lite), period=Q2, staff_no="E1002")

    assert {one.source for one in found if one.is_measured} == {"crm.csv:3"}


def test_an_english_workbook_is_read_with_its_percent_cells(lite: Platform, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["CRM export"])
    sheet.append(["Staff no.", "Service response time", "Customer visits completed"])
    sheet.append(["E1001", 31.5, 0.975])
    sheet["C3"].number_format = "0.0%"
    book.save(tmp_path / "crm.xlsx")

    assert counts(measured(lite, tmp_path / "crm.xlsx")) == (1, 1, 0, 0, True)
    assert values(lite, "E1001") == {
        "response-time": Fraction("31.5"),
        "visit-completion": Fraction("97.5"),
    }


def test_a_later_file_changes_only_what_is_new(lite: Platform, tmp_path: Path) -> None:
    measured(lite, table(tmp_path / "a.csv", HEADINGS, GOOD))
    before = stored(lite)
    changed = ((*GOOD[0][:2], "30", "", "19", "20"), GOOD[1])

    assert counts(measured(lite, table(tmp_path / "b.csv", HEADINGS, changed))) == (
        2,
        1,
        1,
        0,
        True,
    )
    assert stored(lite) == before + 1
    assert values(lite, "E1001")["response-time"] == 30
    assert values(lite, "E1001")["complaint-satisfaction"] == Fraction("96.5")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("X999", "", "28", "", "", ""), "工号"),
        (("", "", "28", "", "", ""), "工号"),
        (("E1001", "", "28", "", "", ""), "工号"),
        (("H0001", "", "28", "", "", ""), "工号"),
        (("L0001", "", "28", "", "", ""), "工号"),
        (("N0001", "", "28", "", "", ""), "工号"),
        (("E1002", "", "快", "", "", ""), "服务响应时间"),
        (("E1002", "", "-5", "", "", ""), "服务响应时间"),
        (("E1002", "", "", "101", "", ""), "complaint-satisfaction"),
        (("E1002", "", "", "", "21", "20"), "产品报修及时率 分子"),
        (("E1002", "", "", "", "19", ""), "产品报修及时率 分子"),
        (("E1002", "", "", "", "x", "20"), "产品报修及时率 分子"),
    ],
    ids=[
        "unknown number",
        "no number",
        "the same person twice",
        "the own row",
        "somebody who left",
        "somebody hired after the period",
        "text in a number",
        "less than nothing",
        "more than 100 percent",
        "part greater than whole",
        "no denominator",
        "text in a numerator",
    ],
)
def test_one_bad_row_is_named_with_row_and_column_and_nothing_is_taken(
    lite: Platform, tmp_path: Path, row: tuple[str, ...], column: str
) -> None:
    hire(lite, "L0001", "N0001")
    with lite.database.write() as session:
        left, new = (people.by_staff_no(session, one) for one in ("L0001", "N0001"))
        assert left is not None
        assert new is not None
        left.status = PersonStatus.LEFT
        session.get_one(Person, new.id).hired_on = new.hired_on.replace(month=7)

    report = measured(lite, table(tmp_path / "crm.csv", HEADINGS, (GOOD[0], row)))

    assert counts(report) == (2, 1, 0, 1, False)
    assert [(one.row, one.column) for one in report.rejections] == [(3, column)]
    assert report.rejections[0].message
    assert stored(lite) == 0


def test_a_file_without_the_headings_or_with_two_of_a_kind_is_refused(
    lite: Platform, tmp_path: Path
) -> None:
    for headings in (
        ("工号", "天气"),
        ("姓名", "服务响应时间"),
        ("工号", "服务响应时间", "response-time"),
    ):
        with pytest.raises(BadInput):
            measured(lite, table(tmp_path / "bad.csv", headings, (("E1001", "1", "1"),)))


def test_columns_that_mean_nothing_are_named_but_those_for_the_eye(
    lite: Platform, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "a.csv", ("工号", "姓名", "天气", "服务响应时间"), (("E1001", "", "晴", "9"),)
    )

    assert measured(lite, path).ignored == ("天气",)


def test_zeros_that_a_spreadsheet_dropped_are_spoken_of(lite: Platform, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ("工号", "服务响应时间"), (("1", "9"),))

    [rejection] = measured(lite, path).rejections

    assert "0001" in rejection.mend


def test_values_come_from_the_group_only_and_until_review(
    quarter: Platform, tmp_path: Path
) -> None:
    path = table(tmp_path / "crm.csv", HEADINGS, GOOD)
    with pytest.raises(NotPermitted):
        measured(quarter, path, who="S0001")
    to_scoring(quarter)
    assert measured(quarter, path).applied
    to_review(quarter)

    with pytest.raises(Refused):
        measured(quarter, path)
    with pytest.raises(Refused):
        measuring.set_value(
            quarter,
            actor=hr(quarter),
            period=Q2,
            staff_no="E1001",
            indicator="response-time",
            value="9",
        )


def test_a_typed_value_is_checked_like_one_of_a_file(lite: Platform) -> None:
    def type_(staff_no: str, indicator: str, value: str | None) -> None:
        measuring.set_value(
            lite,
            actor=hr(lite),
            period=Q2,
            staff_no=staff_no,
            indicator=indicator,
            value=value,
        )

    type_("E1001", "response-time", "29")
    type_("E1001", "response-time", None)
    assert values(lite, "E1001") == {"response-time": None}
    for indicator, value in (("speed", "1"), ("customer-data", "100.5"), ("customer-data", "x")):
        with pytest.raises(BadInput):
            type_("E1001", indicator, value)
    with pytest.raises(NotPermitted):
        type_("H0001", "response-time", "1")


ANSWERS = ("被评人工号", "答卷编号", "客户评分")


def test_answers_are_brought_in_once_and_corrected_by_their_reference(
    quarter: Platform, tmp_path: Path
) -> None:
    to_scoring(quarter)
    rows = [("E1001", f"D-{number}", "78") for number in range(6)]
    path = table(tmp_path / "answers.csv", ANSWERS, rows)

    assert counts(customers(quarter, path, apply=False)) == (6, 6, 0, 0, False)
    assert counts(customers(quarter, path)) == (6, 6, 0, 0, True)
    assert counts(customers(quarter, path)) == (6, 0, 6, 0, True)
    rows[0] = ("E1001", "D-0", "87.5")
    assert counts(customers(quarter, table(tmp_path / "b.csv", ANSWERS, rows))) == (
        6,
        1,
        5,
        0,
        True,
    )
    with quarter.database.read() as session:
        query = select(Rating).where(Rating.rater_type == RaterType.CUSTOMER)
        found = {one.reference: one.score for one in session.exec(query).all()}
    assert len(found) == 6
    assert found["D-0"] == Fraction("87.5")
    check_books(quarter)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("E1002", "D-0", "80"), "答卷编号"),
        (("E1002", "", "80"), "答卷编号"),
        (("E1002", "S0001", "80"), "答卷编号"),
        (("E1002", "D-9", "101"), "客户评分"),
        (("E1002", "D-9", "好"), "客户评分"),
        (("E1002", "D-9", ""), "客户评分"),
        (("X999", "D-9", "80"), "被评人工号"),
        (("H0001", "D-9", "80"), "被评人工号"),
        (("B0001", "D-9", "80"), "被评人工号"),
        (("E1002", "OLD", "80"), "答卷编号"),
    ],
    ids=[
        "a reference twice",
        "no reference",
        "a colleague as customer",
        "101 points",
        "words",
        "no score",
        "unknown number",
        "the own row",
        "somebody without customers",
        "an answer known about somebody else",
    ],
)
def test_one_bad_answer_is_named_and_none_is_taken(
    lite: Platform, tmp_path: Path, row: tuple[str, ...], column: str
) -> None:
    from certify.services import departments

    departments.add_post(
        lite,
        actor=hr(lite),
        code="clerk",
        name="文员",
        name_en="Clerk",
        track="service",
        layer="experienced-front-line",
        meets_customers=False,
    )
    hire(lite, "B0001", post="clerk")
    to_scoring(lite)
    customers(lite, table(tmp_path / "old.csv", ANSWERS, (("E1001", "OLD", "70"),)))

    report = customers(
        lite, table(tmp_path / "answers.csv", ANSWERS, (("E1001", "D-0", "78"), row))
    )

    assert counts(report) == (2, 1, 0, 1, False)
    assert [(one.row, one.column) for one in report.rejections] == [(3, column)]
    with lite.database.read() as session:
        query = select(Rating).where(Rating.rater_type == RaterType.CUSTOMER)
        assert [one.reference for one in session.exec(query).all()] == ["OLD"]


def test_answers_come_while_the_period_is_scored(lite: Platform, tmp_path: Path) -> None:
    path = table(tmp_path / "answers.csv", ANSWERS, (("E1001", "D-0", "78"),))

    with pytest.raises(Refused):
        customers(lite, path)
    to_scoring(lite)
    assert customers(lite, path).applied
    to_review(lite)
    with pytest.raises(Refused):
        customers(lite, path)


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"),
    max_size=8,
) | st.sampled_from(["E1001", "E1002", "H0001", "0", "100", "50%", "-", "1e5", "=1+1", "NaN"])


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(*[CELLS] * 4), max_size=5))
def test_whatever_a_file_holds_it_is_counted_row_by_row_and_taken_whole_or_not(
    lite: Platform, tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path / "any.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    headings = ("工号", "服务响应时间", "产品报修及时率分子", "产品报修及时率分母")
    for place, cell in enumerate(headings, start=1):
        sheet.cell(1, place, cell)
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            one = sheet.cell(number, place)
            one.data_type = "s"
            one.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
            one.data_type = "s"
    book.save(path)
    before = stored(lite)

    report = measured(lite, path)

    counts(report)
    if report.rejections:
        assert stored(lite) == before
