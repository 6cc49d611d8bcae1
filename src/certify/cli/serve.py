"""`certify serve`: the same screens for many people, over SSH and in the browser."""

import os
import socket

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.errors import BadInput
from certify.i18n import N_, _


@click.command(cls=Command, help=N_("Serve the screens to many people over SSH and the browser."))
@option("--ssh", metavar="HOST:PORT", help=N_("Where SSH clients come in."))
@option("--web", metavar="HOST:PORT", help=N_("Where browsers come in."))
@option("--node", metavar="NAME", help=N_("Name of this server among those on one database."))
@pass_call
def serve(call: Call, ssh: str | None, web: str | None, node: str | None) -> None:
    """Serve until told to stop."""
    if not (ssh or web):
        raise BadInput(_("Say where people come in."), mend=_("For example: --ssh 127.0.0.1:2222"))
    from certify.server import node as server

    doors = server.Doors(ssh=_address(ssh), web=_address(web))
    name = node or f"{socket.gethostname()}-{os.getpid()}"
    server.run(call.settings, doors, node=name, tell=_tell)


def _tell(kind: str, port: int) -> None:
    click.echo(_("{kind} is open on port {port}.").format(kind=kind, port=port))


def _address(text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise BadInput(
            _("“{text}” is no address.").format(text=text),
            mend=_("Write HOST:PORT, such as 127.0.0.1:2222."),
        )
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104  asked for
