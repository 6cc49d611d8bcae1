"""What practice says, in the words of every front end."""

from fractions import Fraction

from certify.domain.readiness import Outlook
from certify.i18n import N_, _
from certify.services.readiness import ReadinessView

OUTLOOKS = {
    Outlook.LIKELY: N_("likely to pass"),
    Outlook.NOT_YET: N_("not yet"),
    Outlook.UNKNOWN: N_("too little practice to say"),
}


def verdict(share: Fraction | None, *, is_answered: bool) -> str:
    """Right or wrong, in a word."""
    if share is None:
        return _("Compare with what is asked for")
    if share == 1:
        return _("Answered rightly")
    if share > 0:
        return _("Partly right")
    return _("Wrong") if is_answered else _("Not known yet")


def outlook(view: ReadinessView) -> str:
    """What practice says of an exam; never a promise."""
    return _(OUTLOOKS[view.outlook])


def figures(view: ReadinessView) -> str:
    """The estimate with its interval beside the pass mark; no figure where it would mislead."""
    if view.outlook is Outlook.UNKNOWN:
        return _("pass mark {pass_mark}").format(pass_mark=view.pass_mark)
    text = _("about {estimate}, between {low} and {high}; pass mark {pass_mark}")
    return text.format(
        estimate=view.estimate, low=view.low, high=view.high, pass_mark=view.pass_mark
    )


def caution() -> str:
    """What the estimate is not."""
    return _(
        "The estimate rests on your practice alone, weighted as the exam weighs its topics; it is "
        "no promise."
    )
