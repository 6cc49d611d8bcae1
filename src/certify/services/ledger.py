"""Verifying the ledger: the whole chain is computed again (R-SUP-06)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certify.domain.attempt import first_false_response
from certify.domain.ledger import LedgerEntry, LedgerHead, first_false
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.storage import attempts, ledger


@dataclass(frozen=True)
class LedgerCheck:
    """What verifying found."""

    entries: int
    head: str
    """Hash of the last entry; kept elsewhere, it proves that the end was not cut off."""
    first_false: int | None
    """Sequence number at which the chain breaks; None when it holds."""


class _Counted:
    """Passes entries on and remembers the last one."""

    def __init__(self, entries: Iterable[LedgerEntry]) -> None:
        self.entries = entries
        self.count = 0
        self.head = ""

    def __iter__(self) -> Iterator[LedgerEntry]:
        for entry in self.entries:
            self.count, self.head = self.count + 1, entry.hash
            yield entry


def verify(platform: Platform, *, actor: Actor) -> LedgerCheck:
    """Compute the chain again from its first entry and compare its end with the head.

    Raises:
        NotPermitted
    """
    if not actor.is_console:  # who may open the database may verify it
        require(actor, Action.SEE_LEDGER)
    with platform.database.read() as session:
        counted = _Counted(ledger.entries(session))
        broken = first_false(counted)
        head = session.get(LedgerHead, 1)
        expected = (head.sequence, head.hash) if head else (0, "")
        if broken is None and (counted.count, counted.head) != expected:
            broken = counted.count + 1
        return LedgerCheck(counted.count, counted.head, broken)


def verify_attempt(platform: Platform, *, actor: Actor, attempt_id: int) -> int | None:
    """Compute an attempt's chain of responses again and compare its end with the attempt's head.

    For the person whose attempt it is, HR, and whoever may see the ledger.

    Returns:
        The sequence number at which the chain breaks; None when it holds.
    Raises:
        NotFound: there is no such attempt, or it is not for the actor to see.
    """
    with platform.database.read() as session:
        attempt = attempts.by_id(session, attempt_id)
        if attempt is None or not (
            may(actor, Action.SEE_LEDGER) or may(actor, Action.SEE_RECORD, owner=attempt.person_id)
        ):
            raise NotFound(_("There is no such attempt of yours."))
        return first_false_response(attempt, attempts.responses(session, attempt_id))
