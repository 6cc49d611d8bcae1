"""Item analysis of what was really sat: the figures of the raw scores, and sums that agree."""

import math
import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from certify.domain.correction import CorrectionKind
from certify.domain.exam_analysis import ExamAnalysis, Missing
from certify.domain.person import CONSOLE, Actor, Department, Person, Post, Role, RoleGrant
from certify.domain.result import AttemptResult, Part
from certify.domain.tally import TotalTally, thousandths
from certify.domain.tally_table import ExamTally, ItemTally
from certify.errors import NotFound, NotPermitted
from certify.i18n import _
from certify.platform import Platform
from certify.policy import AnalysisPolicy
from certify.services import item_stats, proving
from certify.services import item_stats_words as words
from certify.services.correcting import Wish
from certify.services.item_stats import ExamStats, FormStats
from certify.storage import courses, items, people
from tests.platforms import actor, lift_guards, read_course, sit, with_policy
from tests.raw_scores import pearson
from tests.services.steps import EXAM, begin, clock_of, stored_attempt
from tests.services.test_correcting import carried_out

RawAttempt = dict[int, tuple[int, tuple[str, ...]]]
"""Thousandths earned and options chosen, by item version."""


def hire(platform: Platform, count: int) -> list[Actor]:
    """More people who have read the course."""
    with platform.database.write() as session:
        department = session.exec(select(Department)).first()
        post = session.exec(select(Post)).first()
        assert department is not None
        assert post is not None
        for number in range(count):
            person = Person(
                staff_no=f"X{number:03}",
                name=f"学员{number}",
                department_id=department.id or 0,
                post_id=post.id or 0,
                hired_on=date(2024, 3, 4),
            )
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.LEARNER))
    found = [actor(platform, f"X{number:03}") for number in range(count)]
    for one in found:
        read_course(platform, one)
    return found


def sit_at_random(platform: Platform, who: Actor, chance: random.Random) -> int:
    """Answer some items rightly, some wrongly and some not at all."""
    terminal = begin(platform, who)
    for position in range(len(terminal.sitting.items)):
        luck = chance.random()
        if luck < 0.6:
            terminal.respond(position, terminal.right(position))
        elif luck < 0.9:
            terminal.respond(position, terminal.wrong(position))
    return terminal.submit()


def open_retake(platform: Platform, who: Actor) -> None:
    """Read again what the remedial training asks for."""
    clock_of(platform).advance(timedelta(minutes=1))
    read_course(platform, who)


def easily(platform: Platform) -> Platform:
    """The platform under a policy that calls two attempts enough."""
    policy = platform.policy.model_copy(update={"analysis": AnalysisPolicy(min_n=2)})
    return with_policy(platform, policy)


def raw(platform: Platform) -> list[RawAttempt]:
    """What every attempt earned, from the stored results that count."""
    with platform.database.read() as session:
        newest: dict[int, AttemptResult] = {}
        for result in session.exec(select(AttemptResult).order_by("number")).all():
            newest[result.attempt_id] = result
    return [
        {
            part.version: (thousandths((part.share or Fraction(0)) * part.points), part.choices)
            for part in map(Part.from_json, result.parts)
            if not part.voided
        }
        for result in newest.values()
    ]


def group_parts(totals: list[int], *, best: bool) -> list[Fraction]:
    """With which part each attempt belongs to the best or to the worst 27 %."""
    size = Fraction(27, 100) * len(totals)
    parts = []
    for total in totals:
        ahead = sum(other > total if best else other < total for other in totals)
        level = totals.count(total)
        parts.append(max(Fraction(0), min(Fraction(1), (size - ahead) / level)))
    return parts


@pytest.fixture
def trainer(platform: Platform) -> Actor:
    with platform.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    return actor(platform, "S0001")


