"""Corrections applied while people submit: no result escapes one, whoever commits first."""

from collections.abc import Callable

from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.correction import CorrectionKind
from certify.domain.person import Actor, Role, RoleGrant
from certify.platform import Platform
from certify.services import correcting
from certify.services.correcting import Wish
from certify.storage import items, people, results
from tests.platforms import actor
from tests.services.steps import EXAM, begin, check_books
from tests.services.test_racing import hire_learners, race

LEARNERS = 6


def examiners(platform: Platform) -> tuple[Actor, Actor]:
    """A trainer who proposes, and who applies."""
    with platform.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    return actor(platform, "S0001"), actor(platform, "H0001")


def test_whoever_submits_while_a_correction_is_applied_is_corrected_too(
    platform: Platform,
) -> None:
    proposer, second = examiners(platform)
    terminals = [begin(platform, who) for who in hire_learners(platform, LEARNERS)]
    for terminal in terminals:
        terminal.answer_all(wrong_topics=("limits",))
    with platform.database.read() as session:
        form = session.get_one(Attempt, terminals[0].sitting.attempt_id).form
        version = int(form[0]["version"])
        item = items.codes(session, [version])[version]
    asked = Wish(EXAM, CorrectionKind.VOID, item, "两个选项都对")
    number = correcting.propose(platform, actor=proposer, wish=asked)

    def apply() -> object:
        return correcting.apply(platform, actor=second, number=number)

    submits: list[Callable[[], object]] = [terminal.submit for terminal in terminals]
    applied = not isinstance(race(apply, *submits)[0], Exception)

    with platform.database.read() as session:
        for attempt in session.exec(select(Attempt)).all():
            found = results.latest(session, attempt.id or 0)
            assert found is not None
            here = {int(one["position"]) for one in found.parts if one.get("voided")}
            asked_for = {n for n, one in enumerate(attempt.form) if one["version"] == version}
            assert here == (asked_for if applied else set())
    check_books(platform)
