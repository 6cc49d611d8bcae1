"""`certify person key`: public keys for SSH; `certify person unlock` and `ways-in`."""

from datetime import datetime
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.clock import local_date
from certify.errors import BadInput
from certify.i18n import N_, _, _n
from certify.services.access import public_keys, throttle, ways_in
from certify.services.access.ways_in import Password
from certify.services.windows import moment_text


@click.group(cls=Group, help=N_("SSH public keys of a person: add, list, revoke."))
def key() -> None:
    """The noun."""


@key.command(help=N_("Add a public key with which a person may sign in over SSH."))
@argument("staff_no", help=N_("Staff number."))
@argument("file", help=N_("The .pub file, or its line in quotation marks."))
@option("--label", metavar="TEXT", default="", help=N_("What it is called in lists."))
@pass_call
def add(call: Call, staff_no: str, file: str, label: str) -> None:
    """Add a key from a file or line."""
    line = file if file.startswith(("ssh-", "sk-", "ecdsa-")) else _read(Path(file))
    with call.opened() as (platform, actor):
        added = public_keys.add(platform, actor=actor, staff_no=staff_no, line=line, label=label)
    click.echo(_("The key is added: {fingerprint}").format(fingerprint=added.fingerprint))


def _read(file: Path) -> str:
    """Raises:
    BadInput: it cannot be read, or is too large for a key.
    """
    try:
        with file.open("rb") as reading:
            return reading.read(public_keys.MOST_CHARACTERS + 1).decode("utf-8")
    except (OSError, ValueError) as problem:
        raise BadInput(
            _("The file cannot be read."), place=str(file), mend=_("Give the .pub file.")
        ) from problem


@key.command("list", help=N_("List a person's public keys, also those revoked."))
@argument("staff_no", help=N_("Staff number."))
@json_option
@pass_call
def list_(call: Call, staff_no: str, as_json: bool) -> None:
    """The keys in the order in which they were added."""
    with call.opened() as (platform, actor):
        found = public_keys.keys(platform, actor=actor, staff_no=staff_no)
        zone = platform.policy.organisation.time_zone
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one.fingerprint,
            one.kind,
            one.label,
            local_date(one.added_at, zone),
            local_date(one.revoked_at, zone) if one.revoked_at else "",
        ]
        for one in found
    ]
    columns = [_("Fingerprint"), _("Kind"), _("Called"), _("Added"), _("Revoked")]
    print_table(columns, rows, _("No keys."))


@key.command(help=N_("Let nobody in by a key any more. It is never taken again."))
@argument("staff_no", help=N_("Staff number."))
@argument("fingerprint", help=N_("SHA256:… as listed, or enough of its beginning."))
@pass_call
def revoke(call: Call, staff_no: str, fingerprint: str) -> None:
    """Revoke a key."""
    with call.opened() as (platform, actor):
        public_keys.revoke(platform, actor=actor, staff_no=staff_no, fingerprint=fingerprint)
    click.echo(_("The key is revoked."))


@click.command(
    cls=Command,
    help=N_("Take a person's password again at once after too many failed sign-ins."),
)
@argument("staff_no", help=N_("Staff number."))
@pass_call
def unlock(call: Call, staff_no: str) -> None:
    """Open the door again."""
    with call.opened() as (platform, actor):
        count = throttle.unlock(platform, actor=actor, staff_no=staff_no)
    click.echo(
        _n(
            "The door is open: {count} failed sign-in is forgotten.",
            "The door is open: {count} failed sign-ins are forgotten.",
            count,
        ).format(count=count)
    )


PASSWORDS = {
    Password.NONE: N_("none"),
    Password.START_CODE: N_("a start code"),
    Password.OWN: N_("your own"),
}


@click.command(
    "ways-in",
    cls=Command,
    help=N_("Say how you sign in yourself (--as), and who tried to as you."),
)
@json_option
@pass_call
def own_ways_in(call: Call, as_json: bool) -> None:
    """Password, keys, sign-ins and failures of whoever asks."""
    with call.opened() as (platform, actor):
        found = ways_in.own(platform, actor=actor)
        if as_json:
            print_json(found)
            return

        def said(moment: datetime | None) -> str:
            return moment_text(platform, moment) if moment else ""

        password, since = _(PASSWORDS[found.password]), said(found.password_since)
        click.echo("{}: {}  {}".format(_("Password"), password, since).rstrip())
        click.echo()
        keys = [
            [one.key.fingerprint, one.key.label, said(one.key.added_at), said(one.used_at)]
            for one in found.keys
        ]
        columns = [_("Fingerprint"), _("Called"), _("Added"), _("Last used")]
        print_table(columns, keys, _("No keys."))
        click.echo()
        came = [[said(one.at), one.key] for one in found.sign_ins]
        print_table([_("Last sign-ins"), _("Public key")], came, _("None is written down yet."))
        click.echo()
        failed = [[said(one.at), one.address] for one in found.failures]
        columns = [_("Failed tries that count now"), _("Address")]
        print_table(columns, failed, _("None. Your own sign-in forgets them, and time does."))
