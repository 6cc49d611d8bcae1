"""`certify person refusal`: who refuses onboarding, and what HR decides."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.clock import local_date
from certify.domain.clean import clean_line
from certify.i18n import N_, _
from certify.services import onboarding
from certify.services.placing import refusals


@click.group(cls=Group, help=N_("Refusals of onboarding: what waits for HR, record, decide."))
def refusal() -> None:
    """The noun."""


@refusal.command("list", help=N_("The refusals that wait for HR."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """The oldest first."""
    with call.opened() as (platform, actor):
        found = refusals.waiting(platform, actor=actor)
        zone = platform.policy.organisation.time_zone
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Staff no."), _("Name"), _("Day"), _("Reason")],
        [[one.staff_no, one.name, local_date(one.at, zone), one.reason] for one in found],
        _("No refusal waits."),
    )


@refusal.command(help=N_("What became of a person's refusals."))
@argument("staff_no", help=N_("Staff number of the person."))
@json_option
@pass_call
def show(call: Call, staff_no: str, as_json: bool) -> None:
    """The oldest first."""
    with call.opened() as (platform, actor):
        found = onboarding.onboarding(platform, actor=actor, staff_no=staff_no).refusals
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(clean_line(refusals.refusal_text(one)))
    if not found:
        click.echo(_("No refusal is on record."))


@refusal.command(help=N_("Write down that somebody refuses onboarding."))
@argument("staff_no", help=N_("Staff number of the person."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why they refuse."))
@pass_call
def record(call: Call, staff_no: str, reason: str) -> None:
    """Record one; HR decides."""
    with call.opened() as (platform, actor):
        refusals.refuse(platform, actor=actor, staff_no=staff_no, reason=reason)
    click.echo(_("The refusal is recorded. Until HR has decided, everything stays due."))


@refusal.command(help=N_("Accept the reason of a refusal, or not; only HR does."))
@argument("staff_no", help=N_("Staff number of the person."))
@option("--accept/--decline", "accepted", required=True, help=N_("The decision."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why it is decided so."))
@pass_call
def decide(call: Call, staff_no: str, accepted: bool, reason: str) -> None:
    """Decide one."""
    with call.opened() as (platform, actor):
        refusals.decide(
            platform, actor=actor, staff_no=staff_no, accepted=accepted, decision=reason
        )
    click.echo(
        _("The reason is accepted; nothing of onboarding is due any more.")
        if accepted
        else _("The reason is not accepted; everything stays due.")
    )
