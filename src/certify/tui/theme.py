"""One theme of our own for dark terminals and one for light ones: few colours, words first."""

from textual.theme import Theme

DARK = Theme(
    name="certify-dark",
    dark=True,
    primary="#7aa2c8",
    secondary="#9d8ec7",
    accent="#e0b45c",
    success="#8fb573",
    warning="#e0b45c",
    error="#e07a6b",
    foreground="#d8dee4",
    background="#14181d",
    surface="#1b2027",
    panel="#242b34",
)
LIGHT = Theme(
    name="certify-light",
    dark=False,
    primary="#2b5f8f",
    secondary="#6a55a0",
    accent="#8a5a00",
    success="#3c6e22",
    warning="#8a5a00",
    error="#b03a2b",
    foreground="#1d2329",
    background="#fbfaf7",
    surface="#f1efea",
    panel="#e4e1da",
)
THEMES = {"dark": DARK, "light": LIGHT}
