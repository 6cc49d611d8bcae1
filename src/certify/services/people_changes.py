"""What an import would change of each person, in words: before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certify.domain.person import Department, Post, Role
from certify.i18n import _, pick
from certify.services import people_words
from certify.services.departments import named
from certify.services.people_rows import Known, PersonEntry


@dataclass(frozen=True)
class FieldChange:
    """One value of a person that is given or changed."""

    field: str
    """Key of `people_words.HEADINGS`."""
    before: str
    """Translated; empty for a new person, and where there was none."""
    after: str


@dataclass(frozen=True)
class PersonChange:
    """What one row would do."""

    row: int
    staff_no: str
    name: str
    """As it will be."""
    is_new: bool
    fields: tuple[FieldChange, ...]


def new_person(known: Known, entry: PersonEntry) -> PersonChange:
    """What a new person will be."""
    after = _said(known, entry)
    fields = tuple(FieldChange(field, "", text) for field, text in after.items() if text)
    return PersonChange(entry.number, entry.staff_no, entry.name or "", True, fields)


def changed_person(known: Known, entry: PersonEntry, fields: Sequence[str]) -> PersonChange:
    """What a row changes of somebody known.

    Args:
        fields: what is different (`Known.changes`).
    """
    old = known.persons[entry.staff_no]
    before = _said(
        known,
        PersonEntry(
            entry.number,
            entry.staff_no,
            old.name,
            old.department_id,
            old.post_id,
            known.supervisors.get(entry.staff_no, ""),
            old.hired_on,
            old.status,
            known.roles[entry.staff_no],
        ),
    )
    after = _said(known, entry)
    names = [_FIELDS[field] for field in fields]
    return PersonChange(
        entry.number,
        entry.staff_no,
        entry.name or old.name,
        False,
        tuple(FieldChange(name, before[name], after[name]) for name in names),
    )


_FIELDS = {
    "name": "name",
    "department_id": "department",
    "post_id": "post",
    "supervisor_no": "supervisor",
    "hired_on": "hired_on",
    "status": "status",
    "roles": "roles",
}


def _said(known: Known, entry: PersonEntry) -> dict[str, str]:
    """Every value of a row in words; empty where it says nothing."""
    return {
        "name": entry.name or "",
        "department": next(_named(known.departments, entry.department_id), ""),
        "post": next(_named(known.posts, entry.post_id), ""),
        "supervisor": entry.supervisor_no or "",
        "hired_on": entry.hired_on.isoformat() if entry.hired_on else "",
        "status": _(people_words.STATUS_NAMES[entry.status]) if entry.status else "",
        "roles": _roles(entry.roles),
    }


def _named(rows: Sequence[Department | Post], id_: int | None) -> Iterator[str]:
    return (pick(named(row).name) for row in rows if row.id == id_)


def _roles(held: frozenset[Role] | None) -> str:
    roles = [role for role in Role if role in (held or ()) and role is not Role.LEARNER]
    return _(", ").join(_(people_words.ROLE_NAMES[role]) for role in roles)
