"""Exam codes: ways in for one sitting, handed out on paper and read aloud like start codes.

A code has 60 random bits and holds for one sitting; of it only a salted digest is kept. So a fast
digest is enough, and a thousand codes are issued and checked without a second of work. The limit
on wrong tries is that of every sign-in.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from certify.domain.attempt import AttemptState
from certify.domain.course import Exam
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, ExamPass, PersonStatus
from certify.domain.registration import Cohort, CohortMember, is_over
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import passwords
from certify.services.conduct_rules import locked_cohort, members_of, refuse_oneself
from certify.services.recording import record
from certify.services.sign_in import SignedIn
from certify.services.windows import moment_text
from certify.storage import cohorts, people

NO_DIGEST = "00:00"


class NotNow(Refused):
    """The code is right, but this is not the time for it: worth saying, since it tells nothing to
    who guesses."""


@dataclass(frozen=True)
class ExamCode:
    """A code as it is handed out; it can never be shown again."""

    staff_no: str
    name: str
    seat: str
    code: str


def issue(
    platform: Platform, *, actor: Actor, cohort_id: int, staff_nos: Iterable[str] = ()
) -> tuple[ExamCode, ...]:
    """New codes for members of a cohort, by staff numbers; their older ones are void.

    Args:
        staff_nos: whose; none for everybody but those excused and the actor.
    Raises:
        NotPermitted: also for oneself.
        NotFound: naming every staff number that is not in the cohort.
        Refused: the window is over, or nobody is there to be given one.
    """
    require(actor, Action.CONDUCT_EXAM)
    require_person(actor)
    wanted = list(staff_nos)
    with platform.database.write() as session:
        cohort = locked_cohort(session, cohort_id)
        if is_over(cohort, platform.clock.now()):
            raise Refused(_("The window of this cohort is over; make a new one."))
        chosen = {one.person_id for one in members_of(session, cohort_id, wanted)}
        refuse_oneself(actor, chosen)
        rows = [
            row
            for row in cohorts.members(session, cohort_id).get(cohort_id, [])
            if not row.member.excused
            and row.member.person_id != actor.person_id
            and (not wanted or row.member.person_id in chosen)
        ]
        if not rows:
            raise Refused(_("There is nobody in this cohort to give a code to."))
        codes = []
        for row in rows:
            code = passwords.start_code()
            row.member.code_hash, row.member.code_used_at = _kept(code), None
            session.add(row.member)
            codes.append(ExamCode(row.person.staff_no, row.person.name, row.member.seat, code))
        persons = [row.member.person_id for row in rows]
        subject = f"cohort:{cohort_id}"
        record(session, platform, actor, "exam-codes-issued", subject, persons=persons)
        return tuple(codes)


def check(platform: Platform, *, staff_no: str, code: str) -> SignedIn:
    """Who signs in with an exam code: they may sit that exam and nothing else, without any role.

    It is taken from some minutes before the window opens until the exam is submitted or the window
    is over, and again after a cut connection; an attempt that has more time than its window keeps
    its code as long.

    Raises:
        Refused: number or code is wrong; which of them is not said.
        NotNow: the code is right, but it is not the time for it.
    """
    with platform.database.read() as session:
        person = people.by_staff_no(session, staff_no)
        is_here = person is not None and person.status is PersonStatus.EMPLOYED
        person_id = person.id or 0 if person is not None and is_here else 0
        found = None
        for cohort, member in cohorts.with_code(session, person_id):
            if _is_right(member.code_hash, code):
                found = cohort, member
        if person is None or found is None:
            _is_right(NO_DIGEST, code)
            raise Refused(
                _("Staff number or exam code is wrong."),
                mend=_("The invigilator can give you a new code."),
            )
        cohort, member = found
        _refuse_untimely(session, platform, cohort, member)
        exam = session.get_one(Exam, cohort.exam_id).code
        came = ExamPass(exam, cohort.id or 0, member.code_hash)
        who = Actor(person_id, person.staff_no, person.name, frozenset(), came)
    if member.code_used_at is None:
        _note_first_use(platform, who, cohort.id or 0)
    return SignedIn(who, must_change=False, only_exam=exam)


def require_good(session: Session, platform: Platform, actor: Actor, exam: Exam) -> None:
    """Refuse to begin or go on with a code that leads elsewhere, or is none any more.

    A code that somebody else has seen is made void by issuing another; a terminal that came in
    with it before then gets no further either.

    Raises:
        Refused
    """
    came = actor.exam_pass
    if came is None:
        return
    cohort = session.get(Cohort, came.cohort_id)
    member = cohorts.member(session, came.cohort_id, actor.person_id)
    if cohort is None or member is None or member.code_hash != came.kept or exam.code != came.exam:
        raise Refused(
            _("This exam code is not good any more."),
            mend=_("The invigilator can give you a new code."),
        )
    _refuse_untimely(session, platform, cohort, member)


def _note_first_use(platform: Platform, who: Actor, cohort_id: int) -> None:
    with platform.database.write() as session:
        member = cohorts.member(session, cohort_id, who.person_id)
        if member is None or member.code_used_at is not None:
            return
        member.code_used_at = platform.clock.now()
        session.add(member)
        record(session, platform, who, "exam-code-used", f"cohort:{cohort_id}")


def _refuse_untimely(
    session: Session, platform: Platform, cohort: Cohort, member: CohortMember
) -> None:
    now = platform.clock.now()
    early = timedelta(minutes=platform.policy.access.code_early_minutes)
    if cohort.opens_at is not None and now < cohort.opens_at - early:
        opens = moment_text(platform, cohort.opens_at - early)
        raise NotNow(_("This code is taken from {moment} on.").format(moment=opens))
    if member.excused:
        raise NotNow(_("You are excused from this exam."))
    made = cohorts.attempts_in(session, cohort.id or 0, member.person_id)
    if any(one.state is AttemptState.OPEN for one in made):
        return
    if made:
        raise NotNow(_("This exam is submitted; nothing more can be changed."))
    if is_over(cohort, now):
        closed = moment_text(platform, cohort.closes_at or now)
        text = _("“{title}” ended on {moment}.")
        raise NotNow(text.format(title=cohort.title, moment=closed))


def _kept(code: str) -> str:
    """What is kept of a code: salt and digest."""
    salt = secrets.token_hex(8)
    return f"{salt}:{_digest(salt, code)}"


def _is_right(kept: str, code: str) -> bool:
    salt, _colon, digest = kept.partition(":")
    return hmac.compare_digest(digest, _digest(salt, code))


def _digest(salt: str, code: str) -> str:
    """Of a code however it was typed: case, blanks and hyphens do not matter."""
    plain = "".join(one for one in code.upper() if one.isalnum())
    return hmac.new(salt.encode(), plain.encode(), hashlib.sha256).hexdigest()
