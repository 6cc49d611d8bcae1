"""The conformance suite: what every plugin must keep, checked by one command on its author's side.

A plugin gives it something to work on in its folder `samples/`: items in Markdown (`*.md`, as in
a course's `items/`) for question types, and one file of each kind for item formats. What an item
names as its scenario lies beside, in `scenarios/`.
"""

import sys
import tomllib
from collections.abc import Iterator
from importlib import invalidate_caches
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from certify.conformance import (
    courses,
    evaluation_schemes,
    export_formats,
    item_formats,
    question_types,
)
from certify.conformance.fault import Fault
from certify.hooks import registry
from certify.hooks.plugin_files import folders
from certify.hooks.registry import Plugins
from certify.i18n import _

__all__ = ["Fault", "check_folder", "check_plugin", "samples_of"]


def check_plugin(plugins: Plugins, name: str, samples: Path | None = None) -> Iterator[Fault]:
    """Everything in which a loaded plugin departs from what plugins promise.

    Args:
        name: of its entry point.
        samples: the folder to work on; without it the one in the plugin's package.
    """
    status = plugins.status.get(name)
    if status is None:
        yield Fault(name, _("There is no such plugin."), _("“plugin list” shows all of them."))
        return
    if status.problem:
        yield Fault(name, status.problem, _("Mend this first; nothing else was checked."))
        return
    folder = samples or samples_of(status.origin)
    kinds = {gift.rpartition(" ")[0] for gift in status.gives}
    if not status.gives and not plugins.hooks_of(name):
        yield Fault(name, _("It gives nothing and listens to nothing."), _("Implement a hook."))
    if "question type" in kinds:
        yield from question_types.check(plugins, _named(status.gives, "question type"), folder)
    if "item format" in kinds:
        yield from item_formats.check(plugins, _named(status.gives, "item format"), folder)
    if "export format" in kinds:
        yield from export_formats.check(plugins, _named(status.gives, "export format"))
    if "evaluation scheme" in kinds:
        yield from evaluation_schemes.check(plugins, _named(status.gives, "evaluation scheme"))
    if "course" in kinds:
        yield from courses.check(plugins, name)


def check_folder(folder: Path, samples: Path | None = None) -> Iterator[Fault]:
    """The same for a plugin that is not installed: the folder of its `pyproject.toml`.

    Its code is imported into this process, beside the plugins that are installed.
    """
    folder = folder.absolute()
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        message = _("The file cannot be read: {reason}").format(reason=problem)
        yield Fault(str(folder / "pyproject.toml"), message)
        return
    given = project.get("project", {}).get("entry-points", {}).get("certify", {})
    if not given:
        message = _("“pyproject.toml” names no plugin.")
        yield Fault(str(folder), message, _("Add [project.entry-points.certify]."))
        return
    for place in (folder, folder / "src"):
        if str(place) not in sys.path:
            sys.path.insert(0, str(place))
    invalidate_caches()
    own = [EntryPoint(name, value, "certify") for name, value in given.items()]
    others = [one for one in entry_points(group="certify") if one.name not in given]
    plugins = registry.load(installed=lambda: [*others, *own])
    for point in own:
        yield from check_plugin(plugins, point.name, samples)


def samples_of(package: str) -> Path | None:
    """The folder `samples` in a plugin's package; None where there is none."""
    found = (folder / "samples" for folder in folders(package))
    return next((folder for folder in found if folder.is_dir()), None)


def _named(gives: tuple[str, ...], kind: str) -> list[str]:
    return [gift.removeprefix(f"{kind} ") for gift in gives if gift.startswith(f"{kind} ")]