def test_the_report_gives_the_textbook_figures_of_the_raw_scores(
    platform: Platform, trainer: Actor
) -> None:
    chance = random.Random(7)
    for who in hire(platform, 12):
        sit_at_random(platform, who, chance)
    attempts = raw(platform)
    totals = [sum(x for x, _choices in one.values()) for one in attempts]
    upper, lower = group_parts(totals, best=True), group_parts(totals, best=False)

    found = item_stats.stats(easily(platform), actor=trainer, exam=EXAM)

    assert found.whole.n == 12
    (form,) = found.whole.forms
    assert form.figures.mean == Fraction(sum(totals), 12)
    assert _close(form.figures.alpha, _alpha(attempts, totals))
    assert {one.figures.version for one in found.items} == {v for one in attempts for v in one}
    for one in found.items:
        had = [place for place, attempt in enumerate(attempts) if one.figures.version in attempt]
        x = [attempts[place][one.figures.version][0] for place in had]
        points = thousandths(Fraction(one.points))
        assert one.figures.n == len(had)
        assert one.figures.p == Fraction(sum(x), points * len(had))
        rest = [totals[place] - earned for place, earned in zip(had, x, strict=True)]
        assert _close(one.figures.item_rest, pearson(x, rest))
        if one.figures.upper_lower_d is not None:
            means = [
                sum(group[place] * earned for place, earned in zip(had, x, strict=True))
                / sum(group[place] for place in had)
                for group in (upper, lower)
            ]
            assert one.figures.upper_lower_d == (means[0] - means[1]) / points
        for option in one.figures.options:
            chosen = [place for place in had if _chose(attempts[place], one, option.option)]
            assert option.n == len(chosen)
            assert option.mean_total == (
                Fraction(sum(totals[place] for place in chosen), len(chosen)) if chosen else None
            )


def _chose(attempt: RawAttempt, one: item_stats.ItemStats, option: str) -> bool:
    choices = attempt[one.figures.version][1]
    return option in choices if option else not choices


def _alpha(attempts: list[RawAttempt], totals: list[int]) -> float:
    """Cronbach's alpha with the share of forms on which each item stood."""
    by_item: dict[int, list[int]] = defaultdict(list)
    for attempt in attempts:
        for version, (x, _choices) in attempt.items():
            by_item[version].append(x)
    n = len(attempts)
    k = sum(Fraction(len(x), n) for x in by_item.values())
    within = sum(Fraction(len(x), n) * _variance(x) for x in by_item.values())
    return float(k / (k - 1) * (1 - within / _variance(totals)))


def _variance(values: list[int]) -> Fraction:
    mean = Fraction(sum(values), len(values))
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)


def _close(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found == wanted
    return math.isclose(found, wanted, abs_tol=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_kept_are_those_made_again_whatever_was_sat_and_corrected(
    platform: Platform, trainer: Actor, seed: int
) -> None:
    chance = random.Random(seed)
    for who in hire(platform, 4):
        attempt_id = sit_at_random(platform, who, chance)
        if not stored_attempt(platform, attempt_id).passed and chance.random() < 0.7:
            open_retake(platform, who)
            sit_at_random(platform, who, chance)
    hr = actor(platform, "H0001")
    with platform.database.read() as session:
        versions = sorted({version for one in raw(platform) for version in one})
        codes = items.codes(session, versions)
    for version, kind in zip(
        chance.sample(versions, 2), (CorrectionKind.VOID, CorrectionKind.REWEIGHT), strict=True
    ):
        points = Fraction(3) if kind is CorrectionKind.REWEIGHT else None
        asked = Wish(
            exam=EXAM, kind=kind, item=codes[version], reason="有误", points=points, lowers=True
        )
        carried_out(platform, trainer, hr, asked)
    before = item_stats.stats(platform, actor=trainer, exam=EXAM, all_attempts=True)

    made = item_stats.rebuild(platform, actor=trainer, exam=EXAM)

    assert not made.differed
    assert (made.counted, made.left_out) == (len(raw(platform)), 0)
    assert before.whole.n == made.counted
    assert item_stats.stats(platform, actor=trainer, exam=EXAM, all_attempts=True) == before


def test_sums_that_were_spoilt_are_put_right(platform: Platform, trainer: Actor) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who, right=2)
    before = item_stats.stats(platform, actor=trainer, exam=EXAM)
    with platform.database.write() as session:
        session.delete(session.exec(select(ItemTally)).first())
        whole = session.exec(select(ExamTally)).one()
        whole.n = 5

    made = item_stats.rebuild(platform, actor=trainer, exam=EXAM)

    assert made.differed
    assert words.rebuilt(made)[0] == _("The sums kept were others; they are put right.")
    assert item_stats.stats(platform, actor=trainer, exam=EXAM) == before
    assert not item_stats.rebuild(platform, actor=trainer, exam=EXAM).differed


def test_attempts_whose_parts_were_not_kept_are_counted_as_left_out(
    platform: Platform, trainer: Actor
) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)
    lift_guards(platform)
    with platform.database.write() as session:
        session.exec(select(AttemptResult)).one().parts = []

    made = item_stats.rebuild(platform, actor=trainer, exam=EXAM)

    assert (made.counted, made.left_out, made.differed) == (0, 1, True)
    assert item_stats.stats(platform, actor=trainer, exam=EXAM).whole.forms == ()


