"""The register: every check in it, who may check whom, who is told, who confirms, what is due."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from certify.domain.checklist import Mark, Scope, Seen
from certify.domain.inspection import InspectionResult
from certify.domain.inspection_schedule import WeekKind
from certify.domain.person import Role
from certify.domain.placement import Absence
from certify.errors import BadInput, CertifyError, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.policy import Policy
from certify.policy.quality import InspectionPolicy
from certify.services import messages
from certify.services.inspection import (
    checklists,
    reading,
    recording,
    register,
    results,
    schedule,
    skill,
    words,
)
from certify.services.inspection.schedule import Reason
from certify.storage import people
from tests.platforms import actor, with_policy
from tests.services.inspection_steps import (
    FAULT,
    check,
    hire,
    inspectors,
    kinds,
    on,
    rate_standards,
    told,
)
from tests.services.learning_steps import appoint, pass_course
from tests.services.steps import check_books

MONDAY = date(2024, 3, 4)


@pytest.fixture
def ready(platform: Platform) -> Platform:
    """Two inspectors."""
    inspectors(platform)
    return platform


@pytest.fixture
def quick(sqlite_platform: Platform, tmp_path: Path) -> Platform:
    """Two inspectors and standards, on SQLite alone."""
    inspectors(sqlite_platform)
    rate_standards(sqlite_platform, tmp_path)
    return sqlite_platform


def test_checks_with_and_without_fault_are_numbered_without_gaps(ready: Platform) -> None:
    numbers = [check(ready, "E1001"), check(ready, "E1002", fault=True)]
    with pytest.raises(BadInput):
        check(ready, "E1001", day=date(2024, 3, 5))
    with pytest.raises(NotFound):
        check(ready, "nobody")
    numbers.append(check(ready, "E1001"))
    assert numbers == [f"IN-2024-00000{n}" for n in (1, 2, 3)]
    on(ready, date(2025, 1, 2))
    assert check(ready, "E1001") == "IN-2025-000001"
    check_books(ready)


def test_a_line_keeps_every_point_as_it_was_worded(quick: Platform) -> None:
    number = recording.record_check(
        quick,
        actor=actor(quick, "I0001"),
        checklist="discipline",
        seen={**FAULT, "lost-property": Seen(Mark.NOT_SEEN)},
        staff_no="E1001",
        finding="高峰时段迟到",
    )
    view = register.show(quick, actor=actor(quick, "I0002"), number=number)
    marks = [point.mark for point in view.points]
    assert marks == [Mark.FAULT, Mark.OK, Mark.OK, Mark.OK, Mark.OK, Mark.NOT_SEEN]
    assert view.points[0].remark == "迟到十分钟"
    assert (view.result, view.scope) == (InspectionResult.NOT_MET, Scope.RULES)
    assert view.title["en"] == "Discipline"


def test_nothing_seen_is_not_judged_and_an_unknown_point_is_refused(quick: Platform) -> None:
    inspector = actor(quick, "I0001")
    number = recording.record_check(
        quick,
        actor=inspector,
        checklist="other",
        seen={"quality": Seen(Mark.NOT_SEEN)},
        staff_no="E1001",
    )
    view = register.show(quick, actor=inspector, number=number)
    assert view.result is InspectionResult.NOT_JUDGED
    for wrong in ({"nothing": Seen()}, {"punctual": Seen(Mark.FAULT, "x" * 201)}):
        with pytest.raises(BadInput):
            recording.record_check(
                quick, actor=inspector, checklist="discipline", seen=wrong, staff_no="E1001"
            )
    with pytest.raises(NotFound):
        recording.record_check(quick, actor=inspector, checklist="x", seen={}, staff_no="E1001")


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"standard": "CS-002", "sampled": 20, "passed": 21}, BadInput),
        ({"standard": "CS-003", "sampled": 20, "passed": 20}, BadInput),
        ({"standard": "CS-999", "sampled": 20, "passed": 20}, NotFound),
        ({"standard": "CS-002", "sampled": 2, "passed": 1, "window": "11:00-10:00"}, BadInput),
        ({"standard": "CS-002", "sampled": 2, "passed": 1, "department": "XX"}, NotFound),
        ({"standard": "CS-002", "sampled": 2, "passed": 1, "staff_no": "E1001"}, BadInput),
        ({"standard": "CS-002", "sampled": 2, "passed": 1, "department": ""}, BadInput),
        ({"standard": "CS-002", "sampled": 2, "passed": 2, "is_major": True}, BadInput),
    ],
)
def test_a_rate_check_that_cannot_be_is_refused_and_takes_no_number(
    quick: Platform, values: dict[str, object], error: type[CertifyError]
) -> None:
    inspector = actor(quick, "I0001")
    with pytest.raises(error):
        recording.record_rate(quick, actor=inspector, **{"department": "CS", **values})  # type: ignore[arg-type]
    assert check(quick, "E1001") == "IN-2024-000001"


def test_the_target_is_kept_as_it_was_on_the_day(quick: Platform) -> None:
    inspector = actor(quick, "I0001")
    number = recording.record_rate(
        quick, actor=inspector, standard=" cs-002 ", sampled=0, passed=0, department="CS"
    )
    view = register.show(quick, actor=inspector, number=number.lower())
    assert (view.result, view.target["value"]) == (InspectionResult.NOT_JUDGED, "95")
    assert words.rate_text(view.sampled, view.passed) == "0/0 = –"
    assert words.rate_text(20, 19) == "19/20 = 95.00 %"
    with pytest.raises(NotFound):
        recording.record_rate(
            quick,
            actor=inspector,
            standard="CS-002",
            sampled=1,
            passed=1,
            department="CS",
            day=date(2022, 12, 31),
        )


def test_nobody_checks_themselves_or_their_direct_supervisor(ready: Platform) -> None:
    hire(ready, "I0003", Role.INSPECTOR, supervisor="S0001")
    for whom in ("I0003", "S0001"):
        with pytest.raises(NotPermitted):
            check(ready, whom, who="I0003")
    assert check(ready, "S0001", who="I0001")
    assert check(ready, "I0003", who="I0001")


def test_nobody_checks_on_the_same_day_who_checked_them(ready: Platform) -> None:
    check(ready, "I0002", who="I0001")
    with pytest.raises(Refused):
        check(ready, "I0001", who="I0002")
    on(ready, date(2024, 3, 5))
    check(ready, "I0001", who="I0002")
    with pytest.raises(Refused):
        check(ready, "I0002", who="I0001")
    with pytest.raises(Refused):
        check(ready, "I0001", who="I0002", day=MONDAY)


@pytest.mark.parametrize("who", ["E1001", "S0001", "H0001"])
def test_only_inspectors_enter_checks(ready: Platform, who: str) -> None:
    with pytest.raises(NotPermitted):
        check(ready, "E1002", who=who)


def test_a_major_problem_is_reported_at_once_to_supervisor_hr_and_inspectors(
    ready: Platform,
) -> None:
    hire(ready, "S0002", Role.SUPERVISOR)
    with pytest.raises(BadInput):
        check(ready, "E1001", fault=True, is_major=True)
    with pytest.raises(BadInput):
        check(ready, "E1001", is_major=True, finding="无人值守")
    number = check(ready, "E1001", fault=True, is_major=True, finding="私留客户物品")
    for who in ("S0001", "H0001", "I0002"):
        [message] = told(ready, who)
        assert (message.kind, message.facts["number"]) == ("major-problem", number)
        assert "私留客户物品" in words.message_text(message.kind, message.facts)
    assert kinds(ready, "I0001") == []
    assert kinds(ready, "S0002") == []
    assert kinds(ready, "E1001") == ["inspected"]


def test_a_major_problem_of_a_department_goes_to_its_supervisors(quick: Platform) -> None:
    recording.record_rate(
        quick,
        actor=actor(quick, "I0001"),
        standard="CS-001",
        sampled=2,
        passed=0,
        department="CS",
        is_major=True,
        finding="无人接听",
    )
    assert kinds(quick, "S0001") == ["major-problem"]


def test_the_inspected_person_confirms_reading_once(ready: Platform) -> None:
    number = check(ready, "E1001")
    person = actor(ready, "E1001")
    [view] = register.unconfirmed(ready, actor=person)
    assert (view.number, view.is_own, view.read_on) == (number, True, None)
    for other in ("E1002", "S0001", "I0001"):
        with pytest.raises(NotFound):
            reading.confirm(ready, actor=actor(ready, other), number=number)
    reading.confirm(ready, actor=person, number=number)
    with pytest.raises(Refused):
        reading.confirm(ready, actor=person, number=number)
    assert register.unconfirmed(ready, actor=person) == []
    assert messages.unread(ready, actor=person) == []
    assert register.show(ready, actor=person, number=number).read_on == MONDAY


def test_reading_the_message_confirms_the_result_too(ready: Platform) -> None:
    check(ready, "E1001", fault=True)
    person = actor(ready, "E1001")
    [message] = messages.unread(ready, actor=person)
    assert _("Not met") in messages.text(message)
    assert "不迟到，不早退" in messages.text(message)
    messages.read(ready, actor=person, message_id=message.id)
    assert register.unconfirmed(ready, actor=person) == []
    messages.read(ready, actor=person, message_id=message.id)
    check_books(ready)


def test_people_see_what_is_about_them_and_supervisors_their_own(quick: Platform) -> None:
    hire(quick, "S0002", Role.SUPERVISOR)
    number = check(quick, "E1001")
    rate = recording.record_rate(
        quick,
        actor=actor(quick, "I0001"),
        standard="CS-001",
        sampled=1,
        passed=1,
        department="CS",
    )
    seen = {
        who: [one.number for one in register.register(quick, actor=actor(quick, who))]
        for who in ("E1001", "E1002", "S0001", "S0002", "H0001", "I0002")
    }
    assert seen == {
        "E1001": [number],
        "E1002": [],
        "S0001": [rate, number],
        "S0002": [rate],
        "H0001": [rate, number],
        "I0002": [rate, number],
    }
    with pytest.raises(NotFound):
        register.show(quick, actor=actor(quick, "E1002"), number=number)

    def about(who: str, staff_no: str) -> int:
        wanted = register.RegisterFilter(staff_no=staff_no)
        return len(register.register(quick, actor=actor(quick, who), wanted=wanted))

    assert about("S0001", "E1001") == 1
    assert about("E1002", "E1001") == about("E1002", "X9999") == 0
    with pytest.raises(NotFound):
        about("H0001", "X9999")


def test_the_report_and_the_evidence_count_each_check_once(quick: Platform) -> None:
    check(quick, "E1001")
    check(quick, "E1001", fault=True)
    inspector = actor(quick, "I0001")
    recording.record_rate(
        quick, actor=inspector, standard="CS-001", sampled=0, passed=0, staff_no="E1002"
    )
    [one] = results.report(quick, actor=inspector, first=MONDAY, last=MONDAY)
    assert (one.code, one.checks, one.people) == ("CS", 3, 2)
    assert (one.met, one.not_met, one.not_judged) == (1, 1, 1)
    with pytest.raises(NotPermitted):
        results.report(quick, actor=actor(quick, "S0001"), first=MONDAY, last=MONDAY)
    with quick.database.read() as session:
        person_id = actor(quick, "E1001").person_id
        found = results.results_of(session, person_id, MONDAY, MONDAY)
        assert (found.met, found.not_met, found.major) == (1, 1, 0)
        assert found.share is not None
        assert found.share * 2 == 1
        assert len(found.numbers) == 2
        before = results.results_of(session, person_id, date(2024, 1, 1), date(2024, 3, 3))
        assert (before.numbers, before.share) == ((), None)


def test_six_lists_of_four_scopes_come_with_certify(quick: Platform) -> None:
    found = checklists.checklists(quick, actor=actor(quick, "I0001"))
    assert {one.scope for one in found} == set(Scope)
    assert [one.code for one in found][:3] == ["appearance", "discipline", "conduct"]
    for one in found:
        for text in (one.title, *(point.text for point in one.points)):
            assert set(text) == {"zh", "en"}
            assert all(text.values())


def own_list(platform: Platform, text: str) -> Path:
    folder = platform.settings.home.checklists
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


OWN = """format = 1
code = "parking"
scope = "other"
title = { zh = "停车场" }

