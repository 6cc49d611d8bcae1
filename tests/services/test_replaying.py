"""Whoever changes one number in the database is found out by computing it again."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import Session, select

from certify.domain.attempt import Attempt, Response
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Actor, Role, RoleGrant
from certify.domain.result import AttemptResult
from certify.errors import NotFound
from certify.platform import Platform
from certify.services import replaying
from certify.services.replaying import Trouble
from certify.storage import people
from tests.platforms import actor, lift_guards
from tests.services.test_correcting import carried_out, failed_on, items_of, wish


@pytest.fixture
def trainer(platform: Platform) -> Actor:
    with platform.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    return actor(platform, "S0001")


def replayed(platform: Platform, attempt_id: int) -> replaying.Replay:
    return replaying.replay(platform, actor=actor(platform, "H0001"), attempt_id=attempt_id)


def test_an_attempt_and_all_its_corrections_give_the_stored_results_again(
    platform: Platform, trainer: Actor
) -> None:
    hr = actor(platform, "H0001")
    attempt_id = failed_on(platform, "E1001", "limits")
    for item in items_of(platform, attempt_id, "limits"):
        carried_out(platform, trainer, hr, wish(item))

    found = replayed(platform, attempt_id)

    assert (found.results, found.troubles) == (3, ())


def change_part(session: Session, attempt_id: int) -> None:
    one = session.get_one(AttemptResult, (attempt_id, 1))
    one.parts = [{**part, "share": "1"} for part in one.parts]


def change_result(session: Session, attempt_id: int) -> None:
    session.get_one(AttemptResult, (attempt_id, 1)).earned = Fraction(99)


def change_verdict(session: Session, attempt_id: int) -> None:
    session.get_one(AttemptResult, (attempt_id, 1)).passed = True
    session.get_one(Attempt, attempt_id).passed = True


def change_attempt(session: Session, attempt_id: int) -> None:
    session.get_one(Attempt, attempt_id).passed = True


def change_answer(session: Session, attempt_id: int) -> None:
    one = session.get_one(Response, (attempt_id, 2))
    one.answer = None


def change_ledger(session: Session, attempt_id: int) -> None:
    query = select(LedgerEntry).where(
        LedgerEntry.action == "attempt-scored", LedgerEntry.subject == f"attempt:{attempt_id}"
    )
    entry = session.exec(query).one()
    entry.facts = {**entry.facts, "passed": True}


@pytest.mark.parametrize(
    ("change", "troubles"),
    [
        (change_part, {Trouble.PARTS, Trouble.VERDICT, Trouble.LEDGER}),
        (change_result, {Trouble.VERDICT, Trouble.LEDGER, Trouble.ATTEMPT}),
        (change_verdict, {Trouble.VERDICT, Trouble.LEDGER}),
        (change_attempt, {Trouble.ATTEMPT}),
        (change_answer, {Trouble.CHAIN, Trouble.PARTS}),
        (change_ledger, {Trouble.LEDGER}),
    ],
)
def test_whatever_is_changed_by_hand_is_named(
    platform: Platform, change: Callable[[Session, int], Any], troubles: set[Trouble]
) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    assert replayed(platform, attempt_id).troubles == ()

    lift_guards(platform)
    with platform.database.write() as session:
        change(session, attempt_id)

    assert {trouble for trouble, _number in replayed(platform, attempt_id).troubles} == troubles


def test_only_those_who_may_see_an_attempt_verify_it(platform: Platform) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")

    own = replaying.replay(platform, actor=actor(platform, "E1001"), attempt_id=attempt_id)
    assert own.troubles == ()
    with pytest.raises(NotFound):
        replaying.replay(platform, actor=actor(platform, "E1002"), attempt_id=attempt_id)