def test_a_voided_item_makes_forms_of_other_points_which_are_not_mixed_up(
    platform: Platform, trainer: Actor
) -> None:
    chance = random.Random(3)
    for who in hire(platform, 6):
        sit_at_random(platform, who, chance)
    attempts = raw(platform)
    some = next(v for one in attempts for v in one if any(v not in other for other in attempts))
    with platform.database.read() as session:
        code = items.codes(session, [some])[some]
    asked = Wish(exam=EXAM, kind=CorrectionKind.VOID, item=code, reason="有误", lowers=True)
    carried_out(platform, trainer, actor(platform, "H0001"), asked)

    found = item_stats.stats(easily(platform), actor=trainer, exam=EXAM)

    had = sum(some in one for one in attempts)
    assert sorted(form.figures.n for form in found.whole.forms) == sorted([had, 6 - had])
    assert len({form.figures.possible for form in found.whole.forms}) == 2
    assert code not in {one.item for one in found.items}
    for one in found.items:
        assert one.figures.n == sum(one.figures.version in attempt for attempt in attempts)
    for form in found.whole.forms:
        assert 0 < form.figures.items <= len(attempts[0])


def test_retakes_count_only_when_asked_for(platform: Platform, trainer: Actor) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who, right=1)
    open_retake(platform, who)
    sit(platform, who, right=2)

    first = item_stats.stats(platform, actor=trainer, exam=EXAM)
    every = item_stats.stats(platform, actor=trainer, exam=EXAM, all_attempts=True)

    assert (first.whole.n, every.whole.n) == (1, 2)
    assert sum(one.figures.n for one in every.items) == 2 * sum(
        one.figures.n for one in first.items
    )


def test_few_attempts_give_no_flags_and_no_reliability(platform: Platform, trainer: Actor) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)

    (whole,) = item_stats.exams(platform, actor=trainer)
    found = item_stats.stats(platform, actor=trainer, exam=EXAM)

    assert whole == found.whole
    assert whole.forms[0].figures.missing is Missing.TOO_FEW
    assert whole.forms[0].figures.alpha is None
    for one in found.items:
        assert words.flags(one.figures) == [_("n too small")]
        assert words.separation(one.figures) == ("–", "–")


def test_options_keys_and_their_texts_come_from_the_question_type(
    platform: Platform, trainer: Actor
) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)

    found = item_stats.stats(platform, actor=trainer, exam=EXAM)

    with platform.database.read() as session:
        contents = items.versions(session, [one.figures.version for one in found.items])
    for one in found.items:
        content: dict[str, Any] = contents[one.figures.version].content
        assert {o.option for o in one.figures.options if o.is_key} == set(content["key"])
        assert {o.option for o in one.figures.options if o.option} == set(content["options"])
        assert dict(one.options) == content["options"]


