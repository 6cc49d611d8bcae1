"""`certify goal`: quality goals and how far they came."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.scoring import points_text
from certify.i18n import N_, _, _n, pick
from certify.services.reporting import goals
from certify.services.reporting.said import Percent


@click.group(cls=Group, help=N_("Goals: from a baseline to a target, and how far they came."))
def goal() -> None:
    """The noun."""


@goal.command("list", help=N_("List every goal with its progress."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Goals."""
    with call.opened() as (platform, actor):
        found = goals.goals(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one.code,
            pick(one.title),
            points_text(one.base),
            points_text(one.target),
            points_text(one.now.value) if one.now else "–",
            pick(one.unit),
            one.now.day if one.now else "",
            Percent(one.now.progress if one.now else None),
        ]
        for one in found
    ]
    columns = [_("Code"), _("Goal"), _("Baseline"), _("Target"), _("Now"), _("Unit"), _("Day")]
    none = _("There are no goals yet; “certify goal seed” sets those of the sources.")
    print_table([*columns, _("Progress")], rows, none)


@goal.command(help=N_("Set the goals of the sources: satisfaction, response, complaints."))
@pass_call
def seed(call: Call) -> None:
    """Those that are missing."""
    with call.opened() as (platform, actor):
        count = goals.seed(platform, actor=actor)
    click.echo(_n("{count} goal set.", "{count} goals set.", count).format(count=count))


@goal.command(help=N_("Set a goal; it stays as it is from then on."))
@argument("code", metavar="CODE", help=N_("Its code."))
@option("--title", required=True, metavar="TEXT", help=N_("What is measured."))
@option("--unit", required=True, metavar="TEXT", help=N_("In what it is measured."))
@option("--base", required=True, metavar="NUMBER", help=N_("Where it stands at the start."))
@option("--target", required=True, metavar="NUMBER", help=N_("Where it is to go."))
@pass_call
def add(call: Call, code: str, title: str, unit: str, base: str, target: str) -> None:
    """A new goal."""
    with call.opened() as (platform, actor):
        goals.set_goal(
            platform, actor=actor, code=code, title=title, unit=unit, base=base, target=target
        )
    click.echo(_("The goal “{code}” is set.").format(code=code))


@goal.command(help=N_("Write down where a goal's measure stands on a day."))
@argument("code", metavar="CODE", help=N_("Code of the goal."))
@argument("value", metavar="NUMBER", help=N_("What was measured."))
@option("--date", "day", type=DAY, help=N_("The day; else today."))
@pass_call
def record(call: Call, code: str, value: str, day: date | None) -> None:
    """One value."""
    with call.opened() as (platform, actor):
        done = goals.measure(
            platform, actor=actor, code=code, value=value, day=day or platform.today()
        )
    text = _("{value} on {day}: progress {progress}")
    click.echo(
        text.format(
            value=points_text(done.value),
            day=done.day.isoformat(),
            progress=Percent(done.progress),
        )
    )
