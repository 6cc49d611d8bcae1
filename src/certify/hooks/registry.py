"""Loads plugins and keeps what they registered; a faulty one never stops the rest (R-PLT-02)."""

import logging
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias, TypeVar

import pluggy
from pluggy import HookImpl

from certify.domain.exchange import ExportFormat
from certify.domain.indicator_scheme import IndicatorScheme
from certify.domain.item_format import ItemFormat
from certify.domain.question_type import QuestionType
from certify.hooks import hookspecs
from certify.i18n import _

log = logging.getLogger("certify.plugins")
trace = logging.getLogger("certify.hooks.trace")
"""Every call of a hook, at level DEBUG; “certify plugin trace” shows it."""
WIDGETS = "certify_register_question_widgets"
GivenT = TypeVar("GivenT")
Gift: TypeAlias = tuple[str, str, Any, dict[str, Any] | list[Any]]
"""What it is, its name, the thing itself, and where it is kept; what has no name in a list."""


@dataclass(frozen=True)
class PluginStatus:
    """One plugin: where it comes from and whether it works."""

    name: str
    origin: str
    version: str
    problem: str = ""
    """Why it is disabled for this run; empty when it works."""
    gives: tuple[str, ...] = ()
    """What it registered, e.g. `question type single`."""


@dataclass
class Plugins:
    """All plugins of one platform and what they gave."""

    manager: pluggy.PluginManager
    status: dict[str, PluginStatus] = field(default_factory=dict)
    question_types: dict[str, QuestionType[Any, Any]] = field(default_factory=dict)
    export_formats: dict[str, ExportFormat] = field(default_factory=dict)
    item_formats: dict[str, ItemFormat] = field(default_factory=dict)
    evaluation_schemes: dict[str, IndicatorScheme] = field(default_factory=dict)
    course_folders: list[Path] = field(default_factory=list)
    standard_files: list[Path] = field(default_factory=list)

    def question_widgets(self) -> dict[str, type[Any]]:
        """Widgets by question type; importing them loads Textual, so only a TUI asks."""
        widgets: dict[str, type[Any]] = {}
        for plugin in self._working():
            given = self._guarded(plugin, lambda name: self._ask(name, WIDGETS, dict))
            if given is not None:
                self._claim(
                    plugin, [("question widget", key, given[key], widgets) for key in given]
                )
        return widgets

    def announce(self, hook: str, **facts: object) -> None:
        """Tell every listener what happened; an error in one is logged and stops no other."""
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            try:
                _call(implementation, **facts)
            except Exception:
                log.exception("plugin %s failed in %s", implementation.plugin_name, hook)

    def folders_of(self, plugin: str) -> list[Path]:
        """The course folders that a plugin brings."""
        return [Path(one) for one in self._ask(plugin, "certify_register_courses", list)]

    def hooks_of(self, plugin: str) -> list[str]:
        """The hooks that a plugin implements."""
        found = self.manager.get_plugin(plugin)
        callers = self.manager.get_hookcallers(found) if found is not None else None
        return [caller.name for caller in callers or ()]

    def has(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        return bool(getattr(self.manager.hook, hook).get_hookimpls())

    def reasons(self, hook: str, **facts: object) -> list[str]:
        """What the rules of all plugins say; one that fails is logged and says nothing."""
        found: list[str] = []
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            try:
                found += [str(reason) for reason in _call(implementation, **facts) or ()]
            except Exception:
                log.exception("plugin %s failed in %s", implementation.plugin_name, hook)
        return found

    def _register(self) -> None:
        for plugin in self._working():
            given = self._guarded(plugin, self._gifts)
            if given is not None:
                self._claim(plugin, given)

    def _working(self) -> list[str]:
        return [name for name, status in self.status.items() if not status.problem]

    def _guarded(self, plugin: str, ask: Callable[[str], GivenT]) -> GivenT | None:
        """What a plugin gives; None when it failed and is disabled therefore."""
        try:
            return ask(plugin)
        except Exception as problem:
            self._disable(plugin, f"{type(problem).__name__}: {problem}")
            return None

    def _gifts(self, plugin: str) -> list[Gift]:
        """All that a plugin registers: what it is, its name, itself, where it is kept."""
        types = self._ask(plugin, "certify_register_question_types", list)
        formats = self._ask(plugin, "certify_register_export_formats", list)
        banks = self._ask(plugin, "certify_register_item_formats", list)
        schemes = self._ask(plugin, "certify_register_evaluation_schemes", list)
        folders = self.folders_of(plugin)
        files = [Path(one) for one in self._ask(plugin, "certify_register_standards", list)]
        return [
            *(("question type", one.name, one, self.question_types) for one in types),
            *(("export format", one.name, one, self.export_formats) for one in formats),
            *(("item format", one.name, one, self.item_formats) for one in banks),
            *(("evaluation scheme", one.name, one, self.evaluation_schemes) for one in schemes),
            *(("course", folder.name, folder, self.course_folders) for folder in folders),
            *(("standards", file.name, file, self.standard_files) for file in files),
        ]

    def _ask(self, plugin: str, hook: str, kind: type[GivenT]) -> GivenT:
        """The answer of one plugin to one `register` hook; empty when it has none."""
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            if implementation.plugin_name == plugin:
                given = _call(implementation)
                if not isinstance(given, kind):
                    raise TypeError(f"{hook} must return a {kind.__name__}, not {given!r}")
                return given
        return kind()

    def _claim(self, plugin: str, gifts: Sequence[Gift]) -> None:
        """Keep what a plugin gave, all of it or, when a name is taken, nothing."""
        names = [f"{what} {key}" for what, key, _thing, kept in gifts if isinstance(kept, dict)]
        for what, key, _thing, kept in gifts:
            if isinstance(kept, dict) and (key in kept or names.count(f"{what} {key}") > 1):
                owners = (s.name for s in self.status.values() if f"{what} {key}" in s.gives)
                first = next(owners, plugin)
                message = _("“{key}” is already registered by plugin {first}.")
                self._disable(plugin, message.format(key=key, first=first))
                return
        for _what, key, thing, kept in gifts:
            if isinstance(kept, dict):
                kept[key] = thing
            else:
                kept.append(thing)
        old = self.status[plugin]
        gives = dict.fromkeys((*old.gives, *(f"{what} {key}" for what, key, _t, _k in gifts)))
        self.status[plugin] = replace(old, gives=tuple(gives))

    def _disable(self, plugin: str, problem: str) -> None:
        log.warning("plugin %s disabled: %s", plugin, problem)
        self.status[plugin] = replace(self.status[plugin], problem=problem)
        if self.manager.has_plugin(plugin):
            self.manager.unregister(name=plugin)


def load(
    allowed: Sequence[str] = (), installed: Callable[[], Iterable[EntryPoint]] | None = None
) -> Plugins:
    """Load the installed plugins of entry point group `certify`.

    Args:
        allowed: names that may be loaded; empty means every one.
        installed: gives the entry points; for tests.
    """
    manager = pluggy.PluginManager("certify")
    manager.add_hookspecs(hookspecs.Registering)
    manager.add_hookspecs(hookspecs.Ruling)
    manager.add_hookspecs(hookspecs.Hearing)
    plugins = Plugins(manager)
    points = installed() if installed else entry_points(group="certify")
    for point in sorted(points, key=lambda point: point.name):
        if allowed and point.name not in allowed:
            continue
        _load_one(plugins, point)
    for name in allowed:
        if name not in plugins.status:
            plugins.status[name] = PluginStatus(name, "", "", _("It is not installed."))
    plugins._register()
    return plugins


def _call(implementation: HookImpl, **facts: object) -> Any:
    """Call one implementation with the arguments it names; the trace tells of it."""
    wanted = {name: facts[name] for name in implementation.argnames}
    began, told = perf_counter(), ""
    try:
        given = implementation.function(**wanted)
        told = _told(given)
        return given
    except BaseException as problem:
        told = f"{type(problem).__name__}: {problem}"
        raise
    finally:
        if trace.isEnabledFor(logging.DEBUG):
            name, plugin = implementation.function.__name__, implementation.plugin_name
            facts_told = ", ".join(f"{key}={value!r}" for key, value in wanted.items())
            took = 1000 * (perf_counter() - began)
            trace.debug("%s(%s) → %s: %s [%.1f ms]", name, facts_told, plugin, told, took)


def _told(given: object) -> str:
    """What a hook gave, short enough for a line."""
    return f"{type(given).__name__} of {len(given)}" if isinstance(given, Sized) else repr(given)


def _load_one(plugins: Plugins, point: EntryPoint) -> None:
    name, version = point.name, point.dist.version if point.dist else ""
    if name in plugins.status:
        message = _("Another plugin has the same name: {other}.")
        return plugins._disable(name, message.format(other=point.value))
    plugins.status[name] = PluginStatus(name, point.value, version)
    try:
        plugin = point.load()
        plugins.manager.register(plugin, name=name)
        _check_hooks(plugins.manager, plugin)
        plugins.manager.check_pending()
    except (Exception, SystemExit) as problem:
        plugins._disable(name, f"{type(problem).__name__}: {problem}")


def _check_hooks(manager: pluggy.PluginManager, plugin: Any) -> None:
    """Refuse functions that look like hooks and would never be called."""
    for name, function in vars(plugin).items():
        if not name.startswith("certify_") or not callable(function):
            continue
        if not hasattr(manager.hook, name):
            raise AttributeError(f"unknown hook {name}")
        if not hasattr(function, "certify_impl"):
            raise AttributeError(f"hook {name} lacks @hookimpl")
