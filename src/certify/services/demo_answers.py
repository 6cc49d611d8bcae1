"""Answers that are known to be right or wrong, for the ready-made company only."""

import random
import tomllib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.item import Item, ItemVersion
from certify.domain.person import Actor
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import sitting
from certify.services.bank import ItemContent, contents
from certify.services.sitting import Sitting
from certify.storage import people

ESSAYS = Path(__file__).with_name("demo_essays.toml")
"""What was written, good and weak, by the code of the item."""


def prepared(
    platform: Platform, *, attempt_id: int, wrong: int, weak: Collection[str], chance: random.Random
) -> list[dict[str, Any]]:
    """An answer for every item of a form, a number of them wrong, those on weak topics first.

    Essays are no part of that number: they are good, or weak where anything is wrong.

    Raises:
        Refused: this is not the ready-made company, in which keys are no secret.
    """
    with platform.database.read() as session:
        _require_demo(session)
        form = session.get_one(Attempt, attempt_id).form
        versions = [int(item["version"]) for item in form]
        known = contents(platform, session, versions)
        codes = [_code(session, version) for version in versions]
    items = [known[version] for version in versions]
    written = tomllib.loads(ESSAYS.read_text(encoding="utf-8"))
    order = [place for place, code in enumerate(codes) if code not in written]
    chance.shuffle(order)
    order.sort(key=lambda place: items[place].topic not in weak)
    failed = set(order[:wrong])
    answers = []
    for place, item in enumerate(items):
        if (texts := written.get(codes[place])) is not None:
            answers.append({"text": texts["weak" if wrong else "good"].strip()})
        else:
            answers.append(_sample(item, is_right=place not in failed, chance=chance))
    return answers


def give(
    platform: Platform,
    who: Actor,
    begun: Sitting,
    answers: Iterable[dict[str, Any]],
    wait: Callable[[], None] = lambda: None,
) -> None:
    """Give answers to the items of a form in their order.

    Args:
        wait: what passes before each of them.
    """
    for position, answer in enumerate(answers):
        wait()
        sitting.record_response(
            platform,
            actor=who,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=begun.sequence + position + 1,
            position=position,
            answer=answer,
            flagged=False,
        )


def practised(
    platform: Platform, *, version_id: int, is_right: bool, chance: random.Random
) -> dict[str, Any] | None:
    """A right or a wrong answer to a practice item; None where nothing can be answered.

    Raises:
        Refused: this is not the ready-made company.
    """
    with platform.database.read() as session:
        _require_demo(session)
        known = contents(platform, session, [version_id])[version_id]
    return None if known.type.is_observed else _sample(known, is_right=is_right, chance=chance)


def _sample(item: ItemContent, *, is_right: bool, chance: random.Random) -> dict[str, Any]:
    kind = "right" if is_right else "wrong"
    samples = [one for one in item.type.sample_answers(item.content) if one.kind == kind]
    return dict(chance.choice(samples).answer)


def _code(session: Session, version_id: int) -> str:
    return session.get_one(Item, session.get_one(ItemVersion, version_id).item_id).code


def _require_demo(session: Session) -> None:
    organisation = people.organisation(session)
    if organisation is None or not organisation.demo:
        raise Refused(_("Only in the demo may answers be prepared."))
