"""Both themes can be read by everybody."""

from itertools import product

import pytest
from textual.color import Color

from certify.tui.theme import THEMES

AA = 4.5
"""Least contrast of text that WCAG 2 calls readable (level AA)."""
INKS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
GROUNDS = ("background", "surface", "panel")


@pytest.mark.parametrize("name", THEMES)
def test_every_ink_can_be_read_on_every_ground(name: str) -> None:
    theme = THEMES[name]
    for ink, ground in product(INKS, GROUNDS):
        below = Color.parse(getattr(theme, ground))
        assert Color.parse(getattr(theme, ink)).get_contrast_ratio(below) >= AA, (ink, ground)


@pytest.mark.parametrize("name", THEMES)
def test_quiet_text_can_be_read_too(name: str) -> None:
    theme = THEMES[name]
    for ground in GROUNDS:
        below = Color.parse(getattr(theme, ground))
        quiet = below.blend(Color.parse(theme.foreground or ""), 0.7)
        assert quiet.get_contrast_ratio(below) >= AA, ground
