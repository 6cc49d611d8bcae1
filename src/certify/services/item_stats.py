"""Item analysis (题目分析) of an exam, from the sums kept at submission (R-ASM-11)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from certify.domain import tally_table
from certify.domain.course import Course, Exam
from certify.domain.exam_analysis import ExamAnalysis, analyse_exam
from certify.domain.item_analysis import Flag, ItemAnalysis, analyse_item
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.scoring import points_text
from certify.domain.tally import THOUSAND, ItemSums, TotalTally, group_weights, one_item
from certify.domain.tally_table import ExamTally, ItemTally
from certify.platform import Platform
from certify.services import own_exam
from certify.services.item_options import NO_OPTIONS, Options, options_of
from certify.services.item_shown import numbered
from certify.services.lobby import find_exam
from certify.storage import courses, item_sums
from certify.storage.item_sums import TalliedItem

TROUBLE = (Flag.KEY, Flag.LOW_D, Flag.HARD, Flag.EASY, Flag.UNUSED)
"""The flags, what most needs a look first."""


@dataclass(frozen=True)
class ItemStats:
    """One item version, worth so many points, with its figures."""

    item: str
    """Its code; with `@2` for its second version in the sums."""
    code: str
    topic: str
    topic_title: dict[str, str]
    type: str
    type_label: str
    """Name of the question type, to be translated."""
    points: str
    options: Mapping[str, Mapping[str, str]]
    """What each option says, by language; empty where it cannot be said in a line."""
    figures: ItemAnalysis


@dataclass(frozen=True)
class FormStats:
    """The attempts whose forms were worth the same points; only their totals compare."""

    figures: ExamAnalysis
    totals: tuple[TotalTally, ...]
    """How many attempts ended with which total, in thousandths of a point."""


@dataclass(frozen=True)
class ExamFigures:
    """An exam as a whole."""

    exam: str
    title: dict[str, str]
    course: str
    course_title: dict[str, str]
    all_attempts: bool
    """Whether retakes count too; else first attempts alone."""
    n: int
    min_n: int
    """Attempts below which there are no flags and no reliability."""
    pass_mark: Fraction
    group_share: Fraction
    """Share of the attempts in the upper and in the lower group of D."""
    forms: tuple[FormStats, ...]
    """The most sat first; one unless points changed by a correction or another blueprint."""


@dataclass(frozen=True)
class ExamStats:
    """An exam and every item version that stood on its forms."""

    whole: ExamFigures
    items: tuple[ItemStats, ...]
    """What most needs a look first."""


@dataclass(frozen=True)
class Rebuilt:
    """What making the sums again from the stored results came to."""

    exam: str
    counted: int
    """Attempts in the sums."""
    left_out: int
    """Attempts marked by a release that did not keep the points of single items."""
    differed: bool
    """Whether the sums kept were others; they are put right."""


def exams(platform: Platform, *, actor: Actor, all_attempts: bool = False) -> list[ExamFigures]:
    """Every exam that was sat, in the order of the courses.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_ANALYSIS)
    with platform.database.read() as session:
        sat = item_sums.exams(session)
        return [
            _whole(session, platform, exam, course, all_attempts)[0]
            for course in courses.every(session)
            for exam in courses.exams(session, course.id or 0)
            if exam.id in sat
        ]


def stats(platform: Platform, *, actor: Actor, exam: str, all_attempts: bool = False) -> ExamStats:
    """The figures of an exam and of its items.

    Args:
        exam: code of the exam.
        all_attempts: retakes too, whose candidates saw items before; else first attempts alone.

    Raises:
        NotFound
        NotPermitted
        Refused: the actor sits an exam of the course; the figures tell which options are right.
    """
    require(actor, Action.SEE_ANALYSIS)
    sat = own_exam.sat_by(platform, actor)
    with platform.database.read() as session:
        found = find_exam(session, exam)
        own_exam.refuse_bank(sat, found.course_id)
        course = session.get_one(Course, found.course_id)
        whole, sums = _whole(session, platform, found, course, all_attempts)
        tallied = item_sums.versions(session, found.id or 0)
        names = {one.version: name for name, one in numbered((v.code, v) for v in tallied).items()}
        versions = {one.version: one for one in tallied}
        options = options_of(session, platform, versions)
        items = [
            _item(platform, course, versions[one.version], names[one.version], one, options)
            for one in sums
        ]
    return ExamStats(whole, tuple(sorted(items, key=_trouble)))


