"""`certify plugin`: what is installed, and whether it works."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.plugin_check import check, trace
from certify.cli.plugin_new import new
from certify.hooks import registry
from certify.i18n import N_, _


@click.group(cls=Group, help=N_("Plugins: what is installed and whether it works."))
def plugin() -> None:
    """The noun."""


for verb in (new, check, trace):
    plugin.add_command(verb)


@plugin.command("list", help=N_("List every plugin with its origin, version and what it gives."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Needs no home."""
    found = list(registry.load(call.settings.allowed_plugins).status.values())
    if as_json:
        print_json(found)
        return
    columns = [_("Plugin"), _("Version"), _("Origin"), _("State"), _("Gives")]
    rows = [
        [
            status.name,
            status.version,
            status.origin,
            _("disabled: {problem}").format(problem=status.problem)
            if status.problem
            else _("works"),
            _(", ").join(status.gives),
        ]
        for status in found
    ]
    print_table(columns, rows, _("No plugin is installed."))
