"""`certify qualification`: who may serve what on a day, and what a level asks of a person."""

from datetime import date

import click

from certify.cli import qualification_decide
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument
from certify.cli.filter import filter_options, wanted_rows
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.qualification_bulk import bulk
from certify.cli.qualification_compare import compare
from certify.cli.qualification_exceptions import exceptions
from certify.cli.qualification_expiring import expiring
from certify.cli.qualification_serve import can_serve
from certify.domain.clean import clean_line
from certify.i18n import N_, _, pick
from certify.services import catalogue, listing
from certify.services.qualifying.states import STATE_NAMES


@click.group(cls=Group, help=N_("Qualifications: the list of any day, and what a level asks for."))
def qualification() -> None:
    """The noun."""


qualification.add_command(bulk)
qualification.add_command(can_serve)
qualification.add_command(compare)
qualification.add_command(exceptions)
qualification.add_command(expiring)
qualification_decide.add_to(qualification)


@qualification.command("list", help=N_("The on-post qualification list as of a day."))
@filter_options
@json_option
@pass_call
def list_(
    call: Call, as_of: date | None, department: str, process: str, state: str, as_json: bool
) -> None:
    """The list that HR exports."""
    with call.opened() as (platform, actor):
        wanted = wanted_rows(platform, as_of, department, process, state)
        found = listing.qualification_list(platform, actor=actor, wanted=wanted)
    if as_json:
        print_json(found)
        return
    columns = [
        _("Staff no."),
        _("Name"),
        _("Department"),
        _("Post"),
        _("Process"),
        _("Level"),
        _("Mark"),
        _("Certificate"),
        _("Valid to"),
        _("State"),
    ]
    rows = [
        [
            row.staff_no,
            row.name,
            pick(row.department),
            pick(row.post),
            pick(row.process),
            row.level,
            row.mark + (" " + _("(retake)") if row.is_retake else ""),
            row.certificate,
            row.valid_to,
            _(STATE_NAMES[row.state]),
        ]
        for row in found.rows
    ]
    print_table(columns, rows, _("No qualification fits."))


@qualification.command(help=N_("What a level asks for, and what of it a person has shown."))
@argument("staff_no", help=N_("Whose conditions."))
@argument("level", help=N_("Code of the level, such as L1."))
@json_option
@pass_call
def check(call: Call, staff_no: str, level: str, as_json: bool) -> None:
    """Every condition, met or not, with its evidence."""
    with call.opened() as (platform, actor):
        view = catalogue.level(platform, actor=actor, staff_no=staff_no, code=level)
    if as_json:
        print_json(view)
        return
    name = clean_line(view.name)
    rung = view.rung
    click.echo(f"{rung.level} {clean_line(pick(rung.title))}: {view.staff_no} {name}")
    for one in rung.conditions:
        sign = _("✓ met") if one.is_met else _("○ not met")
        click.echo(f"  {sign}  {one.text}  {clean_line(one.evidence)}".rstrip())
    for text in rung.obstacles:
        click.echo(_("  ! {text}").format(text=clean_line(text)))
    if view.held_until is not None:
        click.echo(_("Held; valid to {day}").format(day=view.held_until.isoformat()))
