"""The qualification list as of any day, its order and its filters (R-CRT-01, story 11)."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from certify.domain.certificate import Certificate
from certify.domain.person import Actor, Department, Person, PersonStatus, Post
from certify.domain.qualification import (
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.platform import Platform
from certify.services import bank, home, listing, people, results
from certify.services.listing import ListFilter, QualificationList
from certify.storage import courses
from tests.platforms import NOON, actor, read_course, sit
from tests.services.steps import at, begin, clock_of, fail

ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED
EXPIRED, REVOKED = QualificationState.EXPIRED, QualificationState.REVOKED


def grant(
    session: Session,
    person: Person,
    code: str,
    period: tuple[str, str],
    *changes: tuple[str, QualificationState],
) -> None:
    """A qualification with its history, as later services will write it."""
    first, last = map(date.fromisoformat, period)
    kind = QualificationKind.LEVEL if code.startswith("L") else QualificationKind.POST
    qualification = Qualification(
        person_id=person.id or 0,
        kind=kind,
        code=code,
        title={"zh": code, "en": code},
        issued_on=first,
        first_issued_on=first,
        valid_from=first,
        valid_to=last,
    )
    session.add(qualification)
    session.flush()
    for day, state in ((period[0], ACTIVE), *changes):
        session.add(
            QualificationChange(
                qualification_id=qualification.id or 0,
                state=state,
                from_day=date.fromisoformat(day),
                at=NOON,
                reason="test",
            )
        )
    session.add(
        Certificate(
            number=f"T-{person.staff_no}-{code}-{first.year}",
            qualification_id=qualification.id or 0,
            issued_at=NOON,
        )
    )


@pytest.fixture
def five(platform: Platform) -> Platform:
    """Five people: at the end of 2024 three are active, one suspended, one expired."""
    year = ("2024-03-04", "2025-03-04")
    with platform.database.write() as session:
        post = session.exec(select(Post).where(Post.code == "agent")).one()
        departments = [Department(code=code, name=code, name_en=code) for code in ("B2", "A1")]
        session.add_all(departments)
        session.flush()
        people = []
        for place, staff_no in enumerate(("0107", "0011", "1000", "0009", "0200")):
            person = Person(
                staff_no=staff_no,
                name=f"员工{place}",
                department_id=departments[place % 2].id or 0,
                post_id=post.id or 0,
                hired_on=date(2024, 1, 2),
            )
            session.add(person)
            session.flush()
            people.append(person)
        grant(session, people[0], "reception", year)
        grant(session, people[1], "reception", year)
        grant(session, people[2], "reception", year)
        grant(session, people[3], "reception", year, ("2024-10-01", SUSPENDED))
        grant(session, people[4], "reception", ("2023-11-30", "2024-11-30"))
        grant(session, people[0], "complaint-handling", year, ("2024-12-01", REVOKED))
        grant(session, people[0], "L1", year)
        grant(session, people[0], "L2", ("2024-06-01", "2026-06-01"))
    return platform


def the_list(platform: Platform, as_of: str, **wanted: object) -> QualificationList:
    filters: dict[str, object] = {"process": "reception"} | wanted
    return listing.qualification_list(
        platform,
        actor=actor(platform, "H0001"),
        wanted=ListFilter(as_of=date.fromisoformat(as_of), **filters),  # type: ignore[arg-type]
    )


def numbers(found: QualificationList) -> list[str]:
    return [row.staff_no for row in found.rows]


def test_story_11_of_five_people_three_are_listed_at_the_end_of_the_year(five: Platform) -> None:
    assert numbers(the_list(five, "2024-12-31")) == ["0011", "0107", "1000"]


def test_story_11_as_of_a_day_in_the_past_all_five_are_listed(five: Platform) -> None:
    found = the_list(five, "2024-06-30")

    assert numbers(found) == ["0009", "0011", "0107", "0200", "1000"]
    assert [row.department_code for row in found.rows] == ["A1", "A1", "B2", "B2", "B2"]


def test_the_first_and_the_last_valid_day_count_and_states_as_of_their_day(
    five: Platform,
) -> None:
    cases: list[tuple[str, QualificationState | None, list[str]]] = [
        ("2024-03-03", None, ["0200"]),
        ("2024-03-04", None, ["0009", "0011", "0107", "0200", "1000"]),
        ("2024-09-30", SUSPENDED, []),
        ("2024-10-01", SUSPENDED, ["0009"]),
        ("2024-11-30", EXPIRED, []),
        ("2024-12-01", EXPIRED, ["0200"]),
        ("2025-03-04", ACTIVE, ["0011", "0107", "1000"]),
        ("2025-03-05", ACTIVE, []),
        ("2025-03-05", EXPIRED, ["0009", "0011", "0107", "0200", "1000"]),
        ("2023-11-29", None, []),
    ]
    for day, state, listed in cases:
        assert numbers(the_list(five, day, state=state)) == listed, (day, state)


def test_the_level_beside_a_row_is_the_highest_held_on_that_day(five: Platform) -> None:
    def level(day: str) -> str:
        return next(row.level for row in the_list(five, day).rows if row.staff_no == "0107")

    assert level("2024-05-31") == "L1"
    assert level("2024-06-01") == "L2"


def test_levels_are_no_rows_of_their_own(five: Platform) -> None:
    found = the_list(five, "2024-06-30", process="")

    assert {row.process_code for row in found.rows} == {"reception", "complaint-handling"}
    assert numbers(found) == ["0009", "0011", "0107", "0107", "0200", "1000"]
    assert [row.process_code for row in found.rows if row.staff_no == "0107"] == [
        "complaint-handling",
        "reception",
    ]


def test_filters_keep_the_rows_that_fit_and_no_others(five: Platform) -> None:
    cases: list[tuple[dict[str, object], list[str]]] = [
        ({"department": "A1"}, ["0009", "0011"]),
        ({"department": "A"}, []),
        ({"process": "complaint-handling"}, ["0107"]),
        ({"process": ""}, ["0009", "0011", "0107", "0107", "0200", "1000"]),
        ({"search": "员工0"}, ["0107"]),
        ({"search": " 00 "}, ["0009", "0011", "0200", "1000"]),
        ({"search": "t-1000-RECEPTION"}, ["1000"]),
        ({"search": "nobody"}, []),
        ({"search": "%"}, []),
    ]
    for filters, listed in cases:
        assert numbers(the_list(five, "2024-06-30", **filters)) == listed, filters


def test_the_choices_for_the_filters_are_told_with_the_list(five: Platform) -> None:
    found = the_list(five, "2024-06-30", department="A1")

    assert set(found.departments) == {"A1", "B2", "CS", "D00"}
    assert set(found.processes) == {"reception", "complaint-handling"}


def test_what_expires_within_60_days_is_counted(five: Platform) -> None:
    for day, left, expiring in (("2025-01-02", 61, 0), ("2025-01-03", 60, 3), ("2025-03-04", 0, 3)):
        found = the_list(five, day)

        assert {row.days_left for row in found.rows} == {left}
        assert found.expiring == expiring


def test_who_passed_today_is_on_the_list_at_once_with_mark_and_certificate(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    sit(platform, learner)

    (row,) = the_list(platform, "2024-03-04").rows

    assert (row.staff_no, row.name, row.mark, row.is_retake) == ("E1001", "王小兰", "100.00", False)
    assert (row.level, row.process["zh"], row.department["en"]) == (
        "L1",
        "接待",
        "Customer service",
    )
    assert row.certificate == next(
        view.certificate
        for view in results.record(platform, actor=learner).qualifications
        if view.code == "reception"
    )
    assert (row.issued_on, row.valid_to) == (date(2024, 3, 4), date(2025, 3, 4))


def test_who_ran_out_of_time_with_all_answers_right_is_on_the_list_when_it_is_made(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    begin(platform, learner).answer_all()
    clock_of(platform).advance(timedelta(hours=1))

    assert numbers(the_list(platform, "2024-03-04")) == ["E1001"]


def test_a_retake_is_marked_on_the_list_and_a_renewal_is_not(platform: Platform) -> None:
    again, renews = actor(platform, "E1001"), actor(platform, "E1002")
    for who in (again, renews):
        read_course(platform, who)
    fail(platform, again, "greeting")
    sit(platform, renews)
    clock_of(platform).advance(timedelta(days=1))
    read_course(platform, again)
    sit(platform, again)
    clock_of(platform).set(at("2025-02-20T04:00:00"))
    sit(platform, renews)

    found = the_list(platform, "2025-03-05")

    assert {row.staff_no: row.is_retake for row in found.rows} == {"E1001": True, "E1002": False}


def test_on_any_day_a_renewed_qualification_is_listed_once(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    sit(platform, learner)
    clock_of(platform).set(at("2025-02-20T04:00:00"))
    sit(platform, learner)

    day = date(2024, 3, 4)
    while day <= date(2026, 3, 4):
        assert numbers(the_list(platform, day.isoformat())) == ["E1001"], day
        day += timedelta(days=73)
    for edge in ("2025-02-19", "2025-02-20", "2025-03-04", "2025-03-05", "2026-03-04"):
        assert numbers(the_list(platform, edge)) == ["E1001"], edge
    assert numbers(the_list(platform, "2026-03-05")) == []


def renewed(platform: Platform) -> Actor:
    """E1001, who passed on 2024-03-04 and renewed on 2025-02-20, when the clock stands."""
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    sit(platform, learner)
    clock_of(platform).set(at("2025-02-20T04:00:00"))
    sit(platform, learner)
    return learner


def test_a_renewed_period_is_superseded_once_the_new_one_has_begun_and_never_expired(
    platform: Platform,
) -> None:
    renewed(platform)

    def states(day: str) -> list[str]:
        return [row.state.value for row in the_list(platform, day, state=None).rows]

    assert states("2025-02-19") == ["active"]
    assert states("2025-02-20") == ["active", "pending"]
    assert states("2025-03-04") == ["active", "pending"]
    assert states("2025-03-05") == ["superseded", "active"]
    assert states("2026-03-05") == ["superseded", "expired"]
    assert numbers(the_list(platform, "2026-03-05", state=EXPIRED)) == ["E1001"]


def test_a_renewed_period_is_not_expiring_any_more_but_was_before_the_renewal(
    platform: Platform,
) -> None:
    learner = renewed(platform)

    assert the_list(platform, "2025-02-19").expiring == 1
    assert the_list(platform, "2025-02-20").expiring == 0
    assert home.home(platform, actor=learner).expiring == ()
    held = results.record(platform, actor=learner).qualifications
    assert [view.state.value for view in held if view.code == "reception"] == ["pending", "active"]


def test_who_has_left_is_on_the_list_of_past_days_alone(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    sit(platform, learner)
    clock_of(platform).advance(timedelta(days=10))
    assert numbers(the_list(platform, "2024-03-14")) == ["E1001"]
    with platform.database.write() as session:
        session.get_one(Person, learner.person_id).status = PersonStatus.LEFT

    assert numbers(the_list(platform, "2024-03-13")) == ["E1001"]
    assert numbers(the_list(platform, "2024-03-14")) == []
    assert numbers(the_list(platform, "2024-03-15")) == []


def test_the_lists_ask_the_database_as_often_for_many_people_as_for_few(
    platform: Platform, statements: list[str]
) -> None:
    hr = actor(platform, "H0001")

    def asked() -> int:
        statements.clear()
        people.people_list(platform, actor=hr)
        the_list(platform, "2024-03-04")
        assert not [one for one in statements if "certificate.facts" in one]
        return len(statements)

    read_course(platform, actor(platform, "E1001"))
    sit(platform, actor(platform, "E1001"))
    few = asked()
    read_course(platform, actor(platform, "E1002"))
    sit(platform, actor(platform, "E1002"))

    assert len(the_list(platform, "2024-03-04").rows) == 2
    assert asked() == few


def test_whether_a_bank_is_large_enough_is_known_without_reading_keys(
    platform: Platform, statements: list[str]
) -> None:
    with platform.database.read() as session:
        course = courses.by_code(session, "sample")
        assert course is not None
        statements.clear()

        drawn = bank.bank_of(session, course.id or 0)

    assert drawn
    assert [one.code for one in drawn] == sorted(one.code for one in drawn)
    assert statements == []  # beside the prepared one, which gives:
    assert set(vars(drawn[0])) == {"code", "topic", "type", "difficulty", "version_id"}
