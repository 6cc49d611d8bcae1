"""Changes of a person: name, department, post, supervisor; leaving and coming back (R-PPL-01)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.clean import clean_line
from certify.domain.message import PersonMessage
from certify.domain.overseers import require_may_give
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, PersonStatus, Role
from certify.domain.placement import Placed
from certify.domain.privacy import is_pseudonym
from certify.domain.qualification import QualificationKind, QualificationState, standing_on
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import training_needs
from certify.services.certificates.reissuing import reissue_for_names
from certify.services.departments import check_names
from certify.services.hiring import enrol_new_hires
from certify.services.people import one_named, supervisor
from certify.services.placing import owners, placements
from certify.services.recording import record
from certify.services.typed import person_of
from certify.storage import people, qualifications
from certify.storage import placements as placements_kept
from certify.storage.rows import insert_all

PLACED = frozenset({"name", "department_id", "post_id", "supervisor_id", "status"})
"""The fields of a person whose history is kept."""


@dataclass(frozen=True)
class Effects:
    """What a change brought with it."""

    from_day: date
    courses: int = 0
    """How many courses were assigned that the new post needs (R-CAT-06)."""
    uncovered: tuple[dict[str, str], ...] = ()
    """Titles of the active post qualifications that do not cover the new post (R-PPL-03)."""


@dataclass(frozen=True)
class Changed:
    """What became of a change."""

    staff_no: str
    name: str
    fields: tuple[str, ...]
    """What was different; empty when nothing was."""
    effects: Effects
    reports: tuple[str, ...]
    """Of somebody who left: whose direct supervisor they still are, as number and name."""


def change_person(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    name: str | None = None,
    department: str | None = None,
    post: str | None = None,
    supervisor_no: str | None = None,
    status: PersonStatus | None = None,
    from_day: date | None = None,
) -> Changed:
    """Change what is given of a person; a leaver who is set to employed comes back.

    Args:
        department: code.
        post: code.
        supervisor_no: staff number; empty when the person has no supervisor any more.
        from_day: first day on which it holds, today or earlier; None for today. Of a leaver the
            first day they are away, of somebody who comes back the new hire date.
    Raises:
        NotPermitted: also when the status of HR or of an administrator changes.
        NotFound
        BadInput: a value cannot be used; the possible ones are named.
        Refused: the supervisors would go in a circle, nobody would be administrator any more, or
            a later change is known.
    """
    require(actor, Action.CHANGE_PEOPLE)
    if name is not None:
        check_names(name)
    with platform.database.write() as session:
        people.lock(session)  # a circle of supervisors is made by two changes together
        person = person_of(session, actor, staff_no)
        if is_pseudonym(person.staff_no):
            raise Refused(
                _("The personal data of {staff_no} were removed.").format(staff_no=person.staff_no),
                mend=_("Who comes back after a removal is a new person: certify person add."),
            )
        wanted: dict[str, object] = {"name": name, "status": status}
        if department is not None:
            found = people.departments(session)
            wanted["department_id"] = one_named(_("department"), department, found)
        if post is not None:
            wanted["post_id"] = one_named(_("post"), post, people.posts(session))
        given = {field: value for field, value in wanted.items() if value is not None}
        if supervisor_no is not None:
            above = supervisor(session, supervisor_no) if supervisor_no else None
            _refuse_circle(session, person, above)
            given["supervisor_id"] = above.id if above else None
        values = {key: value for key, value in given.items() if getattr(person, key) != value}
        if "status" in values:
            _check_status(session, actor, person)
        if not values:
            return Changed(person.staff_no, person.name, (), Effects(platform.today()), ())
        if values.get("status") is PersonStatus.EMPLOYED:
            known = placements.begin(session, platform, [person])[person.id or 0]
            first = placements.day_of_change(platform, person, known, from_day)
            if first > max(one.from_day for one in known):  # else it was a slip that they left
                values["hired_on"] = first
        effects = apply(session, platform, actor, person, values, from_day)
        status_fact = {"status": person.status.value} if "status" in values else {}
        record(
            session,
            platform,
            actor,
            "person-changed",
            f"person:{person.id}",
            fields=sorted(values),
            from_day=effects.from_day.isoformat(),
            **status_fact,
        )
        under = placements_kept.reports(session, person.id or 0)
        has_left = values.get("status") is PersonStatus.LEFT
        return Changed(
            person.staff_no,
            person.name,
            tuple(sorted(values)),
            effects,
            tuple(f"{one.staff_no} {one.name}" for one in under) if has_left else (),
        )


def apply(
    session: Session,
    platform: Platform,
    actor: Actor,
    person: Person,
    values: Mapping[str, object],
    from_day: date | None = None,
) -> Effects:
    """Set fields of a person, keep the history, and assign what the new post needs.

    Args:
        values: by the name of the field; only what is different.
        from_day: see `change_person`; somebody who comes back does so on the `hired_on` given.
    Raises:
        NotPermitted: the actor would be under nobody any more.
        BadInput, Refused: the day.
    """
    (effects,) = apply_all(session, platform, actor, [(person, values)], from_day)
    return effects


def apply_all(
    session: Session,
    platform: Platform,
    actor: Actor,
    changes: Sequence[tuple[Person, Mapping[str, object]]],
    from_day: date | None = None,
) -> list[Effects]:
    """`apply` to many at once: others wait meanwhile, so nothing is asked person by person.

    Args:
        changes: of each person once.
    """
    persons = [person for person, _values in changes]
    for person, values in changes:
        _refuse_own_rise(actor, person, values)
    known = placements.begin(session, platform, persons)
    days = [
        _day(platform, person, values, known[person.id or 0], from_day)
        for person, values in changes
    ]
    for person, values in changes:
        for field, value in values.items():
            setattr(person, field, value)
    session.add_all(persons)
    placed = zip(changes, days, strict=True)
    moved = [(one, day) for (one, values), day in placed if PLACED.intersection(values)]
    placements.write_all(session, platform, moved)
    placements.write_earlier(session, platform, known, persons)
    owners.settle(session, platform, _with("supervisor_id", changes))
    reissue_for_names(session, platform, actor, _with("name", changes))
    here = [one for one in changes if one[0].status is PersonStatus.EMPLOYED]
    back = [person for person, values in here if _comes_back(values)]
    on_new_post = _with("post_id", here)
    enrol_new_hires(session, platform, back)
    today = platform.today()
    in_need = dict.fromkeys(one.id or 0 for one in (*back, *on_new_post))
    since = [(person, today) for person, _values in here if person.id in in_need]
    assigned = training_needs.assign_to_all(session, platform, actor, since) if since else {}
    uncovered = _tell_uncovered(session, platform, on_new_post)
    return [
        Effects(day, assigned.get(person.id, 0), uncovered.get(person.id or 0, ()))
        for person, day in zip(persons, days, strict=True)
    ]


def _with(field: str, changes: Iterable[tuple[Person, Mapping[str, object]]]) -> list[Person]:
    return [person for person, values in changes if field in values]


def _comes_back(values: Mapping[str, object]) -> bool:
    return values.get("status") is PersonStatus.EMPLOYED


def _day(
    platform: Platform,
    person: Person,
    values: Mapping[str, object],
    known: Sequence[Placed],
    from_day: date | None,
) -> date:
    """From which day a change holds."""
    day = placements.day_of_change(platform, person, known, from_day)
    hired_on = values.get("hired_on")
    if _comes_back(values) and isinstance(hired_on, date):
        return max(hired_on, *(one.from_day for one in known))
    return day


def _refuse_own_rise(actor: Actor, person: Person, values: Mapping[str, object]) -> None:
    """Nobody makes themselves top management (R-PPL-02)."""
    if person.id == actor.person_id and values.get("supervisor_id", person.id) is None:
        raise NotPermitted(
            _("Nobody takes away their own direct supervisor."),
            mend=_("Ask another colleague of HR."),
        )


def _tell_uncovered(
    session: Session, platform: Platform, persons: Sequence[Person]
) -> dict[int, tuple[dict[str, str], ...]]:
    """Tell people which of their qualifications do not cover the new post; the titles by person."""
    if not persons:
        return {}
    posts = {one.id: one for one in people.posts(session)}
    on_post = {one.id or 0: posts[one.post_id] for one in persons}
    day, now = platform.today(), platform.clock.now()
    found: dict[int, list[dict[str, str]]] = {}
    for one in qualifications.of_people(session, list(on_post)):
        standing = standing_on(day, one.period, one.successors)
        is_active = standing is not None and standing.state is QualificationState.ACTIVE
        is_other = one.post != on_post[one.person_id].code
        if one.kind is QualificationKind.POST and is_active and is_other:
            found.setdefault(one.person_id, []).append(dict(one.title))
    told = [
        {
            "person_id": id_,
            "at": now,
            "kind": "post-changed",
            "facts": {"post": on_post[id_].names, "qualifications": titles},
        }
        for id_, titles in found.items()
    ]
    insert_all(session, PersonMessage, told)
    return {id_: tuple(titles) for id_, titles in found.items()}


def _refuse_circle(session: Session, person: Person, above: Person | None) -> None:
    way = [person]
    while above is not None:
        if above.id == person.id:
            circle = " → ".join(clean_line(one.staff_no) for one in [*way, person])
            raise Refused(
                _("The supervisors go in a circle: {circle}.").format(circle=circle),
                mend=_("Give one of them another supervisor."),
            )
        if above in way:
            return  # an old circle, which this change does not close
        way.append(above)
        above = session.get(Person, above.supervisor_id) if above.supervisor_id else None


def _check_status(session: Session, actor: Actor, person: Person) -> None:
    held = people.roles_of(session, person.id or 0)
    require_may_give(actor, held)
    if person.status is PersonStatus.LEFT or Role.ADMINISTRATOR not in held:
        return
    everybody = people.roles(session)
    others = (one for one in people.lines(session) if one.person_id != person.id)
    if not any(
        Role.ADMINISTRATOR in everybody.get(one.person_id, ())
        and one.status is PersonStatus.EMPLOYED
        for one in others
    ):
        raise BadInput(
            _("Nobody would be administrator any more."),
            mend=_("Make somebody else administrator first."),
        )
