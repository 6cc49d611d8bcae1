"""`certify inspection notice`: rectification notices and their steps."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain import rectification
from certify.domain.clean import clean
from certify.i18n import N_, _, pick
from certify.services.inspection import lines, notice_steps, notices

_number = argument("number", help=N_("Number of the notice."))
_text = option("--text", default="", metavar="TEXT", help=N_("A word on it."))


@click.group(cls=Group, help=N_("Rectification notices: issue, answer, done, verify, close."))
def notice() -> None:
    """The noun."""


@notice.command(help=N_("Order a correction; the deadline comes from policy."))
@option("--owner", required=True, metavar="STAFF_NO", help=N_("Who answers for it."))
@option("--problem", required=True, metavar="TEXT", help=N_("What is wrong."))
@option("--inspection", default="", metavar="NUMBER", help=N_("The check it comes from."))
@option("--standard", default="", metavar="NUMBER", help=N_("The standard that was not kept."))
@pass_call
def issue(call: Call, owner: str, problem: str, inspection: str, standard: str) -> None:
    """An inspector issues it."""
    with call.opened() as (platform, actor):
        number = notices.issue(
            platform,
            actor=actor,
            owner=owner,
            problem=problem,
            inspection=inspection,
            standard=standard,
        )
        found = notices.show(platform, actor=actor, number=number)
    text = _("{number} is issued, due {day}.")
    click.echo(text.format(number=number, day=found.due_on.isoformat()))


@notice.command(help=N_("Answer a notice of yours with cause and measure."))
@_number
@option("--cause", required=True, metavar="TEXT", help=N_("Why it happened."))
@option("--measure", required=True, metavar="TEXT", help=N_("What you do about it."))
@pass_call
def answer(call: Call, number: str, cause: str, measure: str) -> None:
    """The owner does."""
    with call.opened() as (platform, actor):
        notice_steps.answer(platform, actor=actor, number=number, cause=cause, measure=measure)
    click.echo(_("{number} is answered.").format(number=number))


@notice.command(help=N_("Say that the measure is done."))
@_number
@_text
@pass_call
def done(call: Call, number: str, text: str) -> None:
    """The owner does."""
    with call.opened() as (platform, actor):
        notice_steps.done(platform, actor=actor, number=number, text=text)
    click.echo(_("{number} is done and waits for verification.").format(number=number))


@notice.command(help=N_("Say whether the measure works; never one's own."))
@_number
@option("--passed/--failed", "passed", required=True, help=N_("Whether it works."))
@_text
@pass_call
def verify(call: Call, number: str, passed: bool, text: str) -> None:
    """An inspector does."""
    with call.opened() as (platform, actor):
        notice_steps.verify(platform, actor=actor, number=number, passed=passed, text=text)
        found = notices.show(platform, actor=actor, number=number)
    said = _("{number} is verified.").format(number=number)
    if not passed:
        said = _("{number} is open again, due {day}.").format(
            number=number, day=found.due_on.isoformat()
        )
    click.echo(said)


@notice.command(help=N_("Close what was verified; never one's own."))
@_number
@_text
@pass_call
def close(call: Call, number: str, text: str) -> None:
    """An inspector does."""
    with call.opened() as (platform, actor):
        notice_steps.close(platform, actor=actor, number=number, text=text)
    click.echo(_("{number} is closed.").format(number=number))


@notice.command("list", help=N_("List the notices that you may see, the newest first."))
@option("--open", "is_open", is_flag=True, help=N_("Only those that are not closed."))
@option("--overdue", is_flag=True, help=N_("Only those past their deadline, longest first."))
@json_option
@pass_call
def list_(call: Call, is_open: bool, overdue: bool, as_json: bool) -> None:
    """With owner, deadline and state."""
    with call.opened() as (platform, actor):
        if overdue:
            found = notices.overdue(platform, actor=actor)
        else:
            found = notices.notices(platform, actor=actor, is_open=is_open)
        today = platform.today()
    if as_json:
        print_json(found)
        return
    print_table(
        [_("No."), _("Owner"), _("Department"), _("Problem"), _("Due on"), _("State")],
        [
            [
                one.number,
                f"{one.owner} {one.owner_no}",
                pick(one.department),
                one.problem,
                lines.deadline_text(one, today),
                _(rectification.STATES[one.state]),
            ]
            for one in found
        ],
        _("There are no rectification notices."),
    )


@notice.command(help=N_("Show one notice with its steps and what comes next."))
@_number
@json_option
@pass_call
def show(call: Call, number: str, as_json: bool) -> None:
    """In full."""
    with call.opened() as (platform, actor):
        found = notices.show(platform, actor=actor, number=number)
        today = platform.today()
    if as_json:
        print_json(found)
        return
    for text in lines.notice_lines(found, today):
        say(clean(text))
