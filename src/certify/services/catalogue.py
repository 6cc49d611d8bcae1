"""What there is: exams as a person finds them, certificates by number, a level's conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from certify.domain import certificate as numbers
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.domain.qualification import Qualification, QualificationState, check_conditions
from certify.errors import NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services import awarding, learning, lobby
from certify.services.lobby import LobbyView
from certify.services.results import qualification_view
from certify.storage import people, qualifications

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
class ConditionView:
    """One condition of a level and what it rests on."""

    kind: str
    course_kind: str
    is_met: bool
    evidence: str


@dataclass(frozen=True)
class LevelView:
    """A level as one person stands to it."""

    staff_no: str
    name: str
    level: str
    title: dict[str, str]
    conditions: tuple[ConditionView, ...]
    held_until: date | None
    """Last valid day when the level is held today."""


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
    wanted = next(
        (one for one in platform.policy.qualification.ladder if one.code == code.upper()), None
    )
    if wanted is None:
        known = ", ".join(one.code for one in platform.policy.qualification.ladder)
        raise NotFound(
            _("There is no level “{level}”.").format(level=code),
            mend=_("Possible: {values}").format(values=known),
        )
    with platform.database.read() as session:
        person = people.by_staff_no(session, staff_no)
        if person is None:
            raise NotFound(_("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no))
        require(actor, Action.SEE_RECORD, owner=person.id, owner_supervisor=person.supervisor_id)
        evidence = awarding.evidence_of(session, platform, person.id or 0)
        checked = check_conditions(wanted.conditions, evidence)
        views = [
            qualification_view(platform, row, platform.today())
            for row in qualifications.rows(session, person_id=person.id)
        ]
        held = [
            view.valid_to
            for view in views
            if view and view.code == wanted.code and view.state is QualificationState.ACTIVE
        ]
        return LevelView(
            staff_no=person.staff_no,
            name=person.name,
            level=wanted.code,
            title=wanted.title,
            conditions=tuple(
                ConditionView(one.condition.kind, one.condition.course_kind, one.met, one.evidence)
                for one in checked
            ),
            held_until=max(held, default=None),
        )
