"""Erasures done again, in a database that came from an older backup (R-FRM-05)."""

from dataclasses import dataclass
from pathlib import Path

from certify.domain.erasure import Erasure
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.privacy import pseudonym
from certify.platform import Platform
from certify.services.privacy import leftovers
from certify.services.privacy.erasing import remove
from certify.storage import erasures


@dataclass(frozen=True)
class Again:
    """What doing erasures again came to."""

    done: tuple[str, ...]
    """Pseudonyms of the people who were removed again."""
    known: int
    """How many of the list this database knows already."""
    strangers: tuple[str, ...]
    """Pseudonyms of the list whose number belongs to somebody else, or nobody, here."""
    employed: tuple[str, ...]
    """Pseudonyms of people who work here by this database."""
    unproven: tuple[str, ...]
    """Pseudonyms of lines that the company did not sign: these are proposed like any other."""
    is_wiped: bool
    """Whether the old bytes left the database file, too."""


def again(platform: Platform, *, actor: Actor, path: Path | None = None) -> Again:
    """Remove again whom the list of erasures names and this database does not know as removed.

    For a database that came from an older backup. What was decided then needs no second decision;
    that it was decided, the company's signature in the list says.

    Args:
        path: the list; None for the one in the home.
    Raises:
        NotPermitted
        BadInput: the list cannot be read.
    """
    require_person(actor)
    require(actor, Action.ERASE)
    listed = leftovers.read(path or leftovers.file_of(platform), must_exist=path is not None)
    done, strangers, employed, unproven, known = [], [], [], [], 0
    with platform.database.write() as session:
        for line in listed:
            name = pseudonym(line["person"])
            person = session.get(Person, line["person"], with_for_update=True)
            if session.get(Erasure, line["person"]) is not None:
                known += 1
            elif person is None or erasures.first_hash(session, line["person"]) != line["first"]:
                strangers.append(name)
            elif person.status is not PersonStatus.LEFT:
                employed.append(name)
            elif not leftovers.is_proven(session, platform, line):
                unproven.append(name)
            else:
                remove(session, platform, person, actor, line["by"], line["reason"])
                done.append(name)
    is_wiped = leftovers.finish(platform)
    return Again(tuple(done), known, tuple(strangers), tuple(employed), tuple(unproven), is_wiped)
