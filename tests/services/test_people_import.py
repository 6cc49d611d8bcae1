"""Importing people: every problem named with row and column, all applied or nothing."""

import dataclasses
import io
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from certify.courseware import table_file
from certify.domain.person import CONSOLE, Person, PersonStatus, Role
from certify.errors import BadInput, NotPermitted
from certify.i18n import LANGUAGES, _, speaking
from certify.platform import Platform
from certify.services import departments, exporting, learning, people_import
from certify.services.forms.form import Wanted
from certify.services.people import PersonView, add_person, people_list
from certify.services.people_check import circles
from certify.services.people_columns import is_heading
from certify.services.people_import import ImportReport, import_people
from certify.services.people_words import HEADINGS, ROLE_NAMES, STATUS_NAMES
from certify.storage import courses, ledger, people
from tests.platforms import actor

HEADING = "工号,姓名,部门,岗位,直接主管,入职日期,角色\n"
TWO = (
    HEADING
    + "0042,韩梅梅,CS,agent,S0001,2024-03-01,\n0043,李华,客服部,客服专员,0042,2024/3/4,讲师\n"
)
NASTY_NAMES = ["=1+1", "'x", "''x", "＝甲", '"乙",\'丙', "_x0041_丁", "@戊", "-己", "a;b|c", "0001"]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with speaking("en"):
        yield


@pytest.fixture
def take(tmp_path: Path) -> Any:
    """Imports a text, or bytes, or rows of a workbook."""

    def import_it(
        platform: Platform, content: str | bytes | Sequence[Sequence[Any]], **options: Any
    ) -> ImportReport:
        path = tmp_path / "people"
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content if isinstance(content, bytes) else workbook(content))
        options = {"actor": CONSOLE, "apply": True, **options}
        report = import_people(platform, path=path, **options)
        assert report.found == (report.added + report.changed + report.unchanged + report.rejected)
        return report

    return import_it


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def found(platform: Platform) -> dict[str, PersonView]:
    return {view.staff_no: view for view in people_list(platform, actor=CONSOLE)}


def problems(report: ImportReport) -> list[tuple[int, str]]:
    return [(rejection.row, rejection.column) for rejection in report.rejections]


def test_a_dry_run_counts_and_changes_nothing(platform: Platform, take: Any) -> None:
    before = found(platform)

    report = take(platform, TWO, apply=False)

    assert (report.found, report.added, report.applied) == (2, 2, False)
    assert found(platform) == before


def test_new_people_become_learners_with_onboarding_and_a_supervisor_of_the_same_file(
    platform: Platform, take: Any
) -> None:
    report = take(platform, TWO)

    assert (report.added, report.applied) == (2, True)
    first, second = (found(platform)[staff_no] for staff_no in ("0042", "0043"))
    assert (first.name, first.department_code, first.post_code) == ("韩梅梅", "CS", "agent")
    assert (first.supervisor_no, second.supervisor_no) == ("S0001", "0042")
    assert (first.hired_on, second.hired_on) == (date(2024, 3, 1), date(2024, 3, 4))
    assert first.roles == (Role.LEARNER,)
    assert second.roles == (Role.LEARNER, Role.TRAINER)
    views = learning.course_views(platform, actor=actor(platform, "0043"))
    assert [course.code for course in views if course.is_enrolled] == ["sample"]


def test_a_supervisor_may_stand_below_their_reports_in_the_file(
    platform: Platform, take: Any
) -> None:
    heading, first, second = TWO.splitlines()

    take(platform, "\n".join([heading, second, first]))

    assert found(platform)["0043"].supervisor_no == "0042"


def test_the_same_file_again_changes_nothing(platform: Platform, take: Any) -> None:
    take(platform, TWO)
    before = found(platform)

    report = take(platform, TWO)

    assert (report.unchanged, report.applied) == (2, True)
    assert found(platform) == before


def test_a_change_is_taken_over_and_empty_cells_and_missing_columns_leave_what_is_known(
    platform: Platform, take: Any
) -> None:
    take(platform, TWO)
    before = found(platform)["0043"]

    report = take(platform, "Name,Staff no.,Roles\n李华华,0043,\n韩梅梅,0042,\n")

    assert (report.changed, report.unchanged) == (1, 1)
    assert found(platform)["0043"] == dataclasses.replace(before, name="李华华")


