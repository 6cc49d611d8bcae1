"""One deed for many certificates: first what would happen to whom, then done (R-CRT-04, R-QUA-05).

Each certificate is a transaction of its own: what can be done is done whole, what cannot be done
is named with its reason, and nothing is ever half done for one person. The trial is the deed
itself, undone at its end, so it says what will happen and not what somebody thinks. Whoever is
interrupted does it again: a deed that was done refuses to be done twice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from certify.domain.bulk import NEED_A_REASON, Deed
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person
from certify.domain.qualification import Qualification, QualificationState
from certify.errors import CertifyError, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import bulk_deeds
from certify.services.bulk_deeds import Done, Held
from certify.services.qualifying.decisions import other_person
from certify.services.qualifying.states import STATE_NAMES, state_of
from certify.services.typed import checked_text
from certify.storage import qualifications

_DEEDS: dict[Deed, Callable[[Held], Done]] = {
    Deed.REMIND: bulk_deeds.remind,
    Deed.REGISTER: bulk_deeds.register,
    Deed.RENEW: bulk_deeds.renew,
    Deed.EXTEND: bulk_deeds.extend,
    Deed.SUSPEND: bulk_deeds.suspend,
}


@dataclass(frozen=True)
class Outcome:
    """What becomes of one certificate."""

    certificate: str
    staff_no: str
    name: str
    title: dict[str, str]
    valid_to: date | None
    """Its last valid day before the deed."""
    said: str
    """What happens, or why it cannot."""
    is_refused: bool


class _Undone(Exception):
    """Ends a trial, so that nothing of it is kept."""

    def __init__(self, done: Done) -> None:
        self.done = done


def bulk(
    platform: Platform,
    *,
    actor: Actor,
    deed: Deed,
    certificates: Iterable[str],
    reason: str = "",
    apply: bool = False,
) -> tuple[Outcome, ...]:
    """Do one thing to each of many certificates, or say what it would come to.

    Args:
        certificates: their numbers; one that is named twice counts once.
        reason: why; needed where the deed is a decision.
        apply: False for a trial, which changes nothing.
    Raises:
        NotPermitted
        BadInput: the reason is missing or too long.
    """
    require(actor, Action.MANAGE_QUALIFICATIONS)
    if deed in NEED_A_REASON:
        reason = checked_text(reason, _("reason"))
    return tuple(_outcomes(platform, actor, deed, dict.fromkeys(certificates), reason, apply))


def _outcomes(
    platform: Platform,
    actor: Actor,
    deed: Deed,
    certificates: Iterable[str],
    reason: str,
    apply: bool,
) -> Iterator[Outcome]:
    for number in certificates:
        seen = _seen(platform, number)
        try:
            done = _do(platform, actor, deed, number, reason, apply)
        except CertifyError as refusal:
            said = " ".join(filter(None, (refusal.message, refusal.mend)))
            yield Outcome(number, *seen, said=said, is_refused=True)
            continue
        if apply and done.tell is not None:
            done.tell()
        yield Outcome(number, *seen, said=done.said, is_refused=False)


def _do(
    platform: Platform, actor: Actor, deed: Deed, number: str, reason: str, apply: bool
) -> Done:
    try:
        with platform.database.write() as session:
            certificate = qualifications.certificate(session, number)
            if certificate is None:
                raise NotFound(_("There is no certificate “{number}”.").format(number=number))
            own = session.get_one(Qualification, certificate.qualification_id)
            holder = session.get_one(Person, own.person_id)
            person = other_person(session, actor, holder.staff_no)
            rows = qualifications.of_person(session, person.id or 0)
            row = next(one for one in rows if one.id == own.id)
            _refuse_over(state_of(row, platform.today()))
            if row.successors:
                raise Refused(_("It is renewed already."))
            done = _DEEDS[deed](Held(session, platform, actor, person, row, reason))
            if not apply:
                raise _Undone(done)
            return done
    except _Undone as trial:
        return trial.done


def _seen(platform: Platform, number: str) -> tuple[str, str, dict[str, str], date | None]:
    """Whose certificate it is, and of what; empty where there is none of the number."""
    with platform.database.read() as session:
        certificate = qualifications.certificate(session, number)
        if certificate is None:
            return "", "", {}, None
        own = session.get_one(Qualification, certificate.qualification_id)
        holder = session.get_one(Person, own.person_id)
        return holder.staff_no, holder.name, dict(own.title), own.valid_to


def _refuse_over(state: QualificationState | None) -> None:
    if state is not QualificationState.ACTIVE:
        said = _(STATE_NAMES[state]) if state else _("not given yet")
        raise Refused(_("It is {state}.").format(state=said))
