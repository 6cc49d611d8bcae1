"""Who is away, who answers for a newcomer, who refuses onboarding (R-PPL-05, R-PPL-07)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from certify.clock import SetClock
from certify.domain.course import Enrolment
from certify.domain.person import CONSOLE, PersonStatus, Role
from certify.domain.placement import days_present
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _, speaking
from certify.platform import Platform
from certify.services import guides, learning, messages, onboarding, people
from certify.services.course_locks import DEPARTMENT, locked_text
from certify.services.home import home
from certify.services.placing import absence_import, absences, owners, refusals
from certify.services.placing.absence_import import HEADINGS, AbsenceReport
from certify.services.placing.changing import change_person
from certify.storage import people as people_kept
from certify.storage import placements
from tests.platforms import actor
from tests.services.learning_steps import add_course, appoint, grant, pass_course, sync
from tests.services.steps import check_books

MONDAY, FRIDAY = date(2024, 3, 11), date(2024, 3, 15)
NEW = "0042"


def record(platform: Platform, who: str = "H0001", **values: Any) -> int:
    asked: dict[str, Any] = {
        "staff_no": "E1001",
        "from_day": MONDAY,
        "to_day": FRIDAY,
        "reason": "annual leave",
    } | values
    return absences.record_absence(platform, actor=actor(platform, who), **asked)


# Absences.


def test_hr_and_the_supervisor_record_an_absence_and_nobody_else(platform: Platform) -> None:
    record(platform)
    record(platform, "S0001", from_day=date(2024, 4, 1), to_day=date(2024, 4, 1))
    for who in ("E1001", "E1002"):
        with pytest.raises(NotPermitted):
            record(platform, who, from_day=date(2024, 5, 1), to_day=date(2024, 5, 1))
    with pytest.raises(NotPermitted):  # not one of the own reports
        record(platform, "S0001", staff_no="H0001")

    own = absences.absences(platform, actor=actor(platform, "E1001"))
    assert [(one.from_day, one.to_day) for one in own] == [
        (MONDAY, FRIDAY),
        (date(2024, 4, 1), date(2024, 4, 1)),
    ]
    with pytest.raises(NotPermitted):
        absences.absences(platform, actor=actor(platform, "E1002"), staff_no="E1001")


def test_two_absences_never_share_a_day_and_a_cancelled_one_gives_its_days_back(
    platform: Platform,
) -> None:
    number = record(platform)
    for first, last in ((FRIDAY, FRIDAY + timedelta(days=1)), (MONDAY, MONDAY)):
        with pytest.raises(Refused, match=MONDAY.isoformat()):
            record(platform, from_day=first, to_day=last)
    record(platform, from_day=FRIDAY + timedelta(days=1), to_day=FRIDAY + timedelta(days=1))

    absences.cancel_absence(platform, actor=actor(platform, "S0001"), absence=number)
    record(platform, from_day=MONDAY, to_day=MONDAY)

    with pytest.raises(Refused):
        absences.cancel_absence(platform, actor=actor(platform, "H0001"), absence=number)
    with pytest.raises(NotFound):
        absences.cancel_absence(platform, actor=CONSOLE, absence=4711)
    with pytest.raises(NotPermitted):
        absences.cancel_absence(platform, actor=actor(platform, "E1001"), absence=number)
    check_books(platform)


@pytest.mark.parametrize(
    "values",
    [
        {"to_day": MONDAY - timedelta(days=1)},
        {"to_day": date(2025, 3, 12)},
        {"from_day": date(1024, 3, 11)},
        {"reason": "  "},
    ],
)
def test_days_or_a_reason_that_make_no_absence_are_bad_input(
    sqlite_platform: Platform, values: dict[str, Any]
) -> None:
    with pytest.raises(BadInput):
        record(sqlite_platform, **values)
    record(sqlite_platform, to_day=MONDAY + timedelta(days=absences.MOST_DAYS - 1))


def test_days_present_leave_out_absences_and_the_time_after_leaving(
    platform: Platform, clock: SetClock
) -> None:
    record(platform)
    clock.advance(timedelta(days=30))
    change_person(
        platform,
        actor=CONSOLE,
        staff_no="E1001",
        status=PersonStatus.LEFT,
        from_day=date(2024, 3, 25),
    )

    with platform.database.read() as session:
        person = people_kept.by_staff_no(session, "E1001")
        assert person is not None
        placed = placements.of_person(session, person)
        away = placements.absences(session)[person.id or 0]
        assert days_present(date(2024, 3, 1), date(2024, 3, 31), placed, away) == 21 - 5


def take(platform: Platform, path: Path, *, apply: bool = True) -> AbsenceReport:
    hr = actor(platform, "H0001")
    report = absence_import.import_absences(platform, actor=hr, path=path, apply=apply)
    assert report.found == report.added + report.unchanged + report.rejected
    return report


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_of_absences_is_tried_taken_over_and_known_again(
    platform: Platform, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "absences.csv"
    with speaking(language):
        heading = ",".join(_(one) for one in HEADINGS.values())
    path.write_text(
        f"某公司考勤\n{heading}\nE1001,2024-03-11,2024/3/15,年假\nE1002,2024年3月11日,20240311,病假\n",
        encoding="utf-8",
    )

    trial = take(platform, path, apply=False)
    assert (trial.found, trial.added, trial.applied) == (2, 2, False)
    assert absences.absences(platform, actor=CONSOLE, staff_no="E1001") == []
    assert take(platform, path).applied
    again = take(platform, path)

    assert (again.added, again.unchanged) == (0, 2)
    [one] = absences.absences(platform, actor=CONSOLE, staff_no="E1001")
    assert (one.from_day, one.to_day, one.reason) == (MONDAY, FRIDAY, "年假")


def test_every_bad_row_of_absences_is_named_and_nothing_is_changed(
    platform: Platform, tmp_path: Path
) -> None:
    record(platform)
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ["staff no", "from", "to", "reason"],
        ["E1001", "2024-03-15", "2024-03-18", "overlaps what is known"],
        ["E9999", "2024-03-15", "2024-03-15", "nobody"],
        ["E1002", "2024-03-15", "2024-03-14", "swapped"],
        ["E1002", "2024-02-30", "2024-03-14", "no such day"],
        ["E1002", "2024-04-01", "2024-04-05", ""],
        ["E1002", "2024-05-01", "2024-05-05", "good"],
        ["E1002", "2024-05-05", "2024-05-06", "overlaps the row above"],
    ):
        book.active.append(row)
    path = tmp_path / "absences.xlsx"
    book.save(path)

    report = take(platform, path)

    assert not report.applied
    assert [(one.row, one.column) for one in report.rejections] == [
        (2, "from"),
        (3, "staff no"),
        (4, "to"),
        (5, "from"),
        (6, "reason"),
        (8, "from"),
    ]
    assert "7" in report.rejections[-1].message
    assert absences.absences(platform, actor=CONSOLE, staff_no="E1002") == []
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInput):
        take(platform, path)
    with pytest.raises(NotPermitted):
        absence_import.import_absences(
            platform, actor=actor(platform, "S0001"), path=path, apply=False
        )


# Training owners.


@pytest.fixture
def phased(platform: Platform, tmp_path: Path) -> Platform:
    """The sample course in phase department and `floor` after it."""
    add_course(platform, tmp_path, "floor", phase='"on-site-practice"')
    sync(platform)
    return platform


def own(platform: Platform, owner_no: str = "S0001", staff_no: str = "E1001") -> None:
    hr = actor(platform, "H0001")
    owners.assign_owner(platform, actor=hr, staff_no=staff_no, owner_no=owner_no)


def phase(platform: Platform, code: str) -> onboarding.PhaseView:
    view = onboarding.onboarding(platform, actor=CONSOLE, staff_no="E1001")
    return next(one for one in view.phases if one.phase == code)


def test_a_training_owner_is_both_direct_supervisor_and_guide(platform: Platform) -> None:
    with pytest.raises(Refused) as refused:  # supervisor, no guide
        own(platform)
    assert "E1001 S0001" in refused.value.mend
    appoint(platform, "E1001", "E1002")
    with pytest.raises(Refused):  # guide, no supervisor
        own(platform, "E1002")
    appoint(platform, "E1001", "S0001")
    with pytest.raises(NotPermitted):
        owners.assign_owner(
            platform, actor=actor(platform, "S0001"), staff_no="E1001", owner_no="S0001"
        )
    own(platform)
    with pytest.raises(Refused):
        own(platform)

    [one] = owners.owners(platform, actor=actor(platform, "E1001"))
    assert (one.staff_no, one.to_day, one.is_supervisor) == ("S0001", None, True)
    check_books(platform)


def test_a_guidance_that_has_ended_makes_no_owner(platform: Platform, clock: SetClock) -> None:
    appoint(platform, "E1001", "S0001")
    guides.end(platform, actor=CONSOLE, staff_no="E1001", guide_no="S0001")
    clock.advance(timedelta(days=1))

    with pytest.raises(Refused):
        own(platform)


def test_the_department_phase_waits_for_a_new_owner_when_the_supervisor_changes_in_mid_course(
    phased: Platform,
) -> None:
    appoint(phased, "E1001", "S0001")
    own(phased)
    grant(phased, "H0001", Role.SUPERVISOR)
    change_person(phased, actor=CONSOLE, staff_no="E1001", supervisor_no="H0001")
    pass_course(phased, "E1001")

    waits = phase(phased, DEPARTMENT)
    assert (waits.is_complete, waits.lacks_owner, waits.to_do) == (False, True, ())
    assert not phase(phased, "on-site-practice").is_open
    assert onboarding.phase_text(waits)
    view = learning.course_view(phased, actor=actor(phased, "E1001"), course="floor")
    assert [lock.kind for lock in view.locks] == ["owner"]
    assert locked_text(view.locks)

    appoint(phased, "E1001", "H0001")
    own(phased, "H0001")
    assert phase(phased, DEPARTMENT).is_complete
    assert phase(phased, "on-site-practice").is_open
    assert [
        (one.staff_no, one.to_day is None)
        for one in owners.owners(phased, actor=CONSOLE, staff_no="E1001")
    ] == [("S0001", False), ("H0001", True)]


def test_a_phase_that_was_complete_before_the_supervisor_changed_stays_so(
    phased: Platform,
) -> None:
    appoint(phased, "E1001", "S0001")
    own(phased)
    pass_course(phased, "E1001")
    change_person(phased, actor=CONSOLE, staff_no="E1001", supervisor_no="H0001")

    assert phase(phased, DEPARTMENT).is_complete
    [one] = owners.owners(phased, actor=CONSOLE, staff_no="E1001")
    assert one.to_day is not None


def test_where_no_owner_was_named_nothing_waits_for_one(phased: Platform) -> None:
    change_person(phased, actor=CONSOLE, staff_no="E1001", supervisor_no="H0001")
    pass_course(phased, "E1001")

    assert phase(phased, DEPARTMENT).is_complete


def test_who_is_freed_from_the_phase_needs_no_owner(phased: Platform) -> None:
    appoint(phased, "E1001", "S0001")
    own(phased)
    change_person(phased, actor=CONSOLE, staff_no="E1001", supervisor_no="H0001")
    onboarding.exempt(
        phased, actor=CONSOLE, staff_no="E1001", phase=DEPARTMENT, reason="did it before"
    )

    assert not phase(phased, DEPARTMENT).lacks_owner
    assert phase(phased, "on-site-practice").is_open


# Refusals.


@pytest.fixture
def newcomer(platform: Platform) -> Platform:
    """`NEW` was hired under S0001 and has the sample course to do."""
    people.add_person(
        platform,
        actor=CONSOLE,
        staff_no=NEW,
        name="新人",
        department="CS",
        post="agent",
        hired_on=date(2024, 3, 4),
        supervisor_no="S0001",
    )
    return platform


def overdue(platform: Platform) -> list[str]:
    view = home(platform, actor=actor(platform, NEW))
    return [one.course.code for one in view.due if one.is_overdue]


@pytest.mark.parametrize("who", [NEW, "S0001", "H0001"])
def test_a_refusal_that_nobody_decided_leaves_the_course_open_and_overdue(
    newcomer: Platform, clock: SetClock, who: str
) -> None:
    refusals.refuse(newcomer, actor=actor(newcomer, who), staff_no=NEW, reason="knows it all")
    clock.advance(timedelta(days=60))

    assert overdue(newcomer) == ["sample"]
    view = onboarding.onboarding(newcomer, actor=actor(newcomer, NEW))
    [one] = view.refusals
    assert (one.reason, one.accepted) == ("knows it all", None)
    assert "knows it all" in refusals.refusal_text(one)
    [waits] = refusals.waiting(newcomer, actor=actor(newcomer, "H0001"))
    assert (waits.staff_no, waits.reason) == (NEW, "knows it all")


def test_only_hr_accepts_a_reason_and_then_nothing_is_overdue(
    newcomer: Platform, clock: SetClock
) -> None:
    refusals.refuse(newcomer, actor=actor(newcomer, NEW), reason="transferred from head office")
    accept: dict[str, Any] = {"staff_no": NEW, "accepted": True, "decision": "proved"}
    for who in (NEW, "S0001", "E1001"):
        with pytest.raises(NotPermitted):
            refusals.decide(newcomer, actor=actor(newcomer, who), **accept)
    with pytest.raises(Refused):
        refusals.decide(newcomer, actor=CONSOLE, **accept)
    with pytest.raises(BadInput):
        refusals.decide(newcomer, actor=actor(newcomer, "H0001"), **accept | {"decision": ""})
    refusals.decide(newcomer, actor=actor(newcomer, "H0001"), **accept)
    clock.advance(timedelta(days=60))

    assert overdue(newcomer) == []
    assert not phase_of(newcomer, NEW).is_complete
    with pytest.raises(Refused):
        refusals.decide(newcomer, actor=actor(newcomer, "H0001"), **accept)
    with pytest.raises(Refused):
        refusals.refuse(newcomer, actor=actor(newcomer, NEW), reason="again")
    [told] = messages.unread(newcomer, actor=actor(newcomer, NEW))
    assert "proved" in messages.text(told)
    assert refusals.waiting(newcomer, actor=actor(newcomer, "H0001")) == []
    check_books(newcomer)


def test_a_reason_that_was_not_accepted_changes_nothing_and_may_be_given_anew(
    newcomer: Platform, clock: SetClock
) -> None:
    refusals.refuse(newcomer, actor=actor(newcomer, NEW), reason="no time")
    refusals.decide(
        newcomer,
        actor=actor(newcomer, "H0001"),
        staff_no=NEW,
        accepted=False,
        decision="everybody has time",
    )
    clock.advance(timedelta(days=60))

    assert overdue(newcomer) == ["sample"]
    refusals.refuse(newcomer, actor=actor(newcomer, NEW), reason="a better one")
    texts = [
        refusals.refusal_text(one)
        for one in onboarding.onboarding(newcomer, actor=actor(newcomer, NEW)).refusals
    ]
    assert "everybody has time" in texts[0]
    assert "a better one" in texts[1]


def test_nobody_of_hr_decides_about_the_own_refusal(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    with platform.database.write() as session:
        session.add(
            Enrolment(person_id=hr.person_id, course_id=1, enrolled_at=platform.clock.now())
        )
    refusals.refuse(platform, actor=hr, reason="busy")

    with pytest.raises(NotPermitted):
        refusals.decide(platform, actor=hr, staff_no="H0001", accepted=True, decision="yes")


def test_there_is_nothing_to_refuse_without_onboarding_and_others_may_not_speak_for_one(
    platform: Platform,
) -> None:
    with pytest.raises(Refused):
        refusals.refuse(platform, actor=actor(platform, "E1001"), reason="no")
    with pytest.raises(NotPermitted):
        refusals.refuse(platform, actor=actor(platform, "E1002"), staff_no="E1001", reason="no")


def phase_of(platform: Platform, staff_no: str) -> onboarding.PhaseView:
    view = onboarding.onboarding(platform, actor=CONSOLE, staff_no=staff_no)
    return next(one for one in view.phases if one.courses)
