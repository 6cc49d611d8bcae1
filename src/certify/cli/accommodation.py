"""`certify accommodation`: what single persons need in exams."""

from datetime import date
from fractions import Fraction

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import accommodations

ID = click.IntRange(1, 2**63 - 1)


@click.group(cls=Group, help=N_("Accommodations: more time, breaks or line mode for one person."))
def accommodation() -> None:
    """The noun."""


@accommodation.command("list", help=N_("List accommodations, the newest first."))
@option("--person", "staff_no", metavar="STAFF_NO", help=N_("Only this person's."))
@json_option
@pass_call
def list_(call: Call, staff_no: str | None, as_json: bool) -> None:
    """Accommodations."""
    with call.opened() as (platform, actor):
        views = accommodations.listed(platform, actor=actor, staff_no=staff_no)
    if as_json:
        print_json(views)
        return
    columns = [_("No."), _("Staff no."), _("Name"), _("Exam"), _("Time"), _("Break"), _("Lines")]
    columns += [_("Until"), _("Now"), _("Approved by")]
    rows = [
        [
            view.id,
            view.staff_no,
            view.name,
            view.exam or _("every exam"),
            f"×{view.time_factor}",
            _("{minutes} min").format(minutes=view.break_minutes) if view.break_minutes else "",
            _("yes") if view.line_mode else "",
            view.valid_to,
            _("in force") if view.in_force else _("ended"),
            view.approved_by,
        ]
        for view in views
    ]
    print_table(columns, rows, _("There are no accommodations."))


@accommodation.command(
    help=N_("Give a person what they need, from today on; an open exam follows at once.")
)
@argument("staff_no", help=N_("Who needs it."))
@option("--reason", required=True, metavar="TEXT", help=N_("The decision it rests on."))
@option("--exam", metavar="CODE", default="", help=N_("Only in this exam."))
@option("--time-factor", metavar="NUMBER", default="1", help=N_("1 to 4, such as 1.25 or 4/3."))
@option("--break-minutes", type=int, default=0, help=N_("Minutes of break in one exam."))
@option("--line-mode", is_flag=True, help=N_("The person sits by lines of text."))
@option("--until", "valid_to", type=DAY, help=N_("Last day, inclusive."))
@pass_call
def grant(
    call: Call,
    staff_no: str,
    reason: str,
    exam: str,
    time_factor: str,
    break_minutes: int,
    line_mode: bool,
    valid_to: date | None,
) -> None:
    """Give an accommodation."""
    try:
        factor = Fraction(time_factor)
    except (ValueError, ZeroDivisionError):
        raise BadInput(_("“{text}” is no number.").format(text=time_factor)) from None
    with call.opened() as (platform, actor):
        number = accommodations.grant(
            platform,
            actor=actor,
            staff_no=staff_no,
            reason=reason,
            exam=exam,
            time_factor=factor,
            break_minutes=break_minutes,
            line_mode=line_mode,
            valid_to=valid_to,
        )
    click.echo(_("Accommodation {number} is in force.").format(number=number))


@accommodation.command(help=N_("End an accommodation; an open exam follows at once."))
@argument("number", type=ID, help=N_("Number of the accommodation."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why; kept in the ledger for good."))
@pass_call
def end(call: Call, number: int, reason: str) -> None:
    """End an accommodation."""
    with call.opened() as (platform, actor):
        accommodations.end(platform, actor=actor, accommodation_id=number, reason=reason)
    click.echo(_("Accommodation {number} has ended.").format(number=number))
