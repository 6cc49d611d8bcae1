"""`certify proposal`: what one person proposed and another has to confirm."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services import confirming, proposals
from certify.services.proposals import KINDS, STATES

_number = argument("number", metavar="NUMBER", type=int, help=N_("Number of the proposal."))


@click.group(cls=Group, help=N_("Deeds of two persons: list, confirm, decline, withdraw."))
def proposal() -> None:
    """The noun."""


@proposal.command("list", help=N_("List proposals, those that wait first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """For whoever may decide one of the kinds."""
    with call.opened() as (platform, actor):
        found = proposals.listed(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    print_table(
        [
            _("No."),
            _("What"),
            _("Staff no."),
            _("Name"),
            _("Code"),
            _("Reason"),
            _("Proposed by"),
            _("State"),
        ],
        [
            [
                one.id,
                _(KINDS[one.kind]),
                one.staff_no,
                one.name,
                one.facts.get("code", ""),
                one.reason,
                one.proposed_by,
                _(STATES[one.state]),
            ]
            for one in found
        ],
        _("Nothing was proposed."),
    )


@proposal.command(help=N_("Confirm what another person proposed; it is done then."))
@_number
@pass_call
def confirm(call: Call, number: int) -> None:
    """Never one's own."""
    with call.opened() as (platform, actor):
        confirming.confirm(platform, actor=actor, number=number)
    click.echo(_("Done; it is in the ledger."))


@proposal.command(help=N_("Decline what another person proposed; nothing is done."))
@_number
@option("--reason", required=True, metavar="TEXT", help=N_("Why; who proposed it reads it."))
@pass_call
def decline(call: Call, number: int, reason: str) -> None:
    """Never one's own: that is withdrawn."""
    with call.opened() as (platform, actor):
        proposals.decline(platform, actor=actor, number=number, reason=reason)
    click.echo(_("Declined; who proposed it is told."))


@proposal.command(help=N_("Take back what you proposed."))
@_number
@pass_call
def withdraw(call: Call, number: int) -> None:
    """As long as nobody decided it."""
    with call.opened() as (platform, actor):
        proposals.withdraw(platform, actor=actor, number=number)
    click.echo(_("Withdrawn."))
