"""What HR decides of levels and post qualifications, and who may serve (R-QUA, R-PPL-04)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from certify.domain.message import PersonMessage
from certify.domain.person import CONSOLE, Post
from certify.domain.qualification import QualificationState
from certify.domain.serving import ServiceRight, Why
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import guides, messages, people, results
from certify.services.listing import ListFilter, qualification_list
from certify.services.qualifying import (
    deciding,
    decisions,
    ladder_view,
    outside,
    panels,
    renewing,
    standing,
)
from certify.services.qualifying.levels import holds_level, levels_on
from certify.services.qualifying.states import reinstate_for, suspend_all
from certify.storage import people as people_kept
from tests.platforms import actor, with_full_ladder
from tests.services.learning_steps import grant, pass_course
from tests.services.second_person import revoke
from tests.services.steps import at, check_books, clock_of

ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED
REVOKED, SUPERSEDED = QualificationState.REVOKED, QualificationState.SUPERSEDED


@pytest.fixture
def company(platform: Platform) -> Platform:
    """The whole ladder; E1001 holds the process `reception`."""
    platform = with_full_ladder(platform)
    pass_course(platform, "E1001")
    return platform


def give(platform: Platform, level: str, staff_no: str = "E1001", *, by: str = "H0001") -> date:
    return decisions.grant(
        platform,
        actor=actor(platform, by),
        staff_no=staff_no,
        level=level,
        reason="管理需要",
        exception=True,
    ).valid_to


def change(
    platform: Platform, code: str, state: QualificationState, *, day: date | None = None
) -> None:
    deciding.decide(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="E1001",
        code=code,
        state=state,
        reason="原因",
        from_day=day,
    )


def states(platform: Platform, staff_no: str = "E1001") -> dict[str, QualificationState]:
    found = results.record(platform, actor=actor(platform, staff_no)).qualifications
    return {one.code: one.state for one in reversed(found)}


def go(platform: Platform, day: str) -> None:
    clock_of(platform).set(at(f"{day}T02:00:00"))


# ── Giving ───────────────────────────────────────────────────────────────────────────────────


def test_a_level_is_not_given_while_something_is_missing_and_all_of_it_is_named(
    company: Platform,
) -> None:
    with pytest.raises(Refused) as refused:
        decisions.grant(
            company, actor=actor(company, "H0001"), staff_no="E1001", level="L2", reason="想升"
        )

    assert refused.value.mend.count("L1") >= 1
    assert "24" in refused.value.mend
    assert states(company) == {"reception": ACTIVE}


def test_an_exception_needs_its_reason_and_is_on_the_certificate(company: Platform) -> None:
    with pytest.raises(BadInput):
        decisions.grant(
            company,
            actor=actor(company, "H0001"),
            staff_no="E1001",
            level="L2",
            reason="  ",
            exception=True,
        )

    assert give(company, "L2") == date(2026, 3, 4)
    assert states(company)["L2"] is ACTIVE
    assert levels_on_today(company) == ["L2"]
    check_books(company)


def levels_on_today(platform: Platform, staff_no: str = "E1001") -> list[str]:
    with platform.database.read() as session:
        return levels_on(session, actor(platform, staff_no).person_id, platform.today())


def test_a_higher_level_supersedes_the_lower_ones(company: Platform) -> None:
    give(company, "L1")
    go(company, "2024-06-01")
    give(company, "L2")

    assert states(company) == {"reception": ACTIVE, "L1": SUPERSEDED, "L2": ACTIVE}
    with company.database.read() as session:
        person = actor(company, "E1001").person_id
        assert levels_on(session, person, date(2024, 5, 31)) == ["L1"]
        assert holds_level(session, company, person, "L1", company.today())
        assert not holds_level(session, company, person, "L3", company.today())


def test_nobody_decides_about_themselves_and_only_hr_decides(company: Platform) -> None:
    with pytest.raises(NotPermitted):
        give(company, "L1", "H0001")
    for who in ("E1001", "S0001"):
        with pytest.raises(NotPermitted):
            give(company, "L1", "E1002", by=who)


def test_what_is_held_is_not_given_again(company: Platform) -> None:
    give(company, "L1")

    with pytest.raises(Refused):
        give(company, "L1")


def test_a_level_that_is_not_on_the_ladder_is_named_with_those_that_are(
    company: Platform,
) -> None:
    with pytest.raises(NotFound) as refused:
        give(company, "L9")

    assert "L4" in refused.value.mend


# ── Initial recognition ──────────────────────────────────────────────────────────────────────


def recognise(platform: Platform, what: str, staff_no: str = "E1002") -> date:
    return decisions.recognise(
        platform, actor=actor(platform, "H0001"), staff_no=staff_no, what=what, reason="老员工"
    ).valid_to


def test_existing_staff_are_recognised_once_and_for_the_usual_time(company: Platform) -> None:
    assert recognise(company, "L2") == date(2026, 3, 4)
    assert recognise(company, "reception") == date(2025, 3, 4)

    for what in ("L2", "reception"):
        with pytest.raises(Refused):
            recognise(company, what)
    check_books(company)


def test_the_way_of_recognition_closes_after_its_last_day(company: Platform) -> None:
    last = date(2024, 3, 4) + timedelta(days=180)
    go(company, last.isoformat())
    recognise(company, "L1")
    go(company, (last + timedelta(days=1)).isoformat())

    with pytest.raises(Refused) as refused:
        recognise(company, "L2")
    assert last.isoformat() in refused.value.message


def test_who_was_hired_after_the_introduction_is_not_recognised(company: Platform) -> None:
    go(company, "2024-04-02")
    people.add_person(
        company,
        actor=actor(company, "H0001"),
        staff_no="N0001",
        name="新人",
        department="CS",
        post="agent",
        hired_on=date(2024, 4, 1),
    )

    with pytest.raises(Refused):
        recognise(company, "L1", "N0001")


# ── States ───────────────────────────────────────────────────────────────────────────────────


def test_a_suspension_keeps_the_last_valid_day_and_is_told_with_its_reason(
    company: Platform,
) -> None:
    last = {one.code: one.valid_to for one in record(company)}
    change(company, "reception", SUSPENDED)

    assert states(company)["reception"] is SUSPENDED
    assert {one.code: one.valid_to for one in record(company)} == last
    told = messages.unread(company, actor=actor(company, "E1001"))
    assert "原因" in messages.text(told[-1])

    change(company, "reception", ACTIVE)
    assert states(company)["reception"] is ACTIVE
    assert {one.code: one.valid_to for one in record(company)} == last
    check_books(company)


def record(platform: Platform) -> tuple[results.QualificationView, ...]:
    return results.record(platform, actor=actor(platform, "E1001")).qualifications


def test_a_decision_may_count_from_a_later_day_but_not_from_an_earlier_one(
    company: Platform,
) -> None:
    change(company, "reception", SUSPENDED, day=date(2024, 3, 10))
    with pytest.raises(BadInput):
        change(company, "reception", ACTIVE, day=date(2024, 3, 3))

    assert states(company)["reception"] is ACTIVE
    go(company, "2024-03-10")
    assert states(company)["reception"] is SUSPENDED


@pytest.mark.parametrize(
    ("before", "following"),
    [((), ACTIVE), ((REVOKED,), SUSPENDED), ((REVOKED,), ACTIVE), ((REVOKED,), REVOKED)],
)
def test_a_state_that_cannot_follow_is_refused(
    company: Platform, before: tuple[QualificationState, ...], following: QualificationState
) -> None:
    if REVOKED in before:
        revoke(company, "E1001", "reception")

    with pytest.raises((Refused, NotFound)):
        change(company, "reception", following)


def test_an_expired_one_cannot_be_suspended(company: Platform) -> None:
    go(company, "2025-03-05")

    with pytest.raises(Refused):
        change(company, "reception", SUSPENDED)


def test_while_it_is_suspended_by_hand_no_pass_renews_it(company: Platform) -> None:
    change(company, "reception", SUSPENDED)
    go(company, "2025-02-20")
    pass_course(company, "E1001")

    assert [one.state for one in record(company) if one.code == "reception"] == [SUSPENDED]


def test_two_causes_of_a_suspension_are_lifted_one_by_one(company: Platform) -> None:
    person = actor(company, "E1001").person_id

    def suspend(cause: str) -> None:
        with company.database.write() as session:
            suspend_all(session, company, person, actor_id=0, reason=cause)

    def lift(cause: str) -> list[str]:
        with company.database.write() as session:
            return reinstate_for(session, company, person, cause=cause, actor_id=0, reason="exam:x")

    suspend("standard:CS-001")
    suspend("grade:7")
    assert lift("standard:CS-001") == []
    assert states(company)["reception"] is SUSPENDED
    assert lift("standard:CS-001") == []
    assert lift("grade:7") == ["reception"]
    assert states(company)["reception"] is ACTIVE
    check_books(company)


# ── Trainees ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def newcomer(platform: Platform) -> Platform:
    platform = with_full_ladder(platform)
    people.add_person(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="N0001",
        name="新人",
        department="CS",
        post="agent",
        hired_on=date(2024, 3, 1),
    )
    return platform


def test_a_newcomer_is_a_trainee_for_three_months_from_the_day_of_hire(newcomer: Platform) -> None:
    (held,) = results.record(newcomer, actor=actor(newcomer, "N0001")).qualifications

    assert (held.code, held.valid_from, held.valid_to) == (
        "L0",
        date(2024, 3, 1),
        date(2024, 6, 1),
    )


def test_it_is_extended_once_by_three_months_and_not_twice(newcomer: Platform) -> None:
    hr = actor(newcomer, "H0001")
    extend: Callable[[], date] = lambda: renewing.extend(  # noqa: E731
        newcomer, actor=hr, staff_no="N0001", level="L0", reason="病假"
    )

    assert extend() == date(2024, 9, 1)
    with pytest.raises(Refused):
        extend()


def test_a_trainee_serves_accompanied_by_a_guide_of_the_level_only(newcomer: Platform) -> None:
    from certify.domain.person import Role

    who = actor(newcomer, "N0001")
    assert standing.serve(newcomer, actor=who, process="reception").why is Why.NO_GUIDE

    grant(newcomer, "S0001", Role.GUIDE)
    guides.appoint(newcomer, actor=CONSOLE, staff_no="N0001", guide_no="S0001")
    assert standing.serve(newcomer, actor=who, process="reception").why is Why.NO_GUIDE
    recognise(newcomer, "L2", "S0001")

    found = standing.serve(newcomer, actor=who, process="reception")
    assert (found.right, found.why) == (ServiceRight.ACCOMPANIED, Why.TRAINEE)
    later = standing.serve(newcomer, actor=who, process="reception", day=date(2024, 6, 2))
    assert later.right is ServiceRight.NO


# ── Serving ──────────────────────────────────────────────────────────────────────────────────


def test_another_post_is_not_covered_by_the_old_qualification(company: Platform) -> None:
    with company.database.write() as session:
        session.add(Post(code="clerk", name="文员"))
        session.flush()
        clerk = next(one for one in people_kept.posts(session) if one.code == "clerk")
        person = people_kept.by_staff_no(session, "E1001")
        assert person is not None
        person.post_id = clerk.id or 0
        session.add(person)

    found = standing.serve(company, actor=actor(company, "E1001"), process="reception")

    assert (found.right, found.why) == (ServiceRight.NO, Why.OTHER_POST)
    assert states(company)["reception"] is ACTIVE
    assert listed(company, ACTIVE) == []  # the list is of who may serve
    assert listed(company, None) == ["E1001"]


def listed(platform: Platform, state: QualificationState | None) -> list[str]:
    wanted = ListFilter(platform.today(), state=state, process="reception")
    found = qualification_list(platform, actor=actor(platform, "H0001"), wanted=wanted)
    return [row.staff_no for row in found.rows]


def test_others_do_not_ask_whom_they_do_not_lead(company: Platform) -> None:
    for who in ("S0001", "H0001"):
        assert standing.serve(
            company, actor=actor(company, who), staff_no="E1001", process="reception"
        ).may_serve
    with pytest.raises(NotPermitted):
        standing.serve(
            company, actor=actor(company, "E1002"), staff_no="E1001", process="reception"
        )


def test_an_unknown_process_is_named_with_those_there_are(company: Platform) -> None:
    with pytest.raises(NotFound) as refused:
        standing.serve(company, actor=actor(company, "E1001"), process="flying")

    assert "reception" in refused.value.mend


# ── Panels, renewals, outside certificates ───────────────────────────────────────────────────


def hear(platform: Platform, **scores: str) -> object:
    return panels.hear(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="E1001",
        level="L3",
        day=platform.today(),
        scores=scores,
    )


def test_a_panel_counts_with_its_exact_mean(company: Platform) -> None:
    assert str(hear(company, S0001="85", E1002="84.5", H0001="85.5")) == "85"

    view = ladder_view.ladder(company, actor=actor(company, "E1001"))
    rung = next(one for one in view.rungs if one.level == "L3")
    assert next(one for one in rung.conditions if one.kind == "panel").is_met


@pytest.mark.parametrize("score", ["100.01", "-1", "NaN", "gut", ""])
def test_a_score_that_is_none_is_refused_with_whose_it_is(company: Platform, score: str) -> None:
    with pytest.raises(BadInput) as refused:
        hear(company, S0001="85", E1002=score)

    assert refused.value.place == "E1002"


def test_nobody_sits_on_their_own_panel(company: Platform) -> None:
    with pytest.raises(Refused):
        hear(company, E1001="100")


def test_a_level_without_an_exam_is_renewed_by_hr_in_its_window(company: Platform) -> None:
    give(company, "L3")
    hr = actor(company, "H0001")

    def renew() -> date:
        return renewing.renew(
            company, actor=hr, staff_no="E1001", level="L3", reason="复审通过"
        ).valid_to

    go(company, "2026-01-02")
    with pytest.raises(Refused):
        renew()
    go(company, "2026-01-03")
    assert renew() == date(2028, 3, 4)
    go(company, "2026-03-05")
    assert [
        one.valid_to for one in record(company) if one.state is ACTIVE and one.code == "L3"
    ] == [date(2028, 3, 4)]
    check_books(company)


def accept(platform: Platform, **what: object) -> object:
    facts: dict[str, object] = {
        "title": "电工证",
        "issuer": "人社局",
        "number": "X-1",
        "issued_on": date(2023, 5, 1),
    }
    return outside.accept(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="E1002",
        **(facts | what),  # type: ignore[arg-type]
    )


def test_an_outside_certificate_is_evidence_and_gives_nothing_by_itself(company: Platform) -> None:
    assert accept(company) is None
    assert states(company, "E1002") == {}


def test_on_a_technical_post_it_stands_for_the_exam_no_longer_than_it_lasts(
    company: Platform,
) -> None:
    with pytest.raises(Refused):
        accept(company, process="reception")
    with company.database.write() as session:
        for post in session.exec(select(Post)).all():
            post.track = "technical"
            session.add(post)

    accept(company, process="reception", valid_to=date(2024, 12, 31))

    (held,) = results.record(company, actor=actor(company, "E1002")).qualifications
    assert (held.code, held.valid_to) == ("reception", date(2024, 12, 31))
    with pytest.raises(Refused):
        accept(company, process="reception")


def test_what_is_told_is_kept_for_the_person_alone(company: Platform, tmp_path: Path) -> None:
    change(company, "reception", SUSPENDED)

    with company.database.read() as session:
        told = session.exec(select(PersonMessage)).all()
    assert {one.person_id for one in told if one.kind == "qualification-changed"} == {
        actor(company, "E1001").person_id
    }
