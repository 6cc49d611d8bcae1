"""`certify certificate sign`: all that waits for a signature, in one go."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command
from certify.cli.listing_text import json_option, print_json
from certify.domain.clean import clean_line
from certify.i18n import N_, _, _n


@click.command(
    cls=Command,
    help=N_(
        "Sign every certificate that is not signed yet.\n\n"
        "Afterwards exports need no private key, which can be kept elsewhere."
    ),
)
@json_option
@pass_call
def sign(call: Call, as_json: bool) -> int:
    """Exit code 1 when one cannot be signed."""
    from certify.services.credentials import signing

    with call.opened() as (platform, actor):
        done = signing.sign_all(platform, actor=actor)
    if as_json:
        print_json(done)
        return 1 if done.left_out else 0
    text = _n("{count} certificate was signed.", "{count} certificates were signed.", done.count)
    click.echo(text.format(count=done.count))
    for number in done.left_out:
        click.echo(
            _("{number} has a fact that cannot be signed.").format(number=clean_line(number))
        )
    return 1 if done.left_out else 0
