"""`certify coaching-plan`: what a supervisor does with a report after a weak grade."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services.evaluation import coaching
from certify.services.evaluation.coaching import PlanView

_number = argument("number", metavar="NUMBER", type=int, help=N_("Number of the plan."))


@click.group(cls=Group, help=N_("Coaching plans: list, write, mark as done."))
def coaching_plan() -> None:
    """The noun."""


@coaching_plan.command("list", help=N_("List coaching plans, the one due first first."))
@option("--overdue", "only_overdue", is_flag=True, help=N_("Only those past their last day."))
@json_option
@pass_call
def list_(call: Call, only_overdue: bool, as_json: bool) -> None:
    """HR sees all, others those of their reports and their own."""
    wanted = coaching.overdue if only_overdue else coaching.listed
    with call.opened() as (platform, actor):
        found = wanted(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("No."), _("Staff no."), _("Name"), _("Period"), _("Until"), _("State"), _("Steps")],
        [
            [one.id, one.staff_no, one.name, one.period, one.due_on, state(one), one.steps]
            for one in found
        ],
        _("There are no coaching plans."),
    )


@coaching_plan.command(help=N_("Write the plan for a report of yours."))
@_number
@option("--steps", required=True, metavar="TEXT", help=N_("What is to be done."))
@pass_call
def write(call: Call, number: int, steps: str) -> None:
    """The person reads it."""
    with call.opened() as (platform, actor):
        coaching.write(platform, actor=actor, plan=number, steps=steps)
    click.echo(_("The plan is written; the person reads it."))


@coaching_plan.command(help=N_("Say that a plan was carried out."))
@_number
@pass_call
def done(call: Call, number: int) -> None:
    """Today."""
    with call.opened() as (platform, actor):
        coaching.mark_done(platform, actor=actor, plan=number)
    click.echo(_("The plan is done."))


def state(one: PlanView) -> str:
    """How a plan stands, in words."""
    if one.done_on is not None:
        return _("done on {day}").format(day=one.done_on.isoformat())
    if one.is_overdue:
        return _("overdue")
    return _("under way") if one.steps else _("to be written")
