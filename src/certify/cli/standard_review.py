"""`certify standard review`, `due`, `record`: regular reviews and the revision record."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _, pick
from certify.services.standard_life import reviewing, words

_number = argument("number", metavar="NUMBER", help=N_("Number of the standard, such as CS-001."))


@click.command(cls=Command, help=N_("Write down that a standard was reviewed today."))
@_number
@option("--keep/--revise", "keeps", required=True, help=N_("Whether it stays as it is."))
@option("--remark", required=True, metavar="TEXT", help=N_("What was found."))
@pass_call
def review(call: Call, /, number: str, keeps: bool, remark: str) -> None:
    """A regular review."""
    with call.opened() as (platform, actor):
        due = reviewing.review(platform, actor=actor, number=number, keeps=keeps, remark=remark)
    click.echo(_("Kept. The next review is due until {day}.").format(day=due.isoformat()))


@click.command(cls=Command, help=N_("List when standards are to be reviewed."))
@option("--overdue", is_flag=True, help=N_("Only those whose day is over."))
@json_option
@pass_call
def due(call: Call, /, overdue: bool, as_json: bool) -> None:
    """The earliest first."""
    with call.opened() as (platform, actor):
        found = reviewing.due(platform, actor=actor, only_overdue=overdue)
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one.number,
            pick(one.item),
            one.since,
            one.reviewed_on or _("never"),
            one.due_on,
            _("overdue") if one.is_overdue else "",
        ]
        for one in found
    ]
    columns = [_("No."), _("Standard"), _("From"), _("Reviewed"), _("Review until"), _("State")]
    print_table(columns, rows, _("No review is due."))


@click.command(cls=Command, help=N_("Show the revision record of a standard."))
@_number
@json_option
@pass_call
def record(call: Call, /, number: str, as_json: bool) -> None:
    """Date, version, description, reviser."""
    with call.opened() as (platform, actor):
        found = reviewing.revision_record(platform, actor=actor, number=number)
    if as_json:
        print_json(found)
        return
    if found.is_confidential:
        click.echo(words.confidential())
    rows = [
        [
            one.effective_from,
            one.number,
            one.description or "–",
            one.reviser or "–",
            _(words.TEXT_STATES[one.state]),
        ]
        for one in found.lines
    ]
    print_table([_("Date"), _("Version"), _("Description"), _("Reviser"), _("State")], rows, "")
    if found.withdrawn_on:
        click.echo(_("Withdrawn on {day}").format(day=found.withdrawn_on.isoformat()))


COMMANDS = (review, due, record)
