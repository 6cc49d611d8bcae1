"""Qualifications, their changes, certificates and number series."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from json import loads

from sqlalchemy import ColumnElement, String, Text, bindparam, cast, or_, type_coerce
from sqlalchemy import select as columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from certify.domain.certificate import Certificate, Counter
from certify.domain.clean import clean
from certify.domain.person import Department, Person
from certify.domain.qualification import (
    Basis,
    Period,
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.storage.foreseen import foreseeable
from certify.storage.rows import rows_of

_LATEST = (
    select(Qualification)
    .where(Qualification.person_id == bindparam("person"), Qualification.code == bindparam("code"))
    .order_by(col(Qualification.valid_to).desc(), col(Qualification.id).desc())
    .limit(1)
)
_AT_ONCE = 5_000
_PERIODS = (
    columns(
        col(Qualification.id),
        col(Qualification.person_id),
        col(Qualification.code),
        cast(col(Qualification.title), Text),
        col(Qualification.valid_from),
        col(Qualification.valid_to),
        type_coerce(col(Qualification.kind), String),
        col(Qualification.issued_on),
        col(Qualification.attempt_id),
        type_coerce(col(Qualification.basis), String),
        col(Qualification.post),
        col(Certificate.number),
    )
    .join(Certificate, col(Certificate.qualification_id) == col(Qualification.id))
    .order_by(col(Qualification.issued_on), col(Qualification.id))
)
_CHANGES = (
    columns(
        col(QualificationChange.qualification_id),
        col(QualificationChange.from_day),
        type_coerce(col(QualificationChange.state), String),
    )
    .join(Qualification, col(QualificationChange.qualification_id) == col(Qualification.id))
    .order_by(col(QualificationChange.id))
)
_KINDS = {one.value: one for one in QualificationKind}
_BASES = {one.value: one for one in Basis}
_STATES = {one.value: one for one in QualificationState}
_COUNTER = select(Counter).where(Counter.series == bindparam("series")).with_for_update()


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A qualification without what its certificate says: all that lists of many need."""

    id: int
    person_id: int
    kind: QualificationKind
    code: str
    title: dict[str, str]
    issued_on: date
    attempt_id: int | None
    basis: Basis
    post: str
    """Code of the post a post qualification was given for; empty for levels."""
    certificate: str
    """Its number."""
    period: Period
    successors: tuple[Period, ...]
    """Later periods of the same qualification of the same person."""


@dataclass(frozen=True)
class QualificationRow:
    """A qualification with its certificate and every change of its state, oldest first."""

    qualification: Qualification
    certificate: Certificate
    changes: tuple[QualificationChange, ...]
    row: PeriodRow


def latest(session: Session, person_id: int, code: str) -> Qualification | None:
    """The period that ends last of one qualification."""
    return session.exec(_LATEST, params={"person": person_id, "code": code}).first()


def rows(
    session: Session, *, person_id: int | None = None, kind: QualificationKind | None = None
) -> list[QualificationRow]:
    """Qualifications of one person or of everybody, by day of issue."""
    query = select(Qualification, Certificate).join(
        Certificate, col(Certificate.qualification_id) == Qualification.id
    )
    changes_query = select(QualificationChange).order_by(col(QualificationChange.id))
    if person_id is not None:
        query = query.where(Qualification.person_id == person_id)
        changes_query = changes_query.join(
            Qualification, col(QualificationChange.qualification_id) == Qualification.id
        ).where(Qualification.person_id == person_id)
    if kind is not None:
        query = query.where(Qualification.kind == kind)
    changes: dict[int, list[QualificationChange]] = {}
    for change in session.exec(changes_query).all():
        changes.setdefault(change.qualification_id, []).append(change)
    found = {found.id: (found, document) for found, document in session.exec(query).all()}
    return [
        QualificationRow(*found[row.id], tuple(changes.get(row.id, ())), row)
        for row in _periods(session, *_wanted(person_id, kind))
    ]


def periods(session: Session, *, department: str = "", process: str = "") -> list[PeriodRow]:
    """Qualifications by day of issue, without what their certificates say.

    Args:
        department: code of the department whose people are wanted; empty for everybody.
        process: the only process wanted besides the levels; empty for all.
    """
    wanted: list[ColumnElement[bool]] = []
    if process:
        is_level = col(Qualification.kind) == QualificationKind.LEVEL
        wanted.append(or_(is_level, col(Qualification.code) == clean(process)))
    if department:
        there = select(Person.id).join(Department).where(Department.code == clean(department))
        wanted.append(col(Qualification.person_id).in_(there))
    return _periods(session, *wanted)


