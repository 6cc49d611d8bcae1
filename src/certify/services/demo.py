"""The ready-made company: people, courses and a year of history in a home of its own."""

import random
from collections.abc import Callable
from datetime import timedelta

from certify.clock import Clock, SetClock, SystemClock, local_date
from certify.domain.person import CONSOLE
from certify.i18n import _
from certify.platform import open_platform
from certify.services import course_sync, demo_company, demo_history
from certify.services.policy import changing
from certify.settings import Settings

INTRODUCED = 420
"""Days since the company began to use certify."""

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is."""


def make(
    settings: Settings,
    *,
    clock: Clock | None = None,
    leave_last_lesson: bool = False,
    progress: Progress = lambda _what, _done, _all: None,
) -> None:
    """Make the company in an empty home; its past ends at the clock's today.

    Args:
        leave_last_lesson: whether the newcomer who is ready for the exam still has one to read.
    Raises:
        Refused: the home already has a company.
    """
    present = (clock or SystemClock()).now()
    past = SetClock(present - timedelta(days=INTRODUCED))
    chance = random.Random(1999)  # noqa: S311  a story, not a secret
    platform = open_platform(
        settings, clock=past, new_seed=lambda: f"{chance.getrandbits(64):016x}"
    )
    try:
        today = local_date(present, platform.policy.organisation.time_zone)
        progress(_("Courses"), 0, 1)
        demo_company.found(platform)
        changing.notice(platform)
        course_sync.sync_courses(platform, actor=CONSOLE)
        progress(_("People"), 0, 1)
        demo_company.hire(platform, today=today, with_new_hires=False)
        demo_history.play(
            platform,
            past,
            today=today,
            present=present,
            leave_last_lesson=leave_last_lesson,
            progress=lambda done, every: progress(_("History"), done, every),
        )
    finally:
        platform.close()
