"""Who is asked to rate whom: made when scoring begins, looked at by raters and the group."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from certify.domain.evaluation import EvaluationPeriod, PeriodState, RaterType, Rating
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.rater_mix import shares_by_type, shares_of
from certify.domain.rating_rules import next_up
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation import finding
from certify.services.evaluation.roster import Ratee, roster
from certify.services.recording import record
from certify.services.typed import checked_text, person_of
from certify.storage import evaluation_people, evaluations, people
from certify.storage.evaluation_people import StaffRow
from certify.storage.evaluations import AskedRow


@dataclass(frozen=True)
class Ask:
    """Somebody the actor is to rate, and what was given so far."""

    period: str
    staff_no: str
    name: str
    department: dict[str, str]
    """Name by language."""
    post: dict[str, str]
    rater_type: RaterType
    counts: bool
    """False where only a comment is asked for."""
    score: Fraction | None
    comment: str
    given_at: datetime | None


@dataclass(frozen=True)
class Waiting:
    """A rater who still owes ratings."""

    staff_no: str
    name: str
    open: int
    given: int


def ask(session: Session, platform: Platform, period: EvaluationPeriod) -> int:
    """Ask everybody who is to rate in a period; gives how many ratings are new.

    Who was asked already stays asked: what was given is never thrown away.
    """
    rules = EvaluationRules.from_json(period.rules)
    rows = [
        (ratee, row)
        for ratee, found in evaluations.ratings(session, period.id or 0).items()
        for row in found
    ]
    known = {(ratee, row.rater_type, row.rater_id) for ratee, row in rows}
    rated = {
        ratee
        for ratee, row in rows
        if row.rater_type is RaterType.SUPERVISOR and row.counts and row.score is not None
    }
    new = [
        Rating(
            period_id=period.id or 0,
            person_id=ratee.person_id,
            rater_type=rater_type,
            rater_id=rater_id,
            counts=counts,
        )
        for ratee in roster(session, platform, period)
        if not ratee.is_trainee
        for rater_type, rater_id, counts in _raters(ratee, rules)
        if (ratee.person_id, rater_type, rater_id) not in known
        and not (rater_type is RaterType.SUPERVISOR and counts and ratee.person_id in rated)
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def asked_of(platform: Platform, *, actor: Actor, period: str = "") -> list[Ask]:
    """Everybody the actor is to rate now, in every period that is being scored.

    Args:
        period: code of the only period wanted.
    """
    if actor.is_console:
        return []
    with platform.database.read() as session:
        found = evaluations.asked(session, actor.person_id, period)
        rows = {one.person.id: people.row(session, one.person.id or 0) for one in found}
        return [asked_view(one, rows[one.person.id]) for one in found]


def waiting_for(platform: Platform, *, actor: Actor, period: str) -> list[Waiting]:
    """Raters of a period who have not given all that counts, those who owe most first.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.RUN_EVALUATION)
    with platform.database.read() as session:
        found = finding.period_of(session, period)
        everybody = evaluation_people.staff(session)
        open_: dict[int, int] = {}
        given: dict[int, int] = {}
        for rows in evaluations.ratings(session, found.id or 0).values():
            for row in rows:
                if row.rater_id is not None and row.counts and _works(everybody[row.rater_id]):
                    counted = open_ if row.score is None else given
                    counted[row.rater_id] = counted.get(row.rater_id, 0) + 1
        waiting = [
            Waiting(everybody[one].staff_no, everybody[one].name, count, given.get(one, 0))
            for one, count in open_.items()
        ]
    return sorted(waiting, key=lambda one: (-one.open, one.staff_no))


