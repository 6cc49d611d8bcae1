"""Acceptance story 11: the on-post list as of a day, exported, opened, held against the books."""

import csv
from datetime import date
from pathlib import Path

import pytest

from certify.domain.person import Person, Role, RoleGrant
from certify.domain.qualification import QualificationState
from certify.platform import Platform
from certify.services import exporting
from certify.services.forms.form import Wanted
from certify.services.qualifying import deciding
from certify.services.qualifying.list_compare import compare
from certify.storage import people
from tests.platforms import actor
from tests.services.learning_steps import pass_course
from tests.services.steps import at, check_books, clock_of

FIVE = ("0107", "0009", "0011", "1000", "0200")
YEAR_END, MID_YEAR = date(2024, 12, 31), date(2024, 6, 30)


@pytest.fixture
def five(platform: Platform) -> Platform:
    """Five people: one expired by the end of 2024, one suspended in October."""
    with platform.database.write() as session:
        model = people.by_staff_no(session, "E1001")
        assert model is not None
        for staff_no in FIVE:
            person = Person(
                staff_no=staff_no,
                name=f"员工 {staff_no}",
                department_id=model.department_id,
                post_id=model.post_id,
                hired_on=date(2023, 1, 2),
            )
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.LEARNER))
    clock_of(platform).set(at("2023-12-15T02:00:00"))
    pass_course(platform, FIVE[0])
    clock_of(platform).set(at("2024-02-01T02:00:00"))
    for staff_no in FIVE[1:]:
        pass_course(platform, staff_no)
    clock_of(platform).set(at("2024-10-01T02:00:00"))
    deciding.decide(
        platform,
        actor=actor(platform, "H0001"),
        staff_no=FIVE[1],
        code="reception",
        state=QualificationState.SUSPENDED,
        reason="客户投诉调查",
    )
    clock_of(platform).set(at("2024-12-31T02:00:00"))
    return platform


def exported(platform: Platform, folder: Path, as_of: date) -> tuple[Path, list[str]]:
    """The file, and the staff numbers in it."""
    path = folder / f"{as_of}.csv"
    exporting.export_form(
        platform,
        actor=actor(platform, "H0001"),
        form="qualification-list",
        format_name="csv",
        wanted=Wanted(as_of),
        path=path,
    )
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")  # by which a spreadsheet knows that it is UTF-8
    lines = list(csv.reader(text.decode("utf-8-sig").splitlines()))
    head = next(place for place, line in enumerate(lines) if "工号" in line)
    column = lines[head].index("工号")
    return path, [line[column] for line in lines[head + 1 :] if line]


def test_three_of_five_are_on_the_list_at_the_end_of_the_year_and_five_in_mid_year(
    five: Platform, tmp_path: Path
) -> None:
    _path, at_the_end = exported(five, tmp_path, YEAR_END)
    _path, before = exported(five, tmp_path, MID_YEAR)

    assert at_the_end == ["0011", "0200", "1000"]
    assert before == sorted(FIVE)
    check_books(five)


def test_the_file_read_back_says_no_changes_and_a_changed_cell_is_named(
    five: Platform, tmp_path: Path
) -> None:
    hr, wanted = actor(five, "H0001"), Wanted(YEAR_END)
    path, _numbers = exported(five, tmp_path, YEAR_END)

    found = compare(five, actor=hr, path=path, wanted=wanted)
    assert (found.found, found.same, found.differences) == (3, 3, ())

    changed = tmp_path / "changed.csv"
    changed.write_bytes(path.read_bytes().replace("员工 0200".encode(), "员工 0201".encode()))
    found = compare(five, actor=hr, path=changed, wanted=wanted)
    (one,) = found.differences
    assert (one.in_file, one.in_books, found.same) == ("员工 0201", "员工 0200", 2)
