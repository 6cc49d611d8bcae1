"""The people of the ready-made company read what was left for them, all but the latest."""

from collections.abc import Iterator
from functools import partial

from certify.services import messages, people
from certify.services.demo_stage import HR, Happening, Stage

READ_SINCE = 2
"""Days since; what came later is still to be read."""


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    yield Happening(stage.at(READ_SINCE, 18), partial(_read, stage))


def _read(stage: Stage) -> None:
    for person in people.people_list(stage.platform, actor=stage.actor(HR)):
        who = stage.actor(person.staff_no)
        for one in messages.unread(stage.platform, actor=who):
            messages.read(stage.platform, actor=who, message_id=one.id)
