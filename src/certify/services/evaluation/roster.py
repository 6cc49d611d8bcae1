"""Whom a period evaluates, as what, and who rates them (R-EVA-03, R-EVA-07)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.evaluation import EvaluationPeriod
from certify.domain.person import PersonStatus
from certify.domain.placement import Placed, days_present, days_under, placed_on
from certify.domain.rating_rules import (
    is_trainee,
    next_up,
    ratee_class,
    rating_supervisor,
    reports_by_supervisor,
)
from certify.platform import Platform
from certify.storage import evaluation_people, people
from certify.storage.evaluation_people import StaffRow


@dataclass(frozen=True, slots=True)
class Ratee:
    """One person in one period."""

    staff: StaffRow
    ratee_class: str
    is_trainee: bool
    days_present: int
    supervisor: int | None
    """Who rates as direct supervisor; of a supervisor who is gone, the next level up."""
    commenters: tuple[int, ...]
    """Supervisors of shorter parts of the period."""
    subordinates: tuple[int, ...]
    """Direct reports in the period who still work here."""

    @property
    def person_id(self) -> int:
        return self.staff.person_id


def roster(
    session: Session,
    platform: Platform,
    period: EvaluationPeriod,
    only: Collection[int] | None = None,
) -> list[Ratee]:
    """Everybody a period evaluates, by staff number: who works here and was hired by its end.

    Args:
        only: person ids of whom is wanted; None for everybody.
    """
    everybody = evaluation_people.staff(session)
    history = evaluation_people.history(session, everybody)
    absences = evaluation_people.absences(session)
    first, last = period.first_day, period.last_day
    reports = reports_by_supervisor(history, first, last)
    posts = {one.id: one for one in people.posts(session)}
    levels = evaluation_people.levels_on(session, last)
    learning = evaluation_people.in_onboarding(session)
    above = {one.person_id: one.supervisor_id for one in everybody.values()}

    def works(person_id: int) -> bool:
        found = everybody.get(person_id)
        return found is not None and found.status is PersonStatus.EMPLOYED

    found = []
    for one in everybody.values():
        if not works(one.person_id) or one.hired_on > last or not _wanted(one, period, only):
            continue
        direct, others = _supervisors(one, history[one.person_id], first, last)
        supervisor = next_up(one.person_id, direct, above, works)
        commenters = [other for other in others if works(other) and other != supervisor]
        below = sorted(
            other
            for other in reports.get(one.person_id, ())
            if works(other) and other not in (supervisor, *commenters)
        )
        held = placed_on(last, history[one.person_id])
        post = posts[held.post_id] if held else one.post  # a later change of post comes too late
        is_new = (last - one.hired_on).days <= platform.policy.onboarding.hired_within_days
        found.append(
            Ratee(
                staff=one,
                ratee_class=ratee_class(
                    meets_customers=post.meets_customers,
                    layer=post.layer,
                    has_reports=bool(reports.get(one.person_id)),
                ),
                is_trainee=is_trainee(
                    levels.get(one.person_id, ()),
                    platform.policy.qualification.ladder,
                    is_onboarding_open=is_new and one.person_id in learning,
                ),
                days_present=days_present(
                    first, last, history[one.person_id], absences.get(one.person_id, ())
                ),
                supervisor=supervisor,
                commenters=tuple(commenters),
                subordinates=tuple(below),
            )
        )
    return found


def _wanted(one: StaffRow, period: EvaluationPeriod, only: Collection[int] | None) -> bool:
    chosen = period.rules.get("only")
    is_in_period = not chosen or one.person_id in chosen
    return is_in_period and (only is None or one.person_id in only)


def _supervisors(
    one: StaffRow, known: Sequence[Placed], first: date, last: date
) -> tuple[int | None, list[int]]:
    days = days_under(first, last, known)
    if not days:
        return one.supervisor_id, []
    return rating_supervisor(days, one.supervisor_id)
