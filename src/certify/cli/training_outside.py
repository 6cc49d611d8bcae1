"""`certify training outside`: customers and trainers without staff number."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services import outside_people
from certify.services.outside_people import KINDS

_kinds = click.Choice(list(KINDS))


@click.group(cls=Group, help=N_("People from outside: customers and trainers."))
def outside() -> None:
    """The subgroup."""


@outside.command(help=N_("Write down somebody from outside."))
@argument("name", help=N_("Their name."))
@option("--kind", type=_kinds, required=True, help=N_("What they are."))
@option("--organisation", default="", metavar="TEXT", help=N_("Where they come from."))
@pass_call
def add(call: Call, name: str, kind: str, organisation: str) -> None:
    """One more."""
    with call.opened() as (platform, actor):
        number = outside_people.add(
            platform, actor=actor, name=name, kind=kind, organisation=organisation
        )
    say(_("They have the number #{number}.").format(number=number))


@outside.command("list", help=N_("List everybody from outside."))
@option("--kind", type=_kinds, default=None, help=N_("Only these."))
@json_option
@pass_call
def list_(call: Call, kind: str | None, as_json: bool) -> None:
    """By number."""
    with call.opened() as (platform, actor):
        found = outside_people.listed(platform, actor=actor, kind=kind or "")
    if as_json:
        print_json(found)
        return
    rows = [[f"#{one.id}", one.name, one.organisation, _(KINDS[one.kind])] for one in found]
    columns = [_("No."), _("Name"), _("Organisation"), _("Kind")]
    print_table(columns, rows, _("Nobody from outside is written down yet."))
