"""Answers that are known to be right or wrong, for the ready-made company only."""

import random
from collections.abc import Collection
from typing import Any

from certify.domain.attempt import Attempt
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.bank import contents
from certify.storage import people


def prepared(
    platform: Platform, *, attempt_id: int, wrong: int, weak: Collection[str], chance: random.Random
) -> list[dict[str, Any]]:
    """An answer for every item of a form, a number of them wrong, those on weak topics first.

    Raises:
        Refused: this is not the ready-made company, in which keys are no secret.
    """
    with platform.database.read() as session:
        organisation = people.organisation(session)
        if organisation is None or not organisation.demo:
            raise Refused(_("Only in the demo may answers be prepared."))
        form = session.get_one(Attempt, attempt_id).form
        versions = [int(item["version"]) for item in form]
        known = contents(platform, session, versions)
    items = [known[version] for version in versions]
    order = list(range(len(items)))
    chance.shuffle(order)
    order.sort(key=lambda place: items[place].topic not in weak)
    failed = set(order[:wrong])
    answers = []
    for place, item in enumerate(items):
        kind = "wrong" if place in failed else "right"
        samples = [s for s in item.type.sample_answers(item.content) if s.kind == kind]
        answers.append(dict(chance.choice(samples).answer))
    return answers
