"""What HR does to many certificates at once."""

from enum import StrEnum


class Deed(StrEnum):
    """One thing done to each of the marked certificates."""

    REMIND = "remind"
    """Tell the holder once more that it ends."""
    REGISTER = "register"
    """Register the holder for the exam that renews it."""
    RENEW = "renew"
    """Renew a level that no exam renews."""
    EXTEND = "extend"
    """Make a level longer, as the ladder allows."""
    SUSPEND = "suspend"
    """Take it away for a time."""


NEED_A_REASON = frozenset({Deed.RENEW, Deed.EXTEND, Deed.SUSPEND})
