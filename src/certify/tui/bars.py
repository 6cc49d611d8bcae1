"""Bars from block characters; the number always stands beside them."""

from fractions import Fraction

EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(share: Fraction | float, width: int) -> str:
    """A bar of `width` cells of which `share` (0 to 1) is filled, to an eighth of a cell."""
    eighths = int(min(max(share, 0), 1) * width * 8)
    full, rest = divmod(eighths, 8)
    filled = "█" * full + (EIGHTHS[rest] if rest else "")
    return filled + "░" * (width - len(filled))
