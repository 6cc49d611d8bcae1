"""`certify person erase` and `retention`: personal data whose time is over."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services.privacy import erasing, repeating
from certify.services.privacy import retention as service
from certify.services.privacy.words import plan_lines, state_text


@click.command(
    cls=Command,
    help=N_("Remove a leaver's personal data. Without --apply it only shows what would go."),
)
@argument("staff_no", required=False, help=N_("Whose data."))
@option("--reason", default="", metavar="TEXT", help=N_("Why; without name and staff number."))
@option("--apply", is_flag=True, help=N_("Propose it; another person of HR confirms."))
@option(
    "--again",
    is_flag=True,
    help=N_("After an older backup was restored: do again what was done since."),
)
@option(
    "--list",
    "listed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("With --again: the list of erasures, when it is not in the home."),
)
@pass_call
def erase(
    call: Call,
    staff_no: str | None,
    reason: str,
    apply: bool,
    again: bool,
    listed: Path | None,
) -> int:
    """Exit code 1 while something blocks it."""
    if again == bool(staff_no):
        raise BadInput(
            _("Either a staff number or --again is needed."),
            mend=_("Write: certify person erase STAFF_NO --reason TEXT."),
        )
    if again:
        return _again(call, listed)
    with call.opened() as (platform, actor):
        if not apply:
            plan = erasing.preview(platform, actor=actor, staff_no=staff_no or "")
        else:
            plan = erasing.propose(platform, actor=actor, staff_no=staff_no or "", reason=reason)
        click.echo(clean_line(f"{plan.staff_no} {plan.name}"))
        for line in plan_lines(platform, plan):
            click.echo(clean_line(line))
    if plan.is_done:
        click.echo(_("Removed."))
    elif plan.proposal is not None:
        click.echo(
            _("Proposed as number {number}; another person of HR confirms it:").format(
                number=plan.proposal
            )
        )
        click.echo(f"certify --as STAFF_NO proposal confirm {plan.proposal}")
    else:
        click.echo(_("Nothing was changed."))
    return 1 if plan.blockers else 0


@click.command(
    cls=Command,
    help=N_("List leavers whose personal data are due for removal, and what blocks it."),
)
@option("--due", is_flag=True, help=N_("Only those whose time is over."))
@json_option
@pass_call
def retention(call: Call, due: bool, as_json: bool) -> None:
    """Due first, then who becomes due next."""
    with call.opened() as (platform, actor):
        rows = service.retention(platform, actor=actor, only_due=due)
    if as_json:
        print_json(rows)
        return
    print_table(
        [_("Staff no."), _("Name"), _("Left on"), _("Due on"), _("State")],
        [[row.staff_no, row.name, row.left_on, row.due_on, state_text(row)] for row in rows],
        _("Nobody has left."),
    )


def _again(call: Call, listed: Path | None) -> int:
    with call.opened() as (platform, actor):
        found = repeating.again(platform, actor=actor, path=listed)
    click.echo(
        _("{count} removed again, {known} known as removed").format(
            count=len(found.done), known=found.known
        )
    )
    for name in found.employed:
        click.echo(
            _("! {who} works here by this database; record that they left first.").format(who=name)
        )
    for name in found.strangers:
        click.echo(_("! {who} is somebody else, or nobody, in this database.").format(who=name))
    for name in found.unproven:
        click.echo(
            _("! The line of {who} is not signed by this company: propose it anew.").format(
                who=name
            )
        )
    if not found.is_wiped:
        click.echo(
            _(
                "! An exam is in progress or others use the database: run this again later, to "
                "wipe it."
            )
        )
    left = (*found.employed, *found.strangers, *found.unproven)
    return 1 if left or not found.is_wiped else 0
