"""Who is registered for an exam together, when they may sit it, and on what occasion (R-ASM-14)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel


class Gate(StrEnum):
    """What a candidate finds at the door of a window."""

    OPEN = "open"
    NOT_YET = "not-yet"
    WAITING = "waiting"
    """Nobody begins before an invigilator admitted them."""
    LATE = "late"
    """The person comes too late to begin without being admitted."""
    OVER = "over"


class Cohort(SQLModel, table=True):
    """Persons counted together (参训批次), with the window in which they may sit the exam."""

    id: int | None = Field(default=None, primary_key=True)
    exam_id: int = Field(foreign_key="exam.id", index=True)
    title: str
    occasion: str = ""
    """Why an ad-hoc exam is held: project, key link, complaint; empty for a regular one."""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    """End of the window: no attempt begins from then on, and open ones end then."""
    place: str = ""
    """The hall or room in which it is sat; empty where everybody sits where they are."""
    needs_admission: bool = False
    """Whether nobody begins before an invigilator admitted them."""
    late_minutes: int | None = None
    """How long after the opening one may begin without being admitted; None: until the end."""
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class CohortMember(SQLModel, table=True):
    """One person registered in a cohort."""

    cohort_id: int = Field(primary_key=True, foreign_key="cohort.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    excused: bool = False
    reason: str = ""
    """Why the person is excused."""
    excused_by: int | None = Field(default=None, foreign_key="person.id")
    seat: str = ""
    """Where the person sits, such as `A-07`."""
    code_hash: str = ""
    """Salted digest of the exam code given out for this sitting; empty without one."""
    code_used_at: datetime | None = None
    """When somebody first signed in with it."""
    admitted_at: datetime | None = None
    admitted_by: int | None = Field(default=None, foreign_key="person.id")
    admission_reason: str = ""
    """Why somebody was let in late."""


class Announcement(SQLModel, table=True):
    """What an invigilator tells candidates in the middle of an exam."""

    id: int | None = Field(default=None, primary_key=True)
    exam_id: int = Field(foreign_key="exam.id", index=True)
    cohort_id: int | None = Field(default=None, foreign_key="cohort.id")
    """Only this cohort; None: whoever sits the exam now."""
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id")
    """Only this candidate."""
    text: str
    at: datetime
    by: int = Field(foreign_key="person.id")


def is_over(cohort: Cohort, now: datetime) -> bool:
    """Whether a cohort's window has ended; one without an end never does."""
    return cohort.closes_at is not None and cohort.closes_at <= now


def is_open(cohort: Cohort, now: datetime) -> bool:
    """Whether an attempt may begin in a cohort's window now."""
    has_begun = cohort.opens_at is None or cohort.opens_at <= now
    return has_begun and not is_over(cohort, now)


def is_late(cohort: Cohort, now: datetime) -> bool:
    """Whether who comes now may begin only when admitted with a reason.

    The last moment of being in time is the one before the minutes are over.
    """
    if cohort.opens_at is None or cohort.late_minutes is None:
        return False
    return now >= cohort.opens_at + timedelta(minutes=cohort.late_minutes)


def gate(cohort: Cohort, now: datetime, *, is_admitted: bool) -> Gate:
    """Whether a member may begin now; who was admitted once may, however late it is by then."""
    if is_over(cohort, now):
        return Gate.OVER
    if not is_open(cohort, now):
        return Gate.NOT_YET
    if is_admitted:
        return Gate.OPEN
    if is_late(cohort, now):
        return Gate.LATE
    return Gate.WAITING if cohort.needs_admission else Gate.OPEN


def window_at(cohorts: Iterable[Cohort], now: datetime) -> Cohort | None:
    """The window that counts for a person registered in several: the open one that ends first,
    else the one that opens next; None when all are over."""
    left = [cohort for cohort in cohorts if not is_over(cohort, now)]
    open_ones = [cohort for cohort in left if is_open(cohort, now)]
    if open_ones:
        return min(open_ones, key=lambda one: (one.closes_at is None, one.closes_at or now, one.id))
    return min(left, key=lambda one: (one.opens_at or now, one.id), default=None)
