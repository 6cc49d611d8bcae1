"""`certify inspection anomaly`: anomaly handling forms and their signatures."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain import anomaly as path
from certify.domain.clean import clean
from certify.i18n import N_, _, pick
from certify.services.inspection import anomalies, anomaly_steps, lines

_number = argument("number", help=N_("Number of the form."))


@click.group(
    cls=Group, help=N_("Anomaly forms: open, instruct, countersign, recheck; none is skipped.")
)
def anomaly() -> None:
    """The noun."""


@anomaly.command("open", help=N_("Open a form about something irregular in service."))
@option("--what", required=True, metavar="TEXT", help=N_("What was irregular."))
@option("--cause", required=True, metavar="TEXT", help=N_("Why it happened."))
@option("--process", required=True, metavar="TEXT", help=N_("How it was handled."))
@option("--countermeasure", required=True, metavar="TEXT", help=N_("So that it does not recur."))
@option("--department", default="", metavar="CODE", help=N_("Where it happened."))
@option("--person", "staff_no", default="", metavar="STAFF_NO", help=N_("Whom it concerns."))
@option("--day", type=DAY, help=N_("The day it happened; today by default."))
@pass_call
def open_(
    call: Call,
    what: str,
    cause: str,
    process: str,
    countermeasure: str,
    department: str,
    staff_no: str,
    day: date | None,
) -> None:
    """The specialist does."""
    with call.opened() as (platform, actor):
        number = anomalies.open_form(
            platform,
            actor=actor,
            what=what,
            cause=cause,
            process=process,
            countermeasure=countermeasure,
            department=department,
            staff_no=staff_no,
            day=day,
        )
    click.echo(_("{number} is open and waits for the instruction.").format(number=number))


@anomaly.command(help=N_("Give the instruction, and name the departments that countersign."))
@_number
@option("--instruction", required=True, metavar="TEXT", help=N_("What is to be done."))
@option(
    "--department", "departments", multiple=True, metavar="CODE", help=N_("One that countersigns.")
)
@pass_call
def instruct(call: Call, number: str, instruction: str, departments: tuple[str, ...]) -> None:
    """The manager does."""
    with call.opened() as (platform, actor):
        anomaly_steps.instruct(
            platform,
            actor=actor,
            number=number,
            instruction=instruction,
            departments=departments,
        )
    click.echo(_("{number} waits for the countersignatures.").format(number=number))


@anomaly.command(help=N_("Give the consent of a department that you supervise."))
@_number
@option("--department", required=True, metavar="CODE", help=N_("Which one."))
@option("--opinion", required=True, metavar="TEXT", help=N_("What it says."))
@pass_call
def countersign(call: Call, number: str, department: str, opinion: str) -> None:
    """A supervisor of the department does."""
    with call.opened() as (platform, actor):
        anomaly_steps.countersign(
            platform, actor=actor, number=number, department=department, opinion=opinion
        )
    click.echo(
        _("{department} has countersigned {number}.").format(department=department, number=number)
    )


@anomaly.command(help=N_("Say whether it works; a failure asks for a new instruction."))
@_number
@option("--passed/--failed", "passed", required=True, help=N_("Whether it works."))
@option("--text", required=True, metavar="TEXT", help=N_("What was seen."))
@pass_call
def recheck(call: Call, number: str, passed: bool, text: str) -> None:
    """Somebody who did not open it does."""
    with call.opened() as (platform, actor):
        anomaly_steps.recheck(platform, actor=actor, number=number, passed=passed, text=text)
    said = _("{number} is closed.") if passed else _("{number} waits for a new instruction.")
    click.echo(said.format(number=number))


@anomaly.command("list", help=N_("List the forms that you may see, the newest first."))
@option("--open", "is_open", is_flag=True, help=N_("Only those that are not closed."))
@json_option
@pass_call
def list_(call: Call, is_open: bool, as_json: bool) -> None:
    """With who signed."""
    with call.opened() as (platform, actor):
        found = anomalies.forms(platform, actor=actor, is_open=is_open)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("No."), _("Day"), _("Department"), _("Anomaly"), _("Countersigned"), _("State")],
        [
            [
                one.number,
                one.day,
                pick(one.department),
                one.what,
                f"{sum(bool(s.signed_by) for s in one.signatures)}/{len(one.signatures)}",
                _(path.STATES[one.state]),
            ]
            for one in found
        ],
        _("There are no anomaly forms."),
    )


@anomaly.command(help=N_("Show one form with its steps and what comes next."))
@_number
@json_option
@pass_call
def show(call: Call, number: str, as_json: bool) -> None:
    """In full."""
    with call.opened() as (platform, actor):
        found = anomalies.show(platform, actor=actor, number=number)
    if as_json:
        print_json(found)
        return
    for text in lines.anomaly_lines(found):
        say(clean(text))
