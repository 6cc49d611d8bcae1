"""`certify attempt open`, `events`, `grant-time`: what an invigilator sees and may do."""

from zoneinfo import ZoneInfo

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _, pick
from certify.services import invigilation, sitting_events, time_grants
from certify.services.invigilation import OpenAttempt

ID = click.IntRange(1, 2**63 - 1)


@click.command("open", cls=Command, help=N_("List the exams in progress, for the invigilator."))
@option("--exam", metavar="CODE", default="", help=N_("Only this exam."))
@json_option
@pass_call
def open_(call: Call, exam: str, as_json: bool) -> None:
    """The exams in progress."""
    with call.opened() as (platform, actor):
        hall = invigilation.hall(platform, actor=actor, exam=exam)
        zone = ZoneInfo(platform.policy.organisation.time_zone)
    if as_json:
        print_json(hall)
        return
    columns = [_("No."), _("Staff no."), _("Name"), _("Exam"), _("Answered"), _("Time left")]
    columns += [_("Last answer"), _("Away"), _("Now")]
    rows = [
        [
            one.attempt_id,
            one.staff_no,
            one.name,
            pick(one.title),
            f"{one.answered}/{one.items}",
            _minutes(max(0, int((one.deadline - hall.now).total_seconds()))),
            f"{one.last_heard.astimezone(zone):%H:%M:%S}",
            f"{one.focus_lost}× {_minutes(one.seconds_away)}" if one.focus_lost else "",
            _now(one),
        ]
        for one in hall.attempts
    ]
    print_table(columns, rows, _("Nobody is sitting an exam now."))


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
            "" if one.seconds is None else _minutes(one.seconds),
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


def _now(one: OpenAttempt) -> str:
    if one.on_break_since is not None:
        return _("on a break")
    return _("in another window") if one.is_away else ""


def _minutes(seconds: int) -> str:
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 60}:{seconds % 60:02}"
