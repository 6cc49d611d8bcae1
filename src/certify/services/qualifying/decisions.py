"""What HR decides of levels and post qualifications, each with a reason (R-QUA-01, -06, -09)."""

from datetime import date, timedelta

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.permission import Action
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.promotion import given_by_hand, missing
from certify.domain.qualification import Basis, QualificationKind
from certify.domain.superseding import is_held
from certify.domain.validity import Validity
from certify.errors import NotFound, NotPermitted, Refused
from certify.hooks.events import CertificateIssued
from certify.i18n import _, pick
from certify.platform import Platform
from certify.policy import Level
from certify.services.qualifying.evidence import evidence_of
from certify.services.qualifying.giving import Gift, announce_issued, give, last_state
from certify.services.qualifying.words import condition_text, obstacle_text
from certify.services.typed import checked_text, person_for
from certify.storage import courses, ledger, qualifications


def grant(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    level: str,
    reason: str,
    exception: bool = False,
) -> CertificateIssued:
    """Give a level: HR's decision once every condition is met.

    Args:
        exception: give it although a condition is not met or a rung is skipped; the reason then
            says why (R-QUA-01).
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: what is not met, all of it; or the level is held already.
    """
    reason = checked_text(reason, _("reason"))
    rung = level_of(platform, level)
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        _refuse_held(session, platform, person, rung)
        lacking = _lacking(session, platform, person, rung)
        if lacking and not exception:
            raise Refused(
                _("{level} cannot be given to {name} yet.").format(
                    level=rung.code, name=person.name
                ),
                mend=_(
                    "“certify qualification check” shows the evidence; --exception gives it "
                    "all the same, with your reason. Missing: {what}"
                ).format(what=_("; ").join(lacking)),
            )
        basis = Basis.EXCEPTION if lacking else Basis.CONDITIONS
        issued = give_level(session, platform, actor, person, rung, basis, reason)
    return told(platform, issued)


def recognise(
    platform: Platform, *, actor: Actor, staff_no: str, what: str, reason: str
) -> CertificateIssued:
    """Recognise existing staff at introduction, without an exam, once (R-QUA-09).

    Args:
        what: code of a level or of a process.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the way is closed, the person was hired since, or holds it or held it before.
    """
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        begun = introduced_on(session, platform)
        last = begun + timedelta(days=platform.policy.qualification.recognition_days)
        if platform.today() > last:
            raise Refused(
                _("Initial recognition closed on {day}.").format(day=last.isoformat()),
                mend=_("The exam, or an exception of HR with a reason, is the way now."),
            )
        if person.hired_on > begun:
            raise Refused(
                _("{name} was hired after certify was introduced.").format(name=person.name),
                mend=_("Initial recognition is for existing staff."),
            )
        if any(one.code == what for one in qualifications.held(session, person.id or 0)):
            raise Refused(_("{name} was given {code} before.").format(name=person.name, code=what))
        titles = {level.code: level for level in platform.policy.qualification.ladder}
        if what in titles:
            basis = Basis.INITIAL_RECOGNITION
            issued = give_level(session, platform, actor, person, titles[what], basis, reason)
        else:
            title = process_title(session, what)
            months = platform.policy.qualification.post_months
            gift = Gift(
                QualificationKind.POST,
                what,
                title,
                given_by_hand(platform.today(), months),
                Basis.INITIAL_RECOGNITION,
                reason=reason,
                actor_id=actor.person_id,
            )
            issued = give(session, platform, person, gift, platform.clock.now())
    return told(platform, issued)


def introduced_on(session: Session, platform: Platform) -> date:
    """The day on which certify was introduced: that of the first entry in the ledger."""
    first = ledger.first_at(session) or platform.clock.now()
    return local_date(first, platform.policy.organisation.time_zone)


def told(platform: Platform, issued: CertificateIssued) -> CertificateIssued:
    """Tell every listener, after the commit, that something was given."""
    announce_issued(platform, [issued])
    return issued


def level_of(platform: Platform, code: str) -> Level:
    """A level of the ladder.

    Raises:
        NotFound: naming the possible ones.
    """
    ladder = platform.policy.qualification.ladder
    found = next((one for one in ladder if one.code == code.upper()), None)
    if found is None:
        raise NotFound(
            _("There is no level “{level}”.").format(level=code),
            mend=_("Possible: {values}").format(values=", ".join(one.code for one in ladder)),
        )
    return found


def other_person(session: Session, actor: Actor, staff_no: str) -> Person:
    """Somebody else than the actor, locked: nobody decides about themselves (R-PPL-02)."""
    person = person_for(session, actor, staff_no, Action.MANAGE_QUALIFICATIONS)
    if person.id == actor.person_id:
        raise NotPermitted(
            _("Nobody decides about their own qualification."),
            mend=_("Ask another colleague of HR."),
        )
    if person.status is not PersonStatus.EMPLOYED:
        raise Refused(_("{name} does not work here any more.").format(name=person.name))
    return session.get_one(Person, person.id, with_for_update=True)


def _refuse_held(session: Session, platform: Platform, person: Person, level: Level) -> None:
    old = qualifications.latest(session, person.id or 0, level.code)
    if old is not None and is_held(old.valid_to, last_state(session, old), platform.today()):
        raise Refused(
            _("{name} holds {code} until {day}.").format(
                name=person.name, code=level.code, day=old.valid_to.isoformat()
            )
        )


def _lacking(session: Session, platform: Platform, person: Person, level: Level) -> list[str]:
    evidence = evidence_of(session, platform, person.id or 0)
    found = missing(platform.policy.qualification, level, evidence, platform.today())
    return [
        *(condition_text(one.condition) for one in found.conditions),
        *(obstacle_text(one) for one in found.obstacles),
        *([_("The level below is not held.")] if found.is_skipping else []),
        *([_("The ladder names no conditions for it.")] if found.has_no_conditions else []),
    ]


def give_level(
    session: Session,
    platform: Platform,
    actor: Actor,
    person: Person,
    level: Level,
    basis: Basis,
    reason: str,
    period: Validity | None = None,
) -> CertificateIssued:
    """Write a level down, from today on where no period is given; `person` is locked."""
    gift = Gift(
        QualificationKind.LEVEL,
        level.code,
        level.title,
        period or given_by_hand(platform.today(), level.months),
        basis,
        reason=reason,
        actor_id=actor.person_id,
    )
    return give(session, platform, person, gift, platform.clock.now())


def process_title(session: Session, code: str) -> dict[str, str]:
    known = {one.process_code: one.process for one in courses.all_exams(session)}
    if not code or code not in known:
        raise NotFound(
            _("There is no level or process “{code}”.").format(code=pick({"zh": code})),
            mend=_("Possible: {values}").format(values=", ".join(sorted(filter(None, known)))),
        )
    return known[code]
