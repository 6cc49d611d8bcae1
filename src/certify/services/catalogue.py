"""What there is: exams as a person finds them, certificates by number, a level's conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from certify.domain import certificate as numbers
from certify.domain.certificate import Certificate, CertificateRevision
from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.domain.qualification import QualificationState
from certify.errors import NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services import learning, lobby
from certify.services.lobby import LobbyView
from certify.services.qualifying.decisions import level_of
from certify.services.qualifying.ladder_view import RungView, ladder
from certify.services.results import period_view
from certify.storage import certificates, qualifications

COURSE_KINDS = {
    "onboarding": N_("Onboarding training"),
    "in-service": N_("In-service training"),
    "special": N_("Special training"),
}
"""Kinds of courses, for people."""
ONBOARDING_PHASES = {
    "head-office": N_("Head office"),
    "department": N_("Department"),
    "on-site-practice": N_("On-site practice"),
}
"""Phases of onboarding in their order, for people (R-LRN-01)."""


@dataclass(frozen=True)
class RevisionView:
    """An earlier issue of a certificate."""

    revision: int
    issued_at: datetime
    reason: str
    """Why it was replaced: a code or words, see `reason_text`."""


@dataclass(frozen=True)
class CertificateView:
    """What a number stands for; nothing but the number when it is unknown."""

    number: str
    state: str
    """A `QualificationState`, or `unknown`."""
    is_well_formed: bool
    """Whether the check digit is right."""
    facts: Mapping[str, Any]
    """The frozen facts of the award."""
    revision: int = 0
    """Whose facts these are; 0 when the number is unknown."""
    issued_at: datetime | None = None
    """When this revision was issued."""
    revisions: tuple[RevisionView, ...] = ()
    """The ones that were replaced, the first one first."""
    is_erased: bool = False
    """Whether the personal facts were removed."""
    is_own: bool = False
    """Whether it is the actor's own."""


@dataclass(frozen=True)
class LevelView:
    """A level as one person stands to it."""

    staff_no: str
    name: str
    rung: RungView

    @property
    def held_until(self) -> date | None:
        """Last valid day when the level is held today."""
        return self.rung.valid_to if self.rung.state is QualificationState.ACTIVE else None


def exams(platform: Platform, *, actor: Actor) -> list[LobbyView]:
    """Every exam of the loaded courses, as the actor finds it."""
    return [
        lobby.lobby(platform, actor=actor, exam=exam)
        for course in learning.course_views(platform, actor=actor)
        for exam in course.exams
    ]


def certificate(
    platform: Platform, *, actor: Actor, number: str, revision: int | None = None
) -> CertificateView:
    """What a certificate number stands for today (R-CRT-02).

    Who may not see the record it belongs to gets the same answer as for an unknown number.

    Args:
        revision: an earlier one whose facts are wanted; None for the one that holds.
    Raises:
        NotFound: there is no such revision.
    """
    wanted = number.strip().upper()
    unknown = CertificateView(wanted, "unknown", numbers.is_number(wanted), {})
    with platform.database.read() as session:
        found = certificates.by_number(session, wanted)
        if found is None:
            return unknown
        document, qualification, owner = found
        if not may(
            actor, Action.SEE_RECORD, owner=owner.id, owner_supervisor=owner.supervisor_id
        ) and not may(actor, Action.SEE_QUALIFICATIONS):
            return unknown
        rows = qualifications.of_person(session, owner.id or 0)
        view = period_view(
            platform, next(one for one in rows if one.id == qualification.id), platform.today()
        )
        state = view.state if view else QualificationState.PENDING
        before = certificates.revisions(session, document.id or 0)
        shown = _revision(document, before, revision)
        return CertificateView(
            wanted,
            state.value,
            True,
            dict(shown.facts),
            shown.revision,
            shown.issued_at,
            tuple(RevisionView(one.revision, one.issued_at, one.reason) for one in before),
            document.erased_at is not None,
            owner.id == actor.person_id,
        )


def level(platform: Platform, *, actor: Actor, staff_no: str, code: str) -> LevelView:
    """Every condition of a level for a person, met or not, with the evidence (R-QUA-02).

    Raises:
        NotFound: no such person or level.
        NotPermitted
    """
    wanted = level_of(platform, code).code
    found = ladder(platform, actor=actor, staff_no=staff_no)
    rung = next(one for one in found.rungs if one.level == wanted)
    return LevelView(found.staff_no, found.name, rung)


def _revision(
    document: Certificate, before: Sequence[CertificateRevision], wanted: int | None
) -> Certificate | CertificateRevision:
    """The revision that is wanted; the one that holds where none is named."""
    if wanted in (None, document.revision):
        return document
    for one in before:
        if one.revision == wanted:
            return one
    raise NotFound(
        _("Certificate {number} has no revision {revision}.").format(
            number=document.number, revision=wanted
        ),
        mend=_("The newest is {revision}.").format(revision=document.revision),
    )
