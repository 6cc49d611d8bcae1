"""`certify qualification can-serve`: whether somebody may serve a process on a day, and why."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json
from certify.domain.clean import clean_line
from certify.domain.serving import ServiceRight
from certify.i18n import N_, _, pick
from certify.services.qualifying import standing

ANSWERS = {
    ServiceRight.ALONE: N_("✓ may serve"),
    ServiceRight.ACCOMPANIED: N_("◐ may serve accompanied"),
    ServiceRight.NO: N_("✗ may not serve"),
}


@click.command(
    "can-serve",
    cls=Command,
    help=N_("Say whether somebody may serve a process on a day. Exit code 1: may not."),
)
@argument("staff_no", help=N_("Who."))
@argument("process", help=N_("Code of the process."))
@option("--day", type=DAY, help=N_("The day asked about; today by default."))
@json_option
@pass_call
def can_serve(call: Call, staff_no: str, process: str, day: date | None, as_json: bool) -> int:
    """One answer with its reason."""
    with call.opened() as (platform, actor):
        found = standing.serve(platform, actor=actor, staff_no=staff_no, process=process, day=day)
    if as_json:
        print_json(found)
    else:
        click.echo(
            _("{answer}: {staff_no} {name}, {process}, {day}").format(
                answer=_(ANSWERS[found.right]),
                staff_no=found.staff_no,
                name=clean_line(found.name),
                process=clean_line(pick(found.title)),
                day=found.day.isoformat(),
            )
        )
        click.echo(f"  {standing.why_text(found)}")
        if found.certificate and found.valid_to:
            click.echo(
                _("  {certificate}, valid to {day}").format(
                    certificate=found.certificate, day=found.valid_to.isoformat()
                )
            )
    return 0 if found.may_serve else 1
