"""One stylesheet for all apps of a process (inside Textual, pinned: 8.2.8).

Textual parses and matches for each app anew, which is most of what a session's start costs. What is
kept is never changed; Textual itself shares it among the widgets of one app.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import count
from typing import Any, cast

from textual.app import App
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

SHEETS, OUTCOMES = 256, 8192
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
