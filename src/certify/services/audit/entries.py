"""The ledger in words, for who may see it: who did what, about whom (R-SUP-06)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.clean import clean
from certify.domain.ledger_chain import Line
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.audit.action_words import action_text
from certify.services.audit.checkpoints import ACTION as CHECKPOINT
from certify.services.typed import person_of
from certify.storage import ledger

KINDS = {
    "person": N_("person"),
    "attempt": N_("attempt"),
    "period": N_("evaluation period"),
    "course": N_("course"),
    "item": N_("item"),
    "cohort": N_("cohort"),
    "correction": N_("correction"),
    "export": N_("export"),
    "file": N_("file"),
    "key": N_("signing key"),
    "policy": N_("rules"),
    "post": N_("post"),
    "department": N_("department"),
    "standard": N_("standard"),
    "standard-draft": N_("draft of a standard"),
    "training": N_("training"),
    "training-plan": N_("training plan"),
    "inspection": N_("inspection"),
    "rectificationnotice": N_("rectification notice"),
    "anomalyform": N_("anomaly form"),
    "case": N_("case"),
    "goal": N_("goal"),
    "ledger": N_("ledger entry"),
    "proposal": N_("proposal"),
    "accommodation": N_("accommodation"),
    "outage": N_("outage"),
    "backup": N_("backup"),
}
"""What an entry can be about; the rest is shown by its code."""


@dataclass(frozen=True)
class Wanted:
    """Which entries; empty means all."""

    text: str = ""
    """Somewhere in who, what or about whom."""
    staff_no: str = ""
    """Of who did it or whom it is about."""
    action: str = ""
    since: date | None = None
    """First day, by the company's calendar."""
    most: int = 500


@dataclass(frozen=True)
class EntryView:
    """One entry as people read it."""

    sequence: int
    at: datetime
    who: str
    action: str
    what: str
    """The action in words."""
    about: str
    facts: tuple[tuple[str, str], ...]
    """What the entry says beside, as name and value."""
    hash: str


@dataclass(frozen=True)
class LedgerState:
    """How long the ledger is and how old its last checkpoint."""

    entries: int
    checkpoint: int
    """Entry up to which the last checkpoint reaches; 0 where there is none."""
    checkpoint_at: datetime | None


def state(platform: Platform, *, actor: Actor) -> LedgerState:
    """The end of the ledger and its last checkpoint.

    Raises:
        NotPermitted
    """
    _require(actor)
    with platform.database.read() as session:
        last = next(ledger.newest(session, action=CHECKPOINT), None)
        end = next(ledger.newest(session), None)
        return LedgerState(
            entries=end.sequence if end else 0,
            checkpoint=int(last.facts["sequence"]) if last else 0,
            checkpoint_at=last.at if last else None,
        )


def entries(platform: Platform, *, actor: Actor, wanted: Wanted = Wanted()) -> list[EntryView]:
    """The newest entries that are wanted, the newest first.

    Raises:
        NotPermitted
        NotFound: nobody has the staff number.
    """
    _require(actor)
    zone = platform.policy.organisation.time_zone
    found: list[EntryView] = []
    with platform.database.read() as session:
        person = person_of(session, actor, wanted.staff_no).id if wanted.staff_no else None
        names = _Names(session, actor)
        needle = clean(wanted.text).casefold()
        for line in ledger.newest(session, person_id=person, action=wanted.action):
            if wanted.since is not None and local_date(line.at, zone) < wanted.since:
                break
            view = _view(line, names)
            said = f"{view.who} {view.what} {view.about} {view.action} {line.subject}".casefold()
            if needle not in said:
                continue
            found.append(view)
            if len(found) == wanted.most:
                break
    return found


def _require(actor: Actor) -> None:
    if not actor.is_console:
        require(actor, Action.SEE_LEDGER)


def _view(line: Line, names: "_Names") -> EntryView:
    return EntryView(
        sequence=line.sequence,
        at=line.at,
        who=names.of(line.actor_id) if line.actor_id else "certify",
        action=line.action,
        what=action_text(line.action),
        about=names.about(line.subject),
        facts=tuple(_facts(line.facts, names)),
        hash=line.hash,
    )


def _facts(facts: dict[str, Any], names: "_Names") -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if name in HASHES:
            continue
        if name in PEOPLE and isinstance(value, int):
            yield name, names.of(value)
        elif isinstance(value, dict):
            yield from ((f"{name}.{inner}", str(one)) for inner, one in value.items())
        else:
            yield name, "–" if value is None else str(value)


HASHES = ("seals", "digests")
"""Facts that only verifying reads."""
PEOPLE = ("person", "person_id", "guide", "owner", "trainer", "proposed_by", "actor")
"""Facts that are the internal number of a person."""


class _Names:
    """Names of people by their internal number, for who may see them."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._may = actor.is_console or may(actor, Action.SEE_PEOPLE)
        self._people = ledger.names(session) if self._may else {}
        self._session = session

    def of(self, person_id: int) -> str:
        """Name and staff number; the internal number where they may not be seen."""
        name, staff_no = self._people.get(person_id, ("", ""))
        return f"{name} {staff_no}" if staff_no else _("person {number}").format(number=person_id)

    def about(self, subject: str) -> str:
        """What an entry is about."""
        kind, _colon, rest = subject.partition(":")
        if kind == "person" and rest.isdecimal():
            return self.of(int(rest))
        word = f"{_(KINDS[kind])} {rest}" if kind in KINDS else subject
        if kind == "attempt" and rest.isdecimal():
            sitter = ledger.sitter(self._session, int(rest))
            return f"{word} · {self.of(sitter)}" if sitter else word
        return word
