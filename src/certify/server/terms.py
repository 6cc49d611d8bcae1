"""What a terminal can show, by the name that it gives itself."""

import re

TRUE = 1 << 24
_TRUE = re.compile(
    r"xterm-kitty|xterm-ghostty|ghostty|alacritty|wezterm|foot(-extra)?|contour|iterm2?|rio"
    r"|.*-direct\d*|.*-truecolor|.*-24bits?"
)
_MANY = re.compile(
    r".*-256colou?r|(screen|tmux|xterm|rxvt|konsole|gnome|vte|putty|mlterm)([.-].*)?"
)
_SIXTEEN = re.compile(r"linux|vt\d+.*|ansi|cygwin|.*-16colou?r")


def is_plain(term: str) -> bool:
    """Whether a terminal takes nothing but lines, or there is none at all."""
    return term in ("", "dumb")


def colours(term: str) -> int:
    """How many colours it has: 16,777,216, 256, 16, or 0 where nothing is known of it."""
    if term.endswith(("-mono", "-m")):
        return 0
    if _TRUE.fullmatch(term):
        return TRUE
    if _MANY.fullmatch(term):
        return 256
    return 16 if _SIXTEEN.fullmatch(term) else 0
