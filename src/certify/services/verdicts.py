"""Writing a result: beside the earlier ones, into the sums of the analysis and the ledger."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from certify.domain import scoring, tally_table
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.result import AttemptResult, Part, ResultKind, Verdict, verdict
from certify.domain.sealing import sealed
from certify.storage import ledger, results, tallies


def record(
    session: Session,
    attempt: Attempt,
    parts: Sequence[Part],
    *,
    kind: ResultKind,
    at: datetime,
    actor_id: int,
    reason: str = "",
) -> Verdict:
    """Add a result that counts from now on; called inside the transaction that decided it.

    Args:
        attempt: locked.
        parts: every item of the form, marked.
        actor_id: who decided; the candidate where the machine marked.
    """
    found = verdict(parts, attempt.pass_mark)
    before = results.latest(session, attempt.id or 0)
    if before is not None and before.parts:  # of older releases the parts were not kept
        old = [Part.from_json(part) for part in before.parts]
        tallies.add(session, *tally_table.rows(attempt, old, sign=-1))
    number = before.number + 1 if before else 1
    correction_id = results.last_correction(session, attempt.exam_id)
    result = AttemptResult(
        attempt_id=attempt.id or 0,
        number=number,
        kind=kind,
        at=at,
        earned=found.earned,
        possible=found.possible,
        passed=found.passed,
        parts=[part.to_json() for part in parts],
        reason=reason,
        correction_id=correction_id,
    )
    session.add(result)
    attempt.state = AttemptState.SUBMITTED
    attempt.earned, attempt.possible = found.earned, found.possible
    attempt.passed = None if found.mark is None else found.passed
    attempt.fatal = bool(found.fatal_topics)
    attempt.profile = scoring.profile_to_json(found.profile)
    session.add(attempt)
    tallies.add(session, *tally_table.rows(attempt, parts))
    ledger.append(
        session,
        at=at,
        actor_id=actor_id,
        action="attempt-scored",
        subject=f"attempt:{attempt.id}",
        facts={
            "result": number,
            "kind": kind.value,
            "earned": str(found.earned),
            "possible": str(found.possible),
            "pass_mark": str(attempt.pass_mark),
            "passed": found.passed,
            "fatal": attempt.fatal,
            "by_deadline": attempt.by_deadline,
            "chain_head": attempt.chain_head,
            "parts": tally_table.fingerprint(parts),
            "correction": correction_id,
            "seals": sealed(result, attempt),
        },
    )
    return found
