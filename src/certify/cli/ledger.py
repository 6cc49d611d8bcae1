"""`certify ledger`: what happened, and that nobody changed it afterwards."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group
from certify.errors import Refused
from certify.i18n import N_, _
from certify.services import ledger as service


@click.group(cls=Group, help=N_("The ledger: verify its chain."))
def ledger() -> None:
    """The noun."""


@ledger.command(help=N_("Compute the whole chain again and compare."))
@pass_call
def verify(call: Call) -> None:
    """Exit code 1 and the entry's number when the chain is broken."""
    with call.opened() as (platform, actor):
        checked = service.verify(platform, actor=actor)
    if checked.first_false is not None:
        raise Refused(
            _("The ledger is broken at entry {number}.").format(number=checked.first_false),
            mend=_("Keep the database as it is and compare it with a backup."),
        )
    click.echo(
        _("The ledger holds: {count} entries, head {hash}").format(
            count=checked.entries, hash=checked.head[:16]
        )
    )
