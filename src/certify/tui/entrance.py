"""Opens a home behind the first paint and decides which page comes first."""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import TYPE_CHECKING

from certify.domain.person import CONSOLE
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform, open_platform
from certify.services import closing, course_sync, founding, sign_in
from certify.services.policy import changing
from certify.settings import Settings

if TYPE_CHECKING:
    from textual.screen import Screen

    from certify.services.sign_in import SignedIn
    from certify.tui.app import CertifyApp


def open_home(settings: Settings) -> Platform:
    """Open a home, load the courses that changed and submit what ran out of time meanwhile."""
    platform = open_platform(settings)
    if founding.organisation(platform) is not None:
        changing.notice(platform)
        course_sync.sync_courses(platform, actor=CONSOLE)
        closing.close_overdue(platform)
        _keep_checkpoint(platform)
    gc.freeze()  # what is there now stays: looking through it for garbage took 85 ms each time
    return platform


def _keep_checkpoint(platform: Platform) -> None:
    """Write today's checkpoint of the ledger where a folder for them is set."""
    if platform.settings.checkpoints:
        from certify.services.audit import checkpoints  # its cryptography is slow to import

        if problem := checkpoints.daily(platform):
            logging.getLogger("certify").warning(problem)


async def first_page(app: CertifyApp, staff_no: str | None) -> Screen[None]:
    """The founding page, the choice of who to be, the sign-in or a person's home page."""
    organisation = await app.use(founding.organisation)
    if organisation is None:
        if app.IS_REMOTE:  # whoever founds it administers it
            raise Refused(
                _("Nothing is founded here yet."),
                mend=_("At the server itself: {command}").format(command="certify"),
            )
        from certify.tui.screens.founding import FoundingScreen

        return FoundingScreen()
    if app.signed_in is not None:
        app.actor = app.signed_in.actor
        return first_page_of(app.signed_in)
    if staff_no is not None:
        from certify.tui.screens.home import HomeScreen

        app.actor = await asyncio.to_thread(sign_in.act_as, app.platform, staff_no=staff_no)
        await app.use(sign_in.note_acting, actor=app.actor, command="certify")
        return HomeScreen()
    if organisation.is_demo:
        from certify.tui.screens.who import WhoScreen

        return WhoScreen()
    from certify.tui.screens.sign_in import SignInScreen

    return SignInScreen()


def first_page_of(signed_in: SignedIn) -> Screen[None]:
    """Where somebody comes who has just signed in: home, but for those who may not yet, or never.

    Whoever came with the code of a sitting sees that exam.
    """
    if signed_in.only_exam:
        from certify.tui.screens.only_exam import OnlyExamScreen

        return OnlyExamScreen(signed_in.only_exam)
    if signed_in.must_change:
        from certify.tui.screens.own_password import OwnPasswordScreen

        return OwnPasswordScreen()
    from certify.tui.screens.home import HomeScreen

    return HomeScreen()


async def open_exam(app: CertifyApp, exam: str) -> None:
    """Put an exam's lobby on top of the home page."""
    from certify.tui.screens.lobby import LobbyScreen

    await app.push_screen(LobbyScreen(exam))
