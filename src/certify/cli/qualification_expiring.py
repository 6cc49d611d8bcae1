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
    help=N_(
        "Within how many days from today, the last valid day counts; without it as far as "
        "the policy looks ahead."
    ),
)
@json_option
@pass_call
def expiring(call: Call, days: int | None, as_json: bool) -> None:
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
            _("Reminded on"),
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
                _reminded(one),
            ]
            for one in found
        ],
        _("Nothing ends in these days."),
    )


def _reminded(one: reminders.ExpiringView) -> str:
    if one.reminded_on is None:
        return ""
    day = one.reminded_on.isoformat()
    return day if one.is_read else _("{day} (not read yet)").format(day=day)
