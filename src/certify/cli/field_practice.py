"""`certify field-practice`: the log of on-site practice, its remarks and its sign-off."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services import field_practice as logs
from certify.services import field_practice_log
from certify.services.field_practice import LogView


@click.group(
    cls=Group,
    help=N_("On-site practice: the log, the guide's remarks, the sign-off."),
)
def field_practice() -> None:
    """The noun."""


@field_practice.command("list", help=N_("Show a log; without a number one's own."))
@argument("staff_no", required=False, help=N_("Whose log."))
@option("--guided", is_flag=True, help=N_("Instead: everybody whom you guide today."))
@json_option
@pass_call
def list_(call: Call, staff_no: str | None, guided: bool, as_json: bool) -> None:
    """One log, or those of all whom the actor guides."""
    with call.opened() as (platform, actor):
        if guided:
            found = logs.guided(platform, actor=actor)
        else:
            found = [logs.log(platform, actor=actor, staff_no=staff_no)]
    if as_json:
        print_json(found if guided else found[0])
    elif guided:
        print_table(
            [_("Staff no."), _("Name"), _("Tasks"), _("Working days"), _("Waiting"), _("State")],
            [
                [one.staff_no, one.name, *_amounts(one), one.waiting, logs.state(one)]
                for one in found
            ],
            _("You guide nobody today."),
        )
    else:
        _print_log(found[0])


@field_practice.command(help=N_("Write down a task that you did."))
@argument("task", help=N_("What you did."))
@option("--day", type=DAY, help=N_("The day it was done; today by default."))
@option("--entry", type=int, help=N_("Write this entry anew, before the guide's remark."))
@pass_call
def add(call: Call, task: str, day: date | None, entry: int | None) -> None:
    """Add or change one."""
    with call.opened() as (platform, actor):
        on = day or platform.today()
        if entry is None:
            entry = field_practice_log.write_entry(platform, actor=actor, day=on, task=task)
        else:
            field_practice_log.change_entry(platform, actor=actor, entry=entry, day=on, task=task)
    click.echo(_("Entry {number} is written.").format(number=entry))


@field_practice.command(help=N_("Remark on a task of somebody you guide."))
@argument("entry", type=int, help=N_("Number of the entry."))
@argument("remark", metavar="REMARK", help=N_("What you saw."))
@option("--improvement", required=True, metavar="TEXT", help=N_("What to do better."))
@pass_call
def remark(call: Call, entry: int, remark: str, improvement: str) -> None:
    """Remark on one."""
    with call.opened() as (platform, actor):
        field_practice_log.remark(
            platform, actor=actor, entry=entry, remark=remark, improvement=improvement
        )
    click.echo(_("The remark on entry {number} is kept.").format(number=entry))


@field_practice.command("sign-off", help=N_("Say that somebody's on-site practice is complete."))
@argument("staff_no", help=N_("Whom you guide."))
@option("--note", default="", metavar="TEXT", help=N_("A last word to them."))
@pass_call
def sign_off(call: Call, staff_no: str, note: str) -> None:
    """Sign off."""
    with call.opened() as (platform, actor):
        field_practice_log.sign_off(platform, actor=actor, staff_no=staff_no, note=note)
    click.echo(_("The on-site practice of {staff_no} is signed off.").format(staff_no=staff_no))


def _amounts(log: LogView) -> list[str]:
    done, needed = log.done, log.needed
    return [f"{done.entries}/{needed.entries}", f"{done.days}/{needed.days}"]


def _print_log(log: LogView) -> None:
    tasks, days = _amounts(log)
    head = _("{name} {staff_no}: {state}; tasks {tasks}, working days {days}")
    click.echo(
        head.format(
            name=log.name,
            staff_no=log.staff_no,
            state=logs.state(log),
            tasks=tasks,
            days=days,
        )
    )
    if log.locked:
        click.echo(log.locked)
    print_table(
        [_("No."), _("Day"), _("Task"), _("Guide"), _("Remark"), _("Improvement")],
        [[o.id, o.day, o.task, o.guide, o.remark, o.improvement] for o in log.entries],
        _("Nothing is written yet."),
    )
