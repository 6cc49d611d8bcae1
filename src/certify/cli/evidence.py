"""`certify evidence`: events at work that stand behind a score."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services.evaluation import evidence as events


@click.group(cls=Group, help=N_("Evidence of an evaluation: attach events at work, list them."))
def evidence() -> None:
    """The noun."""


@evidence.command("list", help=N_("List the events behind the scores of a person."))
@argument("staff_no", metavar="[STAFF_NO]", required=False, help=N_("Of whom; else your own."))
@json_option
@pass_call
def list_(call: Call, staff_no: str | None, as_json: bool) -> None:
    """The newest day first."""
    with call.opened() as (platform, actor):
        found = events.of_person(platform, actor=actor, staff_no=staff_no)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Day"), _("Kind"), _("No."), _("Scheme"), _("Indicator"), _("What happened")],
        [
            [one.day, _(events.KINDS[one.kind]), one.reference, one.scheme, one.indicator, one.what]
            for one in found
        ],
        _("No event is attached."),
    )


@evidence.command(help=N_("Attach an event; it counts once in a scheme."))
@argument("staff_no", metavar="STAFF_NO", help=N_("Whose it is."))
@option("--kind", type=click.Choice(list(events.KINDS)), required=True, help=N_("What it was."))
@option("--reference", required=True, metavar="NO", help=N_("Its number where it is kept."))
@option("--day", type=DAY, required=True, help=N_("The day on which it happened."))
@option("--what", required=True, metavar="TEXT", help=N_("What happened."))
@option("--scheme", required=True, metavar="SCHEME", help=N_("Scheme in which it counts."))
@option("--indicator", default="", metavar="CODE", help=N_("Indicator it speaks for."))
@pass_call
def attach(
    call: Call,
    staff_no: str,
    kind: str,
    reference: str,
    day: date,
    what: str,
    scheme: str,
    indicator: str,
) -> None:
    """By an inspector, the evaluation group or HR."""
    with call.opened() as (platform, actor):
        events.attach(
            platform,
            actor=actor,
            staff_no=staff_no,
            scheme=scheme,
            kind=kind,
            reference=reference,
            day=day,
            what=what,
            indicator=indicator,
        )
    click.echo(_("The event is attached."))
