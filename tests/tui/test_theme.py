"""Both themes can be read by everybody."""

from itertools import product

import pytest
from textual.color import Color

from certify.tui.theme import THEMES

AA = 4.5
"""Least contrast of text that WCAG 2 calls readable (level AA)."""
INKS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
GROUNDS = ("background", "surface", "panel")


def contrast(ink: Color, ground: Color) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted(_luminance(color) for color in (ink, ground))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("name", THEMES)
def test_every_ink_can_be_read_on_every_ground(name: str) -> None:
    theme = THEMES[name]
    for ink, ground in product(INKS, GROUNDS):
        below = Color.parse(getattr(theme, ground))
        assert contrast(Color.parse(getattr(theme, ink)), below) >= AA, (ink, ground)


@pytest.mark.parametrize("name", THEMES)
def test_quiet_text_can_be_read_too(name: str) -> None:
    theme = THEMES[name]
    for ground in GROUNDS:
        below = Color.parse(getattr(theme, ground))
        quiet = below.blend(Color.parse(theme.foreground or ""), 0.7)
        assert contrast(quiet, below) >= AA, ground
