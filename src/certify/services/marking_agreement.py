"""How far two examiners who marked the same answers agree (R-ASM-08)."""

from dataclasses import dataclass
from fractions import Fraction

from certify.domain.agreement import weighted_kappa
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.scoring import cut
from certify.i18n import _, _n
from certify.platform import Platform
from certify.services.lobby import find_exam
from certify.storage import markings

BANDS = 10
"""Shares of the points are put into bands of a tenth, as categories of the weighted kappa."""


@dataclass(frozen=True)
class AgreementView:
    """The first and the second examiner compared over every answer both marked."""

    n: int
    """Answers marked by two."""
    wanted: int
    """Answers needed before the figures are worth something."""
    same: Fraction | None
    """Share of the answers to which both gave the same points."""
    difference: Fraction | None
    """Mean of second − first, as a share of the points; above 0 the second gives more."""
    distance: Fraction | None
    """Mean of how far apart they are, as a share of the points."""
    kappa: Fraction | None
    """Cohen's weighted kappa with quadratic weights over tenths of the points; None also where
    all gave the same throughout."""

    @property
    def is_enough(self) -> bool:
        """Whether there are enough answers for the figures."""
        return self.n >= self.wanted


def agreement(platform: Platform, *, actor: Actor, exam: str = "") -> AgreementView:
    """How far examiners agree at one exam, or at all.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.MARK)
    with platform.database.read() as session:
        exam_id = find_exam(session, exam).id if exam else None
        pairs = markings.twice(session, exam_id)
    n, wanted = len(pairs), platform.policy.analysis.min_n
    if n < wanted:
        return AgreementView(n, wanted, None, None, None, None)
    bands = [(_band(first), _band(second)) for first, second in pairs]
    return AgreementView(
        n=n,
        wanted=wanted,
        same=Fraction(sum(first == second for first, second in pairs), n),
        difference=sum((second - first for first, second in pairs), Fraction(0)) / n,
        distance=sum((abs(second - first) for first, second in pairs), Fraction(0)) / n,
        kappa=weighted_kappa(bands, range(BANDS + 1)).kappa,
    )


def agreement_text(view: AgreementView) -> str:
    """The figures in one line, translated; without false precision where there are too few."""
    if not view.is_enough or view.same is None or view.distance is None:
        text = _n(
            "{count} answer marked by two: too few for figures (from {wanted}).",
            "{count} answers marked by two: too few for figures (from {wanted}).",
            view.n,
        )
        return text.format(count=view.n, wanted=view.wanted)
    kappa = _("undefined") if view.kappa is None else f"{float(view.kappa):.2f}"
    text = _(
        "{count} answers marked by two: the same points in {same} percent, weighted kappa {kappa}, "
        "on average {distance} percent of the points apart "
        "({difference} percent from first to second)."
    )
    return text.format(
        count=view.n,
        same=_percent(view.same),
        kappa=kappa,
        distance=_percent(view.distance),
        difference=f"{float(100 * (view.difference or 0)):+.1f}",
    )


def _band(share: Fraction) -> int:
    return int(share * BANDS)


def _percent(share: Fraction) -> str:
    return cut(100 * share, 1)
