"""`certify person change` and `history`: what changes of a person, and what held before."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.domain.person import PersonStatus
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services.people_words import STATUS_NAMES
from certify.services.placing import changing
from certify.services.placing import history as histories
from certify.services.placing.change_words import change_text


@click.command(
    cls=Command,
    help=N_(
        "Change a person: name, department, post, supervisor, status. What held before is kept; a "
        "new post assigns only the courses that are missing."
    ),
)
@argument("staff_no", help=N_("Staff number of the person."))
@option("--name", metavar="TEXT", help=N_("New name."))
@option("--department", metavar="CODE", help=N_("Code of the new department."))
@option("--post", metavar="CODE", help=N_("Code of the new post."))
@option("--supervisor", metavar="STAFF_NO", help=N_("Staff number of the new direct supervisor."))
@option("--no-supervisor", is_flag=True, help=N_("The person has no supervisor: the top person."))
@option(
    "--status",
    type=click.Choice([status.value for status in PersonStatus]),
    help=N_("Whether the person works here; a leaver who comes back keeps the number."),
)
@option("--from", "from_day", type=DAY, help=N_("First day it holds; today by default."))
@json_option
@pass_call
def change(
    call: Call,
    staff_no: str,
    name: str | None,
    department: str | None,
    post: str | None,
    supervisor: str | None,
    no_supervisor: bool,
    status: str | None,
    from_day: date | None,
    as_json: bool,
) -> None:
    """Change one person."""
    if no_supervisor and supervisor is not None:
        raise BadInput(_("Give --supervisor or --no-supervisor, not both."))
    if supervisor == "":
        raise BadInput(_("The staff number is missing."), mend=_("Or give --no-supervisor."))
    with call.opened() as (platform, actor):
        done = changing.change_person(
            platform,
            actor=actor,
            staff_no=staff_no,
            name=name,
            department=department,
            post=post,
            supervisor_no="" if no_supervisor else supervisor,
            status=PersonStatus(status) if status else None,
            from_day=from_day,
        )
    if as_json:
        print_json(done)
        return
    for line in change_text(done):
        click.echo(clean_line(line))


@click.command(cls=Command, help=N_("What held of a person from day to day, or on one day."))
@argument("staff_no", help=N_("Staff number of the person."))
@option("--on", "day", type=DAY, help=N_("Only what held on this day."))
@json_option
@pass_call
def history(call: Call, staff_no: str, day: date | None, as_json: bool) -> None:
    """Show the placements."""
    with call.opened() as (platform, actor):
        if day is None:
            found = histories.history(platform, actor=actor, staff_no=staff_no)
            rows = found.placements
        else:
            one = histories.placement_on(platform, actor=actor, staff_no=staff_no, day=day)
            rows = () if one is None else (one,)
    if as_json:
        print_json(found if day is None else rows)
        return
    print_table(
        [
            _("From"),
            _("Until"),
            _("Name"),
            _("Department"),
            _("Post"),
            _("Direct supervisor"),
            _("Status"),
        ],
        [
            [
                one.from_day,
                one.to_day or "",
                one.name,
                pick(one.department),
                pick(one.post),
                one.supervisor,
                _(STATUS_NAMES[one.status]),
            ]
            for one in rows
        ],
        _("Nothing is known of that day."),
    )
