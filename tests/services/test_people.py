"""Adding people, departments and posts: who may, what is refused, what a new person gets."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from certify.domain.person import CONSOLE, Actor, Person, PersonStatus, Role
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import speaking
from certify.platform import Platform
from certify.services import departments, learning, people
from certify.services.people import PersonView, add_person, people_list
from certify.storage import ledger
from tests.platforms import actor

NEW: dict[str, Any] = {
    "staff_no": "0042",
    "name": "韩梅梅",
    "department": "CS",
    "post": "agent",
    "hired_on": date(2024, 3, 1),
    "supervisor_no": "S0001",
}


@pytest.fixture(autouse=True)
def _english() -> Any:
    with speaking("en"):
        yield


def found(platform: Platform, staff_no: str) -> PersonView:
    return next(view for view in people_list(platform, actor=CONSOLE) if view.staff_no == staff_no)


def only(platform: Platform, role: Role) -> Actor:
    """The founder, who is administrator and HR, in one of the two roles alone."""
    return dataclasses.replace(actor(platform, "0001"), roles=frozenset({role}))


def test_a_new_person_is_a_learner_with_every_onboarding_course_due(platform: Platform) -> None:
    add_person(platform, actor=actor(platform, "H0001"), **NEW)

    view = found(platform, "0042")
    assert (view.name, view.department_code, view.post_code) == ("韩梅梅", "CS", "agent")
    assert (view.supervisor_no, view.status) == ("S0001", PersonStatus.EMPLOYED)
    assert view.roles == (Role.LEARNER,)
    courses = learning.course_views(platform, actor=actor(platform, "0042"))
    due = date(2024, 3, 1) + timedelta(days=platform.policy.onboarding.due_days)
    assert [(course.code, course.due_on) for course in courses if course.is_enrolled] == [
        ("sample", due)
    ]


def test_the_ledger_says_who_added_whom_without_a_name(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    add_person(platform, actor=hr, **NEW | {"roles": frozenset({Role.TRAINER})})

    with platform.database.read() as session:
        last = list(ledger.entries(session))[-1]
    assert (last.action, last.actor_id) == ("person-added", hr.person_id)
    assert last.subject == f"person:{actor(platform, '0042').person_id}"
    assert last.facts == {"roles": ["learner", "trainer"]}


def test_a_staff_number_is_taken_once(platform: Platform) -> None:
    add_person(platform, actor=CONSOLE, **NEW)

    with pytest.raises(Refused, match="0042"):
        add_person(platform, actor=CONSOLE, **NEW)


def test_a_staff_number_that_somebody_took_a_moment_ago_is_refused(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certify.storage.people.by_staff_no", lambda _session, _staff_no: None)

    with pytest.raises(Refused, match="E1001"):
        add_person(platform, actor=CONSOLE, **NEW | {"staff_no": "E1001", "supervisor_no": None})


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("department", "XX", "CS (Customer service)"),
        ("post", "xx", "agent (Agent)"),
        ("supervisor_no", "S9", "S0001 (主管)"),
    ],
)
def test_an_unknown_department_post_or_supervisor_names_the_possible_ones(
    sqlite_platform: Platform, field: str, value: str, named: str
) -> None:
    with pytest.raises(BadInput, match=value) as refused:
        add_person(sqlite_platform, actor=CONSOLE, **NEW | {field: value})

    assert named in refused.value.mend


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "two\nlines"),
        ("name", "\x1b[31mred"),
        ("name", "x" * 81),
        ("staff_no", " 1"),
        ("staff_no", "１００１"),
        ("hired_on", date(9999, 12, 31)),
        ("hired_on", date(204, 3, 4)),
    ],
)
def test_what_cannot_be_a_name_a_number_or_a_hire_date_is_bad_input(
    sqlite_platform: Platform, field: str, value: object
) -> None:
    with pytest.raises(BadInput):
        add_person(sqlite_platform, actor=CONSOLE, **NEW | {field: value})


def test_nobody_is_their_own_supervisor(sqlite_platform: Platform) -> None:
    with pytest.raises(Refused):
        add_person(sqlite_platform, actor=CONSOLE, **NEW | {"supervisor_no": "0042"})


def test_who_has_left_supervises_nobody_new(platform: Platform) -> None:
    with platform.database.write() as session:
        gone = session.get_one(Person, actor(platform, "S0001").person_id)
        gone.status = PersonStatus.LEFT

    with pytest.raises(BadInput):
        add_person(platform, actor=CONSOLE, **NEW)


@pytest.mark.parametrize("role", [Role.HR, Role.ADMINISTRATOR])
def test_hr_makes_neither_hr_nor_administrators(platform: Platform, role: Role) -> None:
    new = NEW | {"roles": frozenset({role})}

    with pytest.raises(NotPermitted):
        add_person(platform, actor=only(platform, Role.HR), **new)
    add_person(platform, actor=only(platform, Role.ADMINISTRATOR), **new)

    assert role in found(platform, "0042").roles


@pytest.mark.parametrize("staff_no", ["E1001", "S0001"])
def test_learners_and_supervisors_neither_change_nor_list_people(
    sqlite_platform: Platform, staff_no: str
) -> None:
    who = actor(sqlite_platform, staff_no)
    with pytest.raises(NotPermitted):
        add_person(sqlite_platform, actor=who, **NEW)
    with pytest.raises(NotPermitted):
        departments.add_department(sqlite_platform, actor=who, code="X", name="某部")
    with pytest.raises(NotPermitted):
        departments.add_post(sqlite_platform, actor=who, code="x", name="某岗")
    with pytest.raises(NotPermitted):
        departments.departments_and_posts(sqlite_platform, actor=who)
    with pytest.raises(NotPermitted):
        people_list(sqlite_platform, actor=who)


def test_a_fresh_home_is_filled_with_departments_and_posts(platform: Platform) -> None:
    departments.add_department(
        platform, actor=CONSOLE, code="TEC", name="技术部", name_en="Technology"
    )
    departments.add_post(
        platform, actor=CONSOLE, code="technician", name="技术专员", track="technical"
    )

    known = departments.departments_and_posts(platform, actor=CONSOLE)
    assert ("TEC", {"zh": "技术部", "en": "Technology"}) in [
        (one.code, one.name) for one in known.departments
    ]
    assert ("technician", {"zh": "技术专员"}) in [(one.code, one.name) for one in known.posts]
    add_person(platform, actor=CONSOLE, **NEW | {"department": "TEC", "post": "technician"})
    assert found(platform, "0042").department_code == "TEC"


def test_codes_of_departments_and_posts_are_taken_once(platform: Platform) -> None:
    with pytest.raises(Refused, match="CS"):
        departments.add_department(platform, actor=CONSOLE, code="CS", name="又一个")
    with pytest.raises(Refused, match="agent"):
        departments.add_post(platform, actor=CONSOLE, code="agent", name="又一个")


def test_a_post_of_an_unknown_track_or_layer_is_bad_input(sqlite_platform: Platform) -> None:
    with pytest.raises(BadInput) as track:
        departments.add_post(sqlite_platform, actor=CONSOLE, code="x", name="某岗", track="magic")
    with pytest.raises(BadInput) as layer:
        departments.add_post(sqlite_platform, actor=CONSOLE, code="x", name="某岗", layer="top")

    assert "technical" in track.value.mend
    assert "new-front-line" in layer.value.mend


def test_the_people_list_is_sorted_alike_in_every_database(platform: Platform) -> None:
    for staff_no in ("b-1", "B-1", "a1", "_1"):
        add_person(platform, actor=CONSOLE, **NEW | {"staff_no": staff_no})

    numbers = [view.staff_no for view in people_list(platform, actor=CONSOLE)]
    assert numbers[:8] == ["B-1", "E1001", "E1002", "H0001", "S0001", "_1", "a1", "b-1"]


def test_people_are_found_by_part_of_a_name_or_number(platform: Platform) -> None:
    by_name = people.people_list(platform, actor=CONSOLE, search="小兰")
    by_number = people.people_list(platform, actor=CONSOLE, search="e1")

    assert [view.staff_no for view in by_name] == ["E1001"]
    assert [view.staff_no for view in by_number] == ["E1001", "E1002"]
