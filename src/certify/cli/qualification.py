"""`certify qualification`: who may serve what on a day, and what a level asks of a person."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument
from certify.cli.filter import filter_options, wanted_rows
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.i18n import N_, _, pick
from certify.services import catalogue, listing
from certify.services.catalogue import COURSE_KINDS
from certify.services.exporting import STATE_NAMES


@click.group(cls=Group, help=N_("Qualifications: the list of any day, and what a level asks for."))
def qualification() -> None:
    """The noun."""


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
    click.echo(f"{view.level} {clean_line(pick(view.title))}: {view.staff_no} {name}")
    kinds = {
        "exam-passed": _("Exam of a course of kind “{kind}” passed"),
        "lessons-finished": _("All lessons of a course of kind “{kind}” finished"),
    }
    for one in view.conditions:
        sign = _("✓ met") if one.is_met else _("○ not met")
        text = kinds[one.kind].format(kind=_(COURSE_KINDS[one.course_kind]))
        click.echo(f"  {sign}  {text}  {clean_line(one.evidence)}".rstrip())
    if view.held_until is not None:
        click.echo(_("Held; valid to {day}").format(day=view.held_until.isoformat()))
