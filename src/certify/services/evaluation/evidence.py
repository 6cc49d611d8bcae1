"""Events at work behind a score; one event counts once a scheme (R-EVA-09)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.clean import clean
from certify.domain.evaluation import EvaluationEvidence
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor
from certify.errors import BadInput, Refused
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.typed import checked_text, person_for, person_of
from certify.storage import evaluation_evidence

KINDS = {
    "complaint": N_("complaint"),
    "return": N_("return"),
    "repair": N_("repair"),
    "installation-follow-up": N_("installation follow-up"),
    "inspection": N_("inspection"),
}
"""What happened (S3-CM-04, S3-RX-11, S3-RP-09, S3-IS-04, S3-QI-10)."""


@dataclass(frozen=True)
class EvidenceView:
    """An event behind a score."""

    id: int
    scheme: str
    kind: str
    reference: str
    day: date
    indicator: str
    what: str


def attach(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    scheme: str,
    kind: str,
    reference: str,
    day: date,
    what: str,
    indicator: str = "",
) -> int:
    """Attach an event to a person; gives the number of the entry.

    Args:
        reference: number of the event where it is kept, such as that of a complaint.
        indicator: code of the indicator it speaks for; empty for none in particular.
    Raises:
        NotPermitted: neither an evaluator, an inspector nor HR, or it is the actor's own.
        NotFound, BadInput
        Refused: the event counts in this scheme already; says where.
    """
    require_person(actor)
    if not may(actor, Action.INSPECT):
        require(actor, Action.RUN_EVALUATION)
    if kind not in KINDS:
        raise BadInput(
            _("There is no kind of event “{kind}”.").format(kind=kind),
            mend=_("There are: {kinds}.").format(kinds=", ".join(KINDS)),
        )
    if day > platform.today():
        raise BadInput(_("{day} is still to come.").format(day=day.isoformat()))
    reference = checked_text(reference, _("number of the event"), 80)
    what = checked_text(what, _("description"))
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no)
        if person.id == actor.person_id:
            raise Refused(_("Nobody attaches evidence to their own evaluation."))
        _refuse_counted(session, scheme, kind, reference)
        found = EvaluationEvidence(
            person_id=person.id or 0,
            scheme=clean(scheme),
            kind=kind,
            reference=reference,
            day=day,
            indicator=clean(indicator),
            what=what,
            recorded_by=actor.person_id,
            at=platform.clock.now(),
        )
        if not evaluation_evidence.attach(session, found):  # somebody did at this moment
            _refuse_counted(session, scheme, kind, reference)
        facts = {"evidence": found.id, "kind": kind, "scheme": scheme}
        record(session, platform, actor, "evidence-attached", f"person:{person.id}", **facts)
        return found.id or 0


def of_person(
    platform: Platform, *, actor: Actor, staff_no: str | None = None
) -> list[EvidenceView]:
    """The events behind a person's scores, the newest day first.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_EVALUATIONS)
        return [
            EvidenceView(
                one.id or 0,
                one.scheme,
                one.kind,
                one.reference,
                one.day,
                one.indicator,
                one.what,
            )
            for one in evaluation_evidence.of_person(session, person.id or 0)
        ]


def _refuse_counted(session: Session, scheme: str, kind: str, reference: str) -> None:
    known = evaluation_evidence.counted(session, clean(scheme), kind, reference)
    if known is None:
        return
    found, person = known
    raise Refused(
        _("{kind} {reference} counts in this scheme already: {name} {staff_no}, {day}.").format(
            kind=_(KINDS[kind]),
            reference=reference,
            name=person.name,
            staff_no=person.staff_no,
            day=found.day.isoformat(),
        ),
        mend=_("One event counts once; attach another one."),
    )
