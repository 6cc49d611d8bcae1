"""What training costs, in fen: one session, a year, and how far it strayed from plan (R-TRN-06)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST_FEN = 100_000_000_000
"""A thousand million yuan: more is a slip of the keys."""
_AMOUNT = re.compile(
    r"[¥￥]?\s*(?P<yuan>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]{1,2}))?\s*(?:元|yuan|CNY|RMB)?",
    re.ASCII | re.IGNORECASE,
)


def read_fen(text: str) -> int | None:
    """An amount of yuan as it is written, in fen: `2000`, `2,000.00`, `2000 元`.

    None where it is no amount: below nothing, more than two places, commas at wrong places.
    """
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    yuan = found["yuan"].replace(",", "")
    if len(yuan) > 15:
        return None
    fen = int(yuan) * 100 + int((found["part"] or "").ljust(2, "0"))
    return fen if fen <= MOST_FEN else None


def fen_text(fen: int) -> str:
    """Yuan for the eye, with thousands separators and both places: `2,000.00`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


@dataclass(frozen=True)
class SessionCost:
    """What one session was to cost and did, in fen."""

    planned: int
    actual: int | None
    """None until the bill is in."""
    is_held: bool
    is_cancelled: bool

    @property
    def variance(self) -> int | None:
        """Actual less planned: above 0 it cost more than planned; None until the bill is in."""
        return None if self.actual is None else self.actual - self.planned

    @property
    def to_date(self) -> int:
        """What counts as spent: the bill, even if cancelled; before it, the plan once held."""
        if self.actual is not None:
            return self.actual
        return self.planned if self.is_held else 0


@dataclass(frozen=True)
class YearCost:
    """The cost of a year, in fen."""

    annual: int
    """Planned by the annual plan."""
    ad_hoc: int
    """Planned by ad-hoc plans that HR approved."""
    to_date: int
    """Spent so far: bills, and the planned cost of held sessions whose bill is not in."""
    estimated: int
    """The part of it that rests on plans, not on bills."""
    cancelled: int
    """The part of it spent on cancelled sessions."""

    @property
    def planned(self) -> int:
        """All that was planned for the year."""
        return self.annual + self.ad_hoc

    @property
    def variance(self) -> int:
        """Spent less planned; below 0 money is left."""
        return self.to_date - self.planned


def year_cost(annual: int, ad_hoc: int, sessions: Iterable[SessionCost]) -> YearCost:
    """The totals of a year from its plans and its sessions."""
    known = list(sessions)
    return YearCost(
        annual=annual,
        ad_hoc=ad_hoc,
        to_date=sum(one.to_date for one in known),
        estimated=sum(one.to_date for one in known if one.actual is None),
        cancelled=sum(one.to_date for one in known if one.is_cancelled),
    )
