"""`certify certificate publish`: keys and status lists as files."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument
from certify.cli.listing_text import json_option, print_json
from certify.i18n import N_, _, _n


@click.command(
    cls=Command, help=N_("Write the public keys and the status lists for others into a folder.")
)
@argument(
    "folder", metavar="FOLDER", type=click.Path(path_type=Path), help=N_("Folder to write into.")
)
@json_option
@pass_call
def publish(call: Call, folder: Path, as_json: bool) -> None:
    """To be run more often than a status list is valid."""
    from certify.services.credentials import publishing

    with call.opened() as (platform, actor):
        made = publishing.publish(platform, actor=actor, folder=folder)
        has_host = bool(platform.policy.certificate.host)
    if as_json:
        print_json(made)
        return
    count = len(made.files)
    click.echo(
        _n("{count} file was written.", "{count} files were written.", count).format(count=count)
    )
    click.echo(
        _("Revoked: {revoked}, suspended: {suspended}.").format(
            revoked=made.revoked, suspended=made.suspended
        )
    )
    click.echo(
        _("Run this again before {moment} (UTC); later the lists are refused.").format(
            moment=made.valid_until.strftime("%Y-%m-%d %H:%M")
        )
    )
    if not has_host:
        click.echo(
            _("The policy names no host: hand issuer.json and the folder status out yourself.")
        )
