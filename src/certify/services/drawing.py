"""Drawing a test form: a new attempt with its items, in its order, under the rules of the day."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.blueprint import Cell, assemble, overlap
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services.candidacy import Candidacy
from certify.storage import items, ledger


def new_attempt(session: Session, platform: Platform, actor: Actor, before: Candidacy) -> Attempt:
    """Draw a form and open an attempt on it; the caller has asked `lobby.blockers`."""
    now = platform.clock.now()
    exam, past = before.exam, before.past
    bank = {item.code: item for item in before.bank}
    cells = [Cell.model_validate(cell) for cell in exam.blueprint]
    seed = platform.new_seed()
    seen = _seen(session, past)
    form = assemble(cells, before.bank, seed, seen)
    attempt = Attempt(
        person_id=actor.person_id,
        exam_id=exam.id or 0,
        course_version=before.course.version,
        number=len(since_pass(past)) + 1,
        form=[
            {
                "version": bank[item.code].version_id,
                "points": str(item.points),
                "seed": item.seed,
            }
            for item in form
        ],
        seed=seed,
        pass_mark=Fraction(platform.policy.exam.pass_mark),
        partial_credit=platform.policy.exam.partial_credit,
        started_at=now,
        deadline=now + timedelta(minutes=exam.minutes),
    )
    session.add(attempt)
    session.flush()
    # Where the bank is too small for the bound the form opens all the same, and the ledger says so.
    shares = {"overlap": overlap(form, seen), "bound": platform.policy.retake.max_overlap}
    record_step(session, platform, actor, "attempt-started", attempt, shares)
    return attempt


def since_pass(past: Sequence[Attempt]) -> list[Attempt]:
    """The attempts after the latest pass, those without a result left out.

    A renewal begins to count anew.
    """
    counted: list[Attempt] = []
    for attempt in past:
        if not attempt.is_void:
            counted = [] if attempt.passed else [*counted, attempt]
    return counted


def repeated_share(session: Session, before: Candidacy) -> tuple[Fraction, int]:
    """The share of seen items on the next form, which no seed can change, and the form's size."""
    cells = [Cell.model_validate(cell) for cell in before.exam.blueprint]
    size = sum(cell.count for cell in cells)
    if not before.past:
        return Fraction(0), size
    seen = _seen(session, before.past)
    return overlap(assemble(cells, before.bank, "", seen), seen), size


def _seen(session: Session, past: Sequence[Attempt]) -> dict[str, int]:
    """On how many earlier forms of this person each item stood, whatever its version."""
    shown = [int(item["version"]) for attempt in past for item in attempt.form]
    code_of = items.codes(session, set(shown))
    seen: dict[str, int] = {}
    for version_id in shown:
        code = code_of[version_id]
        seen[code] = seen.get(code, 0) + 1
    return seen


def record_step(
    session: Session,
    platform: Platform,
    actor: Actor,
    action: str,
    attempt: Attempt,
    shares: Mapping[str, Fraction] | None = None,
) -> None:
    """Write into the ledger that an attempt was started or continued.

    Args:
        shares: of a form just drawn: `overlap` with the person's earlier forms, and the `bound`
            for it in the policy (R-REM-03); kept as exact text.
    """
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"attempt:{attempt.id}",
        facts={
            "person": attempt.person_id,
            "exam": attempt.exam_id,
            "fence": attempt.fence,
            **{name: str(share) for name, share in (shares or {}).items()},
        },
    )
