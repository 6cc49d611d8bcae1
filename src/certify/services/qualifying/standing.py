"""Whether somebody may serve a process on a day, and why (R-PPL-04)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.permission import Action
from certify.domain.person import Actor, Person, PersonStatus, Post
from certify.domain.placement import placed_on
from certify.domain.qualification import QualificationKind, QualificationState
from certify.domain.serving import Answer, HeldPost, OnDay, ServiceRight, Why, can_serve
from certify.errors import NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services import closing
from certify.services.qualifying.levels import holds_level
from certify.services.qualifying.states import state_of
from certify.services.remedial import open_assignment
from certify.services.standard_life import settling
from certify.services.typed import person_for
from certify.storage import courses, field_practice, placements, qualifications

WHY = {
    Why.QUALIFIED: N_("holds the post qualification"),
    Why.TRAINEE: N_("trainee, only beside the guide"),
    Why.NOT_EMPLOYED: N_("does not work here on this day"),
    Why.OTHER_POST: N_("qualified for another post"),
    Why.PENDING: N_("the qualification begins later"),
    Why.SUSPENDED: N_("the qualification is suspended"),
    Why.EXPIRED: N_("the qualification has expired"),
    Why.REVOKED: N_("the qualification is revoked"),
    Why.NEVER: N_("not qualified"),
    Why.REMEDIAL: N_("failed the exam and has not passed it since"),
    Why.NO_GUIDE: N_("trainee without an active guide"),
}


@dataclass(frozen=True)
class ServeView:
    """Whether one person may serve one process on one day."""

    staff_no: str
    name: str
    process: str
    title: dict[str, str]
    day: date
    right: ServiceRight
    why: Why
    valid_to: date | None
    """Last valid day of the qualification; None without one."""
    certificate: str

    @property
    def may_serve(self) -> bool:
        """Whether alone or accompanied."""
        return self.right is not ServiceRight.NO


def serve(
    platform: Platform,
    *,
    actor: Actor,
    process: str,
    staff_no: str | None = None,
    day: date | None = None,
) -> ServeView:
    """Whether a person may serve a process, with the reason.

    Args:
        staff_no: whose; None for the actor's own.
        day: None for today.
    Raises:
        NotFound: no such person or process.
        NotPermitted
    """
    closing.close_overdue(platform)
    settling.settle(platform)
    day = day or platform.today()
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_QUALIFICATIONS, Action.SEE_RECORD)
        title = _process(session, process)
        answer = answer_of(session, platform, person, process, day)
        rows = [
            row
            for row in qualifications.of_person(session, person.id or 0)
            if row.kind is QualificationKind.POST and row.code == process and state_of(row, day)
        ]
        latest = max(rows, key=lambda row: row.period.valid_to, default=None)
        return ServeView(
            staff_no=person.staff_no,
            name=person.name,
            process=process,
            title=title,
            day=day,
            right=answer.right,
            why=answer.why,
            valid_to=latest.period.valid_to if latest else None,
            certificate=latest.certificate if latest else "",
        )


def why_text(view: ServeView) -> str:
    """The answer in words."""
    return _(WHY[view.why])


def answer_of(
    session: Session, platform: Platform, person: Person, process: str, day: date
) -> Answer:
    """Whether a person may serve a process on a day."""
    rows = qualifications.of_person(session, person.id or 0)
    held = [
        HeldPost(row.post, state)
        for row in rows
        if row.kind is QualificationKind.POST
        and row.code == process
        and (state := state_of(row, day)) is not None
    ]
    trainee = {one.code for one in platform.policy.qualification.ladder if one.trainee}
    is_trainee = any(
        row.code in trainee and state_of(row, day) is QualificationState.ACTIVE for row in rows
    )
    placed = placed_on(day, placements.of_person(session, person))
    post = session.get_one(Post, placed.post_id).code if placed else ""
    return can_serve(
        OnDay(
            is_employed=placed is not None and placed.status is PersonStatus.EMPLOYED,
            post=post,
            is_trainee=is_trainee,
            has_guide=is_trainee and _has_guide(session, platform, person.id or 0, day),
            has_remedial=_has_remedial(session, person.id or 0, process),
        ),
        held,
    )


def _has_guide(session: Session, platform: Platform, person_id: int, day: date) -> bool:
    least = platform.policy.field_practice.guide_level
    return any(
        holds_level(session, platform, guide.id or 0, least, day)
        for guide in field_practice.guides_on(session, person_id, day)
        if guide.status is PersonStatus.EMPLOYED
    )


def _has_remedial(session: Session, person_id: int, process: str) -> bool:
    return any(
        open_assignment(session, person_id, exam) is not None
        for exam in courses.all_exams(session)
        if exam.process_code == process
    )


def _process(session: Session, code: str) -> dict[str, str]:
    known = {one.process_code: one.process for one in courses.all_exams(session)}
    known |= qualifications.processes(session, date.max)
    if code not in known or not code:
        raise NotFound(
            _("There is no process “{process}”.").format(process=code),
            mend=_("Possible: {values}").format(values=", ".join(sorted(filter(None, known)))),
        )
    return known[code]
