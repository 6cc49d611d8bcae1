"""`certify attempt verify`: results computed again from what they rest on."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument
from certify.cli.listing_text import json_option, print_json
from certify.i18n import N_, _, _n
from certify.services import replaying
from certify.services.replaying import Trouble

ID = click.IntRange(1, 2**63 - 1)
TROUBLES = {
    Trouble.CHAIN: N_("response {number} does not fit the chain"),
    Trouble.PARTS: N_("result {number}: answers, keys and markings give other points"),
    Trouble.VERDICT: N_("result {number}: points or verdict are not those of its items"),
    Trouble.LEDGER: N_("result {number}: the ledger says something else"),
    Trouble.ATTEMPT: N_("the attempt does not carry result {number}"),
}


@click.command(
    "verify",
    cls=Command,
    help=N_("Compute the results of an attempt again and compare them with what is stored."),
)
@argument("attempt_id", metavar="ID", type=ID, help=N_("Number of the attempt."))
@json_option
@pass_call
def verify(call: Call, /, attempt_id: int, as_json: bool) -> int:
    """Exit code 1 when something does not fit."""
    with call.opened() as (platform, actor):
        found = replaying.replay(platform, actor=actor, attempt_id=attempt_id)
    if as_json:
        print_json(found)
    elif not found.troubles:
        told = _n(
            "Attempt {id}: {count} result, computed again, is as it is stored.",
            "Attempt {id}: {count} results, computed again, are as they are stored.",
            found.results,
        )
        click.echo(told.format(id=attempt_id, count=found.results))
    else:
        for trouble, number in found.troubles:
            click.echo(_(TROUBLES[trouble]).format(number=number))
    return 1 if found.troubles else 0
