"""A blueprint is proved for trainers only, and a retake whose bank is too small says so."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import Session, select

from certify.clock import SetClock
from certify.domain.course import Exam
from certify.domain.person import CONSOLE, Actor, RoleGrant
from certify.domain.person import Role as Roles
from certify.errors import NotFound, NotPermitted
from certify.i18n import _n
from certify.platform import Platform
from certify.policy import Policy
from certify.services import lobby, proof_words, proving, sitting
from certify.services.candidacy import candidacy
from certify.services.drawing import repeated_share
from certify.storage import attempts, courses, ledger
from tests.platforms import actor, read_course, sit, with_policy

EXAM = "sample-written"
NO_REPEAT = Policy.model_validate({"retake": {"max_overlap": 0}})


def give_role(platform: Platform, staff_no: str, role: Roles) -> Actor:
    person = actor(platform, staff_no).person_id
    with platform.database.write() as session:
        session.add(RoleGrant(person_id=person, role=role))
    return actor(platform, staff_no)


def want(platform: Platform, *counts: int) -> None:
    """Change how many items the cells of the sample exam want."""
    with platform.database.write() as session:
        exam = courses.exam(session, EXAM)
        assert exam is not None
        exam.blueprint = [
            cell | {"count": count} for cell, count in zip(exam.blueprint, counts, strict=True)
        ]


def test_a_trainer_and_the_command_line_may_prove_and_nobody_else(platform: Platform) -> None:
    trainer = give_role(platform, "S0001", Roles.TRAINER)

    assert proving.prove(platform, actor=trainer, exam=EXAM, forms=5).may_open
    assert proving.prove(platform, actor=CONSOLE, exam=EXAM, forms=5).may_open
    for other in ("E1001", "H0001"):
        with pytest.raises(NotPermitted):
            proving.prove(platform, actor=actor(platform, other), exam=EXAM)
        with pytest.raises(NotPermitted):
            proving.exams(platform, actor=actor(platform, other))


def test_an_unknown_exam_is_not_found(sqlite_platform: Platform) -> None:
    with pytest.raises(NotFound):
        proving.prove(sqlite_platform, actor=CONSOLE, exam="nothing")


def test_the_exams_of_courses_that_are_loaded_can_be_proved(sqlite_platform: Platform) -> None:
    assert [one.code for one in proving.exams(sqlite_platform, actor=CONSOLE)] == [EXAM]

    with sqlite_platform.database.write() as session:
        session.exec(select(Exam)).one().available = False

    assert proving.exams(sqlite_platform, actor=CONSOLE) == []


def test_every_cell_stands_in_the_view_with_what_the_bank_has_for_it(platform: Platform) -> None:
    view = proving.prove(platform, actor=CONSOLE, exam=EXAM, forms=5)

    assert (view.items, view.points, view.bank, view.forms) == (4, "7.5", 11, 5)
    assert [(one.topic, one.count, one.available, one.points) for one in view.cells] == [
        ("greeting", 2, 5, "2"),
        ("limits", 1, 3, "2.5"),
        ("limits", 1, 3, "1"),
    ]
    assert all(one.is_alone and one.filled == one.count for one in view.cells)


def test_a_cell_that_cannot_be_filled_is_named_and_the_exam_does_not_open(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    want(platform, 6, 1, 1)

    view = proving.prove(platform, actor=CONSOLE, exam=EXAM)

    assert not view.may_open
    assert view.comparison is None
    assert [(one.places, one.wanted, one.available) for one in view.conflicts] == [((0,), 6, 5)]
    (text,) = proof_words.conflicts(view)
    assert proof_words.cell_name(view.cells[0]) in text
    assert not lobby.lobby(platform, actor=learner, exam=EXAM).may_start


def test_marks_are_expected_from_the_authors_difficulty_until_answers_are_known(
    sqlite_platform: Platform,
) -> None:
    certain = Policy.model_validate(
        {"blueprint": dict.fromkeys(("expected_p_easy", "expected_p_medium", "expected_p_hard"), 1)}
    )
    platform = with_policy(sqlite_platform, certain)

    guessed = proving.prove(platform, actor=CONSOLE, exam=EXAM, forms=5)
    codes = {code for cell in guessed.cells for code in cell.codes}
    known = {code: Fraction(1, 2) for code in codes}
    measured = proving.prove(platform, actor=CONSOLE, exam=EXAM, forms=5, difficulty_p=known)

    assert guessed.comparison is not None
    assert measured.comparison is not None
    assert (guessed.comparison.spread.mean, guessed.measured) == (Fraction(100), 0)
    assert (measured.comparison.spread.mean, measured.measured) == (Fraction(50), 11)
    assert measured.comparison.spread.deviation == 0
    assert len({line(view) for view in (guessed, measured)}) == 2


def line(view: proving.ProofView) -> str:
    """Where the figures of the expected mark come from."""
    assert view.comparison is not None
    return proof_words.spread(view, view.comparison)[-1]


@pytest.mark.parametrize(("asked", "drawn"), [(-1, 2), (2, 2), (2001, 2000)])
def test_no_more_forms_are_drawn_than_one_can_wait_for(
    sqlite_platform: Platform, asked: int, drawn: int
) -> None:
    assert proving.prove(sqlite_platform, actor=CONSOLE, exam=EXAM, forms=asked).forms == drawn


def test_a_bound_that_cannot_be_kept_names_the_cells_and_how_many_items_they_lack(
    sqlite_platform: Platform,
) -> None:
    view = proving.prove(with_policy(sqlite_platform, NO_REPEAT), actor=CONSOLE, exam=EXAM)

    assert view.may_open
    assert not view.keeps_bound
    assert view.comparison is not None
    lacking = {one.places: one.more for one in view.comparison.additions}
    # Three attempts want 6, 3 and 3 items; 5, 3 and 3 are there.
    assert lacking == {(0,): 1}
    assert proof_words.cell_name(view.cells[0]) in proof_words.warnings(view, view.comparison)[-1]


def test_a_bound_of_one_whole_form_is_always_kept(sqlite_platform: Platform) -> None:
    anything = Policy.model_validate({"retake": {"max_overlap": 1}})

    view = proving.prove(with_policy(sqlite_platform, anything), actor=CONSOLE, exam=EXAM)

    assert view.keeps_bound
    assert view.comparison is not None
    assert proof_words.warnings(view, view.comparison) == []


def starts(session: Session) -> list[dict[str, object]]:
    """The facts of every attempt that was started, as the ledger keeps them."""
    return [one.facts for one in ledger.entries(session) if one.action == "attempt-started"]


def test_a_form_that_must_repeat_items_opens_says_so_and_the_ledger_keeps_how_many(
    platform: Platform, clock: SetClock
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    want(platform, 4, 1, 1)
    assert lobby.lobby(platform, actor=learner, exam=EXAM).notices == ()
    sit(platform, learner, right=0)
    clock.set(clock.now() + timedelta(hours=1))
    read_course(platform, learner)

    door = lobby.lobby(platform, actor=learner, exam=EXAM)
    begun = sitting.start(platform, actor=learner, exam=EXAM)

    # Five items fit the first cell, and four of them were seen.
    text = _n(
        "{count} of {items} items was on your earlier forms: the bank is too small for others.",
        "{count} of {items} items were on your earlier forms: the bank is too small for others.",
        3,
    )
    assert door.may_start
    assert door.notices == (text.format(count=3, items=6),)
    with platform.database.read() as session:
        first, second = starts(session)
        past = attempts.of_person(session, learner.person_id)
        shown = [{int(item["version"]) for item in attempt.form} for attempt in past]
    assert (first["overlap"], first["bound"]) == ("0", "3/10")
    assert (second["overlap"], second["bound"]) == ("1/2", "3/10")
    assert len(shown[0] & shown[1]) == 3
    assert begun.attempt_id == past[1].id


def test_nothing_is_said_of_a_retake_within_the_bound(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    anything = Policy.model_validate({"retake": {"max_overlap": "1/2"}})
    platform = with_policy(sqlite_platform, anything)
    want(platform, 4, 1, 1)
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    sit(platform, learner, right=0)
    clock.set(clock.now() + timedelta(hours=1))
    read_course(platform, learner)

    assert lobby.lobby(platform, actor=learner, exam=EXAM).notices == ()


def test_what_the_next_form_will_repeat_is_known_before_it_is_drawn(
    sqlite_platform: Platform,
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    want(sqlite_platform, 4, 1, 1)
    sit(sqlite_platform, learner, right=0)
    with sqlite_platform.database.read() as session:
        exam = courses.exam(session, EXAM)
        assert exam is not None
        before = candidacy(session, sqlite_platform, learner.person_id, exam)

        assert repeated_share(session, before) == (Fraction(1, 2), 6)
        assert repeated_share(session, replace(before, past=[])) == (Fraction(0), 6)
