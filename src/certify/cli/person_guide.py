"""`certify person guide`: who guides whom in on-site practice."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services import guides


@click.command(
    cls=Command,
    help=N_(
        "Guides in on-site practice: list a person's, appoint one, or end it. A guide never marks "
        "the person."
    ),
)
@argument("staff_no", help=N_("Staff number of the person guided."))
@argument("guide_no", required=False, help=N_("Staff number of the guide; without it: list."))
@option("--from", "from_day", type=DAY, help=N_("First day; today by default."))
@option("--end", is_flag=True, help=N_("End it instead."))
@option("--last-day", type=DAY, help=N_("Last day with --end, inclusive; today by default."))
@json_option
@pass_call
def guide(
    call: Call,
    staff_no: str,
    guide_no: str | None,
    from_day: date | None,
    end: bool,
    last_day: date | None,
    as_json: bool,
) -> None:
    """List, appoint or end."""
    with call.opened() as (platform, actor):
        if guide_no is None:
            pass
        elif end:
            guides.end(
                platform, actor=actor, staff_no=staff_no, guide_no=guide_no, last_day=last_day
            )
        else:
            guides.appoint(
                platform, actor=actor, staff_no=staff_no, guide_no=guide_no, from_day=from_day
            )
        found = guides.guides_of(platform, actor=actor, staff_no=staff_no)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Staff no."), _("Name"), _("From"), _("Until")],
        [[one.staff_no, one.name, one.from_day, one.to_day or ""] for one in found],
        _("Nobody guides this person."),
    )
