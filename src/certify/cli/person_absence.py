"""`certify person absence`: when people are away."""

from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.rejection_text import print_rejections
from certify.i18n import N_, _
from certify.services.placing import absence_import, absences


@click.group(cls=Group, help=N_("Absences: list, record, cancel, import from a file."))
def absence() -> None:
    """The noun."""


@absence.command("list", help=N_("A person's absences."))
@argument("staff_no", help=N_("Staff number of the person."))
@json_option
@pass_call
def list_(call: Call, staff_no: str, as_json: bool) -> None:
    """Cancelled ones too."""
    with call.opened() as (platform, actor):
        found = absences.absences(platform, actor=actor, staff_no=staff_no)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("No."), _("First day"), _("Last day"), _("Reason"), _("State")],
        [
            [
                one.id,
                one.from_day,
                one.to_day,
                one.reason,
                _("cancelled") if one.is_cancelled else "",
            ]
            for one in found
        ],
        _("No absence is on record."),
    )


@absence.command(help=N_("Write down that somebody is away; both days are inclusive."))
@argument("staff_no", help=N_("Staff number of the person."))
@argument("from_day", type=DAY, metavar="FIRST_DAY", help=N_("First day."))
@argument("to_day", type=DAY, metavar="LAST_DAY", help=N_("Last day."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why, such as annual leave."))
@pass_call
def record(call: Call, staff_no: str, from_day: date, to_day: date, reason: str) -> None:
    """Record one."""
    with call.opened() as (platform, actor):
        number = absences.record_absence(
            platform,
            actor=actor,
            staff_no=staff_no,
            from_day=from_day,
            to_day=to_day,
            reason=reason,
        )
    click.echo(_("Absence {number} is recorded.").format(number=number))


@absence.command(help=N_("Take an absence back."))
@argument("number", type=int, help=N_("Number of the absence."))
@pass_call
def cancel(call: Call, number: int) -> None:
    """Cancel one."""
    with call.opened() as (platform, actor):
        absences.cancel_absence(platform, actor=actor, absence=number)
    click.echo(_("Absence {number} is cancelled.").format(number=number))


@absence.command(
    "import",
    help=N_("Read absences from a CSV or Excel file. Without --apply nothing is changed."),
)
@argument("file", type=click.Path(path_type=Path), help=N_("The file."))
@option("--apply", is_flag=True, help=N_("Apply the file, all of it or nothing."))
@pass_call
def import_(call: Call, file: Path, apply: bool) -> int:
    """Report what the file would change, or change it."""
    with call.opened() as (platform, actor):
        report = absence_import.import_absences(platform, actor=actor, path=file, apply=apply)
    text = _("{found} found = {added} added + {unchanged} unchanged + {rejected} rejected")
    click.echo(
        text.format(
            found=report.found,
            added=report.added,
            unchanged=report.unchanged,
            rejected=report.rejected,
        )
    )
    return print_rejections(file, report.rejections, applied=report.applied)
