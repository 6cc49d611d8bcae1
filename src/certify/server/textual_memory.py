"""What Textual (pinned: 8.2.8) would keep in memory of every session, for nothing.

It is made for one app that ends with its process. What is here changes it for the whole process.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any, cast
from weakref import ref

from rich.segment import Segment
from textual._node_list import NodeList
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.cache import FIFOCache, LRUCache
from textual.css.styles import Styles
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker
from textual.worker_manager import WorkerManager

METHODS: tuple[tuple[type, str], ...] = (
    (StylesCache, "get_inner_outer"),
    (XTermParser, "_parse_extended_key"),
)
"""They are cached for all objects of their class, with the object in the key, though they ask it
for nothing: a thousand dead widgets and all they had drawn stayed in memory, some 20 MB."""


class _Nothing(FIFOCache[Any, Any]):
    """A cache in which nothing stays."""

    def __init__(self) -> None:
        super().__init__(0)

    def set(self, key: object, value: object) -> None:
        """It is not kept."""

    __setitem__ = set


NOTHING = _Nothing()
_cleared, _left = NodeList._clear, Screen._message_loop_exit
_removed, _emptied = WorkerManager._remove_worker, LRUCache.clear
_attached, _ended = DOMNode._attach, Widget._message_loop_exit


def save() -> None:
    """Let Textual keep less in this process."""
    for owner, name in METHODS:
        cached = owner.__dict__[name]
        if not isinstance(cached, staticmethod):  # done before
            answers = lru_cache(cached.cache_parameters()["maxsize"])
            setattr(owner, name, staticmethod(answers(partial(cached.__wrapped__, owner))))
    cast(Any, Strip).__init__ = _begin_strip
    cast(Any, Styles).node = property(_node_of, _set_node)
    cast(Any, DOMNode)._attach = _attach
    cast(Any, Widget)._message_loop_exit = _end_widget
    cast(Any, NodeList)._clear = _clear_nodes
    cast(Any, Screen)._message_loop_exit = _leave_screen
    cast(Any, WorkerManager)._remove_worker = _remove_worker
    cast(Any, LRUCache).clear, cast(Any, LRUCache).__del__ = _clear_cache, _end_cache


def forget_lines(screen: Screen[Any]) -> None:
    """Drop what was drawn of a page that another covers: it is drawn anew when it is seen again."""
    for node in screen.walk_children(Widget):
        node._styles_cache.clear()


def _begin_strip(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """What a line on the screen is made of; with one cache instead of seven.

    In a session none of the others is hit in more than one of five times, and most are never; the
    caches were two thirds of what its lines took.
    """
    self._segments, self._cell_length = list(segments), cell_length
    self._divide_cache = self._crop_cache = self._style_cache = NOTHING
    self._line_length_cache = self._crop_extend_cache = self._offsets_cache = NOTHING
    self._filter_cache = FIFOCache(4)  # lines that all share are given their colours but once
    self._render_cache = self._link_ids = self._cell_count = None


def _node_of(self: Styles) -> DOMNode | None:
    """The node that has these styles, which do not hold it.

    A node that held itself by its styles stayed after its page was closed, until somebody looked
    for garbage: among the widgets of a thousand people that takes longer than a key may wait.
    """
    return cast("DOMNode | None", held()) if (held := self.__dict__.get("_node")) else None


def _set_node(self: Styles, node: DOMNode | None) -> None:
    self.__dict__["_node"] = None if node is None else ref(node)


def _attach(self: DOMNode, parent: MessagePump) -> None:
    """Let a widget hold the plain nodes that stand for parts of it: now their styles do not."""
    _attached(self, parent)
    if type(self) is DOMNode:
        parent.__dict__.setdefault("_parts", {})[self.classes] = self


async def _end_widget(self: Widget) -> None:
    """Part a widget that was closed from the nodes that stand for parts of it."""
    await _ended(self)
    self.__dict__.pop("_parts", None)


def _clear_nodes(self: NodeList) -> None:
    """Forget the children of a node that was closed, also which of them were to be seen."""
    _cleared(self)
    self._displayed_nodes = self._displayed_visible_nodes = (-1, [])


async def _leave_screen(self: Screen[Any]) -> None:
    """Let nothing of a screen that was closed hold the screen."""
    await _left(self)
    self._compositor.root = None
    self.__dict__["_Screen__update_timer"] = None


def _remove_worker(self: WorkerManager, worker: Worker[Any]) -> None:
    """Let a worker that has ended go: it held the page, and itself by its task and its end."""
    _removed(self, worker)
    worker._task = None
    if isinstance(worker._error, CancelledError):
        worker._error.__traceback__ = None


def _clear_cache(self: LRUCache[Any, Any]) -> None:
    """Empty a cache."""
    _end_cache(self)
    _emptied(self)


def _end_cache(self: LRUCache[Any, Any]) -> None:
    """Part the entries of a cache that ends: each holds those before and after it."""
    for entry in self._cache.values():
        entry.clear()
