"""An import that changes many people: it does what single changes do, and asks as often as for few.

Whoever saves an answer meanwhile waits until it is done.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from certify.domain.ledger import LedgerEntry
from certify.domain.message import PersonMessage
from certify.domain.person import CONSOLE
from certify.domain.placement import Placement
from certify.platform import Platform
from certify.services import departments, ledger
from certify.services.people import add_person
from certify.services.people_import import import_people
from certify.services.placing.changing import change_person
from certify.storage import people
from tests.platforms import actor
from tests.services.certificate_steps import qualified, shown


@pytest.fixture
def company(platform: Platform) -> Platform:
    """A second post, which no qualification covers."""
    departments.add_post(platform, actor=CONSOLE, code="shift-lead", name="值班长")
    return platform


def take(platform: Platform, folder: Path, lines: list[str]) -> None:
    path = folder / "people.csv"
    path.write_text("\n".join(["staff_no,name,post,supervisor", *lines]), encoding="utf-8")
    report = import_people(platform, actor=actor(platform, "H0001"), path=path, apply=True)
    assert (report.changed, report.applied) == (len(lines), True)


def kept(platform: Platform, staff_no: str) -> dict[str, Any]:
    """What changes leave of one person after the first thing known, but for numbers."""
    with platform.database.read() as session:
        person = people.by_staff_no(session, staff_no)
        assert person is not None
        history = session.exec(select(Placement).where(Placement.person_id == person.id))
        told = session.exec(select(PersonMessage).where(PersonMessage.person_id == person.id))
        entries = session.exec(
            select(LedgerEntry)
            .where(LedgerEntry.subject == f"person:{person.id}")
            .order_by(col(LedgerEntry.sequence))
        )
        history_rows = sorted(history, key=lambda one: one.id or 0)
        return {
            "history": [one.model_dump(exclude={"id", "person_id"}) for one in history_rows[1:]],
            "ledger": sorted(one.action for one in entries),
            "messages": sorted(str((one.kind, dict(one.facts) | {"number": ""})) for one in told),
        }


def test_a_row_of_a_file_does_what_the_same_change_of_one_person_does(
    company: Platform, tmp_path: Path
) -> None:
    hr, certificates = actor(company, "H0001"), {}
    for staff_no in ("E1001", "E1002"):
        certificates[staff_no] = qualified(company, staff_no)
        change_person(company, actor=hr, staff_no=staff_no, name="王大兰", supervisor_no="S0001")
    before = kept(company, "E1001")
    assert before == kept(company, "E1002")

    change_person(
        company, actor=hr, staff_no="E1001", name="王小兰", post="shift-lead", supervisor_no=""
    )
    take(company, tmp_path, ["E1002,王小兰,shift-lead,-"])

    one, other = (kept(company, staff_no) for staff_no in certificates)
    assert one == other
    assert len(one["history"]) == len(before["history"]) + 1
    assert sum("post-changed" in message for message in one["messages"]) == 1
    for number in certificates.values():
        assert (shown(company, number).facts["name"], shown(company, number).revision) == (
            "王小兰",
            3,
        )
    assert ledger.verify(company, actor=hr).holds


def test_an_import_asks_the_database_as_often_for_many_changes_as_for_few(
    company: Platform, tmp_path: Path, statements: list[str]
) -> None:
    numbers = [f"E2{n:03}" for n in range(24)]
    for staff_no in numbers:
        add_person(
            company,
            actor=CONSOLE,
            staff_no=staff_no,
            name="甲",
            department="CS",
            post="agent",
            hired_on=date(2024, 3, 4),
        )

    def asked(some: list[str], name: str, post: str, above: str) -> int:
        statements.clear()
        take(company, tmp_path, [f"{staff_no},{name},{post},{above}" for staff_no in some])
        return len([one for one in statements if one.startswith("SELECT")])

    few = asked(numbers[:2], "乙", "shift-lead", "S0001")

    assert few > 0
    assert asked(numbers[2:], "乙", "shift-lead", "S0001") == few
