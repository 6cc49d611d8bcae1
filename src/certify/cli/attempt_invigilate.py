"""`certify attempt open`, `events`, `grant-time`: what an invigilator sees and may do."""

from zoneinfo import ZoneInfo

import click

from certify.cli.board_text import minutes as clock
from certify.cli.board_text import print_board
from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services import hall_board, sitting_events, time_grants

ID = click.IntRange(1, 2**63 - 1)


@click.command("open", cls=Command, help=N_("List the exams in progress, for the invigilator."))
@option("--exam", metavar="CODE", default="", help=N_("Only this exam."))
@json_option
@pass_call
def open_(call: Call, exam: str, as_json: bool) -> None:
    """The exams in progress."""
    with call.opened() as (platform, actor):
        found = hall_board.board(platform, actor=actor, exam=exam)
        if as_json:
            print_json(found)
        else:
            print_board(platform, found)


@click.command(cls=Command, help=N_("What was noticed of one sitting, and every time given to it."))
@argument("attempt_id", metavar="ID", type=ID, help=N_("Number of the attempt."))
@json_option
@pass_call
def events(call: Call, attempt_id: int, as_json: bool) -> None:
    """The events of one sitting."""
    with call.opened() as (platform, actor):
        found = sitting_events.events(platform, actor=actor, attempt_id=attempt_id)
        zone = ZoneInfo(platform.policy.organisation.time_zone)
    if as_json:
        print_json(found)
        return
    columns = [_("When"), _("What"), _("Duration"), _("Reason"), _("By")]
    rows = [
        [
            f"{one.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            one.words,
            "" if one.seconds is None else clock(one.seconds),
            one.reason,
            one.by,
        ]
        for one in found
    ]
    print_table(columns, rows, _("Nothing was noticed."))


@click.command(
    "grant-time", cls=Command, help=N_("Give a candidate minutes in the middle of an exam.")
)
@argument("attempt_id", metavar="ID", type=ID, help=N_("Number of the attempt."))
@argument("minutes", type=int, help=N_("How many, 1 to 240."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why; kept in the ledger for good."))
@pass_call
def grant_time(call: Call, attempt_id: int, minutes: int, reason: str) -> None:
    """Give time."""
    with call.opened() as (platform, actor):
        time_grants.give_time(
            platform, actor=actor, attempt_id=attempt_id, minutes=minutes, reason=reason
        )
    click.echo(_("Given: {minutes} min.").format(minutes=minutes))


COMMANDS = (open_, events, grant_time)
