"""`certify person owner`: who in the department answers for a newcomer's training."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services.placing import owners


@click.command(
    cls=Command,
    help=N_(
        "Training owner of a newcomer: list, or name one. It is both the direct supervisor and a "
        "guide of the newcomer."
    ),
)
@argument("staff_no", help=N_("Staff number of the newcomer."))
@argument("owner_no", required=False, help=N_("Staff number of the owner; without it: list."))
@json_option
@pass_call
def owner(call: Call, staff_no: str, owner_no: str | None, as_json: bool) -> None:
    """List or name."""
    with call.opened() as (platform, actor):
        if owner_no is not None:
            owners.assign_owner(platform, actor=actor, staff_no=staff_no, owner_no=owner_no)
        found = owners.owners(platform, actor=actor, staff_no=staff_no)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Staff no."), _("Name"), _("From"), _("Until"), _("State")],
        [
            [
                one.staff_no,
                one.name,
                one.from_day,
                one.to_day or "",
                "" if one.to_day or one.is_supervisor else _("not the supervisor any more"),
            ]
            for one in found
        ],
        _("Nobody was named training owner."),
    )
