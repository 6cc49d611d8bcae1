"""Painting only what must be painted (inside Textual, pinned: 8.2.8).

Textual paints a page a dozen times while it opens, twice when it is there, and mixes every colour
behind a dialog anew; for one key or one second of a clock it repaints by messages and a timer,
which costs twenty times the drawing. One person does not notice; a server has a thousand of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.cache import LRUCache
from textual.color import Color
from textual.errors import NoWidget
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.content import Content
    from textual.style import Style

Result = TypeVar("Result")
STRIPS = 16384
"""How many drawn lines are kept."""
_strips: LRUCache[Hashable, tuple[Any, Strip]] = LRUCache(STRIPS)


class PaintedOnce(Screen[Result]):
    """A screen that is not drawn while a batch of changes is going on.

    Textual draws it all the same, a dozen times while a page opens, and throws it away. An app
    that sends its pictures over a network draws it when the batch ends (`HostedApp`).
    """

    def _compositor_refresh(self) -> None:
        if not (self.app._batch_count and _is_remote(self)):
            super()._compositor_refresh()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        if self._repaint_required and self.is_current and _is_remote(self):
            self._repaint_required = False  # Textual would paint now, and then the same again
            self._compositor._dirty_regions.add((size or self.outer_size).region)
        super()._refresh_layout(size, scroll)

    def render(self) -> Any:
        found = super().render()
        return Dimmed(found) if isinstance(found, BackgroundScreen) else found


class Unseen(PaintedOnce[None]):
    """The screen under the first page, which nobody ever sees: neither laid out nor painted."""

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """There is nothing on it."""

    def _compositor_refresh(self) -> None:
        """There is nothing on it."""


def _is_remote(screen: Screen[Any]) -> bool:
    return bool(getattr(screen.app, "IS_REMOTE", False))


class Dimmed(Visual):
    """The page behind a dialog, as `BackgroundScreen` shows it; every colour is mixed but once."""

    def __init__(self, behind: BackgroundScreen) -> None:
        self._screen, self._colour = behind.screen, behind.color

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        behind = self._screen._compositor.render_strips()
        return [_dimmed(strip, self._colour) for strip in behind]

    def get_optimal_width(self, rules: Any, container_width: int) -> int:
        return container_width

    def get_height(self, rules: Any, width: int) -> int:
        return self._screen.size.height


def _dimmed(strip: Strip, colour: Color) -> Strip:
    dimmed = [Segment(text, _dim(style, colour), control) for text, style, control in strip]
    return Strip(dimmed, strip.cell_length)


@lru_cache(maxsize=4096)
def _dim(style: RichStyle | None, colour: Color) -> RichStyle:
    (dimmed,) = BackgroundScreen.process_segments([Segment("", style)], colour)
    return dimmed.style or RichStyle.null()


Part = tuple[int, int, Strip]
"""Column and line in the widget's content, and what stands from there on."""


class Drawn(Widget):
    """A widget that draws its lines itself, and of which a server paints only what changed."""

    _ground: tuple[Any, Any] = (None, None)

    def paint(self, parts: Sequence[Part]) -> None:
        """Show these parts, which `render_line` would draw the same from now on."""
        if parts and not _paint(self, parts):
            self.refresh()


def _paint(widget: Drawn, parts: Sequence[Part]) -> bool:
    """Write parts straight to the terminal; False where that is no server's, or where another
    screen, a notice or a layout to come may lie over the widget."""
    app, screen = widget.app, widget.screen
    write = getattr(app._driver, "paint", None)
    is_behind = app.screen is not screen  # what it waits for then waits until it is on top again
    if (
        write is None
        or not widget._is_mounted
        or (widget._repaint_required and not is_behind)
        or app._batch_count
        or app._notifications
        or not _is_settled(app.screen)
    ):
        return False
    try:
        place = screen._compositor.find_widget(widget)
    except NoWidget:
        return False
    if place.clip.intersection(place.region) != place.region or not place.region:
        return False
    if is_behind and not _is_seen(place.region, screen, app.screen):
        return False
    style = widget.visual_style
    if widget._ground[0] is not style:
        widget._ground = (style, widget.background_colors[1])
    ground, gutter = widget._ground[1], widget.gutter
    left, top = place.region.x + gutter.left, place.region.y + gutter.top
    filters = widget.get_line_filters()
    written = []
    for x, y, strip in parts:
        widget._styles_cache.set_dirty(Region(0, y + gutter.top, 1, 1))
        for one in filters:
            strip = strip.apply_filter(one, ground)
        if is_behind:  # what is behind is brought down to fewer colours, dimmed, and down again
            strip = _dimmed(strip, app.screen.styles.background)
            for one in filters:
                strip = strip.apply_filter(one, ground)
        written.append(f"\x1b[{top + y + 1};{left + x + 1}H{strip.render(app.console)}")
    column, line = app._previous_cursor_position
    write("".join(written) + f"\x1b[{line + 1};{column + 1}H")
    return True


def _is_settled(screen: Screen[Any]) -> bool:
    """Whether a screen is painted, and large enough for it."""
    return not (
        screen._layout_required or screen._repaint_required or screen.has_class("-tiny", "-low")
    )


def _is_seen(region: Region, screen: Screen[Any], dialog: Screen[Any]) -> bool:
    """Whether a part of a screen is seen behind the one dialog over it."""
    if not isinstance(dialog, PaintedOnce) or screen.app.screen_stack[-2:] != [screen, dialog]:
        return False
    over = dialog._compositor.visible_widgets
    return dialog.styles.background.a < 1 and not any(
        over[one][0].overlaps(region) for one in over if one is not dialog
    )


def drawn(content: Content, style: Style, width: int) -> Strip:
    """A line of a width, drawn once for everybody to whom the same content is shown."""
    key = (id(content), style.hash, width)
    if (known := _strips.get(key)) is None:
        strip = Strip(content.render_segments(style)).adjust_cell_length(width, style.rich_style)
        known = _strips[key] = (content, strip)  # with its content, so that its id stays its own
    return known[1]
