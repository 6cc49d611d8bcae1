"""The steps by which an item comes into use and goes out of it (R-ASM-13).

Whoever reviews and whoever loads courses take turns, so that every step is judged by what stands
in the bank at that moment. One transaction holds a step, or many steps of one kind.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from certify.domain import reviewing as rules
from certify.domain.clean import tidy_text
from certify.domain.item import Item, ItemState
from certify.domain.person import Actor
from certify.domain.review import ReviewStep, StepKind
from certify.domain.reviewing import Bar
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import review_words as words
from certify.services.review_cases import Reviewed, every, find, require_reviewer
from certify.storage import courses, ledger, reviews

LONGEST = 2000
"""Characters of a remark."""


@dataclass(frozen=True)
class Outcome:
    """What became of one item of many."""

    code: str
    is_done: bool
    reason: str = ""
    """Why not, translated."""
    mend: str = ""


Step = Callable[[Session, Reviewed, Item], list[Bar]]
"""Takes a step with an item, or gives why it cannot be taken."""


def approve(
    platform: Platform,
    *,
    actor: Actor,
    codes: Iterable[str],
    use: bool = False,
    looked_at: Mapping[str, int] | None = None,
) -> list[Outcome]:
    """Approve the versions that wait, each under its own conditions.

    Args:
        use: whether to put them in use at once; one approved before is put in use, too.
        looked_at: by code the versions that the reviewer saw; another one is not approved.
    Raises:
        NotPermitted, Refused: the actor may not review.
    """

    def step(session: Session, one: Reviewed, item: Item) -> list[Bar]:
        bars = rules.bars_to_approve(one.case, actor.staff_no, platform.policy.review)
        if use and bars == [Bar.APPROVED]:
            return _release(session, platform, actor, one, item)
        if bars:
            return bars
        added = _add(session, platform, actor, one, StepKind.APPROVED)
        if item.state is ItemState.DRAFT:
            item.state = ItemState.REVIEWED
        if not use:
            return []
        case = replace(one.case, steps=[*one.case.steps, added], state=item.state)
        return _release(session, platform, actor, replace(one, case=case), item)

    return _each(platform, actor, codes, step, looked_at)


def release(platform: Platform, *, actor: Actor, codes: Iterable[str]) -> list[Outcome]:
    """Put approved versions in use, and retired items in use again.

    Raises:
        NotPermitted, Refused: the actor may not review.
    """
    return _each(
        platform,
        actor,
        codes,
        lambda session, one, item: _release(session, platform, actor, one, item),
    )


def retire(platform: Platform, *, actor: Actor, codes: Iterable[str], why: str) -> list[Outcome]:
    """Put items away: no exam draws them, no loading brings them back; open attempts go on.

    Raises:
        NotPermitted, Refused: the actor may not review.
        BadInput: no reason is given.
    """
    reason = _text(why)

    def step(session: Session, one: Reviewed, item: Item) -> list[Bar]:
        if bars := rules.bars_to_retire(one.case):
            return bars
        _add(session, platform, actor, one, StepKind.RETIRED, reason)
        item.state = ItemState.RETIRED
        return []

    return _each(platform, actor, codes, step)


def keep(platform: Platform, *, actor: Actor, codes: Iterable[str]) -> list[Outcome]:
    """Say of items in use that they are still right under the standards as they are now.

    Raises:
        NotPermitted, Refused: the actor may not review.
    """

    def step(session: Session, one: Reviewed, _item: Item) -> list[Bar]:
        if bars := rules.bars_to_keep(one.case):
            return bars
        in_use = replace(one, row=replace(one.row, version_id=one.row.in_use_id or 0))
        _add(session, platform, actor, in_use, StepKind.KEPT)
        return []

    return _each(platform, actor, codes, step)


def note(platform: Platform, *, actor: Actor, code: str, text: str) -> None:
    """Remark on the version people look at, as on an ambiguity, for its author and reviewers.

    Raises:
        NotPermitted, NotFound
        BadInput: nothing is said.
    """
    said = _text(text)
    require_reviewer(actor)
    with platform.database.write() as session:
        courses.lock_loading(session)
        one = find(session, platform, code)
        _add(session, platform, actor, one, StepKind.NOTE, said)


def give_back(platform: Platform, *, actor: Actor, code: str, why: str) -> None:
    """Give the version that waits back to its author, who mends it by editing it.

    Raises:
        NotPermitted, NotFound
        Refused: nothing waits, or the actor wrote it.
        BadInput: nothing is said.
    """
    said = _text(why)
    require_reviewer(actor)
    with platform.database.write() as session:
        courses.lock_loading(session)
        one = find(session, platform, code)
        bars = rules.bars_to_return(one.case, actor.staff_no, platform.policy.review)
        if bars:
            raise Refused(words.reason(bars), place=code, mend=words.mend(bars))
        _add(session, platform, actor, one, StepKind.RETURNED, said)
        item = session.get_one(Item, one.row.item_id)
        if item.state is ItemState.REVIEWED:
            item.state = ItemState.DRAFT


def record(
    session: Session,
    platform: Platform,
    actor: Actor,
    code: str,
    step: ReviewStep,
) -> None:
    """Keep a step and write into the ledger that it was taken, without keys or remarks."""
    session.add(step)
    facts = {"version": step.version_id}
    if step.agrees is not None:
        facts["agrees"] = step.agrees
    ledger.append(
        session,
        at=step.at,
        actor_id=actor.person_id,
        action=f"item-{step.kind}",
        subject=f"item:{code}",
        facts=facts,
    )


def _release(
    session: Session, platform: Platform, actor: Actor, one: Reviewed, item: Item
) -> list[Bar]:
    if bars := rules.bars_to_release(one.case, actor.staff_no, platform.policy.review):
        return bars
    _add(session, platform, actor, one, StepKind.RELEASED)
    item.version_id, item.draft_id = one.row.version_id, None
    item.state = ItemState.IN_USE
    return []


def _add(
    session: Session,
    platform: Platform,
    actor: Actor,
    one: Reviewed,
    kind: StepKind,
    said: str = "",
) -> ReviewStep:
    step = ReviewStep(
        version_id=one.row.version_id,
        person_id=actor.person_id,
        at=platform.clock.now(),
        kind=kind,
        note=said,
    )
    record(session, platform, actor, one.row.code, step)
    return step


def _each(
    platform: Platform,
    actor: Actor,
    codes: Iterable[str],
    step: Step,
    looked_at: Mapping[str, int] | None = None,
) -> list[Outcome]:
    """Take a step with every item for which it can be taken; one outcome for each."""
    require_reviewer(actor)
    wanted = list(dict.fromkeys(codes))
    outcomes = []
    with platform.database.write() as session:
        courses.lock_loading(session)
        known = {one.row.code: one for one in every(session, platform, codes=wanted)}
        held = {item.code: item for item in reviews.items(session, wanted)}
        for code in wanted:
            one = known.get(code)
            if one is None:
                said = _("There is no item {code}.").format(code=code)
                outcomes.append(Outcome(code, False, said))
            elif looked_at is not None and looked_at.get(code) != one.row.version_id:
                said = _("It was edited meanwhile.")
                outcomes.append(Outcome(code, False, said, _("Look at it again.")))
            else:
                bars = step(session, one, held[code])
                said, mend = words.reason(bars), words.mend(bars)
                outcomes.append(Outcome(code, not bars, said, mend))
    return outcomes


def _text(said: str) -> str:
    """A remark as it is kept.

    Raises:
        BadInput
    """
    text = tidy_text(said).strip()
    if not text:
        raise BadInput(_("Say what it is about."))
    if len(text) > LONGEST:
        raise BadInput(_("Use at most {count} characters.").format(count=LONGEST))
    return text
