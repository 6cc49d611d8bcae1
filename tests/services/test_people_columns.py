"""What the columns of a people file mean: guessed, said by HR, kept for the next file."""

import threading
import time
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE
from certify.errors import BadInput, CertifyError
from certify.platform import Platform
from certify.services import people_columns
from certify.services.people import people_list
from certify.services.people_import import import_people
from tests.platforms import actor

STRANGE = "编码,称呼,部门名称(必填),岗位名称,加入日,备注\nZ1,欧阳娜娜,CS,agent,2024-03-01,新\n"
MAPPING = {"编码": "staff_no", "称呼": "name", "加入日": "hired_on", "备注": ""}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(STRANGE)
    return path


def fields(found: people_columns.FileColumns) -> list[str]:
    return [one.field for one in found.columns]


def test_headings_are_guessed_and_the_rest_is_ignored_with_samples(
    platform: Platform, file: Path
) -> None:
    found = people_columns.file_columns(platform, actor=CONSOLE, path=file)

    assert fields(found) == ["", "", "department", "post", "", ""]
    assert found.columns[1].samples == ("欧阳娜娜",)
    assert not found.is_enough
    assert not found.is_plain
    with pytest.raises(BadInput):
        import_people(platform, actor=CONSOLE, path=file, apply=False)


@pytest.mark.parametrize(
    "heading", ["员工编号", "Employee ID", "employee_id", "工号：", "工号（必填）", "Staff No."]
)
def test_what_people_call_a_staff_number_is_known(
    sqlite_platform: Platform, tmp_path: Path, heading: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{heading},姓名\n1,张三\n")
    found = people_columns.file_columns(sqlite_platform, actor=CONSOLE, path=path)
    assert fields(found) == ["staff_no", "name"]
    assert found.is_plain


def test_a_mapping_is_used_and_said_and_old_and_new_values_are_shown(
    platform: Platform, file: Path
) -> None:
    report = import_people(platform, actor=CONSOLE, path=file, apply=True, mapping=MAPPING)

    assert (report.added, report.applied, report.ignored) == (1, True, ("备注",))
    [new] = report.changes
    assert new.is_new
    assert {one.field for one in new.fields} >= {"name", "department", "post", "hired_on"}

    file.write_text(STRANGE.replace("欧阳娜娜", "欧阳"))
    report = import_people(platform, actor=CONSOLE, path=file, apply=False, mapping=MAPPING)
    [change] = report.changes
    assert [(one.field, one.before, one.after) for one in change.fields] == [
        ("name", "欧阳娜娜", "欧阳")
    ]
    assert not change.is_new


def test_what_was_said_is_kept_for_the_next_file_with_the_same_headings(
    platform: Platform, file: Path
) -> None:
    hr = actor(platform, "H0001")
    found = people_columns.file_columns(platform, actor=hr, path=file)
    for place, field in ((0, "staff_no"), (1, "name"), (4, "hired_on")):
        found = found.saying(place, field)
    people_columns.keep_mapping(platform, actor=hr, mapping=found.mapping)

    again = people_columns.file_columns(platform, actor=hr, path=file)
    assert again.is_kept
    assert again.is_plain
    assert again.mapping == found.mapping
    assert import_people(platform, actor=hr, path=file, apply=False).added == 1
    assert not people_columns.file_columns(platform, actor=CONSOLE, path=file).is_kept


def test_a_field_has_one_column(platform: Platform, file: Path) -> None:
    found = people_columns.file_columns(platform, actor=CONSOLE, path=file)
    found = found.saying(0, "staff_no").saying(5, "staff_no")
    assert fields(found) == ["", "", "department", "post", "", "staff_no"]


@pytest.mark.parametrize("mapping", [{"没有的": "staff_no"}, {"编码": "salary"}])
def test_a_mapping_of_what_is_not_there_is_refused(
    platform: Platform, file: Path, mapping: dict[str, str]
) -> None:
    with pytest.raises(CertifyError):
        import_people(platform, actor=CONSOLE, path=file, apply=False, mapping=mapping)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"abc", b"\x00\x01\x02\xff\xfe", b"1,2\n3,4\n"])
def test_a_file_without_headings_says_so(
    sqlite_platform: Platform, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "people.xls"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        people_columns.file_columns(sqlite_platform, actor=CONSOLE, path=path)


def test_a_chinese_program_s_csv_under_a_wrong_name_is_read(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "people.xls"
    path.write_bytes(STRANGE.encode("gbk"))
    report = import_people(sqlite_platform, actor=CONSOLE, path=path, apply=True, mapping=MAPPING)
    assert report.applied


def test_names_with_control_or_bidirectional_characters_are_refused_and_long_ones_taken(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    rows = [("A1", "长" * 40), ("A2", "a\x1b[31m"), ("A3", "abc‮def"), ("A1", "二次")]
    lines = [f"{no},{name},CS,agent,2024-03-01" for no, name in rows]
    path.write_text("工号,姓名,部门,岗位,入职日期\n" + "\n".join(lines))

    report = import_people(sqlite_platform, actor=CONSOLE, path=path, apply=True)

    assert sorted({one.row for one in report.rejections}) == [3, 4, 5]
    assert all(one.mend for one in report.rejections)
    assert (report.found, report.added, report.rejected) == (4, 1, 3)
    assert not report.applied


def test_ten_thousand_people_are_checked_before_anybody_has_to_wait(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    rows = [f"X{n:05},张三{n},CS,agent,2020-01-01,H0001" for n in range(10_000)]
    path.write_text("工号,姓名,部门,岗位,入职日期,直接主管\n" + "\n".join(rows))
    waited, done = [], threading.Event()

    def write_now_and_then() -> None:
        while not done.is_set():
            began = time.perf_counter()
            with sqlite_platform.database.write() as session:
                session.connection()
            waited.append(time.perf_counter() - began)
            done.wait(0.01)

    other = threading.Thread(target=write_now_and_then)
    other.start()
    try:
        began = time.perf_counter()
        report = import_people(sqlite_platform, actor=CONSOLE, path=path, apply=True)
        whole = time.perf_counter() - began
    finally:
        done.set()
        other.join()

    assert (report.added, report.applied) == (10_000, True)
    assert len(people_list(sqlite_platform, actor=CONSOLE)) > 10_000
    assert max(waited) < max(2, whole / 2)  # a machine with much else to do is given its share
