"""Training agreements (《培训协议》) before training that the company pays (R-TRN-05)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from certify.domain.attendance import is_signed_before
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.domain.training import SessionState, TrainingAgreement, TrainingSession
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.training.session_views import wants_agreement
from certify.services.training.sessions import locked, unlocked
from certify.services.typed import checked_text, person_of
from certify.services.windows import moment_text
from certify.storage import qualifications, training


@dataclass(frozen=True)
class AgreementView:
    """One signed agreement."""

    number: str
    session: str
    title: str
    staff_no: str
    name: str
    signed_at: datetime
    amount_fen: int
    terms: str
    recorded_by: str


def sign(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    staff_no: str,
    signed_at: datetime,
    terms: str = "",
) -> str:
    """Record what somebody signed for a session that the company pays; gives its number.

    Args:
        signed_at: when it was signed.
        terms: what was agreed, such as years of service; may be empty.
    Raises:
        NotPermitted: nobody records their own (R-PPL-02); after the start only HR records any.
        NotFound, BadInput
        Refused: no agreement is needed, there is one, or it was not signed before the start.
    """
    require(actor, Action.HOLD_TRAINING)
    terms = checked_text(terms, _("text of the terms")) if terms.strip() else ""
    with platform.database.write() as session:
        one = locked(session, code)
        person = person_of(session, actor, staff_no)
        if person.id == actor.person_id:
            raise NotPermitted(
                _("Nobody records their own training agreement."),
                mend=_("Somebody else who runs training, or HR, records it."),
            )
        if platform.clock.now() >= one.starts_at and not may(actor, Action.APPROVE_TRAINING):
            raise NotPermitted(
                _("The training has begun: what was signed before is for HR to record."),
                mend=_("Show HR the paper."),
            )
        _check(session, platform, one, person, signed_at)
        year = signed_at.year
        count = qualifications.next_number(session, f"training-agreement-{year}")
        agreement = TrainingAgreement(
            number=f"TA-{year}-{count:04}",
            session_id=one.id or 0,
            person_id=person.id or 0,
            signed_at=signed_at,
            amount_fen=one.planned_fen,
            terms=terms,
            facts={"title": one.title, "starts_at": one.starts_at.isoformat()},
            recorded_by=actor.person_id,
            at=platform.clock.now(),
        )
        session.add(agreement)
        session.flush()
        record(
            session,
            platform,
            actor,
            "training-agreement-signed",
            f"person:{person.id}",
            number=agreement.number,
            training=one.code,
            signed=signed_at.isoformat(),
            fen=agreement.amount_fen,
        )
        return agreement.number


def listed(platform: Platform, *, actor: Actor, code: str) -> list[AgreementView]:
    """The agreements signed for a session, by number.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.HOLD_TRAINING)
    with platform.database.read() as session:
        one = unlocked(session, code)
        found = training.agreements(session, [one.id or 0])
        ids = [agreement.person_id for agreement in found]
        ids += [agreement.recorded_by for agreement in found]
        people = training.people(session, ids)
        return [
            AgreementView(
                number=agreement.number,
                session=one.code,
                title=one.title,
                staff_no=people[agreement.person_id].staff_no,
                name=people[agreement.person_id].name,
                signed_at=agreement.signed_at,
                amount_fen=agreement.amount_fen,
                terms=agreement.terms,
                recorded_by=people[agreement.recorded_by].name if agreement.recorded_by else "",
            )
            for agreement in found
        ]


def require_agreement(
    session: Session, platform: Platform, one: TrainingSession, person: Person
) -> None:
    """Refuse somebody who signed nothing before a session that the company pays.

    Raises:
        Refused
    """
    if not wants_agreement(one):
        return
    found = training.agreement(session, one.id or 0, person.id or 0)
    if found is None or not is_signed_before(found.signed_at, one.starts_at):
        raise Refused(
            _("{name} has signed no training agreement for “{title}” before its start.").format(
                name=person.name, title=one.title
            ),
            mend=_("The company pays it: sign first, “certify training agreement sign”."),
        )


def _check(
    session: Session,
    platform: Platform,
    one: TrainingSession,
    person: Person,
    signed_at: datetime,
) -> None:
    if one.state in (SessionState.CLOSED, SessionState.CANCELLED):
        raise Refused(_("This session is closed or cancelled."))
    if not wants_agreement(one):
        raise Refused(_("This session costs the company nothing; no agreement is needed."))
    if training.agreement(session, one.id or 0, person.id or 0) is not None:
        raise Refused(_("{name} has signed an agreement already.").format(name=person.name))
    if signed_at > platform.clock.now():
        raise Refused(
            _("{moment} is still to come.").format(moment=moment_text(platform, signed_at)),
            mend=_("Record the agreement when it is signed."),
        )
    if not is_signed_before(signed_at, one.starts_at):
        raise Refused(
            _("The agreement was signed on {signed}, the training begins on {start}.").format(
                signed=moment_text(platform, signed_at), start=moment_text(platform, one.starts_at)
            ),
            mend=_("Admit the person to a later session, with an agreement signed before it."),
        )
