"""People change: what held before stays known, circles are refused, leavers named (R-PPL-01)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.person import CONSOLE, Person, PersonStatus, Role
from certify.domain.placement import Placement, placed_on
from certify.domain.qualification import Qualification
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import departments, listing, messages, people, training_needs
from certify.services.listing import ListFilter
from certify.services.people_import import import_people
from certify.services.placing import changing, history
from certify.services.placing.change_words import change_text
from certify.services.placing.changing import change_person
from certify.storage import courses, ledger, placements
from certify.storage import people as people_kept
from certify.storage.placements import PlacementRow
from tests.platforms import actor
from tests.services.learning_steps import add_course, grant, pass_course, sync

TODAY = date(2024, 3, 4)
LATER = date(2024, 4, 1)


def to(clock: SetClock, day: date) -> None:
    """Let it be noon in Shanghai on a day."""
    clock.set(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def change(platform: Platform, staff_no: str, **values: Any) -> changing.Changed:
    return change_person(platform, actor=actor(platform, "H0001"), staff_no=staff_no, **values)


def written(platform: Platform, staff_no: str) -> list[tuple[date, str, PersonStatus]]:
    with platform.database.read() as session:
        person = people_kept.by_staff_no(session, staff_no)
        assert person is not None
        return [
            (one.from_day, one.name, one.status) for one in placements.of_person(session, person)
        ]


@pytest.fixture
def two_departments(platform: Platform) -> Platform:
    """A second department and a second post."""
    departments.add_department(platform, actor=CONSOLE, code="TEC", name="技术部")
    departments.add_post(platform, actor=CONSOLE, code="technician", name="技术专员")
    return platform


def test_a_change_keeps_what_held_before(two_departments: Platform, clock: SetClock) -> None:
    platform = two_departments
    to(clock, LATER)
    done = change(platform, "E1001", name="王小蓝", department="TEC", post="technician")

    assert done.fields == ("department_id", "name", "post_id")
    assert done.effects.from_day == LATER
    view = history.history(platform, actor=actor(platform, "E1001"))
    assert [
        (one.from_day, one.to_day, one.name, one.department["zh"]) for one in view.placements
    ] == [
        (TODAY, LATER - timedelta(days=1), "王小兰", "客服部"),
        (LATER, None, "王小蓝", "技术部"),
    ]
    assert not view.may_change
    before = history.placement_on(
        platform, actor=CONSOLE, staff_no="E1001", day=LATER - timedelta(days=1)
    )
    assert before is not None
    assert before.post["zh"] == "客服专员"
    day_before_hire = TODAY - timedelta(days=1)
    assert (
        history.placement_on(platform, actor=CONSOLE, staff_no="E1001", day=day_before_hire) is None
    )


def test_what_is_the_same_already_changes_nothing(platform: Platform) -> None:
    done = change(platform, "E1001", name="王小兰", department="CS", supervisor_no="S0001")

    assert done.fields == ()
    assert len(written(platform, "E1001")) == 1
    text = _("{who}: nothing is different.").format(who="王小兰 E1001")
    assert list(change_text(done)) == [text]


def test_a_change_holds_from_an_earlier_day_but_rewrites_no_closed_period(
    platform: Platform, clock: SetClock
) -> None:
    to(clock, date(2024, 5, 1))
    change(platform, "E1001", name="甲", from_day=date(2024, 4, 10))

    with pytest.raises(Refused, match="2024-04-10"):
        change(platform, "E1001", name="乙", from_day=date(2024, 4, 9))
    with pytest.raises(BadInput, match="2024-05-02"):
        change(platform, "E1001", name="乙", from_day=date(2024, 5, 2))
    with pytest.raises(BadInput, match="2024-03-04"):
        change(platform, "E1001", name="乙", from_day=date(2024, 3, 3))
    change(platform, "E1001", name="丙", from_day=date(2024, 4, 10))

    view = history.history(platform, actor=CONSOLE, staff_no="E1001")
    assert [(one.from_day, one.name) for one in view.placements] == [
        (TODAY, "王小兰"),
        (date(2024, 4, 10), "丙"),
    ]


def test_a_hire_still_to_come_may_be_changed_from_its_first_day(platform: Platform) -> None:
    first = TODAY + timedelta(days=20)
    people.add_person(
        platform,
        actor=CONSOLE,
        staff_no="0042",
        name="新人",
        department="CS",
        post="agent",
        hired_on=first,
    )
    change(platform, "0042", supervisor_no="S0001")

    [one] = history.history(platform, actor=CONSOLE, staff_no="0042").placements
    assert (one.from_day, one.supervisor_no, one.is_to_come) == (first, "S0001", True)


def test_a_circle_of_supervisors_is_refused_and_named(platform: Platform) -> None:
    change(platform, "E1002", supervisor_no="E1001")

    with pytest.raises(Refused, match="S0001 → E1002 → E1001 → S0001"):
        change(platform, "S0001", supervisor_no="E1002")
    with pytest.raises(Refused, match="S0001 → S0001"):
        change(platform, "S0001", supervisor_no="S0001")
    change(platform, "E1001", supervisor_no="")
    assert change(platform, "S0001", supervisor_no="E1002").fields == ("supervisor_id",)


def test_a_leaver_who_is_somebodys_supervisor_is_named(platform: Platform, clock: SetClock) -> None:
    to(clock, LATER)
    done = change(platform, "S0001", status=PersonStatus.LEFT, from_day=date(2024, 3, 20))

    assert done.reports == ("E1001 王小兰", "E1002 李雷")
    assert "E1001 王小兰" in "\n".join(change_text(done))
    assert written(platform, "S0001")[-1] == (date(2024, 3, 20), "主管", PersonStatus.LEFT)
    with pytest.raises(BadInput):
        change(platform, "H0001", supervisor_no="S0001")


def test_who_comes_back_keeps_the_number_and_gets_a_new_hire_date(
    platform: Platform, clock: SetClock
) -> None:
    change(platform, "E1001", status=PersonStatus.LEFT)
    to(clock, LATER)
    change(platform, "E1001", status=PersonStatus.EMPLOYED, from_day=date(2024, 3, 25))

    assert [(day, status) for day, _name, status in written(platform, "E1001")][-2:] == [
        (TODAY, PersonStatus.LEFT),
        (date(2024, 3, 25), PersonStatus.EMPLOYED),
    ]
    with platform.database.read() as session:
        person = people_kept.by_staff_no(session, "E1001")
        assert person is not None
        assert person.hired_on == date(2024, 3, 25)
        assert courses.enrolments(session, person.id or 0)


def test_a_slip_that_somebody_left_is_taken_back_on_the_same_day(platform: Platform) -> None:
    change(platform, "E1001", status=PersonStatus.LEFT)
    assert change(platform, "E1001", status=PersonStatus.EMPLOYED).fields == ("status",)

    [one] = history.history(platform, actor=CONSOLE, staff_no="E1001").placements
    assert (one.from_day, one.status) == (TODAY, PersonStatus.EMPLOYED)


def test_only_hr_or_an_administrator_changes_people(platform: Platform) -> None:
    for who in ("E1001", "S0001"):
        with pytest.raises(NotPermitted):
            change_person(platform, actor=actor(platform, who), staff_no="E1001", name="x")
    with pytest.raises(NotPermitted):
        history.history(platform, actor=actor(platform, "E1002"), staff_no="E1001")
    assert history.history(platform, actor=actor(platform, "S0001"), staff_no="E1001").may_record
    with pytest.raises(NotFound):
        change(platform, "nobody", name="x")


def test_hr_lets_no_administrator_leave_and_the_last_one_stays(platform: Platform) -> None:
    with pytest.raises(NotPermitted):
        change(platform, "0001", status=PersonStatus.LEFT)
    with pytest.raises(BadInput):
        change_person(platform, actor=CONSOLE, staff_no="0001", status=PersonStatus.LEFT)
    grant(platform, "E1002", Role.ADMINISTRATOR)
    change_person(platform, actor=CONSOLE, staff_no="0001", status=PersonStatus.LEFT)


@pytest.mark.parametrize(
    "values",
    [{"department": "XX"}, {"post": "xx"}, {"supervisor_no": "S9"}, {"name": ""}, {"name": "a\nb"}],
)
def test_a_value_that_cannot_be_used_changes_nothing(
    sqlite_platform: Platform, values: dict[str, str]
) -> None:
    with pytest.raises(BadInput):
        change(sqlite_platform, "E1001", **values)
    assert len(written(sqlite_platform, "E1001")) == 1


def test_the_ledger_names_fields_and_day_without_personal_data(platform: Platform) -> None:
    change(platform, "E1001", name="某人", status=PersonStatus.LEFT)

    with platform.database.read() as session:
        last = list(ledger.entries(session))[-1]
    assert last.action == "person-changed"
    assert last.facts == {
        "fields": ["name", "status"],
        "from_day": TODAY.isoformat(),
        "status": "left",
    }


def test_a_new_post_assigns_the_difference_and_names_what_does_not_cover_it(
    two_departments: Platform, tmp_path: Any
) -> None:
    platform = two_departments
    add_course(platform, tmp_path, "special", kind='"special"', phase="", module='"repair"')
    sync(platform)
    training_needs.add_need(platform, actor=CONSOLE, post="technician", layer="", module="repair")
    pass_course(platform, "E1001")
    with platform.database.write() as session:
        for one in session.exec(select(Qualification)).all():
            one.post = one.post or ("agent" if one.kind == "post" else "")
            session.add(one)

    done = change(platform, "E1001", post="technician")

    assert done.effects.courses == 1
    assert [title["zh"] for title in done.effects.uncovered] == ["接待"]
    told = messages.unread(platform, actor=actor(platform, "E1001"))
    assert [one.kind for one in told] == ["post-changed"]
    assert "接待" in messages.text(told[0])
    assert change(platform, "E1001", post="agent").effects.uncovered == ()


# The whole chain of an import.


def take(platform: Platform, folder: Any, text: str, *, apply: bool = True) -> Any:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return import_people(platform, actor=CONSOLE, path=path, apply=apply)


HEADING = "工号,姓名,部门,岗位,直接主管,入职日期,状态\n"


def test_an_import_writes_the_history_of_new_and_of_changed_people(
    two_departments: Platform, clock: SetClock, tmp_path: Any
) -> None:
    platform = two_departments
    to(clock, LATER)
    report = take(
        platform,
        tmp_path,
        HEADING + "0042,韩梅梅,CS,agent,0043,2024-03-11,\n0043,李华,CS,agent,S0001,2024-03-12,\n"
        "E1001,,TEC,,,,\nE1002,,,,,,离职\n",
    )

    assert (report.added, report.changed, report.rejections) == (2, 2, ())
    new = history.history(platform, actor=CONSOLE, staff_no="0042").placements
    assert [(one.from_day, one.supervisor_no) for one in new] == [(date(2024, 3, 11), "0043")]
    moved = history.history(platform, actor=CONSOLE, staff_no="E1001").placements
    assert [(one.from_day, one.department["zh"]) for one in moved] == [
        (TODAY, "客服部"),
        (LATER, "技术部"),
    ]
    assert written(platform, "E1002")[-1][2] is PersonStatus.LEFT


def test_a_rehire_by_import_counts_from_the_new_hire_date(
    platform: Platform, clock: SetClock, tmp_path: Any
) -> None:
    take(platform, tmp_path, HEADING + "E1001,,,,,,离职\n")
    to(clock, LATER)
    take(platform, tmp_path, HEADING + "E1001,,,,,2024-03-25,在职\n")

    assert written(platform, "E1001")[-1][0] == date(2024, 3, 25)


def test_a_hire_date_corrected_to_an_earlier_day_leaves_no_gap(
    platform: Platform, tmp_path: Any
) -> None:
    take(platform, tmp_path, HEADING + "E1001,,,,,2024-01-08,\n")

    day = date(2024, 1, 8)
    found = history.placement_on(platform, actor=CONSOLE, staff_no="E1001", day=day)
    assert found is not None
    assert (found.from_day, found.name) == (day, "王小兰")


def test_a_chain_of_supervisors_in_one_file_is_taken_and_a_circle_is_refused_whole(
    platform: Platform, tmp_path: Any
) -> None:
    rows = [f"C{n},员{n},CS,agent,C{n + 1},2024-03-04," for n in range(1, 30)]
    chain = HEADING + "\n".join([*rows, "C30,员30,CS,agent,-,2024-03-04,"]) + "\n"
    circle = chain.replace("C30,员30,CS,agent,-", "C30,员30,CS,agent,C1")

    refused = take(platform, tmp_path, circle)
    assert not refused.applied
    assert len(refused.rejections) == 30
    assert "C1 → C2" in refused.rejections[0].message
    assert take(platform, tmp_path, chain).applied
    closing = take(platform, tmp_path, HEADING + "C30,,,,C1,,\n")
    assert [one.row for one in closing.rejections] == [2]


def test_an_import_names_leavers_who_are_still_supervisors(
    platform: Platform, tmp_path: Any
) -> None:
    leaving = HEADING + "S0001,,,,,,离职\nE1002,,,,-,,\n"

    trial = take(platform, tmp_path, leaving, apply=False)
    [line] = trial.left_alone
    assert "S0001" in line
    assert "E1001" in line
    assert "E1002" not in line
    assert take(platform, tmp_path, leaving + "E1001,,,,E1002,,\n").left_alone == ()


# The list of a past day.


def row_of(platform: Platform, as_of: date, **wanted: Any) -> list[tuple[str, str, str, str]]:
    found = listing.qualification_list(
        platform, actor=CONSOLE, wanted=ListFilter(as_of=as_of, **wanted)
    )
    return [(one.staff_no, one.name, one.department_code, one.post["zh"]) for one in found.rows]


def test_the_list_of_a_past_day_shows_people_as_they_were_then(
    two_departments: Platform, clock: SetClock
) -> None:
    platform = two_departments
    pass_course(platform, "E1001")
    pass_course(platform, "E1002")
    to(clock, LATER)
    change(platform, "E1001", name="王小蓝", department="TEC", post="technician")
    change(platform, "E1002", status=PersonStatus.LEFT)
    to(clock, LATER + timedelta(days=5))

    then = row_of(platform, LATER - timedelta(days=1))
    assert then == [
        ("E1001", "王小兰", "CS", "客服专员"),
        ("E1002", "李雷", "CS", "客服专员"),
    ]
    now = [("E1001", "王小蓝", "TEC", "技术专员")]
    assert row_of(platform, LATER, state=None) == now
    assert row_of(platform, LATER + timedelta(days=5), state=None) == now
    assert row_of(platform, LATER) == []  # the new post is not covered (R-PPL-03)
    assert row_of(platform, LATER - timedelta(days=1), department="CS") == then
    assert row_of(platform, LATER - timedelta(days=1), department="TEC") == []
    assert row_of(platform, LATER, department="TEC", state=None) == now
    assert row_of(platform, LATER, department="CS") == []
    assert row_of(platform, LATER - timedelta(days=1), search="小兰") == then[:1]


# Any sequence of changes.

STEPS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from(["name", "department", "post", "supervisor", "left", "back"]),
        st.integers(0, 3),
        st.integers(0, 8),
    ),
    max_size=8,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_after_any_changes_every_day_has_one_placement_and_equals_a_replay(
    sqlite_platform: Platform, clock: SetClock, steps: list[tuple[int, str, int, int]]
) -> None:
    platform = sqlite_platform
    number = f"P{len(people.people_list(platform, actor=CONSOLE))}"
    if number == "P5":
        departments.add_department(platform, actor=CONSOLE, code="TEC", name="技术部")
        departments.add_post(platform, actor=CONSOLE, code="technician", name="技术专员")
    to(clock, TODAY)
    people.add_person(
        platform,
        actor=CONSOLE,
        staff_no=number,
        name="n",
        department="CS",
        post="agent",
        hired_on=TODAY,
    )
    diary = {TODAY: _state(platform, number)}
    today = TODAY
    for wait, what, which, back in steps:
        today += timedelta(days=wait)
        to(clock, today)
        choices: dict[str, dict[str, Any]] = {
            "name": {"name": f"n{which}"},
            "department": {"department": ("CS", "TEC")[which % 2]},
            "post": {"post": ("agent", "technician")[which % 2]},
            "supervisor": {"supervisor_no": ("", "S0001", "E1001", "E1002")[which]},
            "left": {"status": PersonStatus.LEFT},
            "back": {"status": PersonStatus.EMPLOYED},
        }
        values = choices[what]
        day = today - timedelta(days=back)
        latest = max(diary)
        try:
            done = change_person(platform, actor=CONSOLE, staff_no=number, from_day=day, **values)
        except (BadInput, Refused):
            assert day < latest or day < _hired(platform, number)
            continue
        if done.fields:
            diary[day] = _state(platform, number)
    with platform.database.read() as session:
        person = people_kept.by_staff_no(session, number)
        assert person is not None
        known = placements.written(session, person.id or 0)
        for ahead in range((today - TODAY).days + 3):
            day = TODAY + timedelta(days=ahead)
            held = placed_on(day, known)
            assert held is not None
            expected = diary[max(one for one in diary if one <= day)]
            assert _of(held) == expected
            assert _of(placements.known_on(session, day)[person.id or 0]) == expected
        assert _of(known[-1]) == _of(person)


def _of(row: Placement | PlacementRow | Person) -> tuple[object, ...]:
    return (row.name, row.department_id, row.post_id, row.supervisor_id, row.status)


def _state(platform: Platform, staff_no: str) -> tuple[object, ...]:
    with platform.database.read() as session:
        person = people_kept.by_staff_no(session, staff_no)
        assert person is not None
        return _of(person)


def _hired(platform: Platform, staff_no: str) -> date:
    with platform.database.read() as session:
        person = people_kept.by_staff_no(session, staff_no)
        assert person is not None
        return person.hired_on


def test_the_database_picks_the_rows_that_the_rule_picks(
    platform: Platform, clock: SetClock
) -> None:
    to(clock, date(2024, 5, 1))
    for day, name in (
        (date(2024, 4, 10), "甲"),
        (date(2024, 4, 10), "乙"),
        (date(2024, 4, 20), "丙"),
    ):
        change(platform, "E1001", name=name, from_day=day)
    change(platform, "S0001", status=PersonStatus.LEFT)

    with platform.database.read() as session:
        everybody = placements.of_everybody(session)
        assert len(everybody) == 3
        for ahead in range(-10, 70):
            day = TODAY + timedelta(days=ahead)
            expected = {
                who: placed_on(day, rows) or placed_on(min(one.from_day for one in rows), rows)
                for who, rows in everybody.items()
            }
            assert placements.known_on(session, day) == expected


def test_the_founder_and_everybody_hired_has_a_history_of_their_own(platform: Platform) -> None:
    with platform.database.read() as session:
        founder = people_kept.by_staff_no(session, "0001")
        assert founder is not None
        [one] = placements.written(session, founder.id or 0)
    assert (one.from_day, one.status) == (founder.hired_on, PersonStatus.EMPLOYED)
