"""`certify plugin check` and `plugin trace`: for those who write plugins."""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json
from certify.conformance import Fault, check_folder, check_plugin
from certify.domain.clean import clean_line
from certify.errors import BadInput
from certify.hooks import registry
from certify.i18n import N_, _, _n

BEFORE = {"home": "--home", "db": "--db", "lang": "--lang", "staff_no": "--as"}
"""The options that stand before a command."""


@click.command(
    cls=Command,
    help=N_(
        "Check a plugin against all that plugins promise: an installed one by its name, or a "
        "folder that holds a pyproject.toml."
    ),
)
@argument("plugin", metavar="NAME|PATH", help=N_("Name of a plugin, or its folder."))
@option(
    "--samples",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=N_("Folder of sample items and files; without it “samples” in the plugin's package."),
)
@json_option
@pass_call
def check(call: Call, plugin: str, samples: Path | None, as_json: bool) -> int:
    """Needs no home. Exit code 2 when anything was found."""
    if (Path(plugin) / "pyproject.toml").is_file():
        faults = list(check_folder(Path(plugin), samples))
    else:
        plugins = registry.load(call.settings.allowed_plugins)
        faults = list(check_plugin(plugins, plugin, samples))
    if as_json:
        print_json(faults)
        return 2 if faults else 0
    _print(faults)
    return 2 if faults else 0


def _print(faults: Sequence[Fault]) -> None:
    for fault in faults:
        click.echo(clean_line(str(fault)))
    if not faults:
        click.echo(_("It keeps everything that plugins promise."))
        return
    count = _n("{count} fault", "{count} faults", len(faults)).format(count=len(faults))
    click.echo(count)


@click.command(
    cls=Command,
    context_settings={"ignore_unknown_options": True},
    help=N_("Run a command and tell every call of a hook: which plugin, with what, how long."),
)
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("File for the trace; without it standard error. The screens need a file."),
)
@argument(
    "words", metavar="COMMAND…", nargs=-1, required=True, help=N_("For instance: course list")
)
@pass_call
def trace(call: Call, out: Path | None, words: tuple[str, ...]) -> int:
    """The options before `plugin trace`, such as --home, hold for the command too.

    Raises:
        BadInput: the file cannot be written.
    """
    from certify.cli import main

    given = click.get_current_context().find_root().params
    before = [
        word for name, value in BEFORE.items() if given[name] for word in (value, given[name])
    ]
    with _told_to(out):
        return main.run([*before, *words])


@contextmanager
def _told_to(out: Path | None) -> Iterator[None]:
    """Write every call of a hook to a file or to standard error while the block runs."""
    handler = _handler(out)
    handler.setFormatter(logging.Formatter("%(message)s"))
    level = registry.trace.level
    registry.trace.addHandler(handler)
    registry.trace.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        registry.trace.removeHandler(handler)
        registry.trace.setLevel(level)
        handler.close()


def _handler(out: Path | None) -> logging.Handler:
    if out is None:
        return logging.StreamHandler(sys.stderr)
    try:
        return logging.FileHandler(out, encoding="utf-8")
    except OSError as problem:
        raise BadInput(
            _("The file cannot be written: {reason}").format(reason=problem.strerror or problem),
            place=str(out),
        ) from problem