def rebuild(platform: Platform, *, actor: Actor, exam: str) -> Rebuilt:
    """Make the sums of an exam again from the stored results, and keep them if they differ.

    Needed where results came past the sums, such as from an older database or by hand.

    Raises:
        NotFound
        NotPermitted
    """
    require(actor, Action.SEE_ANALYSIS)
    with platform.database.write() as session:
        item_sums.lock(session)
        found = find_exam(session, exam)
        exam_id = found.id or 0
        counts = {True: 0, False: 0}
        made = item_sums.added_up(_rows_again(session, exam_id, counts))
        if differed := made != item_sums.kept(session, exam_id):
            item_sums.replace(session, exam_id, made)
        return Rebuilt(found.code, counts[True], counts[False], differed)


def difficulties(session: Session, platform: Platform, exam_id: int) -> dict[str, Fraction]:
    """Difficulty index of the items in use by code, where enough first attempts had them."""
    return item_sums.difficulties(session, exam_id, min_n=platform.policy.analysis.min_n)


def _rows_again(
    session: Session, exam_id: int, counts: dict[bool, int]
) -> Iterator[tuple[type[ExamTally | ItemTally], dict[str, Any]]]:
    """What every result adds to the sums; counts those with parts and those without."""
    for attempt, parts in item_sums.results_of(session, exam_id):
        counts[bool(parts)] += 1
        if parts:
            whole, items = tally_table.rows(attempt, parts)
            yield ExamTally, whole
            yield from ((ItemTally, row) for row in items)


def _whole(
    session: Session, platform: Platform, exam: Exam, course: Course, all_attempts: bool
) -> tuple[ExamFigures, list[ItemSums]]:
    """The exam's figures, and the sums of its items over all forms."""
    exam_id, policy = exam.id or 0, platform.policy
    forms: list[FormStats] = []
    sums: dict[tuple[int, int], ItemSums] = {}
    for possible, totals in item_sums.totals(session, exam_id, all_attempts=all_attempts).items():
        groups = group_weights(totals, policy.analysis.group_share)
        found = item_sums.gathered(session, exam_id, possible, groups, all_attempts=all_attempts)
        items = {key: one_item(*key, choices, groups) for key, choices in found.items()}
        figures = analyse_exam(
            totals,
            [one for one in items.values() if one.n],
            possible=possible,
            cut=Fraction(policy.exam.pass_mark) / 100,
            min_n=policy.analysis.min_n,
        )
        forms.append(FormStats(figures, tuple(totals)))
        for key, one in items.items():
            if one.n:
                sums[key] = sums[key] + one if key in sums else one
    whole = ExamFigures(
        exam=exam.code,
        title=exam.title,
        course=course.code,
        course_title=course.title,
        all_attempts=all_attempts,
        n=sum(form.figures.n for form in forms),
        min_n=policy.analysis.min_n,
        pass_mark=Fraction(policy.exam.pass_mark),
        group_share=policy.analysis.group_share,
        forms=tuple(forms),
    )
    return whole, list(sums.values())


def _item(
    platform: Platform,
    course: Course,
    tallied: TalliedItem,
    name: str,
    sums: ItemSums,
    options: Mapping[int, Options],
) -> ItemStats:
    known = options.get(tallied.version, NO_OPTIONS)
    kind = platform.plugins.question_types.get(tallied.type)
    return ItemStats(
        item=name,
        code=tallied.code,
        topic=tallied.topic,
        topic_title=course.topics.get(tallied.topic) or {"zh": tallied.topic},
        type=tallied.type,
        type_label=kind.label if kind else tallied.type,
        points=points_text(Fraction(sums.points, THOUSAND)),
        options=known.texts,
        figures=analyse_item(sums, platform.policy.analysis, known.offered, known.key),
    )


def _trouble(one: ItemStats) -> tuple[int, int, float, str]:
    """What needs a look before what does not: by the worst flag, then by the item-rest."""
    flags = [TROUBLE.index(flag) for flag in one.figures.flags]
    rest = one.figures.item_rest
    return min(flags, default=len(TROUBLE)), -len(flags), 2 if rest is None else rest, one.item
