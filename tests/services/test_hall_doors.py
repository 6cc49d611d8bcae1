"""Admission, lateness, seats and exam codes of a hall (issue 7)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from certify.domain.ledger import LedgerEntry
from certify.domain.permission import Action, may
from certify.domain.person import CONSOLE, Actor
from certify.domain.registration import CohortMember, Gate
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import (
    cohorts,
    conducting,
    exam_codes,
    lobby,
    registering,
    seating,
    sign_in,
    sitting,
    time_grants,
)
from certify.services.exam_codes import NotNow
from certify.services.lobby import LobbyView
from tests.platforms import NOON, actor, read_course
from tests.services.steps import EXAM, begin, clock_of, stored_attempt

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


def hr(platform: Platform) -> Actor:
    return actor(platform, "H0001")


def hall(platform: Platform, *staff_nos: str, **what: Any) -> int:
    """A cohort from noon to two with these members."""
    made: dict[str, Any] = {"opens_at": NOON, "closes_at": NOON + 2 * HOUR, **what}
    number = registering.new_cohort(
        platform, actor=hr(platform), exam=EXAM, title="三月批次", **made
    )
    registering.register(
        platform, actor=CONSOLE, cohort_id=number, staff_nos=staff_nos or ("E1001", "E1002")
    )
    return number


def door(platform: Platform, staff_no: str = "E1001") -> LobbyView:
    return lobby.lobby(platform, actor=actor(platform, staff_no), exam=EXAM)


def gate(platform: Platform, staff_no: str = "E1001") -> Gate | None:
    return lobby.door(platform, actor=actor(platform, staff_no), exam=EXAM).gate


def admit(platform: Platform, number: int, *staff_nos: str, reason: str = "") -> int:
    return conducting.admit(
        platform, actor=hr(platform), cohort_id=number, staff_nos=staff_nos, reason=reason
    )


def test_who_waits_gets_in_when_admitted(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    number = hall(platform, needs_admission=True, place="三楼 302")
    seating.assign_free(platform, actor=hr(platform), cohort_id=number)

    found = door(platform)
    assert (found.gate, found.place, found.seat) == (Gate.WAITING, "三楼 302", "A-01")
    assert found.blockers == (_("Please wait for the invigilator."),)
    assert gate(platform) is Gate.WAITING
    with pytest.raises(Refused):
        sitting.start(platform, actor=learner, exam=EXAM)
    assert admit(platform, number, "E1001") == 1

    assert gate(platform) is Gate.OPEN
    assert gate(platform, "E1002") is Gate.WAITING
    assert door(platform).blockers == ()
    begun = begin(platform, learner)
    assert stored_attempt(platform, begun.sitting.attempt_id).cohort_id == number


def test_who_is_admitted_stays_so_and_is_written_down_once(platform: Platform) -> None:
    number = hall(platform, needs_admission=True)
    assert admit(platform, number, "E1001", "E1001") == 1
    assert admit(platform, number, "E1001", "E1002", reason="迟到") == 1

    with platform.database.read() as session:
        members = session.exec(select(CohortMember)).all()
        entries = session.exec(
            select(LedgerEntry).where(LedgerEntry.action == "candidate-admitted")
        ).all()
    assert [one.admission_reason for one in members] == ["", "迟到"]
    assert {one.admitted_by for one in members} == {hr(platform).person_id}
    assert [len(entry.facts["persons"]) for entry in entries] == [1, 1]
    assert "迟到" not in str([entry.facts for entry in entries])


def test_who_comes_late_begins_only_when_admitted_with_a_reason(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    number = hall(platform, late_minutes=10)
    clock = clock_of(platform)
    clock.set(NOON + 10 * MINUTE - INSTANT)
    assert gate(platform) is Gate.OPEN
    clock.set(NOON + 10 * MINUTE)

    assert gate(platform) is Gate.LATE
    assert len(door(platform).blockers) == 1
    with pytest.raises(Refused):
        sitting.start(platform, actor=learner, exam=EXAM)
    with pytest.raises(BadInput):
        admit(platform, number, "E1001")
    assert gate(platform) is Gate.LATE
    admit(platform, number, "E1001", reason="地铁故障")
    clock.set(NOON + HOUR)
    assert gate(platform) is Gate.OPEN
    sitting.start(platform, actor=learner, exam=EXAM)


def test_who_was_admitted_before_is_never_late_and_who_sits_may_come_back(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    number = hall(platform, needs_admission=True, late_minutes=10, opens_at=NOON + HOUR)
    assert gate(platform) is Gate.NOT_YET
    admit(platform, number, "E1001")
    assert gate(platform) is Gate.NOT_YET
    clock_of(platform).set(NOON + HOUR + 30 * MINUTE)
    begin(platform, learner)

    clock_of(platform).advance(5 * MINUTE)
    assert door(platform).may_start
    sitting.start(platform, actor=learner, exam=EXAM)


def test_who_may_admit_whom(sqlite_platform: Platform) -> None:
    number = hall(sqlite_platform, "E1001", "E1002", "H0001", needs_admission=True)
    for staff_no in ("E1001", "S0001"):
        with pytest.raises(NotPermitted):
            conducting.admit(
                sqlite_platform,
                actor=actor(sqlite_platform, staff_no),
                cohort_id=number,
                staff_nos=["E1002"],
            )
    with pytest.raises(NotPermitted):
        admit(sqlite_platform, number, "E1001", "H0001")
    with pytest.raises(NotFound, match="S0001"):
        admit(sqlite_platform, number, "E1001", "S0001")
    with pytest.raises(NotFound):
        admit(sqlite_platform, number + 1, "E1001")
    registering.excuse(
        sqlite_platform, actor=hr(sqlite_platform), cohort_id=number, staff_no="E1002", reason="病"
    )
    with pytest.raises(Refused):
        admit(sqlite_platform, number, "E1001", "E1002")
    assert gate(sqlite_platform) is Gate.WAITING, "all of them or none"
    clock_of(sqlite_platform).set(NOON + 2 * HOUR)
    with pytest.raises(Refused):
        admit(sqlite_platform, number, "E1001", reason="x")


@pytest.mark.parametrize(
    "what",
    [
        {"late_minutes": 0},
        {"late_minutes": 1441},
        {"late_minutes": 10, "opens_at": None},
        {"place": "x" * 81},
    ],
)
def test_a_hall_that_makes_no_sense_is_refused(
    sqlite_platform: Platform, what: dict[str, Any]
) -> None:
    with pytest.raises(BadInput):
        hall(sqlite_platform, **what)


def test_a_hall_is_changed_until_its_window_is_over(platform: Platform) -> None:
    number = hall(platform)
    change: dict[str, Any] = {"actor": hr(platform), "cohort_id": number}
    registering.change_cohort(
        platform, place=" 302 ", needs_admission=True, late_minutes=15, **change
    )

    view = cohorts.one(platform, actor=hr(platform), cohort_id=number)
    assert (view.place, view.needs_admission, view.late_minutes) == ("302", True, 15)
    assert gate(platform) is Gate.WAITING
    with pytest.raises(BadInput):
        registering.change_cohort(
            platform, place="", needs_admission=True, late_minutes=0, **change
        )
    clock_of(platform).set(NOON + 2 * HOUR)
    with pytest.raises(Refused):
        registering.change_cohort(
            platform, place="", needs_admission=False, late_minutes=None, **change
        )


def seats(platform: Platform, number: int) -> dict[str, str]:
    found = seating.seats_of(platform, actor=hr(platform), cohort_id=number)
    return {one.staff_no: one.seat for one in found}


def test_seats_are_given_in_a_row_around_those_that_are_taken(platform: Platform) -> None:
    number = hall(platform, "E1001", "E1002", "S0001", "0001")
    give: dict[str, Any] = {"actor": hr(platform), "cohort_id": number}
    seating.assign(platform, seats_by_staff_no={"E1001": "A-01"}, **give)
    registering.excuse(platform, staff_no="S0001", reason="病假", **give)
    seating.assign_free(platform, per_row=2, **give)

    assert seats(platform, number) == {
        "0001": "A-02",
        "E1001": "A-01",
        "E1002": "B-01",
        "S0001": "",
    }
    with pytest.raises(BadInput):
        seating.assign_free(platform, per_row=0, **give)


def test_two_never_have_one_seat_but_may_exchange_theirs(platform: Platform) -> None:
    number = hall(platform)
    give: dict[str, Any] = {"actor": hr(platform), "cohort_id": number}
    seating.assign(platform, seats_by_staff_no={"E1001": "A-01", "E1002": "A-02"}, **give)
    with pytest.raises(Refused):
        seating.assign(platform, seats_by_staff_no={"E1001": "a-02"}, **give)
    with pytest.raises(NotFound):
        seating.assign(platform, seats_by_staff_no={"E1001": "C-1", "S0001": "C-2"}, **give)
    seating.assign(platform, seats_by_staff_no={"E1001": "A-02", "E1002": "A-01"}, **give)

    assert seats(platform, number) == {"E1001": "A-02", "E1002": "A-01"}
    seating.assign(platform, seats_by_staff_no={"E1001": ""}, **give)
    assert seats(platform, number)["E1001"] == ""
    with pytest.raises(NotPermitted):
        seating.assign_free(platform, actor=actor(platform, "E1001"), cohort_id=number)


@pytest.mark.parametrize(
    "text",
    [
        "staff_no,seat\nE1001,A-01\nE1002,A-02\n",
        "员工号\t姓名\t座位\nE1001\t王\tA-01\nE1002\t\tA-02",
    ],
)
def test_seats_are_read_from_a_table(sqlite_platform: Platform, tmp_path: Path, text: str) -> None:
    number = hall(sqlite_platform)
    file = tmp_path / "seats.csv"
    headed = text.replace("员工号", _("Staff no.")).replace("座位", _("Seat"))
    file.write_text(headed, encoding="utf-8")

    seating.assign_from_table(
        sqlite_platform, actor=hr(sqlite_platform), cohort_id=number, path=file
    )

    assert seats(sqlite_platform, number) == {"E1001": "A-01", "E1002": "A-02"}


@pytest.mark.parametrize(
    "text",
    [
        "who,where\nE1001,A\n",
        "staff_no,seat\nE1001,\n",
        "staff_no,seat\nE1001,A\nE1001,B\n",
        "staff_no,seat\nE1001," + "x" * 21,
    ],
)
def test_a_table_with_a_wrong_row_gives_no_seat(
    sqlite_platform: Platform, tmp_path: Path, text: str
) -> None:
    number = hall(sqlite_platform)
    file = tmp_path / "seats.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        seating.assign_from_table(
            sqlite_platform, actor=hr(sqlite_platform), cohort_id=number, path=file
        )
    assert set(seats(sqlite_platform, number).values()) == {""}


def test_nobody_is_moved_by_a_list_of_seats_in_the_middle_of_an_exam(
    platform: Platform, tmp_path: Path
) -> None:
    number = hall(platform)
    give: dict[str, Any] = {"actor": hr(platform), "cohort_id": number}
    seating.assign(platform, seats_by_staff_no={"E1002": "A-02"}, **give)
    seating.assign(platform, seats_by_staff_no={"E1001": "A-01"}, **give)
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    begun = sitting.start(platform, actor=learner, exam=EXAM)
    file = tmp_path / "seats.csv"
    file.write_text("staff_no,seat\nE1002,B-02\nE1001,B-01\n", encoding="utf-8")

    with pytest.raises(Refused) as refused:
        seating.assign_from_table(platform, path=file, **give)
    assert refused.value.place == f"{file}:3"
    assert f"attempt move {begun.attempt_id}" in refused.value.mend
    for wanted in ({"E1001": "B-01"}, {"E1001": ""}, {"E1001": "A-02", "E1002": "A-01"}):
        with pytest.raises(Refused):
            seating.assign(platform, seats_by_staff_no=wanted, **give)
    assert seats(platform, number) == {"E1001": "A-01", "E1002": "A-02"}

    file.write_text("staff_no,seat\nE1002,B-02\nE1001,a-01\n", encoding="utf-8")
    seating.assign_from_table(platform, path=file, **give)
    assert seats(platform, number) == {"E1001": "a-01", "E1002": "B-02"}


def test_who_sits_without_a_seat_is_given_one(platform: Platform) -> None:
    number = hall(platform)
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    begin(platform, learner)

    seating.assign_free(platform, actor=hr(platform), cohort_id=number)

    assert seats(platform, number) == {"E1001": "A-01", "E1002": "A-02"}


def issue(platform: Platform, number: int, *staff_nos: str) -> dict[str, str]:
    found = exam_codes.issue(platform, actor=hr(platform), cohort_id=number, staff_nos=staff_nos)
    return {one.staff_no: one.code for one in found}


def test_a_code_lets_in_to_its_exam_only_and_is_kept_as_a_digest(platform: Platform) -> None:
    number = hall(platform)
    codes = issue(platform, number)
    assert set(codes) == {"E1001", "E1002"}
    code = codes["E1001"]

    for typed in (code, f" {code.lower()} ", code.replace("-", ""), code.replace("-", " ")):
        entered = exam_codes.check(platform, staff_no="E1001", code=typed)
        assert (entered.only_exam, entered.must_change) == (EXAM, False)
        assert entered.actor.staff_no == "E1001"
    with platform.database.read() as session:
        kept = [one.code_hash for one in session.exec(select(CohortMember)).all()]
        ledger = session.exec(select(LedgerEntry)).all()
    assert len(set(kept)) == 2
    plain = code.replace("-", "")
    everything = str(kept) + str([entry.facts for entry in ledger])
    assert code not in everything
    assert plain not in everything
    assert sum(entry.action == "exam-code-used" for entry in ledger) == 1


def test_a_wrong_code_says_the_same_whatever_is_wrong(platform: Platform) -> None:
    number = hall(platform)
    codes = issue(platform, number)
    said = set()
    for staff_no, code in (
        ("E1001", codes["E1002"]),
        ("E1001", ""),
        ("E1001", "·"),
        ("S0001", codes["E1001"]),
        ("nobody", codes["E1001"]),
        ("", ""),
    ):
        with pytest.raises(Refused) as refused:
            exam_codes.check(platform, staff_no=staff_no, code=code)
        assert not isinstance(refused.value, NotNow)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_code_holds_from_a_while_before_until_the_exam_is_submitted(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    number = hall(platform, opens_at=NOON + HOUR, closes_at=NOON + 2 * HOUR)
    code = issue(platform, number)["E1001"]
    clock = clock_of(platform)

    def check() -> str:
        return exam_codes.check(platform, staff_no="E1001", code=code).only_exam

    clock.set(NOON + 30 * MINUTE - INSTANT)
    with pytest.raises(NotNow):
        check()
    clock.set(NOON + 30 * MINUTE)
    assert check() == EXAM
    clock.set(NOON + 90 * MINUTE)
    begun = begin(platform, learner)
    assert check() == EXAM
    time_grants.give_time(
        platform,
        actor=hr(platform),
        attempt_id=begun.sitting.attempt_id,
        minutes=20,
        reason="x",
    )
    clock.set(NOON + 2 * HOUR + 10 * MINUTE)
    assert check() == EXAM, "whose time goes beyond the window comes back in, too"
    begun.submit()
    with pytest.raises(NotNow):
        check()


def test_a_code_ends_with_its_window_and_a_new_one_makes_the_old_one_void(
    platform: Platform,
) -> None:
    number = hall(platform)
    old = issue(platform, number)["E1001"]
    new = issue(platform, number, "E1001")["E1001"]
    assert old != new
    with pytest.raises(Refused):
        exam_codes.check(platform, staff_no="E1001", code=old)
    exam_codes.check(platform, staff_no="E1001", code=new)
    clock_of(platform).set(NOON + 2 * HOUR)
    with pytest.raises(NotNow):
        exam_codes.check(platform, staff_no="E1001", code=new)
    with pytest.raises(Refused):
        issue(platform, number)


def test_codes_are_issued_by_who_conducts_and_not_for_oneself(sqlite_platform: Platform) -> None:
    number = hall(sqlite_platform, "E1001", "E1002", "H0001")
    for staff_no in ("E1001", "S0001"):
        with pytest.raises(NotPermitted):
            exam_codes.issue(
                sqlite_platform, actor=actor(sqlite_platform, staff_no), cohort_id=number
            )
    with pytest.raises(NotPermitted):
        issue(sqlite_platform, number, "H0001")
    with pytest.raises(NotFound):
        issue(sqlite_platform, number, "S0001")
    assert set(issue(sqlite_platform, number)) == {"E1001", "E1002"}
    view = cohorts.one(sqlite_platform, actor=hr(sqlite_platform), cohort_id=number)
    assert [one.has_code for one in view.members] == [True, True, False]


def test_who_is_excused_or_has_left_comes_in_with_no_code(sqlite_platform: Platform) -> None:
    number = hall(sqlite_platform)
    code = issue(sqlite_platform, number)["E1001"]
    registering.excuse(
        sqlite_platform, actor=hr(sqlite_platform), cohort_id=number, staff_no="E1001", reason="病"
    )
    with pytest.raises(NotNow):
        exam_codes.check(sqlite_platform, staff_no="E1001", code=code)
    assert set(issue(sqlite_platform, number)) == {"E1002"}


def with_code(platform: Platform, staff_no: str, code: str) -> Actor:
    return exam_codes.check(platform, staff_no=staff_no, code=code).actor


def test_a_code_brings_none_of_the_roles_of_its_person(platform: Platform) -> None:
    number = hall(platform, "S0001")
    came = with_code(platform, "S0001", issue(platform, number)["S0001"])
    assert actor(platform, "S0001").roles
    for who in (came, sign_in.as_of_now(platform, came)):
        assert who.roles == frozenset()
        allowed = {one for one in Action if may(who, one, owner=who.person_id)}
        assert allowed == {Action.SIT_EXAM, Action.SEE_RECORD}
        assert not [one for one in Action if may(who, one)]
        assert not [one for one in Action if may(who, one, owner_supervisor=who.person_id)]


def test_a_code_begins_no_other_exam_and_no_second_attempt(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    number = hall(platform)
    came = with_code(platform, "E1001", issue(platform, number)["E1001"])
    for other in ("sample-practical", "sample-oral"):
        with pytest.raises((Refused, NotFound)):
            sitting.start(platform, actor=came, exam=other)
    begun = sitting.start(platform, actor=came, exam=EXAM)
    sitting.submit(platform, actor=came, attempt_id=begun.attempt_id, fence=begun.fence)
    with pytest.raises(NotNow):
        sitting.start(platform, actor=came, exam=EXAM)


def test_a_new_code_ends_what_was_come_in_with_on_the_old_one(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    number = hall(platform)
    thief = with_code(platform, "E1001", issue(platform, number)["E1001"])
    stolen = sitting.start(platform, actor=thief, exam=EXAM)
    candidate = with_code(platform, "E1001", issue(platform, number, "E1001")["E1001"])

    begun = sitting.resume(platform, actor=candidate, exam=EXAM)
    assert begun.attempt_id == stolen.attempt_id
    for go_on in (sitting.start, sitting.resume):
        with pytest.raises(Refused):
            go_on(platform, actor=thief, exam=EXAM)
    assert stored_attempt(platform, begun.attempt_id).fence == begun.fence


def test_nobody_registers_themselves_nor_changes_the_cohort_they_sit_in(
    platform: Platform,
) -> None:
    number = hall(platform, "E1001", needs_admission=True)
    with pytest.raises(NotPermitted):
        registering.register(
            platform, actor=hr(platform), cohort_id=number, staff_nos=["E1002", "H0001"]
        )
    assert [
        one.staff_no for one in seating.seats_of(platform, actor=hr(platform), cohort_id=number)
    ] == ["E1001"]
    registering.register(platform, actor=CONSOLE, cohort_id=number, staff_nos=["H0001"])
    for needed in (True, False):
        with pytest.raises(NotPermitted):
            registering.change_cohort(
                platform,
                actor=hr(platform),
                cohort_id=number,
                place="",
                needs_admission=needed,
                late_minutes=None,
            )
    assert gate(platform, "H0001") is Gate.WAITING
