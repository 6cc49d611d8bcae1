"""What is done to one certificate of many, within its transaction; see `services.bulk`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.course import Exam
from certify.domain.message import PersonMessage
from certify.domain.person import Actor, Person
from certify.domain.qualification import QualificationKind, QualificationState
from certify.domain.registration import Cohort, CohortMember, is_over
from certify.domain.validity import grace_ends, window_opens
from certify.errors import Refused
from certify.hooks.events import QualificationChanged
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services import reminders
from certify.services.qualifying import renewing, states
from certify.services.qualifying.decisions import level_of, told
from certify.services.recording import record
from certify.storage import attempts, cohorts, courses, ledger_days, qualifications
from certify.storage.qualifications import PeriodRow


@dataclass(frozen=True)
class Held:
    """One active certificate that nothing follows, in the transaction of a deed."""

    session: Session
    platform: Platform
    actor: Actor
    person: Person
    """Locked."""
    row: PeriodRow
    reason: str


@dataclass(frozen=True)
class Done:
    """What a deed came to."""

    said: str
    """In words, translated."""
    tell: Callable[[], object] | None = None
    """Tells listeners; called after the commit."""


def remind(held: Held) -> Done:
    """Tell the holder that it ends; once a day, and not before the last reminder was read."""
    row, platform = held.row, held.platform
    last_day = row.period.valid_to.isoformat()
    told_ = reminders.latest_told(held.session, held.person.id)
    if last := told_.get((row.certificate, last_day)):
        day = local_date(last.at, platform.policy.organisation.time_zone)
        if last.read_at is None:
            text = _("Reminded on {day}, and it is not read yet.")
            raise Refused(text.format(day=day.isoformat()))
        if day == platform.today():
            raise Refused(_("Reminded today already."))
    left = (row.period.valid_to - platform.today()).days
    facts = {
        "certificate": row.certificate,
        "title": dict(row.title),
        "valid_to": last_day,
        "days": left,
    }
    now = platform.clock.now()
    held.session.add(
        PersonMessage(person_id=held.person.id or 0, at=now, kind=reminders.KIND, facts=facts)
    )
    _record(held, "holder-reminded", valid_to=last_day)
    return Done(_("The holder is reminded on the home screen."))


def register(held: Held) -> Done:
    """Register the holder for every part of the exam that renews it, from its window on (R-QUA-05).

    Those whose qualification ends in the same month sit it in one cohort.
    """
    policy, today = held.platform.policy.qualification, held.platform.today()
    opens = window_opens(held.row.period.valid_to, policy.renewal_days)
    if today < opens:
        raise Refused(_("The renewal opens on {day}.").format(day=opens.isoformat()))
    exams = _exams(held)
    if not exams:
        raise Refused(_("No exam renews it."))
    done = [one for one in exams if _registered(held, one)]
    if not done:
        raise Refused(_("{name} is registered already.").format(name=held.person.name))
    titles = _(", ").join(pick(one.title) for one in done)
    return Done(_("Registered for {exams}.").format(exams=titles))


def renew(held: Held) -> Done:
    """Renew a level that no exam renews, with the conditions of R-QUA-05."""
    _refuse_post(held)
    rung = level_of(held.platform, held.row.code)
    issued = renewing.renewed(
        held.session, held.platform, held.actor, held.person, rung, held.reason
    )
    said = _("Renewed: certificate {number}, valid to {day}.")
    return Done(
        said.format(number=issued.number, day=issued.valid_to.isoformat()),
        partial(told, held.platform, issued),
    )


def extend(held: Held) -> Done:
    """Make a level longer by its own length, as often as the ladder allows, once a day."""
    _refuse_post(held)
    today, zone = held.platform.today(), ZoneInfo(held.platform.policy.organisation.time_zone)
    made = ledger_days.of_actions(
        held.session,
        ["qualification-extended"],
        since=_midnight(today, zone),
        until=_midnight(today + timedelta(days=1), zone),
        subject=f"person:{held.person.id}",
    )
    if any(one.facts.get("code") == held.row.code for one in made):
        raise Refused(_("It was extended today already."))
    rung = level_of(held.platform, held.row.code)
    last = renewing.extended(
        held.session, held.platform, held.actor, held.person, rung, held.reason
    )
    return Done(_("Valid to {day} now.").format(day=last.isoformat()))


def suspend(held: Held) -> Done:
    """Take it away for a time; its last valid day stays."""
    today = held.platform.today()
    states.suspend(
        held.session,
        held.platform,
        qualifications.locked(held.session, held.row.id),
        actor_id=held.actor.person_id,
        reason=held.reason,
    )
    suspended = QualificationState.SUSPENDED.value
    summary = QualificationChanged(
        held.person.staff_no, held.row.code, suspended, today, held.reason
    )
    announce = held.platform.plugins.announce
    return Done(
        _("Suspended from today on; the holder is told."),
        partial(announce, "certify_qualification_changed", summary=summary),
    )


def _refuse_post(held: Held) -> None:
    if held.row.kind is QualificationKind.POST:
        raise Refused(
            _("A post qualification is renewed by its exam only."),
            mend=_("Register the holder for the exam."),
        )


def _exams(held: Held) -> list[Exam]:
    """The exams whose pass renews it: of its process, or the one on which the level was given."""
    every = [one for one in courses.all_exams(held.session) if one.available]
    if held.row.kind is QualificationKind.POST:
        return [one for one in every if one.process_code == held.row.code]
    sat = attempts.by_id(held.session, held.row.attempt_id) if held.row.attempt_id else None
    return [one for one in every if sat is not None and one.id == sat.exam_id]


def _registered(held: Held, exam: Exam) -> bool:
    """Register the holder in the cohort of the month; False where a cohort has them already."""
    now, exam_id, person_id = held.platform.clock.now(), exam.id or 0, held.person.id or 0
    own = cohorts.of_person(held.session, person_id, exam_id)
    if any(not member.excused and not is_over(cohort, now) for cohort, member in own):
        return False
    cohort = _cohort(held, exam, now)
    if cohorts.member(held.session, cohort.id or 0, person_id) is not None:
        return False  # excused from it
    held.session.add(CohortMember(cohort_id=cohort.id or 0, person_id=person_id))
    _record(held, "renewal-registered", exam=exam_id, cohort=cohort.id)
    return True


def _cohort(held: Held, exam: Exam, now: datetime) -> Cohort:
    month = held.row.period.valid_to.replace(day=1)
    title = f"{exam.code} {month:%Y-%m}"
    for row in cohorts.every(held.session):
        if row.exam.id == exam.id and row.cohort.title == title and not is_over(row.cohort, now):
            return row.cohort
    after = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    last = grace_ends(after, held.platform.policy.qualification.grace_days)
    zone = ZoneInfo(held.platform.policy.organisation.time_zone)
    cohort = Cohort(
        exam_id=exam.id or 0,
        title=title,
        opens_at=now,
        closes_at=_midnight(last + timedelta(days=1), zone),
        created_by=None if held.actor.is_console else held.actor.person_id,
        created_at=now,
    )
    held.session.add(cohort)
    held.session.flush()
    record(
        held.session,
        held.platform,
        held.actor,
        "cohort-made",
        f"cohort:{cohort.id}",
        exam=cohort.exam_id,
        occasion="",
    )
    return cohort


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _record(held: Held, action: str, **facts: object) -> None:
    held.session.flush()
    record(
        held.session,
        held.platform,
        held.actor,
        action,
        f"person:{held.person.id}",
        certificate=held.row.certificate,
        **facts,
    )
