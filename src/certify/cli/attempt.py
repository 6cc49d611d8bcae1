"""`certify attempt`: the actor's own attempts, and the result of one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from certify.cli import (
    attempt_conduct,
    attempt_correct,
    attempt_invigilate,
    attempt_remark,
    attempt_verify,
)
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.result_text import result_lines
from certify.cli.review_text import print_review
from certify.domain.attempt import AttemptState
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services import release, results
from certify.services.results import AttemptView

ID = click.IntRange(1, 2**63 - 1)
"""What databases can hold as a number."""


@click.group(cls=Group, help=N_("Attempts: my own, and their results."))
def attempt() -> None:
    """The noun."""


@attempt.command("list", help=N_("List the attempts of the person of --as, newest first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """One's own attempts."""
    if call.staff_no is None:
        raise BadInput(_("Whose attempts?"), mend=_("Write “certify --as STAFF_NO attempt list”."))
    with call.opened() as (platform, actor):
        views = results.record(platform, actor=actor).attempts
        zone = ZoneInfo(platform.policy.organisation.time_zone)
    if as_json:
        print_json(views)
        return
    columns = [_("No."), _("Exam"), _("Which attempt"), _("Started"), _("Mark"), _("Result")]
    rows = [
        [
            view.attempt_id,
            pick(view.title),
            _number(view),
            _moment(view.started_at, zone),
            view.mark,
            _verdict(view),
        ]
        for view in views
    ]
    print_table(columns, rows, _("No attempt yet; “certify exam list” shows what can be sat."))


@attempt.command(help=N_("Show the result of one attempt with its topics."))
@argument("attempt_id", metavar="ID", type=ID, help=N_("Number of the attempt."))
@option(
    "--review", "reviews", is_flag=True, help=N_("Own answer, key and explanation, once released.")
)
@json_option
@pass_call
def show(call: Call, attempt_id: int, reviews: bool, as_json: bool) -> None:
    """The result, to those who may see it."""
    with call.opened() as (platform, actor):
        if reviews:
            print_review(release.review(platform, actor=actor, attempt_id=attempt_id), as_json)
            return
        view = results.result(platform, actor=actor, attempt_id=attempt_id)
    if as_json:
        print_json(view)
        return
    for line in result_lines(view):
        click.echo(line)


for one in (
    attempt_verify.verify,
    *attempt_invigilate.COMMANDS,
    *attempt_conduct.COMMANDS,
    *attempt_correct.COMMANDS,
    *attempt_remark.COMMANDS,
):
    attempt.add_command(one)


def _number(view: AttemptView) -> str:
    """The number of the attempt; a retake is named as one (R-REM-04)."""
    retake = " " + _("(retake)") if view.number > 1 else ""
    return f"{view.number}{retake}"


def _verdict(view: AttemptView) -> str:
    if view.state is AttemptState.OPEN:
        return _("in progress")
    if view.state is AttemptState.AWAITING:
        return _("awaiting marking")
    if view.passed is None:
        return _("no result")
    return _("passed") if view.passed else _("not passed")


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
