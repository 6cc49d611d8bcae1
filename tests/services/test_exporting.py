"""Exports: numbered, in the ledger, written whole, and read by spreadsheets as text."""

import csv
import dataclasses
import hashlib
import io
import json
import os
import stat
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import openpyxl
import pytest

from certify.api import ExportFormat, Sheet
from certify.clock import SetClock
from certify.domain.ledger import first_false
from certify.domain.person import CONSOLE, Actor, Person, Role
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, NotPermitted
from certify.i18n import speaking
from certify.platform import Platform
from certify.services import departments
from certify.services.exporting import ExportReceipt, export_form, write_form
from certify.services.forms.form import Wanted
from certify.services.qualifying.states import STATE_NAMES
from certify.storage import ledger
from tests.platforms import NOON, actor, read_course, sit

TODAY = Wanted()


@pytest.fixture(autouse=True)
def _english() -> Any:
    with speaking("en"):
        yield


@pytest.fixture
def qualified(platform: Platform, clock: SetClock) -> Platform:
    """E1001 passed at the first try, E1002 at the second, both with full marks."""
    for staff_no, tries in (("E1001", (None,)), ("E1002", (0, None))):
        learner = actor(platform, staff_no)
        read_course(platform, learner)
        for right in tries:
            sit(platform, learner, right=right)
            clock.advance(timedelta(minutes=1))
            read_course(platform, learner)
    clock.set(NOON)
    return platform


def written(
    platform: Platform,
    form: str = "qualification-list",
    format_name: str = "csv",
    wanted: Wanted = TODAY,
) -> bytes:
    out = io.BytesIO()
    write_form(
        platform,
        actor=actor(platform, "H0001"),
        form=form,
        format_name=format_name,
        wanted=wanted,
        out=out,
    )
    return out.getvalue()


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def exports(platform: Platform) -> list[dict[str, Any]]:
    """What the ledger says of exports."""
    with platform.database.read() as session:
        return [
            {"number": entry.subject.removeprefix("export:"), **entry.facts}
            for entry in ledger.entries(session)
            if entry.action == "list-exported"
        ]


def test_the_qualification_list_says_who_may_serve_what_until_when_and_why(
    qualified: Platform,
) -> None:
    rows = csv_rows(written(qualified))

    assert rows[:7] == [
        ["On-post qualification list"],
        ["Export number", "EXP-2024-000001"],
        ["Time", "2024-03-04T12:00:00+08:00"],
        ["Author", "H0001 人事"],
        ["Filter", "As of: 2024-03-04; State: active"],
        ["Rows", "2"],
        ["Purpose", "not stated"],
    ]
    assert rows[7] == []
    assert rows[8] == [
        "Staff no.",
        "Name",
        "Department",
        "Post",
        "Process",
        "Level",
        "Mark",
        "First pass or retake",
        "Issued",
        "Valid to",
        "Certificate no.",
        "State",
    ]
    assert [row[0] for row in rows[9:]] == ["E1001", "E1002"]
    assert [row[7] for row in rows[9:]] == ["first pass", "retake"]
    assert rows[9][5:7] == ["L1", "100.00"]
    assert rows[9][8:10] == ["2024-03-04", "2025-03-04"]
    assert rows[9][11] == "active"


def test_every_form_is_written_in_every_format(qualified: Platform) -> None:
    lists = ("qualification-list", "people-list", "qualification-matrix")
    for form, format_name in product(lists, ("csv", "xlsx", "json", "md")):
        data = written(qualified, form, format_name)

        if format_name == "xlsx":
            cells = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
            assert "f" not in {cell.data_type for row in cells for cell in row}
        else:
            assert "王小兰" in data.decode()


def test_json_keeps_keys_in_english_whatever_is_spoken(qualified: Platform) -> None:
    with speaking("zh"):
        found = json.loads(written(qualified, format_name="json"))

    assert found["header"]["number"] == "EXP-2024-000001"
    assert found["rows"][0]["staff_no"] == "E1001"
    assert found["rows"][0]["department"] == "客服部"


def test_names_of_departments_and_processes_follow_the_language(qualified: Platform) -> None:
    assert csv_rows(written(qualified))[9][2] == "Customer service"


