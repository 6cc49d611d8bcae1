"""Corrections after an exam: looked at first, applied by two persons, nobody lowered silently."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.correction import CorrectionKind
from certify.domain.item import Item, ItemVersion, content_hash
from certify.domain.message import PersonMessage
from certify.domain.person import CONSOLE, Actor, Role, RoleGrant
from certify.domain.qualification import QualificationState
from certify.domain.result import AttemptResult, ResultKind
from certify.domain.tally_table import ExamTally, ItemTally
from certify.errors import NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import correcting, correction_words, lobby, replaying, results
from certify.services.correcting import Wish
from certify.storage import items, people
from tests.platforms import actor, read_course, sit
from tests.services.steps import EXAM, Terminal, begin, check_books, clock_of

VOID = CorrectionKind.VOID


@pytest.fixture
def trainer(platform: Platform) -> Actor:
    with platform.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    return actor(platform, "S0001")


@pytest.fixture
def hr(platform: Platform) -> Actor:
    return actor(platform, "H0001")


def failed_on(platform: Platform, staff_no: str, *topics: str) -> int:
    """Somebody reads, sits and answers these topics wrongly."""
    learner = actor(platform, staff_no)
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all(wrong_topics=topics)
    return terminal.submit()


def item_at(platform: Platform, attempt_id: int, position: int) -> str:
    with platform.database.read() as session:
        version = int(session.get_one(Attempt, attempt_id).form[position]["version"])
        return items.codes(session, [version])[version]


def items_of(platform: Platform, attempt_id: int, topic: str) -> list[str]:
    with platform.database.read() as session:
        form = session.get_one(Attempt, attempt_id).form
        known = items.versions(session, [int(item["version"]) for item in form])
        codes = items.codes(session, list(known))
    return [codes[n] for n, version in known.items() if version.topic == topic]


def wish(item: str, kind: CorrectionKind = VOID, **more: object) -> Wish:
    return Wish(exam=EXAM, kind=kind, item=item, reason="两个选项都对", **more)  # type: ignore[arg-type]


def carried_out(platform: Platform, proposer: Actor, second: Actor, asked: Wish) -> int:
    number = correcting.propose(platform, actor=proposer, wish=asked)
    correcting.apply(platform, actor=second, number=number)
    return number


def test_a_preview_names_exactly_who_changes_and_changes_nothing(
    platform: Platform, trainer: Actor
) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    item = items_of(platform, attempt_id, "limits")[0]
    before = results.result(platform, actor=trainer, attempt_id=attempt_id)

    (change,) = correcting.preview(platform, actor=trainer, wish=wish(item))

    assert (change.staff_no, change.attempt_id) == ("E1001", attempt_id)
    assert change.after is not None
    assert change.before is not None
    assert change.after > change.before
    assert results.result(platform, actor=trainer, attempt_id=attempt_id) == before
    with platform.database.read() as session:
        assert len(session.exec(select(AttemptResult)).all()) == 1
    assert correcting.corrections(platform, actor=trainer) == []


def test_a_failure_that_a_voided_item_turns_into_a_pass_gives_all_a_pass_gives(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    both = items_of(platform, attempt_id, "limits")
    assert lobby.lobby(platform, actor=actor(platform, "E1001"), exam=EXAM).remedial

    carried_out(platform, trainer, hr, wish(both[0]))
    number = correcting.propose(platform, actor=trainer, wish=wish(both[1]))
    (change,) = correcting.apply(platform, actor=hr, number=number)

    assert (change.passed_before, change.passed_after) == (False, True)
    assert change.granted == ("reception", "L1")
    view = results.result(platform, actor=hr, attempt_id=attempt_id)
    assert (view.attempt.mark, view.attempt.passed) == ("100.00", True)
    assert {one.code for one in view.granted} == {"reception", "L1"}
    assert lobby.lobby(platform, actor=actor(platform, "E1001"), exam=EXAM).remedial is None
    with platform.database.read() as session:
        kept = session.exec(select(AttemptResult)).all()
        assert [(one.number, one.kind, one.passed) for one in kept] == [
            (1, ResultKind.SCORED, False),
            (2, ResultKind.CORRECTED, False),
            (3, ResultKind.CORRECTED, True),
        ]
        assert kept[2].reason == "两个选项都对"
        told = session.exec(select(PersonMessage)).all()
        assert [one.facts["after"] for one in told][-1] == "100.00"
    check_books(platform)


def test_nobody_is_lowered_unless_the_proposer_said_so(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    attempt_id = sit(platform, learner)
    item = items_of(platform, attempt_id, "greeting")[0]
    asked = wish(item, CorrectionKind.REMARK, attempt_id=attempt_id, share=Fraction(0))

    (gentle,) = correcting.preview(
        platform, actor=trainer, wish=wish(item, CorrectionKind.REWEIGHT, points=Fraction(1))
    )
    number = correcting.propose(platform, actor=trainer, wish=asked)
    (change,) = correcting.apply(platform, actor=hr, number=number)

    assert gentle.after == gentle.before == 100
    assert (change.passed_before, change.passed_after) == (True, False)
    assert len(change.revoked) == 2
    record = results.record(platform, actor=learner)
    assert {one.state for one in record.qualifications} == {QualificationState.REVOKED}
    assert lobby.lobby(platform, actor=learner, exam=EXAM).remedial is not None
    with platform.database.read() as session:
        (told,) = session.exec(select(PersonMessage)).all()
        assert told.facts["revoked"] == list(change.revoked)


def test_who_would_get_less_keeps_what_they_have(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.respond(0, terminal.right(0))
    attempt_id = terminal.submit()
    item = item_at(platform, attempt_id, 0)  # the only one answered: without it the mark is 0

    (kept,) = correcting.preview(platform, actor=trainer, wish=wish(item))
    number = correcting.propose(platform, actor=trainer, wish=wish(item))
    correcting.apply(platform, actor=hr, number=number)

    assert kept.kept
    assert kept.after == kept.before
    with platform.database.read() as session:
        assert len(session.exec(select(AttemptResult)).all()) == 1

    (lowered,) = correcting.preview(platform, actor=trainer, wish=wish(item, lowers=True))
    assert not lowered.kept
    assert lowered.after == 0


def test_a_correction_takes_two_persons(platform: Platform, trainer: Actor, hr: Actor) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    number = correcting.propose(
        platform, actor=trainer, wish=wish(items_of(platform, attempt_id, "limits")[0])
    )

    with pytest.raises(Refused):
        correcting.apply(platform, actor=trainer, number=number)
    with pytest.raises(Refused):
        correcting.apply(platform, actor=CONSOLE, number=number)
    with pytest.raises(NotPermitted):
        correcting.apply(platform, actor=actor(platform, "E1001"), number=number)
    with platform.database.read() as session:
        assert len(session.exec(select(AttemptResult)).all()) == 1

    correcting.apply(platform, actor=hr, number=number)
    with pytest.raises(Refused):
        correcting.apply(platform, actor=hr, number=number)


def test_nobody_proposes_a_correction_of_their_own_result(platform: Platform, hr: Actor) -> None:
    attempt_id = failed_on(platform, "H0001", "limits")

    with pytest.raises(Refused):
        correcting.propose(
            platform, actor=hr, wish=wish(items_of(platform, attempt_id, "limits")[0])
        )
    assert correcting.corrections(platform, actor=hr) == []


def test_nobody_applies_a_correction_of_their_own_result(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    attempt_id = failed_on(platform, "H0001", "limits")
    number = correcting.propose(
        platform, actor=trainer, wish=wish(items_of(platform, attempt_id, "limits")[0])
    )

    with pytest.raises(Refused):
        correcting.apply(platform, actor=hr, number=number)


def test_a_correction_whose_list_has_changed_is_not_applied(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    first, second = items_of(platform, attempt_id, "limits")
    number = correcting.propose(platform, actor=trainer, wish=wish(first))
    carried_out(platform, trainer, hr, wish(second))

    with pytest.raises(Refused):
        correcting.apply(platform, actor=hr, number=number)
    assert [one.id for one in correcting.corrections(platform, actor=hr) if one.is_open] == [number]
    correcting.withdraw(platform, actor=trainer, number=number)

    with pytest.raises(Refused):
        correcting.apply(platform, actor=hr, number=number)


def test_a_wrong_key_is_mended_by_the_newer_version_that_shows_the_same(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all(wrong_topics=("greeting",))
    attempt_id = terminal.submit()
    code = items_of(platform, attempt_id, "greeting")[0]
    with pytest.raises(Refused):
        correcting.preview(platform, actor=trainer, wish=wish(code, CorrectionKind.REKEY))

    chosen = next(
        response.answer["chosen"]
        for position, response in responses(platform, attempt_id).items()
        if item_at(platform, attempt_id, position) == code and response.answer
    )
    new_version(platform, code, {"key": chosen})
    (change,) = correcting.preview(platform, actor=trainer, wish=wish(code, CorrectionKind.REKEY))
    assert change.after is not None
    assert change.before is not None
    assert change.after > change.before

    new_version(platform, code, {"key": chosen, "stem": {"zh": "另一道题？"}})
    with pytest.raises(Refused):
        correcting.preview(platform, actor=trainer, wish=wish(code, CorrectionKind.REKEY))


def test_an_open_attempt_is_corrected_when_it_is_submitted(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    first = failed_on(platform, "E1001", "limits")
    code = items_of(platform, first, "limits")[0]
    other = actor(platform, "E1002")
    read_course(platform, other)
    terminal: Terminal = begin(platform, other)
    open_items = [
        item_at(platform, terminal.sitting.attempt_id, n)
        for n in range(len(terminal.sitting.items))
    ]
    carried_out(platform, trainer, hr, wish(code))
    clock_of(platform).advance(timedelta(minutes=1))

    terminal.answer_all(wrong_topics=("limits",))
    attempt_id = terminal.submit()

    with platform.database.read() as session:
        (found,) = session.exec(
            select(AttemptResult).where(AttemptResult.attempt_id == attempt_id)
        ).all()
    voided = [part["position"] for part in found.parts if part.get("voided")]
    assert voided == [n for n, one in enumerate(open_items) if one == code]


def test_the_sums_of_the_analysis_are_those_of_the_newest_results(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    code = items_of(platform, attempt_id, "limits")[0]
    carried_out(platform, trainer, hr, wish(code))

    with platform.database.read() as session:
        totals = [one for one in session.exec(select(ExamTally)).all() if one.n]
        kept = [one for one in session.exec(select(ItemTally)).all() if one.n]
        found = session.get_one(Attempt, attempt_id)
        asked = {int(item["version"]) for item in found.form}
        voided = {n for n, one in items.codes(session, asked).items() if one == code}
    assert [(one.n, one.total, one.possible) for one in totals] == [
        (1, int((found.earned or 0) * 1000), int((found.possible or 0) * 1000))
    ]
    assert {one.version_id for one in kept} == asked - voided
    assert all(one.n == 1 for one in kept)


@pytest.mark.parametrize(
    "asked",
    [
        wish("NO-000"),
        Wish(exam="no-exam", kind=VOID, item="GRT-001", reason="错题"),
    ],
)
def test_what_does_not_exist_cannot_be_corrected(
    platform: Platform, trainer: Actor, asked: Wish
) -> None:
    failed_on(platform, "E1001", "limits")

    with pytest.raises(NotFound):
        correcting.preview(platform, actor=trainer, wish=asked)


def test_a_correction_without_a_reason_or_with_impossible_numbers_is_refused(
    platform: Platform, trainer: Actor
) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    code = items_of(platform, attempt_id, "limits")[0]

    for asked in (
        Wish(exam=EXAM, kind=VOID, item=code, reason="  "),
        wish(code, CorrectionKind.REWEIGHT, points=Fraction(0)),
        wish(code, CorrectionKind.REWEIGHT),
        wish(code, CorrectionKind.REMARK, attempt_id=attempt_id, share=Fraction(3, 2)),
    ):
        with pytest.raises(Refused):
            correcting.preview(platform, actor=trainer, wish=asked)


def responses(platform: Platform, attempt_id: int):  # type: ignore[no-untyped-def]
    from certify.storage import attempts

    with platform.database.read() as session:
        return attempts.latest(session, attempt_id)


def new_version(platform: Platform, code: str, changes: dict[str, object]) -> None:
    """The course is loaded again with this item changed."""
    with platform.database.write() as session:
        item = session.exec(select(Item).where(Item.code == code)).one()
        old = session.get_one(ItemVersion, item.version_id)
        content = {**old.content, **changes}
        version = ItemVersion(
            item_id=item.id or 0,
            content_hash=content_hash(old.type, old.topic, old.difficulty, content),
            type=old.type,
            topic=old.topic,
            difficulty=old.difficulty,
            content=content,
            created_at=platform.clock.now(),
        )
        session.add(version)
        session.flush()
        item.version_id = version.id


def test_what_was_kept_once_is_kept_when_a_later_correction_lowers(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.respond(0, terminal.right(0))
    terminal.respond(1, terminal.right(1))
    attempt_id = terminal.submit()
    first, second = (item_at(platform, attempt_id, position) for position in (0, 1))
    carried_out(platform, trainer, hr, wish(first))  # would take the first away: kept

    (change,) = correcting.preview(platform, actor=trainer, wish=wish(second, lowers=True))

    with platform.database.read() as session:
        points = [Fraction(item["points"]) for item in session.get_one(Attempt, attempt_id).form]
    assert change.after == points[0] / (sum(points) - points[1]) * 100


def test_who_kept_what_they_had_still_gains_by_a_later_correction(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.respond(0, terminal.right(0))
    attempt_id = terminal.submit()
    answered, missed = (item_at(platform, attempt_id, position) for position in (0, 1))
    carried_out(platform, trainer, hr, wish(answered))

    number = correcting.propose(platform, actor=trainer, wish=wish(missed))
    (change,) = correcting.apply(platform, actor=hr, number=number)

    assert not change.kept
    assert change.before is not None
    assert change.after is not None
    assert change.after > change.before
    found = replaying.replay(platform, actor=hr, attempt_id=attempt_id)
    assert (found.results, found.troubles) == (2, ())


def test_a_version_may_be_named_where_there_is_only_one(platform: Platform, trainer: Actor) -> None:
    item = items_of(platform, failed_on(platform, "E1001", "limits"), "limits")[0]

    named = correcting.preview(platform, actor=trainer, wish=wish(f"{item}@1"))

    assert named == correcting.preview(platform, actor=trainer, wish=wish(item))
    with pytest.raises(NotFound):
        correcting.preview(platform, actor=trainer, wish=wish(f"{item}@2"))


def test_a_mark_that_stays_is_not_called_a_change(
    platform: Platform, trainer: Actor, hr: Actor
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    attempt_id = begin(platform, learner).submit()  # nothing answered: the mark stays 0
    item = item_at(platform, attempt_id, 0)

    (change,) = correcting.preview(platform, actor=trainer, wish=wish(item, lowers=True))

    assert change.before == change.after == 0
    assert correction_words.change_text(change) == _("nothing")
