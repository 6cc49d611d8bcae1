"""Pages for those who may not see all of theirs: with an exam code, or before a first password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certify.errors import Refused
from certify.i18n import _

if TYPE_CHECKING:
    from certify.services.sign_in import SignedIn
    from certify.tui.app import CertifyApp


def is_bound(signed_in: SignedIn | None) -> bool:
    """Whether somebody sees but a few pages."""
    return signed_in is not None and (signed_in.must_change or bool(signed_in.only_exam))


def refusal(signed_in: SignedIn) -> Refused:
    """Why another page stays shut."""
    if signed_in.only_exam:
        return Refused(
            _("An exam code leads to its exam and to nothing else."),
            mend=_("Sign in with your password to see the rest."),
        )
    return Refused(_("Choose a password of your own first."))


def instead(app: CertifyApp, screen: Any) -> Any:
    """The page itself, or the notice that it stays shut."""
    from certify.tui.page import Page

    signed_in = app.signed_in
    if signed_in is None or not is_bound(signed_in) or not isinstance(screen, Page):
        return screen
    if _is_open(signed_in, screen):
        return screen
    from certify.tui.dialogs.notice import Notice

    return Notice(refusal(signed_in))


def _is_open(signed_in: SignedIn, page: Any) -> bool:
    from certify.tui.screens.help import HelpScreen
    from certify.tui.screens.lobby import LobbyScreen
    from certify.tui.screens.only_exam import OnlyExamScreen
    from certify.tui.screens.own_password import OwnPasswordScreen
    from certify.tui.screens.result import ResultScreen
    from certify.tui.screens.sign_in import SignInScreen
    from certify.tui.sitting_page import SittingPage

    if isinstance(page, HelpScreen | SignInScreen):
        return True
    if signed_in.must_change:
        return isinstance(page, OwnPasswordScreen)
    if isinstance(page, LobbyScreen):
        return page.exam == signed_in.only_exam
    return page.HOLDS or isinstance(page, OnlyExamScreen | ResultScreen | SittingPage)
