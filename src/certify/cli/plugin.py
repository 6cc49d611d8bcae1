"""`certify plugin`: what is installed, and whether it works."""

import dataclasses

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.plugin_check import check, trace
from certify.cli.plugin_new import new
from certify.hooks import plugin_files, registry
from certify.i18n import N_, _

SHOWN = 12
"""Digits of a hash in the table."""


@click.group(cls=Group, help=N_("Plugins: what is installed and whether it works."))
def plugin() -> None:
    """The noun."""


for verb in (new, check, trace):
    plugin.add_command(verb)


@plugin.command(
    "list",
    help=N_("List every plugin with its origin, version, the hash of its files and what it gives."),
)
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Needs no home; the table shows the beginning of the hash, JSON all of it."""
    found = [
        (status, plugin_files.digest(status.origin))
        for status in registry.load(call.settings.allowed_plugins).status.values()
    ]
    if as_json:
        print_json([{**dataclasses.asdict(status), "sha256": hash_} for status, hash_ in found])
        return
    columns = [_("Plugin"), _("Version"), _("Origin"), _("SHA-256"), _("State"), _("Gives")]
    rows = [
        [
            status.name,
            status.version,
            status.origin,
            hash_[:SHOWN],
            _("disabled: {problem}").format(problem=status.problem)
            if status.problem
            else _("works"),
            _(", ").join(status.gives),
        ]
        for status, hash_ in found
    ]
    print_table(columns, rows, _("No plugin is installed."))