def test_each_export_has_the_next_number_of_its_year(platform: Platform, clock: SetClock) -> None:
    for _time in range(2):
        written(platform)
    clock.set(datetime(2024, 12, 31, 16, 30, tzinfo=UTC))  # half past midnight in Shanghai
    written(platform)

    numbers = [export["number"] for export in exports(platform)]
    assert numbers == ["EXP-2024-000001", "EXP-2024-000002", "EXP-2025-000001"]


def test_the_ledger_says_what_went_out_but_not_whose_name_was_searched(
    qualified: Platform,
) -> None:
    wanted = Wanted(
        date(2024, 3, 4), state="all", department="CS", process="reception", search="王小兰"
    )
    written(qualified, wanted=wanted)

    assert exports(qualified) == [
        {
            "number": "EXP-2024-000001",
            "form": "qualification-list",
            "format": "csv",
            "filter": {
                "as_of": "2024-03-04",
                "state": "all",
                "department": "CS",
                "process": "reception",
                "search": True,
            },
            "purpose": False,
            "rows": 1,
        }
    ]
    with qualified.database.read() as session:
        assert first_false(ledger.entries(session)) is None


def test_the_header_says_the_filter_in_words(qualified: Platform) -> None:
    wanted = Wanted(
        date(2024, 3, 4), state="all", department="CS", process="reception", search="王"
    )
    header = dict(row for row in csv_rows(written(qualified, wanted=wanted))[1:6])

    said = header["Filter"].split("; ")
    assert said[:3] == [
        "As of: 2024-03-04",
        "State: every",
        "Department: Customer service (CS)",
    ]
    assert said[3].endswith("(reception)")
    assert said[4] == "Search: 王"


def test_the_author_of_an_export_from_the_command_line_is_certify(
    sqlite_platform: Platform,
) -> None:
    out = io.BytesIO()
    write_form(
        sqlite_platform,
        actor=CONSOLE,
        form="people-list",
        format_name="csv",
        wanted=TODAY,
        out=out,
    )

    assert ["Author", "certify"] in csv_rows(out.getvalue())


def test_the_number_is_in_the_ledger_before_the_first_byte_goes_out(platform: Platform) -> None:
    class Watching(ExportFormat):
        name: ClassVar[str] = "watching"
        suffix: ClassVar[str] = ".txt"
        label: ClassVar[str] = "Watching"

        def write(self, sheet: Sheet, out: BinaryIO) -> None:
            assert [export["number"] for export in exports(platform)] == [sheet.header[0][2]]
            out.write(b"seen")

    platform.plugins.export_formats["watching"] = Watching()

    assert written(platform, format_name="watching") == b"seen"


@pytest.mark.parametrize("staff_no", ["E1001", "S0001", "0001"])
def test_only_hr_may_export(sqlite_platform: Platform, staff_no: str, tmp_path: Path) -> None:
    who = without_hr(sqlite_platform, staff_no)
    with pytest.raises(NotPermitted):
        export_form(
            sqlite_platform,
            actor=who,
            form="people-list",
            format_name="csv",
            wanted=TODAY,
            path=tmp_path / "list.csv",
        )
    assert exports(sqlite_platform) == []
    assert not (tmp_path / "list.csv").exists()


def without_hr(platform: Platform, staff_no: str) -> Actor:
    """The person, without the HR role that the founder holds until others do."""
    who = actor(platform, staff_no)
    return dataclasses.replace(who, roles=who.roles - {Role.HR})


@pytest.mark.parametrize(
    ("form", "format_name", "named"),
    [("nonsense", "csv", "people-list, qualification-list"), ("people-list", "odt", "csv, json")],
)
def test_an_unknown_form_or_format_names_the_possible_ones(
    sqlite_platform: Platform, form: str, format_name: str, named: str
) -> None:
    with pytest.raises(BadInput) as refused:
        written(sqlite_platform, form, format_name)

    assert named in refused.value.mend
    assert exports(sqlite_platform) == []


def exported(platform: Platform, path: Path) -> ExportReceipt:
    return export_form(
        platform,
        actor=actor(platform, "H0001"),
        form="people-list",
        format_name="csv",
        wanted=TODAY,
        path=path,
    )


