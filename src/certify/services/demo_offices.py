"""What examiners, trainers and HR of the ready-made company did: mark, register, grant, correct."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import partial
from itertools import chain, repeat

from certify.domain.correction import CorrectionKind
from certify.services import (
    accommodations,
    cohorts,
    correcting,
    item_stats,
    marking,
    practical,
    registering,
    remarking,
)
from certify.services.demo_stage import (
    CASE_EXAM,
    EXAMS,
    FOUNDATIONS,
    HR,
    PRACTICAL_EXAM,
    TRAINER,
    Happening,
    Stage,
)
from certify.services.item_stats import ItemStats
from certify.storage import attempts

EXAMINER = "002009"
LAST_TERM = ("001015", "001016", "001018", "002006", "003004")
"""Who was registered for the foundations last: three came, one was excused, one stayed away."""
EXCUSED, EXCUSED_BECAUSE = "001018", "当日在外地支援，主管已准假"
THIS_TERM = ("001001", "001002", "001012", "001018", "002005", "003005")
CASE_COHORT = ("001013", "001014", "001015", "001016")
FAR = (3, 3, 2, 2)
"""Points an essay lost by criterion: 10 of 20 are left, which is a fail."""
NEAR = (2, 2, 2)
"""14 of 20 are left, just the pass mark: a second person must mark it (R-ASM-08)."""
EXAMINED = ("003004", 119)
"""Staff number, days since: who passed the practical exam the day before the written one."""
ASKS = "001014"
"""Who failed the case exam and asks for re-marking."""


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    yield Happening(stage.at(254, 10), partial(_last_term, stage))
    yield Happening(stage.at(160, 9), partial(_excuse, stage))
    number, days = EXAMINED
    yield Happening(stage.at(days, 15), partial(_examine, stage, number))
    yield Happening(stage.at(9, 10), partial(_case_cohort, stage))
    yield Happening(stage.at(6, 9), partial(_mark, stage, TRAINER, FAR))
    yield Happening(stage.at(6, 11), partial(_accommodate, stage))
    yield Happening(stage.at(5, 10), partial(_this_term, stage))
    yield Happening(stage.at(4, 9), partial(_ask, stage))
    yield Happening(stage.at(3, 9), partial(_mark, stage, TRAINER, NEAR))
    yield Happening(stage.at(2, 16), partial(_propose, stage))


def _last_term(stage: Stage) -> None:
    number = registering.new_cohort(
        stage.platform,
        actor=stage.actor(TRAINER),
        exam=EXAMS[FOUNDATIONS],
        title="上期统考",
        opens_at=stage.at(250, 9),
        closes_at=stage.at(145, 18),
    )
    _register(stage, number, LAST_TERM)


def _excuse(stage: Stage) -> None:
    hr = stage.actor(HR)
    [cohort] = cohorts.listed(stage.platform, actor=hr)
    registering.excuse(
        stage.platform,
        actor=hr,
        cohort_id=cohort.id,
        staff_no=EXCUSED,
        reason=EXCUSED_BECAUSE,
    )


def _this_term(stage: Stage) -> None:
    number = registering.new_cohort(
        stage.platform,
        actor=stage.actor(TRAINER),
        exam=EXAMS[FOUNDATIONS],
        title="本期统考",
        opens_at=stage.at(3, 9),
        closes_at=stage.at(-4, 18),
    )
    _register(stage, number, THIS_TERM)


def _case_cohort(stage: Stage) -> None:
    number = registering.new_cohort(
        stage.platform,
        actor=stage.actor(TRAINER),
        exam=CASE_EXAM,
        title="案例抽考",
        occasion="近期投诉回访中客户不满意的偏多",
        opens_at=stage.at(8, 9),
        closes_at=stage.at(-6, 18),
    )
    _register(stage, number, CASE_COHORT)


def _register(stage: Stage, cohort: int, staff_nos: Sequence[str]) -> None:
    who = stage.actor(TRAINER)
    registering.register(stage.platform, actor=who, cohort_id=cohort, staff_nos=staff_nos)


def _examine(stage: Stage, staff_no: str) -> None:
    """Watch the tasks of the practical exam; one point is lost in each."""
    examiner = stage.actor(EXAMINER)
    codes = practical.open_practical(
        stage.platform, actor=examiner, exam=PRACTICAL_EXAM, staff_no=staff_no
    )
    for code in codes:
        stage.clock.advance(timedelta(minutes=12))
        _give(stage, EXAMINER, code, (1,))


def _mark(stage: Stage, examiner: str, lost: Sequence[int]) -> None:
    """Mark the one essay that waits."""
    [waiting] = marking.queue(stage.platform, actor=stage.actor(examiner)).answers
    _give(stage, examiner, waiting.code, lost)


def _give(stage: Stage, examiner: str, code: str, lost: Sequence[int]) -> None:
    who = stage.actor(examiner)
    criteria = marking.answer(stage.platform, actor=who, code=code).criteria
    points = {
        criterion.code: str(criterion.points - less)
        for criterion, less in zip(criteria, chain(lost, repeat(0)), strict=False)
    }
    marking.give(stage.platform, actor=who, code=code, points=points)


def _accommodate(stage: Stage) -> None:
    accommodations.grant(
        stage.platform,
        actor=stage.actor(HR),
        staff_no="001002",
        reason="人事部批准，登记号 RS-17",
        time_factor=Fraction(3, 2),
        break_minutes=10,
    )


def _ask(stage: Stage) -> None:
    who = stage.actor(ASKS)
    with stage.platform.database.read() as session:
        latest = attempts.of_person(session, who.person_id)[-1]
    remarking.ask(
        stage.platform,
        actor=who,
        attempt_id=latest.id or 0,
        reason="案例题第三项我写了由谁跟进，请复核。",
    )


def _propose(stage: Stage) -> None:
    """Propose to void the item of the foundations that cost most, for a second person to apply."""
    who, exam = stage.actor(TRAINER), EXAMS[FOUNDATIONS]
    found = item_stats.stats(stage.platform, actor=who, exam=exam)
    costliest = max(found.items, key=_lost)
    wish = correcting.Wish(
        exam=exam,
        kind=CorrectionKind.VOID,
        item=costliest.item,
        reason="题干与新版制度的说法不一致，多人因此答错",
    )
    correcting.propose(stage.platform, actor=who, wish=wish)


def _lost(item: ItemStats) -> Fraction:
    """How many times its points were lost; an item that nobody answered cost nothing."""
    figures = item.figures
    return figures.n * (1 - (Fraction(1) if figures.p is None else figures.p))
