"""`certify certificate key`: the company's signing keys."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _


@click.group(cls=Group, help=N_("Signing keys: list them, change to a new one."))
def key() -> None:
    """The noun within the noun."""


@key.command("list", help=N_("List the public keys, the newest first."))
@json_option
@pass_call
def list_keys(call: Call, as_json: bool) -> None:
    """Retired ones, too: what they signed stays valid."""
    from certify.services import signing_keys

    with call.opened() as (platform, actor):
        keys = signing_keys.keys(platform, actor=actor)
    if as_json:
        print_json(keys)
        return
    print_table(
        [_("Signing key"), _("In use from"), _("In use to"), _("Private key")],
        [
            (
                one.id,
                one.made_at.date(),
                one.retired_at.date() if one.retired_at else "",
                _("here") if one.is_here else _("not here"),
            )
            for one in keys
        ],
        _("There is no key yet; the first signature makes one."),
    )


@key.command(help=N_("Retire the key that signs and make a new one."))
@option("--reason", required=True, help=N_("Why, for the ledger."))
@json_option
@pass_call
def rotate(call: Call, reason: str, as_json: bool) -> None:
    """What the old key signed stays valid; publish the new list of keys afterwards."""
    from certify.services import signing_keys

    with call.opened() as (platform, actor):
        made = signing_keys.rotate(platform, actor=actor, reason=reason)
    if as_json:
        print_json(made)
        return
    click.echo(_("The new key is {key}.").format(key=made.id))
    click.echo(_("Publish it before you hand out certificates: certify certificate publish FOLDER"))
