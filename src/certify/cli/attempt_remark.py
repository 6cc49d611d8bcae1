"""`certify attempt ask-re-marking`, `requests`, `answer`: re-marking on request."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _
from certify.services import remarking

ID = click.IntRange(1, 2**63 - 1)


@click.command(
    "ask-re-marking", cls=Command, help=N_("Ask for an attempt of one's own to be marked again.")
)
@argument("attempt_id", metavar="ID", type=ID, help=N_("Number of the attempt."))
@option("--reason", required=True, help=N_("Why it should be marked again."))
@pass_call
def ask(call: Call, /, attempt_id: int, reason: str) -> None:
    """The candidate asks."""
    with call.opened() as (platform, actor):
        number = remarking.ask(platform, actor=actor, attempt_id=attempt_id, reason=reason)
    click.echo(_("Request {number} is made; you are told the answer.").format(number=number))


@click.command("requests", cls=Command, help=N_("List the requests for re-marking."))
@json_option
@pass_call
def requests(call: Call, /, as_json: bool) -> None:
    """Those that wait first."""
    with call.opened() as (platform, actor):
        views = remarking.requests(platform, actor=actor)
    if as_json:
        print_json(views)
        return
    columns = [_("No."), _("Attempt"), _("Exam"), _("Name"), _("Reason"), _("State")]
    rows = [
        [
            one.id,
            one.attempt_id,
            one.exam,
            one.name,
            one.reason,
            one.answer if one.decided_at else _("waits for an answer"),
        ]
        for one in views
    ]
    print_table(columns, rows, _("Nobody asked for re-marking."))


@click.command("answer", cls=Command, help=N_("Answer a request for re-marking."))
@argument("number", metavar="NUMBER", type=ID, help=N_("Number of the request."))
@option("--text", required=True, help=N_("What came of it; the candidate reads it."))
@pass_call
def answer(call: Call, /, number: int, text: str) -> None:
    """Somebody else answers."""
    with call.opened() as (platform, actor):
        granted = remarking.answer(platform, actor=actor, number=number, text=text)
    marked, kept = _("The attempt was marked again."), _("The marks stayed as they were.")
    click.echo(marked if granted else kept)


COMMANDS = (ask, requests, answer)
