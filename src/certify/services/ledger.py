"""Verifying the ledger: the chain, the checkpoints, and the records it tells of (R-SUP-06)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.attempt import first_false_response
from certify.domain.checkpoint import Checkpoint
from certify.domain.deviation import Deviation, Found
from certify.domain.ledger_chain import Chain, Fault
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.domain.told import Story
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.audit.comparing import Comparison
from certify.storage import attempts, audit, guards

STEP = 1000
"""Rows between two reports of progress."""
COUNTED = ("ledgerentry", "response", "attempt", "attemptresult", "qualification", "evaluation")
"""The tables that take the time."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""


@dataclass(frozen=True)
class LedgerCheck:
    """What verifying found."""

    entries: int
    head: str
    """Hash of the last entry; kept elsewhere, it proves that the end was not cut off."""
    first_false: int | None
    """Sequence number at which the chain breaks; None when it holds."""
    fault: Fault | None
    """What is wrong with that entry."""
    rows: int
    """How many rows of records were compared with the ledger."""
    checkpoints: int
    """How many checkpoints it was compared with."""
    found: tuple[Found, ...]
    """Everything that is wrong; the first false entry first."""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.found


def verify(
    platform: Platform,
    *,
    actor: Actor,
    checkpoints: Sequence[Checkpoint] = (),
    progress: Progress | None = None,
) -> LedgerCheck:
    """Compute the chain again from its first entry and replay it to the stored records.

    Raises:
        NotPermitted
    """
    if not actor.is_console:  # who may open the database may verify it
        require(actor, Action.SEE_LEDGER)
    with platform.database.read() as session:
        steps = _Steps(session, progress)
        chain, story = Chain(), Story()
        wanted: dict[int, str] = {one.sequence: "" for one in checkpoints}
        for line in audit.lines(session):
            chain.take(line)
            story.take(line)
            if line.sequence in wanted:
                wanted[line.sequence] = line.hash
            if chain.count % STEP == 0:
                steps.take(STEP)
        steps.take(chain.count % STEP)
        entries = steps.done
        false = chain.first_false(audit.head(session))
        found = []
        if false is not None:
            name = str(false.sequence)
            found.append(Found(Deviation.ENTRY, "ledgerentry", name, stands=false.fault.value))
        for one in checkpoints:
            found += _against(one, wanted[one.sequence], story)
        for table in guards.missing(session.connection()):
            found.append(Found(Deviation.GUARD, table, table))
        for number in story.unreadable:
            found.append(Found(Deviation.UNREADABLE, "ledgerentry", str(number), entry=number))
        found += Comparison(session, story, steps.take).run()
        return LedgerCheck(
            entries=chain.count,
            head=chain.head,
            first_false=false.sequence if false else None,
            fault=false.fault if false else None,
            rows=steps.done - entries,
            checkpoints=len(checkpoints),
            found=tuple(found),
        )


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


def _against(checkpoint: Checkpoint, stands: str, story: Story) -> list[Found]:
    """What a checkpoint shows: a forged one, or a ledger that is another one by now."""
    found = []
    name = str(checkpoint.sequence)
    if not checkpoint.is_signed or f"signingkey:{checkpoint.key}" not in story.rows:
        found.append(Found(Deviation.SIGNATURE, "ledgerentry", name, stands=checkpoint.key))
    is_told = (checkpoint.sequence, checkpoint.hash) in story.checkpoints
    if stands != checkpoint.hash or not is_told:
        found.append(Found(Deviation.CHECKPOINT, "ledgerentry", name, checkpoint.hash, stands))
    return found


class _Steps:
    """Counts what is done and reports it."""

    def __init__(self, session: Session, progress: Progress | None) -> None:
        self.done = 0
        self._report = progress or (lambda _done, _total: None)
        counts = (audit.count(session, table) for table in COUNTED) if progress else ()
        self._total = max(1, sum(counts))
        self._report(0, self._total)

    def take(self, rows: int) -> None:
        """So many more are done."""
        self.done += rows
        self._report(min(self.done, self._total), self._total)
