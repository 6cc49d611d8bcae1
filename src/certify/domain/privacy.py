"""What is kept of people, and what becomes of it: the rules; the tables are in `personal_tables`.

Every column of every table is declared, so that a person's extract is complete and an erasure
leaves nothing behind (R-FRM-05, R-PLT-07). Numbers, days, enumerations and foreign keys of a table
about a person follow the table; texts and JSON are always named one by one.
"""

import re
from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from certify.i18n import N_

PSEUDONYM = re.compile(r"X-[0-9]{6,}")
"""What stands in place of an erased person's staff number; nobody else may have such a number."""
REMOVED_NAME = "已删除 / removed"


class Kind(StrEnum):
    """What sort of data it is."""

    IDENTITY = "identity"
    CREDENTIAL = "credential"
    WORK = "work"
    LEARNING = "learning"
    EXAM = "exam"
    QUALIFICATION = "qualification"
    EVALUATION = "evaluation"
    CONDUCT = "conduct"
    TEXT = "free text"


class Whose(StrEnum):
    """Of whom a column speaks."""

    PERSON = "person"
    ACTOR = "actor"
    """Who did something, by internal number only."""
    THIRD = "third person"
    """Somebody without a staff number."""
    NOBODY = "nobody"


class Fate(StrEnum):
    """What an erasure does to a column."""

    EMPTIED = "emptied"
    PSEUDONYM = "pseudonym"
    DELETED = "row deleted"
    KEPT = "kept"


KEPT_BY_NUMBER = N_("Counts and statistics need it; it leads to a pseudonym only.")
KEPT_FOR_COMPANY = N_("The company's own record; a name or staff number in it is replaced.")
KEPT_TECHNICAL = N_("Holds the records together and says nothing of a person.")
KEPT_THIRD = N_("Of somebody outside the company; kept with the training they took part in.")
HIDDEN_ACTOR = N_("Who did it is another person's data.")
HIDDEN_TECHNICAL = N_("Only holds the records together.")


@dataclass(frozen=True)
class PersonalTable:
    """One table; each field names columns, with spaces between them.

    A column of type text or JSON stands in exactly one of `texts`, `codes`, `company`,
    `technical`, `pseudonyms` and `third`.
    """

    kind: Kind | None = None
    """None: the table is about no person."""
    title: str = ""
    """For people, to be translated."""
    person: str = ""
    """The way to the person: foreign keys, such as `attempt_id.person_id`."""
    texts: str = ""
    """What somebody wrote of the person, and JSON of theirs: emptied."""
    codes: str = ""
    """Codes, numbers and titles of things, as the extract shows them: kept."""
    company: str = ""
    """What somebody wrote of the company's matters: kept, mentions of the person replaced."""
    technical: str = ""
    """Hashes, salts, seeds."""
    pseudonyms: str = ""
    """Names and numbers of the person: replaced."""
    third: str = ""
    """Of people outside the company."""
    actors: str = ""
    """Who did something."""
    deleted: bool = False
    """Whether an erasure deletes the rows."""
    within: Mapping[str, str] = field(default_factory=dict)
    """JSON of `texts` of which only these keys are emptied, wherever they stand in it."""
    hidden: Mapping[str, str] = field(default_factory=dict)
    """Personal columns that the extract leaves out, and why (to be translated)."""


@dataclass(frozen=True)
class Declared:
    """What is declared of one column."""

    whose: Whose
    kind: Kind | None
    fate: Fate
    why: str
    """Why it is kept; to be translated, empty where it is not kept."""
    hidden: str
    """Why the extract leaves it out; empty where it shows it or it is nobody's."""


def declared(table: PersonalTable, column: str, *, is_free: bool) -> Declared | None:
    """What is declared of a column; None when nothing is and its type does not say it.

    Args:
        is_free: whether it is a text, JSON, or names a person, which must be declared by name.
    """
    kept = Fate.DELETED if table.deleted else Fate.KEPT
    if column in table.actors.split():
        return Declared(Whose.ACTOR, None, kept, KEPT_BY_NUMBER, HIDDEN_ACTOR)
    if column in table.technical.split():
        return Declared(Whose.NOBODY, None, kept, KEPT_TECHNICAL, HIDDEN_TECHNICAL)
    if column in table.company.split():
        return Declared(Whose.NOBODY, None, kept, KEPT_FOR_COMPANY, "")
    if column in table.third.split():
        return Declared(Whose.THIRD, Kind.IDENTITY, Fate.KEPT, KEPT_THIRD, "")
    hidden = table.hidden.get(column, "")
    if column in table.texts.split():
        fate = Fate.DELETED if table.deleted else Fate.EMPTIED
        return Declared(Whose.PERSON, Kind.TEXT, fate, "", hidden)
    if column in table.pseudonyms.split():
        return Declared(Whose.PERSON, table.kind, Fate.PSEUDONYM, "", hidden)
    if column in table.codes.split() or column == table.person.split(".")[0] or not is_free:
        if table.kind is None:
            return Declared(Whose.NOBODY, None, Fate.KEPT, "", "")
        return Declared(
            Whose.PERSON, table.kind, kept, "" if table.deleted else KEPT_BY_NUMBER, hidden
        )
    return None


def pseudonym(person_id: int) -> str:
    """The staff number of an erased person: `X-000123`, which no one else ever gets."""
    return f"X-{person_id:06}"


def is_pseudonym(staff_no: str) -> bool:
    """Whether a staff number has the form of an erased person's."""
    return PSEUDONYM.fullmatch(staff_no) is not None


def due_on(left_on: date, years: int) -> date:
    """The first day on which a leaver's data may be removed: the same day, years later.

    Who left on 29 February is due on 1 March of a year that has none: a day is never left out.
    """
    year = left_on.year + years
    if (left_on.month, left_on.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return left_on.replace(year=year)


def without_mentions(text: str, names: Iterable[str], pseudonym_: str) -> str:
    """A text with a person's name and number replaced where they stand alone.

    Args:
        names: what is looked for; Latin letters and digits count as whole words only.
    """
    for name in names:
        # Chinese has no spaces between words; a staff number has something else around it.
        pattern = rf"(?<![A-Za-z0-9-]){re.escape(name)}(?![A-Za-z0-9-])"
        text = re.sub(pattern, pseudonym_, text)
    return text


def mentions_removed(value: object, names: Sequence[str], pseudonym_: str) -> object:
    """`without_mentions` in every text of plain JSON data."""
    if isinstance(value, str):
        return without_mentions(value, names, pseudonym_)
    if isinstance(value, list):
        return [mentions_removed(one, names, pseudonym_) for one in value]
    if isinstance(value, dict):
        return {key: mentions_removed(one, names, pseudonym_) for key, one in value.items()}
    return value


def emptied(value: object, keys: str = "") -> object:
    """What is left of a value: nothing of the same shape, so that readers of it go on.

    Args:
        keys: when given, only what stands under these keys goes.
    """
    if keys:
        return _emptied_keys(value, frozenset(keys.split()))
    if isinstance(value, str):
        return ""
    if isinstance(value, list):
        return []
    return {} if isinstance(value, dict) else None


def _emptied_keys(value: object, keys: frozenset[str]) -> object:
    if isinstance(value, list):
        return [_emptied_keys(one, keys) for one in value]
    if isinstance(value, dict):
        return {
            key: emptied(one) if key in keys else _emptied_keys(one, keys)
            for key, one in value.items()
        }
    return value