[[points]]
code = "lines"
text = { zh = "车停在线内" }
"""


def test_a_company_adds_a_list_of_its_own(quick: Platform) -> None:
    own_list(quick, OWN)
    number = recording.record_check(
        quick,
        actor=actor(quick, "I0001"),
        checklist="parking",
        seen={"lines": Seen(Mark.FAULT)},
        department="CS",
    )
    view = register.show(quick, actor=actor(quick, "I0001"), number=number)
    assert (view.title["zh"], view.points[0].text) == ("停车场", {"zh": "车停在线内"})


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda text: text.replace('"other"', '"others"'), 3),
        (lambda text: text.replace("format = 1", "format = 2"), 1),
        (lambda text: text + '[[points]]\ncode = "lines"\ntext = { zh = "又一条" }\n', 6),
        (lambda text: text.replace('"停车场" }', "“停车场” }"), 4),
    ],
)
def test_a_list_that_cannot_be_used_names_file_and_line(
    quick: Platform, change: Callable[[str], str], line: int
) -> None:
    path = own_list(quick, change(OWN))
    with pytest.raises(BadInput) as refused:
        checklists.known(quick)
    assert refused.value.place == f"{path}:{line}"


def weekly(platform: Platform, weeks: int, *, fault: bool = False, first: date = MONDAY) -> date:
    """A check of E1001 in each of some weeks; the Monday after them."""
    for week in range(weeks):
        on(platform, first + timedelta(weeks=week, days=1))
        check(platform, "E1001", fault=fault)
    on(platform, first + timedelta(weeks=weeks))
    return first + timedelta(weeks=weeks)


def reasons(platform: Platform, who: str = "I0001") -> dict[str, set[Reason]]:
    found: dict[str, set[Reason]] = {}
    for one in schedule.due(platform, actor=actor(platform, who)):
        found.setdefault(one.staff_no, set()).add(one.reason)
    return found


def test_who_began_on_site_practice_is_due_every_week_overdue_ones_first(ready: Platform) -> None:
    appoint(ready, "E1001", "S0001")
    on(ready, MONDAY + timedelta(weeks=2))
    first, *others = schedule.due(ready, actor=actor(ready, "I0001"))
    assert (first.staff_no, first.reason) == ("E1001", Reason.NEWCOMER)
    assert (first.due_on, first.is_overdue) == (MONDAY + timedelta(days=6), True)
    assert {one.reason for one in others} == {Reason.TURN}
    assert len(others) == 3
    check(ready, "E1001")
    assert Reason.NEWCOMER not in reasons(ready).get("E1001", set())


def test_a_week_of_absence_is_no_missed_week_and_a_cancelled_one_is(ready: Platform) -> None:
    appoint(ready, "E1001", "S0001")
    pass_course(ready, "E1001")
    after = weekly(ready, 2)
    person = actor(ready, "E1001")
    with ready.database.write() as session:
        absence = Absence(
            person_id=person.person_id,
            from_day=after,
            to_day=after + timedelta(days=4),
            reason="年假",
            recorded_by=person.person_id,
            at=datetime(2024, 3, 1, tzinfo=UTC),
        )
        session.add(absence)
        session.flush()
        absence_id = absence.id
    weekly(ready, 2, first=after + timedelta(weeks=1))
    found = schedule.newcomer_of(ready, actor=person)
    assert found is not None
    assert [one.kind for one in found.weeks if one.kind is WeekKind.AWAY] == [WeekKind.AWAY]
    assert found.skilled_from == after + timedelta(weeks=3)
    with ready.database.write() as session:
        row = session.get_one(Absence, absence_id)
        row.cancelled_at = row.at
        session.add(row)
    found = schedule.newcomer_of(ready, actor=person)
    assert found is not None
    assert (found.skilled_from, found.run) == (None, 2)


def test_without_the_level_four_clean_weeks_are_not_enough(quick: Platform) -> None:
    appoint(quick, "E1001", "S0001")
    weekly(quick, 4)
    assert Reason.NEWCOMER in reasons(quick)["E1001"]
    pass_course(quick, "E1001")
    assert Reason.NEWCOMER not in reasons(quick).get("E1001", set())


def test_after_twelve_weeks_the_direct_supervisor_decides(ready: Platform) -> None:
    appoint(ready, "E1001", "S0001")
    said = {"staff_no": "E1001", "reason": "独立处理投诉"}
    supervisor = actor(ready, "S0001")
    weekly(ready, 11, fault=True)
    with pytest.raises(Refused):
        skill.decide(ready, actor=supervisor, skilled=True, **said)
    weekly(ready, 1, fault=True, first=MONDAY + timedelta(weeks=11))
    assert reasons(ready)["E1001"] == {Reason.NEWCOMER, Reason.DECISION}
    assert Reason.DECISION in reasons(ready, "S0001")["E1001"]
    for who in ("E1001", "I0001", "H0001"):
        with pytest.raises(NotPermitted):
            skill.decide(ready, actor=actor(ready, who), skilled=True, **said)
    skill.decide(ready, actor=supervisor, skilled=True, **said)
    assert reasons(ready).get("E1001", set()) <= {Reason.TURN}
    assert kinds(ready, "E1001")[-1] == "skill-decided"
    with pytest.raises(Refused):
        skill.decide(ready, actor=supervisor, skilled=True, **said)


def test_a_no_is_asked_again_after_as_many_weeks(quick: Platform) -> None:
    short = with_policy(quick, Policy(inspection=InspectionPolicy(undecided_weeks=1)))
    appoint(short, "E1001", "S0001")
    weekly(short, 1, fault=True)
    skill.decide(
        short, actor=actor(short, "S0001"), staff_no="E1001", skilled=False, reason="还需练习"
    )
    assert reasons(short)["E1001"] == {Reason.NEWCOMER}
    on(short, MONDAY + timedelta(weeks=3))
    assert reasons(short)["E1001"] == {Reason.NEWCOMER, Reason.DECISION}


def test_everybody_is_due_within_a_quarter(quick: Platform) -> None:
    on(quick, MONDAY + timedelta(days=93))
    found = schedule.due(quick, actor=actor(quick, "I0001"))
    assert {one.staff_no for one in found} >= {"E1001", "E1002", "S0001"}
    assert all(one.reason is Reason.QUARTER and one.is_overdue for one in found)
    check(quick, "E1001")
    assert "E1001" not in reasons(quick)
    own = next(one for one in found if one.staff_no == "I0001")
    assert not own.may_inspect


def test_nobody_is_overdue_for_the_time_before_certify_was_introduced(quick: Platform) -> None:
    with quick.database.write() as session:
        veteran = people.by_staff_no(session, "E1001")
        assert veteran is not None
        veteran.hired_on = date(2010, 1, 4)
        session.add(veteran)
    check(quick, "E1002")  # the first entry in the ledger
    assert not any(one.is_overdue for one in schedule.due(quick, actor=actor(quick, "I0001")))
    on(quick, MONDAY + timedelta(days=93))
    found = schedule.due(quick, actor=actor(quick, "I0001"))
    assert next(one for one in found if one.staff_no == "E1001").is_overdue


def test_who_neither_inspects_nor_supervises_sees_no_due_list(quick: Platform) -> None:
    with pytest.raises(NotPermitted):
        schedule.due(quick, actor=actor(quick, "E1001"))
    assert set(reasons(quick, "S0001")) <= {"E1001", "E1002"}