def test_a_file_is_written_whole_and_only_its_owner_reads_it(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("an older list")

    receipt = exported(sqlite_platform, path)

    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert receipt == ExportReceipt("EXP-2024-000001", 5, digest, len(data), path)
    assert ["Export number", receipt.number] in csv_rows(path.read_bytes())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.glob("*people*")] == ["people.csv"]


def test_the_folder_for_exports_in_the_home_is_made_when_it_is_missing(
    sqlite_platform: Platform,
) -> None:
    path = sqlite_platform.settings.home.exports / "people.csv"

    exported(sqlite_platform, path)

    assert path.is_file()


@pytest.mark.parametrize("place", ["missing/people.csv", "file/people.csv", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_and_takes_no_number(
    sqlite_platform: Platform, tmp_path: Path, place: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "file").write_text("a file, no folder")

    with pytest.raises(BadInput) as refused:
        exported(sqlite_platform, folder / place)

    assert refused.value.place == str(folder / place)
    assert refused.value.mend
    assert [file.name for file in folder.iterdir()] == ["file"]


def test_a_device_is_never_replaced_by_a_file(sqlite_platform: Platform) -> None:
    with pytest.raises(BadInput):
        exported(sqlite_platform, Path(os.devnull))

    assert not Path(os.devnull).is_file()


def test_an_export_that_breaks_off_leaves_the_old_file_and_nothing_else(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    class Breaking(ExportFormat):
        name: ClassVar[str] = "csv"
        suffix: ClassVar[str] = ".csv"
        label: ClassVar[str] = "Breaking"

        def write(self, sheet: Sheet, out: BinaryIO) -> None:
            out.write(b"half of it")
            raise OSError(28, "No space left on device")

    sqlite_platform.plugins.export_formats["csv"] = Breaking()
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "people.csv").write_text("an older list")

    with pytest.raises(BadInput, match="No space left"):
        exported(sqlite_platform, folder / "people.csv")

    assert [file.name for file in folder.iterdir()] == ["people.csv"]
    assert (folder / "people.csv").read_text() == "an older list"


def test_a_department_whose_name_is_not_its_own_is_exported_by_its_code(
    sqlite_platform: Platform,
) -> None:
    departments.add_department(
        sqlite_platform, actor=CONSOLE, code="CS2", name="客服部", name_en="Customer service"
    )

    rows = csv_rows(written(sqlite_platform, "people-list"))

    assert {row[2] for row in rows[9:]} == {"CS", "Head office"}


def test_the_people_list_can_be_limited_to_a_department(sqlite_platform: Platform) -> None:
    rows = csv_rows(written(sqlite_platform, "people-list", wanted=Wanted(department="CS")))

    assert [row[0] for row in rows[9:]] == ["E1001", "E1002", "H0001", "S0001"]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(date(2023, 1, 1)),
        Wanted(date(2024, 3, 4), state="all"),
        Wanted(date(2024, 3, 4), process="reception"),
    ],
    ids=["as_of", "state", "process"],
)
def test_a_filter_that_a_form_would_ignore_is_refused_and_its_own_are_named(
    sqlite_platform: Platform, wanted: Wanted
) -> None:
    with pytest.raises(BadInput) as refused:
        written(sqlite_platform, "people-list", wanted=wanted)

    assert "department, post" in refused.value.mend
    assert exports(sqlite_platform) == []


def test_the_ledger_records_only_the_filters_that_were_applied(sqlite_platform: Platform) -> None:
    written(sqlite_platform, "people-list", wanted=Wanted(department="CS"))

    (entry,) = exports(sqlite_platform)
    assert entry["filter"] == {"department": "CS"}


def test_a_name_that_is_a_formula_stays_a_text(platform: Platform) -> None:
    with platform.database.write() as session:
        person = session.get_one(Person, actor(platform, "E1001").person_id)
        person.name = "=1+1"

    rows = csv_rows(written(platform, "people-list"))
    book = openpyxl.load_workbook(io.BytesIO(written(platform, "people-list", "xlsx")))

    assert "'=1+1" in {row[1] for row in rows[9:]}
    types = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert types == {"s"}


def test_every_state_has_a_name() -> None:
    assert set(STATE_NAMES) == set(QualificationState)
