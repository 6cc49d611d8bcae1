"""What a correction does beyond the mark: qualifications, remedial training, no result at all."""

from fractions import Fraction

import pytest
from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.correction import CorrectionKind
from certify.domain.person import Actor, Role, RoleGrant
from certify.domain.qualification import QualificationChange, QualificationState
from certify.domain.remedial import RemedialAssignment
from certify.i18n import speaking
from certify.platform import Platform
from certify.policy import ExamPassed, Level, Policy, QualificationPolicy
from certify.services import cohorts, correcting, lobby, practical, registering, replaying, results
from certify.services.cohorts import MemberState
from certify.services.correcting import Wish
from certify.storage import items, people
from tests.platforms import actor, read_course, with_policy
from tests.services.marking_steps import PRACTICAL, WRITTEN, hand_in, load_marked, mark, mark_all
from tests.services.steps import EXAM, begin, check_books, fail


@pytest.fixture
def trainer(platform: Platform) -> Actor:
    with platform.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    return actor(platform, "S0001")


def codes_of(platform: Platform, attempt_id: int, topic: str | None = None) -> list[str]:
    """The items of a form, or those of one topic."""
    with platform.database.read() as session:
        form = session.get_one(Attempt, attempt_id).form
        known = items.versions(session, [int(one["version"]) for one in form])
        codes = items.codes(session, list(known))
    return [codes[n] for n, one in known.items() if topic in (None, one.topic)]


def correct(platform: Platform, proposer: Actor, wish: Wish) -> None:
    """Propose a correction and apply it as HR."""
    number = correcting.propose(platform, actor=proposer, wish=wish)
    correcting.apply(platform, actor=actor(platform, "H0001"), number=number)


def void_all(platform: Platform, trainer: Actor, attempt_id: int, *, lowers: bool = False) -> None:
    for code in codes_of(platform, attempt_id):
        wish = Wish(EXAM, CorrectionKind.VOID, code, "印错了", lowers=lowers)
        correct(platform, trainer, wish)


def test_a_failure_of_which_every_item_was_voided_has_no_result_and_counts_nowhere(
    platform: Platform, trainer: Actor
) -> None:
    learner, hr = actor(platform, "E1001"), actor(platform, "H0001")
    read_course(platform, learner)
    cohort = registering.new_cohort(platform, actor=hr, exam=EXAM, title="三月")
    registering.register(platform, actor=hr, cohort_id=cohort, staff_nos=["E1001"])
    attempt_id = fail(platform, learner, "limits", "greeting")

    void_all(platform, trainer, attempt_id)

    view = results.result(platform, actor=learner, attempt_id=attempt_id).attempt
    assert (view.mark, view.passed, view.possible) == ("", None, "0")
    door = lobby.lobby(platform, actor=learner, exam=EXAM)
    assert (door.remedial, door.attempts_left) == (None, platform.policy.retake.max_attempts)
    seen = cohorts.one(platform, actor=hr, cohort_id=cohort)
    assert [one.state for one in seen.members] == [MemberState.NO_RESULT]
    assert (seen.figures.counted, seen.figures.rate) == (0, None)
    assert replaying.replay(platform, actor=hr, attempt_id=attempt_id).troubles == ()
    with speaking("en"):
        assert begin(platform, learner).submit() != attempt_id
    again = results.record(platform, actor=learner).attempts[0]
    assert again.number == 1
    check_books(platform)


def test_a_pass_of_which_every_item_was_voided_is_kept_unless_the_proposer_said_so(
    platform: Platform, trainer: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    attempt_id = fail(platform, learner)
    void_all(platform, trainer, attempt_id)
    kept = results.result(platform, actor=learner, attempt_id=attempt_id)
    assert (kept.attempt.mark, kept.attempt.passed) == ("100.00", True)
    assert kept.granted


def test_a_failure_that_stays_one_asks_for_the_topics_that_are_below_now(
    platform: Platform, trainer: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    attempt_id = fail(platform, learner, "limits", "greeting")
    with platform.database.read() as session:
        (before,) = session.exec(select(RemedialAssignment)).all()

    for code in codes_of(platform, attempt_id, "limits"):
        correct(platform, trainer, Wish(EXAM, CorrectionKind.VOID, code, "印错了"))

    assert set(before.topics) == {"limits", "greeting"}
    with platform.database.read() as session:
        (found,) = session.exec(select(RemedialAssignment)).all()
    assert found.topics == ["greeting"]
    assert (found.assigned_at, found.due_on) == (before.assigned_at, before.due_on)


def test_what_two_parts_gave_is_revoked_when_either_of_them_falls(
    platform: Platform,
) -> None:
    load_marked(platform)
    level = Level(
        code="L2",
        title={"zh": "技师", "en": "Technician"},
        months=12,
        conditions=(ExamPassed(course_kind="special"),),
    )
    policy = Policy(qualification=QualificationPolicy(ladder=(level,)))
    company = with_policy(platform, policy)
    learner = actor(company, "E1001")
    written = hand_in(company, learner)
    mark_all(company, "X0001")
    (code,) = practical.open_practical(
        company, actor=actor(company, "X0001"), exam=PRACTICAL, staff_no="E1001"
    )
    mark(company, "X0001", code, "1")
    assert len(results.record(company, actor=learner).qualifications) == 2
    with company.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    proposer = actor(company, "S0001")

    for item in codes_of(company, written):
        wish = Wish(
            WRITTEN, CorrectionKind.REMARK, item, "复核", attempt_id=written, share=Fraction(0)
        )
        correct(company, proposer, wish)

    states = {one.state for one in results.record(company, actor=learner).qualifications}
    assert states == {QualificationState.REVOKED}
    with company.database.read() as session:
        changes = session.exec(select(QualificationChange)).all()
    revoked = [one for one in changes if one.state is QualificationState.REVOKED]
    assert len(revoked) == 2
    check_books(company)
