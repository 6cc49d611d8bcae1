"""What there is: exams as a person finds them, certificates by number, a level's conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from certify.domain import certificate as numbers
from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person
from certify.domain.qualification import Qualification, QualificationState
from certify.i18n import N_
from certify.platform import Platform
from certify.services import learning, lobby
from certify.services.lobby import LobbyView
from certify.services.qualifying.decisions import level_of
from certify.services.qualifying.ladder_view import RungView, ladder
from certify.services.results import qualification_view
from certify.storage import qualifications

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
class CertificateView:
    """What a number stands for; nothing but the number when it is unknown."""

    number: str
    state: str
    """A `QualificationState`, or `unknown`."""
    is_well_formed: bool
    """Whether the check digit is right."""
    facts: Mapping[str, Any]
    """The frozen facts of the award."""


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


def certificate(platform: Platform, *, actor: Actor, number: str) -> CertificateView:
    """What a certificate number stands for today (R-CRT-02).

    Who may not see the record it belongs to gets the same answer as for an unknown number.
    """
    wanted = number.strip().upper()
    unknown = CertificateView(wanted, "unknown", numbers.is_number(wanted), {})
    with platform.database.read() as session:
        found = qualifications.certificate(session, wanted)
        if found is None:
            return unknown
        qualification = session.get_one(Qualification, found.qualification_id)
        owner = session.get_one(Person, qualification.person_id)
        if not may(
            actor, Action.SEE_RECORD, owner=owner.id, owner_supervisor=owner.supervisor_id
        ) and not may(actor, Action.SEE_QUALIFICATIONS):
            return unknown
        rows = qualifications.rows(session, person_id=owner.id)
        row = next(one for one in rows if one.certificate.number == wanted)
        view = qualification_view(platform, row, platform.today())
        state = view.state if view else QualificationState.PENDING
        return CertificateView(wanted, state.value, True, dict(found.facts))


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