def pass_up(platform: Platform, *, actor: Actor, period: str, staff_no: str, reason: str) -> str:
    """Let the next level up rate somebody whose direct supervisor cannot (R-EVA-04).

    What the supervisor may have written stays as a comment.

    Returns:
        Staff number of who is asked now.
    Raises:
        NotPermitted: not of the evaluation group, or the actor's own case.
        NotFound, BadInput
        Refused: nobody is above, the supervisor has rated, or the period is not being scored.
    """
    require(actor, Action.RUN_EVALUATION)
    require_person(actor)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        found = scored_period(session, period)
        person = person_of(session, actor, staff_no)
        if person.id == actor.person_id:
            raise NotPermitted(_("Nobody decides who rates themselves."))
        rows = evaluations.of_ratee(session, found.id or 0, person.id or 0)
        asked = [one for one in rows if one.rater_type is RaterType.SUPERVISOR and one.counts]
        if not asked:
            raise Refused(_("No supervisor is asked to rate this person."))
        if asked[0].score is not None:
            raise Refused(_("The supervisor has rated this person already."))
        above = session.get_one(Person, asked[0].rater_id).supervisor_id
        everybody = evaluation_people.staff(session)
        parents = {one.person_id: one.supervisor_id for one in everybody.values()}
        stand_in = next_up(person.id or 0, above, parents, lambda one: _works(everybody[one]))
        if stand_in is None:
            raise Refused(_("There is nobody above that supervisor."))
        asked[0].counts = False
        _ask_anew(session, found, person, list(rows), stand_in)
        facts = {"person": person.id, "rater": stand_in, "reason": reason}
        record(session, platform, actor, "rating-passed-up", f"period:{found.id}", **facts)
        return everybody[stand_in].staff_no


def scored_period(session: Session, code: str, *, shared: bool = True) -> EvaluationPeriod:
    """A period that is being scored, and stays so until the transaction ends.

    Args:
        shared: whether others may hold it like this at the same time.
    Raises:
        NotFound
        Refused: it is in another state.
    """
    found = finding.locked_period(session, code, shared=shared)
    if found.state is not PeriodState.SCORING:
        raise Refused(
            _("{period} is not being scored.").format(period=found.code),
            mend=_("Ratings are given and changed only while a period is being scored."),
        )
    return found


def asked_view(asked: AskedRow, row: people.PersonRow | None) -> Ask:
    """A rating as its rater sees it."""
    return Ask(
        period=asked.period.code,
        staff_no=asked.person.staff_no,
        name=asked.person.name,
        department=row.department.names if row else {},
        post=row.post.names if row else {},
        rater_type=asked.rating.rater_type,
        counts=asked.rating.counts,
        score=asked.rating.score,
        comment=asked.rating.comment,
        given_at=asked.rating.given_at,
    )


def _works(one: StaffRow) -> bool:
    return one.status is PersonStatus.EMPLOYED


def _raters(ratee: Ratee, rules: EvaluationRules) -> Iterator[tuple[RaterType, int, bool]]:
    """Who of the staff rates somebody, and whether it counts."""
    shares = shares_by_type(shares_of(ratee.ratee_class, rules.raters))
    if RaterType.SUPERVISOR in shares:
        if ratee.supervisor is not None:
            yield RaterType.SUPERVISOR, ratee.supervisor, True
        for other in ratee.commenters:
            yield RaterType.SUPERVISOR, other, False
    if RaterType.SELF in shares:
        yield RaterType.SELF, ratee.person_id, True
    if RaterType.SUBORDINATE in shares:
        for other in ratee.subordinates:
            yield RaterType.SUBORDINATE, other, True


def _ask_anew(
    session: Session, period: EvaluationPeriod, person: Person, rows: list[Rating], rater_id: int
) -> None:
    """Let somebody rate as supervisor, also who was to comment only."""
    key = (RaterType.SUPERVISOR, rater_id)
    known = [one for one in rows if (one.rater_type, one.rater_id) == key]
    if known:
        known[0].counts = True
        return
    session.add(
        Rating(
            period_id=period.id or 0,
            person_id=person.id or 0,
            rater_type=RaterType.SUPERVISOR,
            rater_id=rater_id,
        )
    )
