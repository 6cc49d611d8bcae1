"""Lists of certificates: of one person, or of everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.pinyin import finder
from certify.domain.qualification import QualificationKind, QualificationState
from certify.platform import Platform
from certify.services.qualifying.states import state_of
from certify.services.typed import person_for
from certify.storage import certificates, people, qualifications
from certify.storage.qualifications import PeriodRow


@dataclass(frozen=True)
class CertificateLine:
    """One certificate as a list says it; its holder under the name of today."""

    number: str
    staff_no: str
    name: str
    kind: QualificationKind
    code: str
    title: dict[str, str]
    state: QualificationState
    issued_on: date
    valid_to: date
    revision: int
    is_erased: bool


def of_person(
    platform: Platform, *, actor: Actor, staff_no: str | None = None
) -> list[CertificateLine]:
    """The certificates of one person, newest first.

    Args:
        staff_no: None for the actor's own.
    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        rows = qualifications.of_person(session, person.id or 0)
        issues = certificates.issues(session, [row.certificate for row in rows])
    return _lines(platform, rows, issues, {person.id or 0: (person.staff_no, person.name)})


def of_everybody(platform: Platform, *, actor: Actor, search: str = "") -> list[CertificateLine]:
    """Every certificate, newest first.

    Args:
        search: part of a number, of a name or its pinyin, or of what it stands for.
    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_QUALIFICATIONS)
    with platform.database.read() as session:
        rows = qualifications.periods(session)
        issues = certificates.issues(session)
        whose = {one.person_id: (one.staff_no, one.name) for one in people.lines(session)}
    found = finder(search)
    return [
        one
        for one in _lines(platform, rows, issues, whose)
        if found(one.name, one.number, one.staff_no, one.code, *one.title.values())
    ]


def _lines(
    platform: Platform,
    rows: Iterable[PeriodRow],
    issues: Mapping[str, tuple[int, datetime | None]],
    whose: Mapping[int, tuple[str, str]],
) -> list[CertificateLine]:
    today, lines = platform.today(), []
    for row in rows:
        staff_no, name = whose[row.person_id]
        revision, erased_at = issues[row.certificate]
        state = state_of(row, today) or QualificationState.PENDING
        line = CertificateLine(
            number=row.certificate,
            staff_no=staff_no,
            name=name,
            kind=row.kind,
            code=row.code,
            title=dict(row.title),
            state=state,
            issued_on=row.issued_on,
            valid_to=row.period.valid_to,
            revision=revision,
            is_erased=erased_at is not None,
        )
        lines.append(line)
    return lines[::-1]