def test_a_dash_says_that_there_is_none(platform: Platform, take: Any) -> None:
    take(platform, TWO)

    report = take(platform, "工号,直接主管,角色\n0043,-,-\n0042,无,\n")

    assert report.changed == 2
    assert found(platform)["0043"].supervisor_no == ""
    assert found(platform)["0042"].supervisor_no == ""
    assert found(platform)["0043"].roles == (Role.LEARNER,)


def test_every_problem_is_reported_with_row_and_column_and_nothing_is_applied(
    platform: Platform, take: Any
) -> None:
    before = found(platform)
    text = (
        "员工名单,,,,,,\n\n"
        + HEADING
        + "0042,韩梅梅,CS,agent,S0001,2024-03-01,\n"
        + '"0043","two\nlines",XX,agent,S9,2024-02-30,boss\n'
        + ",无名,CS,agent,,2024-03-01,\n"
        + "0042,又一个,CS,agent,,2024-03-01,\n"
        + "0045,,,,,,\n"
    )

    report = take(platform, text)

    assert (report.found, report.added, report.rejected, report.applied) == (5, 1, 4, False)
    assert problems(report) == [
        (5, "姓名"),
        (5, "部门"),
        (5, "直接主管"),
        (5, "入职日期"),
        (5, "角色"),
        (6, "工号"),
        (7, "工号"),
        (8, "姓名"),
        (8, "部门"),
        (8, "岗位"),
        (8, "入职日期"),
    ]
    assert all(rejection.message and rejection.mend for rejection in report.rejections)
    assert "CS (Customer service)" in report.rejections[1].mend
    assert "Row 4" in report.rejections[6].message
    assert found(platform) == before


def test_a_circle_of_supervisors_is_refused_and_named(platform: Platform, take: Any) -> None:
    report = take(
        platform,
        HEADING
        + "0042,甲,CS,agent,0043,2024-03-01,\n0043,乙,CS,agent,E1001,2024-03-01,\n"
        + "E1001,,,,0042,,\n0044,丙,CS,agent,0044,2024-03-01,\n0045,丁,CS,agent,0042,2024-03-01,\n",
    )

    assert problems(report) == [(row, "直接主管") for row in (2, 3, 4, 5)]
    assert "E1001 → 0042 → 0043 → E1001" in report.rejections[0].message
    assert "0044 → 0044" in report.rejections[3].message


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.integers(0, 8), st.integers(0, 8)))
@example({number: number + 1 for number in range(5000)})
def test_circles_are_found_each_once(above: dict[int, int]) -> None:
    texts = {str(person): str(supervisor) for person, supervisor in above.items()}

    once = list(circles(texts))

    on_circles = [person for circle in once for person in circle]
    assert len(on_circles) == len(set(on_circles))
    for circle in once:
        assert [texts[person] for person in circle] == [*circle[1:], circle[0]]
    for start in texts if len(texts) < 100 else ():
        person = start
        for _step in range(len(texts) + 1):
            person = texts.get(person, "")
        assert not person or person in on_circles


def test_who_leaves_keeps_their_history_and_a_rehire_reopens_the_number(
    platform: Platform, take: Any
) -> None:
    person_id = actor(platform, "E1001").person_id
    take(platform, "工号,状态\nE1001,离职\n")
    assert found(platform)["E1001"].status is PersonStatus.LEFT

    report = take(platform, "工号,状态,入职日期\nE1001,在职,2024-09-01\n")

    assert report.changed == 1
    back = found(platform)["E1001"]
    assert (back.status, back.hired_on) == (PersonStatus.EMPLOYED, date(2024, 9, 1))
    again = actor(platform, "E1001")
    assert again.person_id == person_id
    views = learning.course_views(platform, actor=again)
    assert [course.code for course in views if course.is_enrolled] == ["sample"]


