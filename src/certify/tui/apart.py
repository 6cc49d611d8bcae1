"""An app beside others in one process (inside Textual, pinned: 8.2.8).

Textual takes the output of the process for itself, and its widgets hold on to each other.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, cast

from rich.color import ColorSystem
from textual.app import App


def leave_output_alone(app: App[Any]) -> None:
    """Keep an app from taking the output of the process: it would give it back to the app before
    it, which has long ended. What is taken is what is there."""
    app._capture_stdout, app._capture_stderr = cast(Any, (sys.stdout, sys.stderr))


def render_all_colours(app: App[Any]) -> None:
    """Render colours as they come from the filters, whatever terminal the server was started in."""
    app.console._color_system = ColorSystem.TRUECOLOR


def hide_tooltips(app: App[Any]) -> None:
    """Make no widget for them on every page: there are none to be shown."""
    app._disable_tooltips = True


def let_go(nodes: Sequence[Any]) -> None:
    """Cut the ties between an app that has ended and its widgets.

    They point at each other, so that only the collector would find them; over everybody's widgets
    it takes longer than anybody may wait for a key.
    """
    for node in nodes:
        node.__dict__.clear()


def nodes_of(app: App[Any]) -> list[Any]:
    """The app, its screens and their widgets, for `let_go`: an app that ends forgets them."""
    screens = [screen for stack in app._screen_stacks.values() for screen in stack]
    return [*{id(node): node for node in [*app._registry, *screens, app]}.values()]