@foreseeable
def of_person(session: Session, person_id: int) -> list[PeriodRow]:
    """The periods of one person by day of issue, without what their certificates say."""
    return _periods(session, *_wanted(person_id, None))


def of_people(session: Session, person_ids: Sequence[int]) -> list[PeriodRow]:
    """`of_person` of many people; those of one person follow each other by day of issue."""
    found: list[PeriodRow] = []
    for start in range(0, len(person_ids), _AT_ONCE):
        some = person_ids[start : start + _AT_ONCE]
        found += _periods(session, col(Qualification.person_id).in_(some))
    return found


def locked(session: Session, qualification_id: int) -> Qualification:
    """A qualification for whoever is to change it; others wait until the transaction ends."""
    return session.get_one(Qualification, qualification_id, with_for_update=True)


def changes(session: Session, qualification_id: int) -> Sequence[QualificationChange]:
    """What was decided of a qualification, in order."""
    query = (
        select(QualificationChange)
        .where(QualificationChange.qualification_id == qualification_id)
        .order_by(col(QualificationChange.id))
    )
    return session.exec(query).all()


def held(
    session: Session, person_id: int, kind: QualificationKind | None = None
) -> Sequence[Qualification]:
    """Every period of a person, by last valid day."""
    query = select(Qualification).where(Qualification.person_id == person_id)
    if kind is not None:
        query = query.where(Qualification.kind == kind)
    return session.exec(query.order_by(col(Qualification.valid_to), col(Qualification.id))).all()


def _periods(session: Session, *wanted: ColumnElement[bool]) -> list[PeriodRow]:
    """Qualifications by day of issue: thousands at a time, so no object stands for a row but one.

    Titles come as text and are read once each, since the same few stand in many rows.
    """
    changes: dict[int, list[tuple[date, QualificationState]]] = {}
    for id_, from_day, state in rows_of(session, _CHANGES.where(*wanted)):
        changes.setdefault(id_, []).append((from_day, _STATES[state]))
    titles: dict[str, dict[str, str]] = {}
    found = []
    same: dict[tuple[int, str], list[Period]] = {}
    for row in rows_of(session, _PERIODS.where(*wanted)):
        qualification_id, person_id, code, title, valid_from, valid_to = row[:6]
        if title not in titles:
            titles[title] = loads(title)
        period = Period(valid_from, valid_to, tuple(changes.get(qualification_id, ())))
        same.setdefault((person_id, code), []).append(period)
        found.append((period, titles[title], row))
    return [
        PeriodRow(
            id=id_,
            person_id=person_id,
            kind=_KINDS[kind],
            code=code,
            title=title,
            issued_on=issued_on,
            attempt_id=attempt_id,
            basis=_BASES[basis],
            post=post,
            certificate=number,
            period=period,
            successors=_after(period, same[person_id, code]),
        )
        for period, title, (
            id_,
            person_id,
            code,
            _title,
            _from,
            _to,
            kind,
            issued_on,
            attempt_id,
            basis,
            post,
            number,
        ) in found
    ]


def _wanted(person_id: int | None, kind: QualificationKind | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if person_id is not None:
        wanted.append(col(Qualification.person_id) == person_id)
    if kind is not None:
        wanted.append(col(Qualification.kind) == kind)
    return wanted


def _after(period: Period, same: list[Period]) -> tuple[Period, ...]:
    if len(same) == 1:
        return ()
    return tuple(one for one in same if one.valid_from > period.valid_from)


def processes(session: Session, day: date) -> dict[str, dict[str, str]]:
    """The processes somebody was qualified for by a day: code and newest title."""
    newest = (
        select(func.max(col(Qualification.id)))
        .where(Qualification.kind == QualificationKind.POST, Qualification.issued_on <= day)
        .group_by(Qualification.code)
    )
    query = select(Qualification.code, Qualification.title)
    found = session.exec(query.where(col(Qualification.id).in_(newest))).all()
    return {code: dict(title) for code, title in found}


def certificate(session: Session, number: str) -> Certificate | None:
    return session.exec(select(Certificate).where(Certificate.number == clean(number))).first()


def next_number(session: Session, series: str) -> int:
    """The next number of a series; writers of one series queue on its row."""
    which = {"series": series}
    counter = session.exec(_COUNTER, params=which).first()
    if counter is None:
        with suppress(IntegrityError), session.begin_nested():  # another writer may be first
            session.add(Counter(series=series))
        counter = session.exec(_COUNTER, params=which).one()
    counter.last += 1
    session.flush()
    return counter.last
