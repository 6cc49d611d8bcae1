"""Proving a blueprint before anybody sits the exam: cells, forms, retakes (R-ASM-02, R-REM-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from certify.domain.blueprint import Cell
from certify.domain.blueprint_fit import Conflict
from certify.domain.blueprint_proof import Comparison, Proof
from certify.domain.blueprint_proof import prove as prove_blueprint
from certify.domain.course import Course
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.scoring import points_text
from certify.platform import Platform
from certify.services import item_stats
from certify.services.bank import DrawnItem, bank_of
from certify.services.lobby import find_exam
from certify.services.review_stale import stale_of
from certify.storage import courses, reviews

FORMS = 200
"""How many forms are drawn when nobody says how many."""
MOST_FORMS = 2000


@dataclass(frozen=True)
class ProvedCell:
    """One cell of the two-way table."""

    topic: str
    topic_title: dict[str, str]
    type: str
    type_label: str
    """Name of the question type, to be translated."""
    difficulty: int | None
    count: int
    points: str
    """Points of one item."""
    available: int
    codes: tuple[str, ...]
    """The items that fit."""
    filled: int
    """How many it gets when as many cells as possible are filled."""
    is_alone: bool
    """Whether no other cell may take its items."""


@dataclass(frozen=True)
class ProofView:
    """What the bank makes of an exam's blueprint."""

    exam: str
    title: dict[str, str]
    course: str
    course_title: dict[str, str]
    items: int
    points: str
    bank: int
    """Items in use."""
    cells: tuple[ProvedCell, ...]
    conflicts: tuple[Conflict, ...]
    comparison: Comparison | None
    forms: int
    """How many forms were drawn."""
    attempts: int
    max_overlap: Fraction
    measured: int
    """Items whose difficulty index comes from answers, not from the authors."""
    waiting: int = 0
    """Items of the course that wait for their review and are not in use yet."""

    @property
    def may_open(self) -> bool:
        """Whether the exam can be sat: every cell can be filled."""
        return not self.conflicts

    @property
    def keeps_bound(self) -> bool:
        """Whether no retake shares more with earlier forms than the policy allows (R-REM-03)."""
        retakes = self.comparison.retakes if self.comparison else ()
        return all(one.most <= self.max_overlap for one in retakes)


@dataclass(frozen=True)
class ProvableExam:
    """An exam that can be proved."""

    code: str
    title: dict[str, str]


def exams(platform: Platform, *, actor: Actor) -> list[ProvableExam]:
    """Every exam of the loaded courses, in the order of the courses.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_BANK)
    with platform.database.read() as session:
        return [
            ProvableExam(exam.code, exam.title)
            for course in courses.every(session)
            if course.available
            for exam in courses.exams(session, course.id or 0)
            if exam.available
        ]


def prove(
    platform: Platform,
    *,
    actor: Actor,
    exam: str,
    forms: int = FORMS,
    difficulty_p: Mapping[str, Fraction] | None = None,
) -> ProofView:
    """Prove an exam's blueprint against its bank; the same bank gives the same proof.

    Args:
        forms: how many forms are drawn, 2 to `MOST_FORMS`; the nearest of these counts.
        difficulty_p: difficulty indexes known from answers, by item code; the authors'
            difficulty stands for the others (`policy.blueprint`). None: those of the item
            analysis.

    Raises:
        NotFound
        NotPermitted
    """
    require(actor, Action.SEE_BANK)
    forms = min(max(forms, 2), MOST_FORMS)
    with platform.database.read() as session:
        found = find_exam(session, exam)
        known = difficulty_p
        if known is None:
            known = item_stats.difficulties(session, platform, found.id or 0)
        course = session.get_one(Course, found.course_id)
        stale = stale_of(session, platform, course_id=course.id)
        bank = bank_of(session, course.id or 0, without=stale)
        cells = [Cell.model_validate(cell) for cell in found.blueprint]
        retake = platform.policy.retake
        proof = prove_blueprint(
            cells,
            bank,
            forms=forms,
            attempts=retake.max_attempts,
            max_overlap=retake.max_overlap,
            expected_p={
                item.code: known.get(item.code, _expected(platform, item)) for item in bank
            },
        )
        return ProofView(
            exam=found.code,
            title=found.title,
            course=course.code,
            course_title=course.title,
            items=sum(cell.count for cell in cells),
            points=points_text(Fraction(sum(cell.count * cell.points for cell in cells))),
            bank=len(bank),
            cells=_cells(platform, course, proof),
            conflicts=proof.conflicts,
            comparison=proof.comparison,
            forms=forms,
            attempts=retake.max_attempts,
            max_overlap=retake.max_overlap,
            measured=sum(item.code in known for item in bank),
            waiting=reviews.waiting(session, course.id or 0),
        )


def _cells(platform: Platform, course: Course, proof: Proof) -> tuple[ProvedCell, ...]:
    types = platform.plugins.question_types
    return tuple(
        ProvedCell(
            topic=fit.cell.topic,
            topic_title=course.topics.get(fit.cell.topic) or {"zh": fit.cell.topic},
            type=fit.cell.type,
            type_label=types[fit.cell.type].label if fit.cell.type in types else fit.cell.type,
            difficulty=fit.cell.difficulty,
            count=fit.cell.count,
            points=points_text(Fraction(fit.cell.points)),
            available=len(fit.codes),
            codes=fit.codes,
            filled=fit.filled,
            is_alone=fit.is_alone,
        )
        for fit in proof.fits
    )


def _expected(platform: Platform, item: DrawnItem) -> Fraction:
    """What the authors' difficulty lets one expect of an item (P)."""
    policy = platform.policy.blueprint
    by_difficulty = (policy.expected_p_easy, policy.expected_p_medium, policy.expected_p_hard)
    return by_difficulty[item.difficulty - 1]
