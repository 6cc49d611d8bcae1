"""`certify qualification exceptions`: what HR decided otherwise than the rules, for the auditor."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services import exceptions as decided


@click.command(
    cls=Command,
    help=N_("Exceptions of a span of days: who decided, when, for whom and why; newest first."),
)
@option("--from", "since", type=DAY, help=N_("From this day on, inclusive."))
@option("--to", "until", type=DAY, help=N_("Up to this day, inclusive."))
@json_option
@pass_call
def exceptions(call: Call, since: date | None, until: date | None, as_json: bool) -> None:
    """Grants, recognitions, extensions, reinstatements, and what onboarding was freed of."""
    with call.opened() as (platform, actor):
        found = decided.exceptions(platform, actor=actor, since=since, until=until)
    if as_json:
        print_json(found)
        return
    print_table(
        [
            _("Entry"),
            _("Day"),
            _("What"),
            _("Staff no."),
            _("Name"),
            _("Of"),
            _("Valid to"),
            _("Decided by"),
            _("Reason"),
        ],
        [
            [
                one.entry,
                one.day,
                _(decided.KIND_NAMES[one.kind]),
                one.staff_no,
                one.name,
                one.what,
                one.until,
                one.decided_by,
                one.reason,
            ]
            for one in found
        ],
        _("No exception was made in these days."),
    )