def test_who_left_long_ago_comes_without_courses_and_supervises_nobody(
    platform: Platform, take: Any
) -> None:
    take(platform, "工号,姓名,部门,岗位,入职日期,状态\n0042,甲,CS,agent,2001-01-01,离职\n")

    report = take(platform, "工号,直接主管\nE1001,0042\n")

    assert problems(report) == [(2, "直接主管")]
    with platform.database.read() as session:
        person = people.by_staff_no(session, "0042")
        assert person is not None
        assert courses.enrolments(session, person.id or 0) == {}


def test_hr_neither_gives_nor_takes_the_roles_that_oversee_it(
    platform: Platform, take: Any
) -> None:
    hr = actor(platform, "H0001")
    text = "工号,角色,状态\nE1001,hr,\nH0001,trainer,\n0001,,离职\n"

    refused = take(platform, text, actor=hr)

    assert set(problems(refused)) == {(2, "角色"), (3, "角色"), (4, "状态")}
    assert take(platform, text.replace("0001,,离职\n", ""), actor=CONSOLE).applied


def test_the_last_administrator_stays(platform: Platform, take: Any) -> None:
    for text, column in (("工号,状态\n0001,离职\n", "状态"), ("工号,角色\n0001,hr\n", "角色")):
        assert problems(take(platform, text)) == [(2, column)]

    report = take(platform, "工号,角色,状态\n0001,,离职\nH0001,hr;administrator,\n")

    assert report.applied


@pytest.mark.parametrize("staff_no", ["E1001", "S0001"])
def test_who_may_not_change_people_imports_none(
    sqlite_platform: Platform, take: Any, staff_no: str
) -> None:
    with pytest.raises(NotPermitted):
        take(sqlite_platform, TWO, actor=actor(sqlite_platform, staff_no), apply=False)


def test_the_ledger_says_who_changed_which_fields_of_whom_and_from_which_file(
    platform: Platform, take: Any
) -> None:
    take(platform, "工号,姓名,角色\nE1001,王大兰,trainer\n")

    with platform.database.read() as session:
        person, whole = list(ledger.entries(session))[-2:]
    assert person.subject == f"person:{actor(platform, 'E1001').person_id}"
    assert person.facts == {"fields": ["name", "roles"], "roles": ["learner", "trainer"]}
    assert whole.action == "people-imported"
    assert whole.facts == {"added": 0, "changed": 1, "unchanged": 0}


