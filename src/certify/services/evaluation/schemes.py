"""Indicator schemes that plugins brought, weighed as the policy says (R-EVA-01)."""

from certify.domain.indicator_scheme import IndicatorScheme, adapted
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform


def every(platform: Platform) -> list[IndicatorScheme]:
    """All schemes by name, as a period that is opened now would have them.

    Raises:
        BadInput: weights or tables of the policy do not fit a scheme.
    """
    known = platform.plugins.evaluation_schemes
    return [adapted(known[name], platform.policy.evaluation) for name in sorted(known)]


def as_given(platform: Platform, name: str) -> IndicatorScheme:
    """A scheme as its plugin gives it.

    Args:
        name: empty for the one the policy names.
    Raises:
        NotFound: no plugin brought it.
    """
    known = platform.plugins.evaluation_schemes
    wanted = name or platform.policy.evaluation.scheme
    if wanted not in known:
        raise NotFound(
            _("There is no evaluation scheme “{name}”.").format(name=wanted),
            mend=_("Possible: {values}").format(values=", ".join(sorted(known))),
        )
    return known[wanted]
