"""`certify qualification expiring`: what ends soon, for HR."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _, pick
from certify.services import reminders


@click.command(
    cls=Command,
    help=N_("What ends soon and is not renewed, the next to end first. Its holders are reminded."),
)
@option(
    "--days",
    type=int,
    default=reminders.SOON[0],
    show_default=True,
    help=N_("Within how many days from today; the last valid day counts."),
)
@json_option
@pass_call
def expiring(call: Call, days: int, as_json: bool) -> None:
    """Levels and post qualifications."""
    with call.opened() as (platform, actor):
        found = reminders.expiring(platform, actor=actor, days=days)
    if as_json:
        print_json(found)
        return
    print_table(
        [
            _("Last valid day"),
            _("Days left"),
            _("Staff no."),
            _("Name"),
            _("Department"),
            _("Qualification"),
            _("Certificate"),
        ],
        [
            [
                one.valid_to,
                one.days_left,
                one.staff_no,
                one.name,
                pick(one.department),
                pick(one.title),
                one.certificate,
            ]
            for one in found
        ],
        _("Nothing ends in these days."),
    )
