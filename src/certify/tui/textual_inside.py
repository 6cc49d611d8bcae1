"""What is reached inside Textual (pinned: 8.2.8), since there is no public way.

- One stylesheet for all apps of a process: Textual parses and matches for each app anew, which is
  most of what a session's start costs. What is kept is never changed; Textual itself shares it
  among the widgets of one app.
- Painting a few cells at once: Textual repaints by messages and a timer, which for one key or one
  second of a clock costs twenty times the drawing, and a server has a thousand of them.
- An app beside others: Textual takes the output of the process for itself.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rich.color import ColorSystem
from textual.app import App
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.content import Content
    from textual.style import Style

Result = TypeVar("Result")
SHEETS, OUTCOMES, STRIPS = 256, 8192, 16384
"""How many are kept: sheets differ by theme and by the screens that were opened, in order."""


Flags = tuple[bool, bool, bool, bool]
_colours: dict[Hashable, int] = {}
"""A short number for each set of colours: there are as many as themes."""
_sheets: LRUCache[Hashable, tuple[int, list[Any], dict[str, list[Any]]]] = LRUCache(SHEETS)
_parsed: LRUCache[Hashable, list[Any]] = LRUCache(4096)
_outcomes: LRUCache[Hashable, tuple[Any, Flags, dict[str, Any]]] = LRUCache(OUTCOMES)
_numbers = count()
_tokens: dict[int, Any] = {}
_styles: LRUCache[Hashable, Any] = LRUCache(4096)
_strips: LRUCache[Hashable, tuple[Any, Strip]] = LRUCache(STRIPS)


class SharedStylesheet(Stylesheet):
    """A stylesheet that asks first whether another app has done it."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._colours = _number_of(variables or {})
        self._number = -1

    def copy(self) -> Stylesheet:
        """A sheet of the same sources."""
        sheet = SharedStylesheet(variables=self._variables.copy())
        sheet.source = self.source.copy()
        return sheet

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme."""
        super().set_variables(variables)
        self._colours = _number_of(variables)

    @property
    def rules_map(self) -> dict[str, list[Any]]:
        """The rules by the names they select."""
        if self._require_parse or self._rules_map is None:
            self.parse()
        return cast("dict[str, list[Any]]", self._rules_map)

    @property
    def _variable_tokens(self) -> Any:
        if (known := _tokens.get(self._colours)) is None:
            known = _tokens[self._colours] = super()._variable_tokens
        return known

    def parse_style(self, style_text: Any) -> Any:
        """A style by its words, in the colours of the theme."""
        if not isinstance(style_text, str):
            return style_text
        key = (self._colours, style_text)
        if (known := _styles.get(key)) is None:
            known = _styles[key] = super().parse_style(style_text)
        return known

    def _parse_rules(self, css: str, read_from: Any, *args: Any, **kwargs: Any) -> list[Any]:
        key = (self._colours, css, read_from, args, tuple(kwargs.items()))
        if (found := _parsed.get(key)) is None:
            found = _parsed[key] = super()._parse_rules(css, read_from, *args, **kwargs)
        return found

    def parse(self) -> None:
        """Parse the sources, unless another app has parsed the same."""
        key = (self._colours, tuple(self.source.items()))
        if (found := _sheets.get(key)) is None:
            super().parse()
            rules = self._rules
            by_name: dict[str, list[Any]] = {}
            for rule in rules:
                for name in rule.selector_names:
                    by_name.setdefault(name, []).append(rule)
            found = _sheets[key] = (next(_numbers), rules, by_name)
        self._number, self._rules, self._rules_map = found
        self._require_parse = False

    def reparse(self) -> None:
        """Parse the sources with the colours of now."""
        self.parse()

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[Any, Any] | None = None
    ) -> None:
        """Give a node its styles; what came of it for one like it is not looked for again."""
        self.rules_map  # noqa: B018  parses what was added: the number stands for the rules
        key = (self._number, *map(_traits, node.css_path_nodes))
        if (known := _outcomes.get(key)) is not None:
            rules, flags, outcome = known
            if node.__dict__.get("_outcome") is rules:
                return
            node.__dict__["_outcome"] = rules
            (
                node._has_hover_style,
                node._has_focus_within,
                node._has_order_style,
                node._has_odd_or_even,
            ) = flags
            own = node.styles.base
            if own._rules:
                self.replace_rules(node, rules, animate=animate)
            else:  # a new node: nothing is to be told to anybody yet
                cast("dict[str, Any]", own._rules).update(outcome)
                own._updates += 1
                node.notify_style_update()
            self._process_component_classes(node)
            return
        found: dict[Any, Any] = {}
        super().apply(node, animate=animate, cache=found)
        for rules in found.values():  # empty where brothers and sisters decide, too
            flags = (
                node._has_hover_style,
                node._has_focus_within,
                node._has_order_style,
                node._has_odd_or_even,
            )
            _outcomes[key] = (rules, flags, dict(node.styles.base._rules))
            node.__dict__["_outcome"] = rules
            return
        node.__dict__.pop("_outcome", None)


def _traits(node: DOMNode) -> Hashable:
    """All that a selector can ask of one node, but for what is asked of its neighbours."""
    if isinstance(node, Widget):
        state: Hashable = (node.mouse_hover, node.has_focus, node.disabled, node.allow_focus())
    else:
        state = isinstance(node, App) and (node.app_focus, node.no_color, node.native_ansi_color)
    return (type(node), node._css_type_name, node._id, node.classes, state)


def _number_of(variables: dict[str, str]) -> int:
    return _colours.setdefault(tuple(variables.items()), len(_colours))


class PaintedOnce(Screen[Result]):
    """A screen that is not drawn while a batch of changes is going on.

    Textual draws it all the same, a dozen times while a page opens, and throws it away. An app
    that sends its pictures over a network draws it when the batch ends (`HostedApp`).
    """

    def _compositor_refresh(self) -> None:
        if not (self.app._batch_count and getattr(self.app, "IS_REMOTE", False)):
            super()._compositor_refresh()


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
    if (
        write is None
        or not widget._is_mounted
        or widget._repaint_required
        or app.screen is not screen
        or app._batch_count
        or screen._layout_required
        or screen._repaint_required
        or app._notifications
        or screen.has_class("-tiny", "-low")
    ):
        return False
    try:
        place = screen._compositor.find_widget(widget)
    except NoWidget:
        return False
    if place.clip.intersection(place.region) != place.region or not place.region:
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
        written.append(f"\x1b[{top + y + 1};{left + x + 1}H{strip.render(app.console)}")
    column, line = app._previous_cursor_position
    write("".join(written) + f"\x1b[{line + 1};{column + 1}H")
    return True


def drawn(content: Content, style: Style, width: int) -> Strip:
    """A line of a width, drawn once for everybody to whom the same content is shown."""
    key = (id(content), style.hash, width)
    if (known := _strips.get(key)) is None:
        strip = Strip(content.render_segments(style)).adjust_cell_length(width, style.rich_style)
        known = _strips[key] = (content, strip)  # with its content, so that its id stays its own
    return known[1]


def leave_output_alone(app: App[Any]) -> None:
    """Keep an app from taking the output of the process: it would give it back to the app before
    it, which has long ended. What is taken is what is there."""
    app._capture_stdout, app._capture_stderr = cast(Any, (sys.stdout, sys.stderr))


def render_all_colours(app: App[Any]) -> None:
    """Render colours as they come from the filters, whatever terminal the server was started in."""
    app.console._color_system = ColorSystem.TRUECOLOR


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