def test_an_item_whose_type_is_gone_still_has_its_figures(
    platform: Platform, trainer: Actor
) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)
    gone = platform.plugins.question_types.pop("single")
    platform.item_contents.clear()

    found = item_stats.stats(platform, actor=trainer, exam=EXAM)

    platform.plugins.question_types["single"] = gone
    singles = [one for one in found.items if one.type == "single"]
    assert singles
    assert all(one.figures.p is not None and one.type_label == "single" for one in singles)
    assert any(one.options for one in found.items if one.type != "single")


def test_before_anybody_sat_it_there_is_an_empty_report(platform: Platform, trainer: Actor) -> None:
    found = item_stats.stats(platform, actor=trainer, exam=EXAM)

    assert (found.whole.n, found.whole.forms, found.items) == (0, (), ())
    assert item_stats.exams(platform, actor=trainer) == []
    assert not item_stats.rebuild(platform, actor=trainer, exam=EXAM).differed


def test_only_who_may_see_the_analysis_sees_it(platform: Platform) -> None:
    who = actor(platform, "E1001")

    with pytest.raises(NotPermitted):
        item_stats.stats(platform, actor=who, exam=EXAM)
    with pytest.raises(NotPermitted):
        item_stats.exams(platform, actor=who)
    with pytest.raises(NotPermitted):
        item_stats.rebuild(platform, actor=who, exam=EXAM)
    with pytest.raises(NotFound):
        item_stats.stats(platform, actor=CONSOLE, exam="nothing")


def test_a_blueprint_is_proved_with_the_difficulty_that_was_measured(
    platform: Platform, trainer: Actor
) -> None:
    for who in hire(platform, 3):
        sit(platform, who)
    measured = easily(platform)
    with platform.database.read() as session:
        exam = courses.exam(session, EXAM)
        assert exam is not None
        found = item_stats.difficulties(session, measured, exam.id or 0)
        untold = item_stats.difficulties(session, platform, exam.id or 0)

    assert found
    assert set(found.values()) == {Fraction(1)}
    assert untold == {}
    assert proving.prove(measured, actor=trainer, exam=EXAM, forms=2).measured == len(found)
    assert proving.prove(platform, actor=trainer, exam=EXAM, forms=2).measured == 0


def test_what_most_needs_a_look_stands_first(platform: Platform, trainer: Actor) -> None:
    chance = random.Random(11)
    for who in hire(platform, 8):
        sit_at_random(platform, who, chance)

    found: ExamStats = item_stats.stats(easily(platform), actor=trainer, exam=EXAM)

    worst = [
        min((item_stats.TROUBLE.index(flag) for flag in one.figures.flags), default=9)
        for one in found.items
    ]
    assert worst == sorted(worst)
    assert worst[0] < 9


@given(
    totals=st.dictionaries(st.integers(0, 40), st.integers(1, 9), min_size=1),
    pass_mark=st.sampled_from([0, 1, 60, 85, 87, 100]),
    step=st.sampled_from([5, 10]),
)
def test_a_histogram_counts_everybody_once_and_parts_at_the_pass_mark(
    totals: dict[int, int], pass_mark: int, step: int
) -> None:
    rows = tuple(TotalTally(total * 1000, n) for total, n in totals.items())
    form = FormStats(_figures(40_000), rows)

    bins = words.histogram(form, Fraction(pass_mark), step)

    passed = sum(n for total, n in totals.items() if Fraction(100 * total, 40) >= pass_mark)
    assert sum(one.n for one in bins) == sum(totals.values())
    assert sum(one.n for one in bins if one.low >= pass_mark) == (passed if pass_mark < 100 else 0)
    assert all(before.high == after.low for before, after in pairwise(bins))


def _figures(possible: int) -> ExamAnalysis:
    nothing: dict[str, Any] = dict.fromkeys(
        ("mean", "deviation", "alpha", "standard_error", "near_cut", "decisions")
    )
    return ExamAnalysis(
        n=1,
        possible=possible,
        items=Fraction(1),
        missing=Missing.TOO_FEW,
        decisions_missing=Missing.TOO_FEW,
        **nothing,
    )