def test_an_import_that_breaks_off_changes_nothing(
    platform: Platform, take: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found(platform)

    def fail(*_args: object) -> None:
        raise RuntimeError("the machine stops")

    monkeypatch.setattr(people_import, "_record_all", fail)
    with pytest.raises(RuntimeError):
        take(platform, TWO + "E1001,王大兰,,,,,\n")

    assert found(platform) == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
def test_the_exported_people_list_comes_back_without_a_change(
    sqlite_platform: Platform, take: Any, tmp_path: Path, language: str, format_name: str
) -> None:
    take(sqlite_platform, TWO)
    for code in ("A1", "A2"):
        departments.add_department(sqlite_platform, actor=CONSOLE, code=code, name="同名部")
    for number, name in enumerate(NASTY_NAMES, start=50):
        add_person(
            sqlite_platform,
            actor=CONSOLE,
            staff_no=f"00{number}",
            name=name,
            department=f"A{number % 2 + 1}",
            post="agent",
            hired_on=date(2024, 3, 1),
            roles=frozenset({Role.GUIDE}),
        )
    take(sqlite_platform, "工号,状态\n0050,离职\n")
    before = found(sqlite_platform)
    path = tmp_path / "list"
    with speaking(language):
        exporting.export_form(
            sqlite_platform,
            actor=actor(sqlite_platform, "H0001"),
            form="people-list",
            format_name=format_name,
            wanted=Wanted(),
            path=path,
        )

    report = import_people(sqlite_platform, actor=CONSOLE, path=path, apply=True)

    assert report.rejections == ()
    assert (report.found, report.unchanged) == (len(before), len(before))
    assert found(sqlite_platform) == before


def test_every_column_role_and_status_is_understood_in_every_language() -> None:
    for language in LANGUAGES:
        with speaking(language):
            words = [_(heading) for heading in HEADINGS.values()]
            row = table_file.Row(1, tuple(table_file.Cell(word) for word in words))
            assert is_heading(row)
    assert set(ROLE_NAMES) == set(Role)
    assert set(STATUS_NAMES) == set(PersonStatus)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_file_is_read_in_the_ways_that_programs_write_it(
    sqlite_platform: Platform, take: Any, encoding: str, delimiter: str
) -> None:
    text = TWO.replace(",", delimiter).replace("\n", "\r\n")

    report = take(sqlite_platform, text.encode(encoding))

    assert (report.added, report.applied) == (2, True)
    assert found(sqlite_platform)["0042"].name == "韩梅梅"


@pytest.mark.parametrize(
    "heading",
    [
        "staff_no,name,department,post,supervisor,hired_on,roles",
        "STAFF NO.,Name,Department,Post,Direct supervisor,Hire date,Role",
        "员工编号,姓名：,所属部门,职务,直接主管工号,入职时间,角色",
    ],
)
def test_headings_are_understood_in_chinese_and_english(
    sqlite_platform: Platform, take: Any, heading: str
) -> None:
    assert take(sqlite_platform, TWO.replace(HEADING, heading + "\n")).added == 2


def test_a_column_that_comes_twice_is_bad_input(sqlite_platform: Platform, take: Any) -> None:
    with pytest.raises(BadInput, match="Name"):
        take(sqlite_platform, "工号,姓名,name\n0042,甲,乙\n")


@pytest.mark.parametrize(
    "written",
    ["2024-03-04", "2024/3/4", "2024.3.4", "2024年3月4日", "20240304", "2024-03-04 00:00:00"],
)
def test_a_date_is_understood_as_chinese_programs_write_it(
    sqlite_platform: Platform, take: Any, written: str
) -> None:
    take(sqlite_platform, HEADING + f"0042,甲,CS,agent,,{written},\n")

    assert found(sqlite_platform)["0042"].hired_on == date(2024, 3, 4)


@pytest.mark.parametrize("written", ["4/3/2024", "03/04/24", "2024-02-30", "9999-12-31", "soon"])
def test_what_is_no_date_or_could_be_two_is_rejected(
    sqlite_platform: Platform, take: Any, written: str
) -> None:
    report = take(sqlite_platform, HEADING + f"0042,甲,CS,agent,,{written},\n")

    assert problems(report) == [(2, "入职日期")]


def test_a_department_name_that_several_have_is_rejected_with_their_codes(
    platform: Platform, take: Any
) -> None:
    departments.add_department(platform, actor=CONSOLE, code="CS2", name="客服部")

    report = take(platform, TWO)

    assert problems(report) == [(3, "部门")]
    assert "CS2" in report.rejections[0].mend


def test_a_workbook_keeps_zeros_dates_and_numbers_as_it_shows_them(
    platform: Platform, take: Any
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["People of the company"])
    page.append([])
    page.append(["Staff no.", "Name", "Department", "Post", "Hired on"])
    page.append(["0042", "甲", "CS", "agent", datetime(2024, 3, 4)])  # noqa: DTZ001
    page.append([43, "乙", "CS", "agent", date(2024, 3, 4)])
    page["A5"].number_format = "0000"
    page.append(["0044", "丙", "CS", "agent", 45355])
    page.append([1001, "丁", "CS", "agent", "2024-03-04"])
    out = io.BytesIO()
    book.save(out)

    report = take(platform, out.getvalue())

    assert report.rejections == ()
    assert report.applied
    new = {staff_no: found(platform)[staff_no] for staff_no in ("0042", "0043", "0044", "1001")}
    assert {view.hired_on for view in new.values()} == {date(2024, 3, 4)}


def test_numbers_that_lost_their_zeros_are_reported_with_their_row(
    platform: Platform, take: Any
) -> None:
    rows = [
        ["工号", "姓名", "部门", "岗位", "直接主管", "入职日期"],
        [1, "谁", "CS", "agent", None, "2024-03-04"],
        [42, "谁", "CS", "agent", 1, "2024-03-04"],
        [1001.5, "谁", "CS", "agent", None, "2024-03-04"],
        [1234567890123456, "谁", "CS", "agent", None, "2024-03-04"],
    ]

    report = take(platform, rows)

    assert problems(report) == [
        (2, "工号"),
        (3, "工号"),
        (3, "直接主管"),
        (4, "工号"),
        (5, "工号"),
    ]
    assert problems(take(platform, HEADING + "1,谁,CS,agent,,2024-03-04,\n")) == [(2, "工号")]


def test_a_workbook_with_a_formula_gives_the_value_it_shows_and_never_the_formula(
    platform: Platform, take: Any
) -> None:
    report = take(platform, [["工号", "姓名"], ["E1001", "=1+1"]])

    # Written by a program, not by a spreadsheet: there is no value, so the cell says nothing.
    assert (report.unchanged, report.rejections) == (1, ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no row of headings"),
        (b"just a text\n", "no row of headings"),
        (b"\xff\xfe\x00", "neither text"),
        (b"\x80\x80\x80", "neither text"),
        (b"\xd0\xcf\x11\xe0old", "old kind"),
        (b"PK\x03\x04broken", "cannot be read"),
        ('工号,姓名\n0042,"open\n'.encode(), "quotes"),
        (f"工号,姓名\n0042,{'x' * 200_000}\n".encode(), "quotes"),
    ],
)
def test_a_file_that_is_no_table_is_bad_input(
    sqlite_platform: Platform, take: Any, content: bytes, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        take(sqlite_platform, content)

    assert refused.value.place
    assert refused.value.mend


def test_a_file_that_is_not_there_is_bad_input(sqlite_platform: Platform, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(BadInput) as refused:
            import_people(sqlite_platform, actor=CONSOLE, path=path, apply=True)
        assert refused.value.place == str(path)


def packed(parts: dict[str, bytes]) -> bytes:
    """A good workbook with some parts added or replaced."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook([["工号", "姓名"], ["E1001", "王小兰"]])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/media/zeros.bin": bytes(20_000_000)},
        {f"xl/media/{number}": b"" for number in range(2_100)},
        {"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        {"docProps/core.xml": "<!DOCTYPE a []><a/>".encode("utf-16")},
    ],
    ids=["bomb", "parts", "entities", "wide"],
)
def test_a_workbook_made_to_harm_is_refused_before_it_is_parsed(
    sqlite_platform: Platform, take: Any, monkeypatch: pytest.MonkeyPatch, parts: dict[str, bytes]
) -> None:
    def parse(*_args: object, **_options: object) -> None:
        raise AssertionError("the workbook was parsed")

    monkeypatch.setattr(openpyxl, "load_workbook", parse)

    with pytest.raises(BadInput):
        take(sqlite_platform, packed(parts))


def test_a_row_far_below_or_right_costs_no_time_and_is_refused_or_left(
    sqlite_platform: Platform, take: Any
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["工号", "姓名"])
    page["XFD2"] = "far right"
    page["A1048576"] = "far below"
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(BadInput, match="too large"):
        take(sqlite_platform, out.getvalue())


def test_too_many_rows_are_refused(
    sqlite_platform: Platform, take: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_file, "MAX_ROWS", 2)

    with pytest.raises(BadInput, match="too large"):
        take(sqlite_platform, TWO)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200))
@example(b"\x00\x00")
@example("工号,姓名\n\x00,\n".encode())
def test_no_bytes_make_the_reader_fail_in_another_way_than_bad_input(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    for content in (data, "工号,姓名\n".encode() + data, packed({})[:-50] + data):
        path.write_bytes(content)
        try:
            table_file.read_table(path, is_heading)
        except BadInput:
            continue


def test_a_workbook_with_parts_openpyxl_does_not_know_gives_no_warning(
    sqlite_platform: Platform, take: Any
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = take(sqlite_platform, packed({"xl/unknown.xml": b"<a/>"}))

    assert report.unchanged == 1


def test_names_with_control_characters_are_rejected(sqlite_platform: Platform, take: Any) -> None:
    with sqlite_platform.database.read() as session:
        before = session.get_one(Person, actor(sqlite_platform, "E1001").person_id).name

    for name in ("\x1b[31m王", "王\u202e", "x" * 81):
        assert problems(take(sqlite_platform, f"工号,姓名\nE1001,{name}\n")) == [(2, "姓名")]

    assert found(sqlite_platform)["E1001"].name == before
