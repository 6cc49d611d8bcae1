"""`certify serious-problem`: reported by one, confirmed by another."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services.evaluation import serious_problems
from certify.services.evaluation.serious_problems import SeriousProblemView

_number = argument("number", metavar="NUMBER", type=int, help=N_("Number of the problem."))
_reason = option("--reason", required=True, metavar="TEXT", help=N_("Why; the person reads it."))


@click.group(cls=Group, help=N_("Serious service problems: report, confirm, dismiss."))
def serious_problem() -> None:
    """The noun."""


@serious_problem.command("list", help=N_("List serious problems, those to be decided first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """For HR and the evaluation group."""
    with call.opened() as (platform, actor):
        found = serious_problems.listed(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("No."), _("Staff no."), _("Name"), _("Day"), _("What happened"), _("State")],
        [[one.id, one.staff_no, one.name, one.day, one.what, state(one)] for one in found],
        _("No serious problem was reported."),
    )


@serious_problem.command(help=N_("Report one; it counts once somebody else has confirmed it."))
@argument("staff_no", metavar="STAFF_NO", help=N_("Whose it is."))
@option("--day", type=DAY, required=True, help=N_("The day on which it happened."))
@option("--what", required=True, metavar="TEXT", help=N_("What happened."))
@pass_call
def report(call: Call, staff_no: str, day: date, what: str) -> None:
    """By an inspector, the evaluation group, HR or the supervisor."""
    with call.opened() as (platform, actor):
        number = serious_problems.report(
            platform, actor=actor, staff_no=staff_no, day=day, what=what
        )
    click.echo(_("It has number {number} and waits for a decision.").format(number=number))


@serious_problem.command(help=N_("Confirm one that somebody else reported."))
@_number
@_reason
@pass_call
def confirm(call: Call, number: int, reason: str) -> None:
    """It caps the grade."""
    with call.opened() as (platform, actor):
        serious_problems.decide(platform, actor=actor, problem=number, confirm=True, reason=reason)
    click.echo(_("It is confirmed."))


@serious_problem.command(help=N_("Say that one is no serious problem."))
@_number
@_reason
@pass_call
def dismiss(call: Call, number: int, reason: str) -> None:
    """It counts for nothing."""
    with call.opened() as (platform, actor):
        serious_problems.decide(platform, actor=actor, problem=number, confirm=False, reason=reason)
    click.echo(_("It is dismissed."))


def state(one: SeriousProblemView) -> str:
    """How a problem stands, in a word."""
    if one.confirmed is None:
        return _("to be decided")
    return _("confirmed") if one.confirmed else _("dismissed")
