"""Loads plugins and keeps what they registered; one faulty plugin never stops the rest (R-PLT-02)."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pluggy

from certify.domain.exchange import ExportFormat
from certify.domain.question_type import QuestionType
from certify.hooks import hookspecs
from certify.i18n import _

log = logging.getLogger("certify.plugins")


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
    course_folders: list[Path] = field(default_factory=list)

    def question_widgets(self) -> dict[str, type[Any]]:
        """Widgets by question type; importing them loads Textual, so only a TUI asks."""
        widgets: dict[str, type[Any]] = {}
        for name, given in self._ask("certify_register_question_widgets", dict):
            for type_name, widget in given.items():
                self._claim(widgets, type_name, widget, name, "")
        return widgets

    def announce(self, hook: str, **facts: object) -> None:
        """Tell every listener what happened; an error in one is logged and stops no other."""
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            names = implementation.argnames
            try:
                implementation.function(**{name: facts[name] for name in names})
            except Exception:
                log.exception("plugin %s failed in %s", implementation.plugin_name, hook)

    def _register(self) -> None:
        for name, types in self._ask("certify_register_question_types", list):
            for one in types:
                self._claim(self.question_types, one.name, one, name, "question type")
        for name, formats in self._ask("certify_register_export_formats", list):
            for one in formats:
                self._claim(self.export_formats, one.name, one, name, "export format")
        for name, folders in self._ask("certify_register_courses", list):
            for folder in folders:
                self.course_folders.append(Path(folder))
                self._note(name, f"course {Path(folder).name}")

    def _ask(self, hook: str, kind: type) -> Iterable[tuple[str, Any]]:
        """Call one hook plugin by plugin, disabling those that raise or return something else."""
        for implementation in reversed(getattr(self.manager.hook, hook).get_hookimpls()):
            name = implementation.plugin_name
            try:
                given = implementation.function()
                if not isinstance(given, kind):
                    raise TypeError(f"{hook} must return a {kind.__name__}, not {given!r}")
            except Exception as problem:
                self._disable(name, f"{hook}: {type(problem).__name__}: {problem}")
                continue
            yield name, given

    def _claim(self, taken: dict[str, Any], key: str, thing: Any, plugin: str, what: str) -> None:
        if key in taken:
            first = next((s.name for s in self.status.values() if f"{what} {key}" in s.gives), "?")
            self._disable(
                plugin,
                _("“{key}” is already registered by plugin {first}.").format(key=key, first=first),
            )
            return
        taken[key] = thing
        if what:
            self._note(plugin, f"{what} {key}")

    def _note(self, plugin: str, given: str) -> None:
        old = self.status[plugin]
        self.status[plugin] = PluginStatus(
            old.name, old.origin, old.version, old.problem, (*old.gives, given)
        )

    def _disable(self, plugin: str, problem: str) -> None:
        log.warning("plugin %s disabled: %s", plugin, problem)
        old = self.status[plugin]
        self.status[plugin] = PluginStatus(old.name, old.origin, old.version, problem, old.gives)


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
    manager.add_hookspecs(hookspecs.Hearing)
    plugins = Plugins(manager)
    points = installed() if installed else entry_points(group="certify")
    for point in sorted(points, key=lambda point: point.name):
        if allowed and point.name not in allowed:
            continue
        _load_one(plugins, point)
    plugins._register()
    return plugins


def _load_one(plugins: Plugins, point: EntryPoint) -> None:
    version = point.dist.version if point.dist else ""
    plugins.status[point.name] = PluginStatus(point.name, point.value, version)
    try:
        plugin = point.load()
        plugins.manager.register(plugin, name=point.name)
        unknown = [
            name
            for name in dir(plugin)
            if name.startswith("certify_") and not hasattr(plugins.manager.hook, name)
        ]
        if unknown:
            raise AttributeError(f"unknown hook {', '.join(unknown)}")
        plugins.manager.check_pending()
    except Exception as problem:
        if plugins.manager.has_plugin(point.name):
            plugins.manager.unregister(name=point.name)
        plugins._disable(point.name, f"{type(problem).__name__}: {problem}")
