"""Arranging sessions: from a plan, with a trainer who may give it; moved or cancelled later."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require
from certify.domain.person import CONSOLE, Actor
from certify.domain.registration import Cohort
from certify.domain.training import (
    AdHocPlan,
    PlanLine,
    SessionState,
    TrainingMode,
    TrainingSession,
)
from certify.domain.training_plan import KINDS
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.outside_people import outside_of
from certify.services.recording import record
from certify.services.training.plan_ties import check_fits, named_tie, tie_of
from certify.services.training.sessions import locked
from certify.services.training.trainers import check_trainer
from certify.services.typed import checked_text, course_of, person_of
from certify.services.windows import moment_text
from certify.storage import qualifications, training

UNPLANNED = ("onboarding", "customer")
"""Kinds that need no plan of HR: newcomers come when they come (S3-TR-04), customers too."""


@dataclass(frozen=True)
class NewSession:
    """What is said of a new session; what a plan says already may be left out."""

    starts_at: datetime
    ends_at: datetime
    line: int | None = None
    """Number of the line of an annual plan it delivers."""
    ad_hoc: str = ""
    """Code of the ad-hoc plan it delivers."""
    title: str = ""
    kind: str = ""
    mode: TrainingMode | None = None
    course: str = ""
    place: str = ""
    trainer: str = ""
    """Staff number of an inside trainer, or the number of one from outside with `#` before it."""
    cohort: int | None = None
    """The cohort whose exam is its assessment."""
    planned_fen: int | None = None
    funded: bool | None = None
    """Whether the company pays, be it in part; None: it does when it costs anything."""


def arrange(platform: Platform, *, actor: Actor, what: NewSession) -> tuple[str, list[str]]:
    """Arrange a session; gives its code, and warnings about sessions at the same time.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the plan is not approved, the days do not fit it, or the trainer lacks the level.
    """
    require(actor, Action.HOLD_TRAINING)
    _check_times(what.starts_at, what.ends_at)
    with platform.database.write() as session:
        tie = named_tie(session, what.line, what.ad_hoc)
        if tie is not None:
            check_fits(platform, tie, what.starts_at, what.ends_at)
            what = _filled(what, tie.source)
        if what.kind not in KINDS:
            raise BadInput(
                _("There is no kind of training “{kind}”.").format(kind=what.kind),
                mend=_("Possible: {values}").format(values=", ".join(KINDS)),
            )
        if tie is None and what.kind not in UNPLANNED:
            raise Refused(
                _("This training is in no plan."),
                mend=_("Name a line of the annual plan, or an ad-hoc plan that HR approved."),
            )
        if what.course:
            course_of(session, what.course)
        if what.cohort is not None and session.get(Cohort, what.cohort) is None:
            raise NotFound(_("There is no cohort {number}.").format(number=what.cohort))
        year = local_date(what.starts_at, platform.policy.organisation.time_zone).year
        number = qualifications.next_number(session, f"training-{year}")
        planned = what.planned_fen or 0
        one = TrainingSession(
            code=f"T-{year}-{number:03}",
            title=checked_text(what.title, _("title"), 120),
            kind=what.kind,
            mode=what.mode or TrainingMode.INTERNAL,
            course=what.course,
            cohort_id=what.cohort,
            starts_at=what.starts_at,
            ends_at=what.ends_at,
            place=checked_text(what.place, _("place"), 80) if what.place.strip() else "",
            funded=planned > 0 if what.funded is None else what.funded,
            planned_fen=planned,
            recorded_by=actor.person_id,
            at=platform.clock.now(),
            line_id=what.line,
            ad_hoc_plan_id=tie.source.id if tie and what.ad_hoc else None,
        )
        _set_trainer(session, platform, one, what.trainer)
        session.add(one)
        session.flush()
        record(
            session,
            platform,
            actor,
            "training-arranged",
            f"training:{one.code}",
            starts=one.starts_at.isoformat(),
            ends=one.ends_at.isoformat(),
            trainer=one.trainer_id,
            outside_trainer=one.outside_trainer_id,
            fen=one.planned_fen,
            funded=one.funded,
        )
        return one.code, warnings(session, platform, one, [one.trainer_id])


def change(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    trainer: str,
) -> list[str]:
    """Move a session that has not begun, or give it another trainer; gives warnings.

    Its attendees are told when its time or place changed.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it has begun or ended, the days do not fit its plan, the trainer lacks the level
            or is on its list.
    """
    require(actor, Action.HOLD_TRAINING)
    _check_times(starts_at, ends_at)
    with platform.database.write() as session:
        one = locked(session, code)
        if one.state is not SessionState.PLANNED:
            raise Refused(_("This session has begun, ended or was cancelled."))
        if tie := tie_of(session, one):
            check_fits(platform, tie, starts_at, ends_at)
        before = (one.starts_at, one.ends_at, one.place)
        one.starts_at, one.ends_at = starts_at, ends_at
        one.place = checked_text(place, _("place"), 80) if place.strip() else ""
        _set_trainer(session, platform, one, trainer)
        record(
            session,
            platform,
            actor,
            "training-changed",
            f"training:{one.code}",
            starts=one.starts_at.isoformat(),
            ends=one.ends_at.isoformat(),
            trainer=one.trainer_id,
            outside_trainer=one.outside_trainer_id,
        )
        rows = training.attendees(session, [one.id or 0]).get(one.id or 0, [])
        if before != (one.starts_at, one.ends_at, one.place):
            tell(session, platform, one, "training-moved", _ids(rows))
        return warnings(session, platform, one, [one.trainer_id, *_ids(rows)])


def cancel(platform: Platform, *, actor: Actor, code: str, reason: str) -> None:
    """Cancel a session; what it cost all the same can still be recorded (R-TRN-06).

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it is closed or cancelled already, or people attended it.
    """
    require(actor, Action.HOLD_TRAINING)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        one = locked(session, code)
        rows = training.attendees(session, [one.id or 0]).get(one.id or 0, [])
        if one.state is not SessionState.PLANNED:
            raise Refused(_("This session has begun, ended or was cancelled."))
        one.state, one.remark = SessionState.CANCELLED, reason
        subject = f"training:{one.code}"
        record(session, platform, actor, "training-cancelled", subject, reason=reason)
        tell(session, platform, one, "training-cancelled", _ids(rows), remark=reason)


def tell(
    session: Session,
    platform: Platform,
    one: TrainingSession,
    kind: str,
    person_ids: list[int],
    **more: str,
) -> None:
    """Leave each of these people a message about a session."""
    moment = moment_text(platform, one.starts_at)
    facts = {
        "code": one.code,
        "title": one.title,
        "moment": f"{moment} · {one.place}" if one.place else moment,
        **more,
    }
    for person_id in person_ids:
        session.add(
            PersonMessage(person_id=person_id, at=platform.clock.now(), kind=kind, facts=facts)
        )


def warnings(
    session: Session, platform: Platform, one: TrainingSession, person_ids: list[int | None]
) -> list[str]:
    """What these people give or attend at the same time, in words; it does not hinder anything."""
    found = training.beside(session, one, [person for person in person_ids if person])
    people = training.people(session, [person for _other, person in found])
    return [
        _("{name} is in “{title}” ({code}) at the same time, from {moment} on.").format(
            name=people[person].name,
            title=other.title,
            code=other.code,
            moment=moment_text(platform, other.starts_at),
        )
        for other, person in found
    ]


def _ids(rows: list[training.AttendeeRow]) -> list[int]:
    return [row.person.id for row in rows if row.person and row.person.id]


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise BadInput(
            _("The session ends before it begins."), mend=_("Write start and end in their order.")
        )


def _set_trainer(session: Session, platform: Platform, one: TrainingSession, trainer: str) -> None:
    """Give a session its trainer; only an online one may have none (R-TRN-07)."""
    one.trainer_id = one.outside_trainer_id = None
    trainer = trainer.strip()
    if not trainer:
        if one.mode is TrainingMode.ONLINE:
            return
        raise BadInput(
            _("The trainer is missing."),
            mend=_("Write a staff number, or # and the number of a trainer from outside."),
        )
    if trainer.startswith("#"):
        number = int(trainer[1:]) if trainer[1:].isascii() and trainer[1:].isdigit() else 0
        one.outside_trainer_id = outside_of(session, number, "trainer").id
        return
    person = person_of(session, CONSOLE, trainer)
    day = local_date(one.starts_at, platform.policy.organisation.time_zone)
    check_trainer(session, platform, person, day)
    if one.id and training.attendee(session, one.id, person=person.id):
        raise Refused(_("{name} is on the list of this session.").format(name=person.name))
    one.trainer_id = person.id


def _filled(what: NewSession, source: PlanLine | AdHocPlan) -> NewSession:
    """What is said of a session, with what its plan says already."""
    return replace(
        what,
        title=what.title or source.title,
        kind=source.kind,
        mode=what.mode or source.mode,
        course=what.course or source.course,
        planned_fen=source.planned_fen if what.planned_fen is None else what.planned_fen,
    )
