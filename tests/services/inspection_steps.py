"""Steps of inspection tests: inspectors, standards with rates, checks on a day."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from certify.domain.checklist import Mark, Seen
from certify.domain.message import PersonMessage
from certify.domain.person import CONSOLE, Department, Person, Role, RoleGrant
from certify.platform import Platform
from certify.services import standard_import
from certify.services.inspection import recording
from certify.storage import messages, people
from tests.platforms import actor
from tests.services.steps import clock_of
from tests.standard_rows import row

FAULT = {"punctual": Seen(Mark.FAULT, "迟到十分钟")}


def hire(platform: Platform, staff_no: str, *roles: Role, supervisor: str = "") -> None:
    """Somebody more in the department of E1001, with roles besides learner."""
    with platform.database.write() as session:
        model = people.by_staff_no(session, "E1001")
        assert model is not None
        above = people.by_staff_no(session, supervisor)
        person = Person(
            staff_no=staff_no,
            name=f"员工{staff_no}",
            department_id=model.department_id,
            post_id=model.post_id,
            supervisor_id=above.id if above else None,
            hired_on=model.hired_on,
        )
        session.add(person)
        session.flush()
        for role in (Role.LEARNER, *roles):
            session.add(RoleGrant(person_id=person.id or 0, role=role))


def inspectors(platform: Platform) -> None:
    """I0001 and I0002, who inspect; nobody stands above them."""
    for staff_no in ("I0001", "I0002"):
        hire(platform, staff_no, Role.INSPECTOR)


def second_department(platform: Platform, head: str) -> None:
    """WH, in which a new supervisor works."""
    hire(platform, head, Role.SUPERVISOR)
    with platform.database.write() as session:
        department = Department(code="WH", name="仓储部", name_en="Warehouse")
        session.add(department)
        session.flush()
        person = people.by_staff_no(session, head)
        assert person is not None
        person.department_id = department.id or 0
        session.add(person)


def rate_standards(platform: Platform, folder: Path) -> None:
    """CS-001 with ≥ 98 %, CS-002 with ≥ 95 %, CS-003 without a rate, in force since 2023."""
    targets = {
        number: f'{{ metric = {{ zh = "率" }}, operator = ">=", value = {value}, '
        'unit = { zh = "%" } }'
        for number, value in (("CS-001", 98), ("CS-002", 95))
    }
    rows = [row(number, "2023-01-01", target=text) for number, text in targets.items()]
    path = folder / "standards.toml"
    path.write_text("format = 1\n" + "\n".join([*rows, row("CS-003", "2023-01-01")]), "utf-8")
    report = standard_import.import_standards(platform, actor=CONSOLE, path=path, apply=True)
    assert report.is_applied, report.findings


def on(platform: Platform, day: date) -> None:
    """Noon of a day."""
    clock_of(platform).set(datetime.combine(day, time(4), UTC))


def check(
    platform: Platform, staff_no: str, *, fault: bool = False, who: str = "I0001", **more: object
) -> str:
    """A check of somebody's discipline; the number in the register."""
    return recording.record_check(
        platform,
        actor=actor(platform, who),
        checklist="discipline",
        seen=FAULT if fault else {},
        staff_no=staff_no,
        **more,  # type: ignore[arg-type]
    )


def told(platform: Platform, staff_no: str) -> list[PersonMessage]:
    """What somebody has not read yet."""
    with platform.database.read() as session:
        return list(messages.unread(session, actor(platform, staff_no).person_id))


def kinds(platform: Platform, staff_no: str) -> list[str]:
    """The kinds of what somebody has not read yet."""
    return [one.kind for one in told(platform, staff_no)]
