"""How a qualification is said: the same signs and words on every screen."""

from textual.content import Content

from certify.domain.qualification import QualificationKind, QualificationState
from certify.i18n import N_, _, _n, pick
from certify.services.qualifying.states import STATE_NAMES
from certify.services.results import QualificationView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed

SIGNS = {
    QualificationState.ACTIVE: ("✓", "$success"),
    QualificationState.PENDING: ("→", "$secondary"),
    QualificationState.SUSPENDED: ("=", "$warning"),
    QualificationState.REVOKED: ("✗", "$error"),
    QualificationState.SUPERSEDED: ("»", "$foreground 70%"),
    QualificationState.EXPIRED: ("○", "$error"),
}
"""Sign and style of each state; the word says it, the colour only repeats it."""

KINDS = {
    QualificationKind.LEVEL: N_("Level"),
    QualificationKind.POST: N_("Post qualification"),
}


def state(of: QualificationState, *, is_expiring: bool = False) -> Content:
    """A state as a sign and a word."""
    if is_expiring:
        return signed("!", _("expiring"), "$warning")
    sign, style = SIGNS[of]
    return signed(sign, _(STATE_NAMES[of]), style)


def days_left(count: int) -> str:
    """How long something is still valid."""
    return _n("{count} day left", "{count} days left", count).format(count=count)


def line(view: QualificationView, width: int) -> Content:
    """One line: what it is, its certificate, its last day and how long that is, or its state."""
    shared = widths(width, [0, 16, 19, 15], [1])
    last_day = _("valid to {day}").format(day=view.valid_to.isoformat())
    if view.state is QualificationState.ACTIVE:
        left = f"{'!' if view.is_expiring else '✓'} {days_left(view.days_left)}"
        last = safe_line(left, "$warning" if view.is_expiring else "$success")
    else:
        last = state(view.state)
    return row(
        [
            fit(name(view), shared[0]),
            fit(view.certificate, 16),
            fit(last_day, 19),
            fit_content(last, 15),
        ]
    )


def name(view: QualificationView) -> str:
    """`Level L1 Agent`, or the process a person may run."""
    title = pick(view.title)
    return f"{view.code} {title}" if view.kind is QualificationKind.LEVEL else title


def detail(view: QualificationView) -> Content:
    """Everything about one qualification."""
    dates = _("Certificate {number} of {issued}, valid {first} to {last} inclusive")
    return Content("\n").join(
        [
            safe_line(
                _("{label}: {value}").format(label=_(KINDS[view.kind]), value=name(view)), "bold"
            ),
            safe_line(
                dates.format(
                    number=view.certificate,
                    issued=view.issued_on,
                    first=view.valid_from,
                    last=view.valid_to,
                )
            ),
        ]
    )
