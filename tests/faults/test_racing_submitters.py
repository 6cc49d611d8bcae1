"""Eight terminals submit one attempt at the same moment, attempt after attempt (G9)."""

from collections import Counter

from sqlmodel import select

from certify.domain.certificate import Certificate
from certify.domain.qualification import Qualification
from certify.platform import Platform
from certify.services import results
from certify.storage import ledger
from tests.faults.conftest import Tally
from tests.faults.sizes import size
from tests.services.steps import begin, check_books
from tests.services.test_racing import hire_learners, race

ATTEMPTS = {"sqlite": size(25, 5000), "postgresql": size(15, 5000)}
RACERS = 8


def test_eight_racing_submitters_give_every_attempt_one_result_and_its_certificates_once(
    platform: Platform, tally: Tally
) -> None:
    kind = platform.database.engine.dialect.name
    people = hire_learners(platform, ATTEMPTS[kind])
    passed = set()
    for who in people:
        terminal = begin(platform, who)
        terminal.answer_all()
        submitted = race(*[terminal.submit] * RACERS)
        assert submitted == [terminal.sitting.attempt_id] * RACERS
        assert results.result(
            platform, actor=who, attempt_id=terminal.sitting.attempt_id
        ).attempt.passed
        passed.add(f"attempt:{terminal.sitting.attempt_id}")

    with platform.database.read() as session:
        told = [(one.action, one.subject) for one in ledger.entries(session)]
        scored = Counter(subject for action, subject in told if action == "attempt-scored")
        held = session.exec(select(Qualification)).all()
        certificates = session.exec(select(Certificate)).all()
    assert scored == dict.fromkeys(passed, 1)
    per_person = Counter((one.person_id, one.code) for one in held)
    codes = {code for _, code in per_person}
    assert per_person == {(who.person_id, code): 1 for who in people for code in codes}
    assert Counter(one.qualification_id for one in certificates) == Counter(one.id for one in held)
    check_books(platform)
    tally(
        f"{RACERS} racing submitters, {kind}",
        faults=len(people),
        acknowledged=sum(scored.values()),
        lost=0,
    )
