"""`certify department`: the parts of the company."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _, pick
from certify.services import departments


@click.group(cls=Group, help=N_("Departments: list, add."))
def department() -> None:
    """The noun."""


@department.command("list", help=N_("List every department."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Codes and names, by code."""
    with call.opened() as (platform, actor):
        found = departments.departments_and_posts(platform, actor=actor).departments
    if as_json:
        print_json(found)
        return
    rows = [[one.code, pick(one.name)] for one in found]
    print_table([_("Code"), _("Department")], rows, _("There are no departments."))


@department.command(help=N_("Add a department."))
@argument("code", help=N_("Short code; lists are sorted by it."))
@option("--name", required=True, metavar="TEXT", help=N_("Name."))
@option("--name-en", default="", metavar="TEXT", help=N_("English name."))
@pass_call
def add(call: Call, code: str, name: str, name_en: str) -> None:
    """Add one."""
    with call.opened() as (platform, actor):
        departments.add_department(platform, actor=actor, code=code, name=name, name_en=name_en)
    click.echo(_("Added: {code}").format(code=code))
