"""How exams and attempts are said: the same signs and words on every screen."""

from datetime import datetime

from textual.content import Content

from certify.domain.attempt import AttemptState
from certify.i18n import _, _n, pick
from certify.services.lobby import LobbyView
from certify.services.results import AttemptView
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed


def door(view: LobbyView) -> Content:
    """Whether an exam can be sat, as a sign and a word."""
    if view.open_attempt is not None:
        return signed("◐", _("in progress"), "bold $accent")
    if view.is_awaiting:
        return signed("…", _("awaiting marking"), "$accent")
    if view.remedial is not None:
        return signed("!", _("learn again"), "$error")
    if view.may_start and view.is_passed:
        return signed("▶", _("renew now"), "bold $success")
    if view.may_start:
        return signed("▶", _("open"), "bold $success")
    if view.is_passed:
        return signed("✓", _("passed"), "$success")
    return signed("○", _("not open"), "$foreground 70%")


def time(view: LobbyView, now: datetime) -> str:
    """How long an exam takes; what is left of the one in progress."""
    if view.open_attempt is None or view.deadline is None:
        return _("{minutes} min").format(minutes=view.minutes)
    left = max(0, int((view.deadline - now).total_seconds()) // 60)
    return _n("{count} min left", "{count} min left", left).format(count=left)


def enter(view: LobbyView) -> str:
    """What Enter on an exam is good for."""
    if view.open_attempt is not None:
        return _("Enter: go on with the exam")
    if view.remedial is not None:
        return _("Enter: the remedial training")
    if view.may_start:
        return _("Enter: the rules; then you may start")
    return _("Enter: the rules, and what is missing")


def rules(view: LobbyView) -> str:
    """Size, time and pass mark."""
    text = _("{items} items · {minutes} min · pass mark {mark} · {left}")
    left = _n("{count} attempt left", "{count} attempts left", view.attempts_left)
    return text.format(
        items=view.items,
        minutes=view.minutes,
        mark=view.pass_mark,
        left=left.format(count=view.attempts_left),
    )


def detail(view: LobbyView) -> Content:
    """Everything about an exam, with every reason why it is not open."""
    parts = [safe_line(pick(view.title), "bold")]
    if view.open_attempt is None:
        parts += [safe_text(f"! {reason}") for reason in view.blockers]
    return Content("\n").join([*parts, safe_line(rules(view))])


def verdict(attempt: AttemptView) -> Content:
    """What became of an attempt, as a sign and a word."""
    if attempt.state is AttemptState.OPEN:
        return signed("◐", _("in progress"), "bold $accent")
    if attempt.state is AttemptState.AWAITING:
        return signed("…", _("awaiting marking"), "$accent")
    if attempt.passed is None:
        return signed("–", _("no result"), "$accent")
    if attempt.passed:
        return signed("✓", _("passed"), "$success")
    return signed("✗", _("not passed"), "$error")
