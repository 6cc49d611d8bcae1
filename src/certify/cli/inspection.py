"""`certify inspection`: the register, who is due, notices and anomaly forms."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.inspection_anomaly import anomaly
from certify.cli.inspection_notice import notice
from certify.cli.inspection_record import record
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean
from certify.domain.inspection import InspectionResult
from certify.i18n import N_, _, pick
from certify.services.inspection import (
    checklists,
    lines,
    reading,
    register,
    results,
    schedule,
    sheets,
    skill,
)
from certify.services.inspection.register import RegisterFilter
from certify.services.inspection.words import RESULTS, days_left, rate_text

_first = option("--from", "first", type=DAY, help=N_("First day."))
_last = option("--to", "last", type=DAY, help=N_("Last day, inclusive; else today."))


@click.group(
    cls=Group, help=N_("Inspections: record, who is due, rectification notices, anomaly forms.")
)
def inspection() -> None:
    """The noun."""


inspection.add_command(record)
inspection.add_command(notice)
inspection.add_command(anomaly)


@inspection.command("list", help=N_("List the register, the newest check first."))
@_first
@_last
@option("--person", "staff_no", default="", metavar="STAFF_NO", help=N_("Only of this person."))
@option("--department", default="", metavar="CODE", help=N_("Only of this department."))
@option(
    "--result", type=click.Choice([one.value for one in InspectionResult]), help=N_("Only these.")
)
@option("--unread", is_flag=True, help=N_("Only my own results that I have not confirmed."))
@json_option
@pass_call
def list_(
    call: Call,
    first: date | None,
    last: date | None,
    staff_no: str,
    department: str,
    result: str | None,
    unread: bool,
    as_json: bool,
) -> None:
    """Those that the actor may see."""
    found_result = InspectionResult(result) if result else None
    wanted = RegisterFilter(first, last, staff_no, department, found_result)
    with call.opened() as (platform, actor):
        if unread:
            found = register.unconfirmed(platform, actor=actor)
        else:
            found = register.register(platform, actor=actor, wanted=wanted)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("No."), _("Day"), _("Inspected"), _("Held against"), _("Sample"), _("Result")],
        [
            [
                one.number,
                one.day,
                lines.whom(one),
                lines.what(one),
                rate_text(one.sampled, one.passed),
                _(RESULTS[one.result]) + (" !" if one.is_major else ""),
            ]
            for one in found
        ],
        _("No check is in the register for these days."),
    )


@inspection.command(help=N_("Show one check in full."))
@argument("number", help=N_("Number in the register."))
@json_option
@pass_call
def show(call: Call, number: str, as_json: bool) -> None:
    """One line of the register."""
    with call.opened() as (platform, actor):
        found = register.show(platform, actor=actor, number=number)
    if as_json:
        print_json(found)
        return
    for text in lines.inspection_lines(found):
        say(clean(text))


@inspection.command(help=N_("List who is due for inspection this week, overdue ones first."))
@json_option
@pass_call
def due(call: Call, as_json: bool) -> None:
    """With the reason of each."""
    with call.opened() as (platform, actor):
        found = schedule.due(platform, actor=actor)
        today = platform.today()
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Staff no."), _("Name"), _("Department"), _("Until"), _("State"), _("Reason")],
        [
            [
                one.staff_no,
                one.name,
                pick(one.department),
                one.due_on,
                days_left(one.due_on, today),
                schedule.reason_text(one),
            ]
            for one in found
        ],
        _("Nobody is due for inspection this week."),
    )


@inspection.command(help=N_("Confirm having read the result of a check of yours."))
@argument("number", help=N_("Number in the register."))
@pass_call
def read(call: Call, number: str) -> None:
    """Only the inspected person does."""
    with call.opened() as (platform, actor):
        reading.confirm(platform, actor=actor, number=number)
    click.echo(_("You have confirmed reading {number}.").format(number=number))


@inspection.command(help=N_("Decide whether a newcomer is skilled when the checks did not."))
@argument("staff_no", help=N_("Whose direct supervisor you are."))
@option("--yes/--no", "skilled", required=True, help=N_("Skilled, or weekly checks go on."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why."))
@pass_call
def skilled(call: Call, staff_no: str, skilled: bool, reason: str) -> None:
    """The supervisor's word."""
    with call.opened() as (platform, actor):
        skill.decide(platform, actor=actor, staff_no=staff_no, skilled=skilled, reason=reason)
    click.echo(_("The decision about {staff_no} is kept.").format(staff_no=staff_no))


@inspection.command("checklists", help=N_("List the checklists and their points."))
@json_option
@pass_call
def checklists_(call: Call, as_json: bool) -> None:
    """Those that come with certify, and the company's own."""
    with call.opened() as (platform, actor):
        found = checklists.checklists(platform, actor=actor)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    print_table(
        [_("Checklist"), _("Point"), _("Text")],
        [
            [one.code, f"{place} {point.code}", pick(dict(point.text.items()))]
            for one in found
            for place, point in enumerate(one.points, start=1)
        ],
        "",
    )


@inspection.command(help=N_("The inspection report: each department's checks and notices."))
@_first
@_last
@json_option
@pass_call
def report(call: Call, first: date | None, last: date | None, as_json: bool) -> None:
    """Of a year where no first day is given."""
    with call.opened() as (platform, actor):
        until = last or platform.today()
        since = first or until - register.YEAR
        found = results.report(platform, actor=actor, first=since, last=until)
    if as_json:
        print_json(found)
        return
    columns, rows = sheets.report_table(found)
    print_table([one.heading for one in columns], rows, _("Nothing was inspected in these days."))
