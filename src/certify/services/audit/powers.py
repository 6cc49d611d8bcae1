"""What keeps one person from doing harm alone: roles that somebody gave, deeds of two persons."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from certify.domain.deviation import Deviation, Found
from certify.domain.person import Role
from certify.domain.sealing import row_name
from certify.domain.told import Story
from certify.storage import audit


def found(session: Session, story: Story) -> Iterator[Found]:
    """Deeds of one person that took two, and roles that stand in the database alone."""
    yield from _alone(session, story)
    yield from _roles(session, story)


def _alone(session: Session, story: Story) -> Iterator[Found]:
    one_is_enough = {
        row_name("policyversion", row)
        for row in audit.rows(session, "policyversion")
        if not _takes_two(row["values"])
    }
    for entry, rules in story.alone.items():
        if rules not in one_is_enough:
            yield Found(Deviation.ALONE, "ledgerentry", str(entry), entry=entry)


def _takes_two(rules: Any) -> bool:
    trust = rules.get("trust") if isinstance(rules, dict) else None
    return not isinstance(trust, dict) or trust.get("two_persons") is not False


def _roles(session: Session, story: Story) -> Iterator[Found]:
    """Everybody learns; people of older releases, of whose roles nothing is told, are left out."""
    held: dict[int, set[str]] = {}
    for row in audit.rows(session, "rolegrant"):
        held.setdefault(row["person_id"], set()).add(str(row["role"]))
    for person, told in story.roles.items():
        given = {*told.facts["roles"], Role.LEARNER.value}
        stands = held.get(person, set()) | {Role.LEARNER.value}
        if person not in story.erased and stands != given:
            yield Found(
                Deviation.DIFFERENT,
                "rolegrant",
                f"person:{person}",
                ledger=" ".join(sorted(given)),
                stands=" ".join(sorted(stands)),
                entry=told.sequence,
            )
