"""How cohorts and their pass rate (合格率) are said, apart from the pass mark (合格线)."""

from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.cohorts import CohortView, MemberState
from certify.services.windows import moment_text

STATES = {
    MemberState.EXCUSED: N_("excused"),
    MemberState.NO_SHOW: N_("no-show"),
    MemberState.TO_COME: N_("has not sat yet"),
    MemberState.SITTING: N_("in progress"),
    MemberState.AWAITING: N_("being marked"),
    MemberState.NO_RESULT: N_("no result"),
    MemberState.PASSED: N_("passed"),
    MemberState.FAILED: N_("not passed"),
    MemberState.PASSED_LATER: N_("passed on a retake"),
}
"""How a member stands."""


def window(platform: Platform, view: CohortView) -> str:
    """The window in words."""
    if view.opens_at is None and view.closes_at is None:
        return _("no window")
    opens = moment_text(platform, view.opens_at) if view.opens_at else _("now")
    closes = moment_text(platform, view.closes_at) if view.closes_at else _("open end")
    return f"{opens} – {closes}"


def rate(view: CohortView) -> str:
    """The pass rate with its verdict; provisional while somebody may come or has no result."""
    if view.figures.rate is None:
        return _("n/a")
    verdict = _("met") if view.figures.met else _("not met")
    if view.to_come or view.awaiting:
        verdict = _("so far")
    return f"{view.rate} % {verdict}"


def lines(platform: Platform, view: CohortView) -> list[str]:
    """All figures of a cohort, one a line."""
    return [when(platform, view), *_hall(view), *figures_of(view)]


def when(platform: Platform, view: CohortView) -> str:
    """The window of a cohort and on what occasion it sits."""
    kind = _("ad hoc: {occasion}").format(occasion=view.occasion) if view.occasion else _("regular")
    return _("Window: {window} ({kind})").format(window=window(platform, view), kind=kind)


def figures_of(view: CohortView) -> list[str]:
    """Who is registered and how many passed; the pass rate is the second line."""
    figures = view.figures
    final = f"{view.final_rate} %" if view.final_rate else _("n/a")
    return [
        _(
            "Registered {registered}: still to come {to_come}, excused {excused}, "
            "no-show {no_shows}, without result yet {awaiting}; counted {counted}"
        ).format(
            registered=figures.registered,
            excused=figures.excused,
            no_shows=figures.no_shows,
            awaiting=view.awaiting,
            to_come=view.to_come,
            counted=figures.counted,
        ),
        _("Pass rate of first attempts: {rate} ({passed} of {counted}); target {target} %").format(
            rate=rate(view), passed=figures.passed, counted=figures.counted, target=view.target
        ),
        _("Final pass rate with retakes: {rate}; it decides nothing").format(rate=final),
        _("Pass mark of one person: {mark}; the pass rate is another thing").format(
            mark=view.pass_mark
        ),
    ]


def _hall(view: CohortView) -> list[str]:
    """Where it is sat and who must be admitted; nothing where neither matters."""
    said = [_("Place: {place}").format(place=view.place)] if view.place else []
    if view.needs_admission:
        said.append(_("Nobody begins before the invigilator admitted them."))
    if view.late_minutes is not None:
        text = _("Who comes {minutes} minutes after the opening is late and must be admitted.")
        said.append(text.format(minutes=view.late_minutes))
    return said
