"""`certify serve`: the same screens for many people, over SSH and in the browser."""

from __future__ import annotations

import re
import socket
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.errors import BadInput, Refused
from certify.i18n import N_, _

if TYPE_CHECKING:
    from certify.server.node import Doors, Duty
    from certify.server.places import Place
    from certify.settings import Settings

MOST_WORKERS = 256


@click.command(
    cls=Command,
    help=N_(
        "Serve the screens to many people over SSH and the browser.\n"
        "SIGTERM, Ctrl+C or the end of its terminal stops in order. With several workers SIGHUP "
        "renews them one by one."
    ),
)
@option("--ssh", metavar="HOST:PORT", help=N_("Where SSH clients come in; :PORT is everywhere."))
@option("--web", metavar="HOST:PORT", help=N_("Where browsers come in, behind a TLS proxy."))
@option(
    "--web-origin",
    metavar="URL",
    multiple=True,
    help=N_("Where browsers open the page, if a proxy stands before it: https://exam.example.com."),
)
@option(
    "--web-proxy",
    metavar="ADDRESS",
    multiple=True,
    help=N_("The address of that proxy, which then says where each browser is."),
)
@option(
    "--metrics",
    metavar="HOST:PORT",
    help=N_("Where this machine finds /health and /metrics; each worker takes a port, from this."),
)
@option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, MOST_WORKERS),
    default=1,
    help=N_("Processes that share the doors; one for each core."),
)
@option("--node", metavar="NAME", help=N_("Name of this server among those on one database."))
@pass_call
def serve(
    call: Call,
    ssh: str | None,
    web: str | None,
    web_origin: tuple[str, ...],
    web_proxy: tuple[str, ...],
    metrics: str | None,
    workers: int,
    node: str | None,
) -> None:
    """Serve until told to stop."""
    if not (ssh or web):
        raise BadInput(_("Say where people come in."), mend=_("For example: --ssh 127.0.0.1:2222"))
    from certify.cli import line_door
    from certify.server.node import Doors, Duty, run
    from certify.server.workers import run_all

    settings = _behind(call.settings, web_origin, web_proxy)
    duty = Duty(settings, Doors(), _name(node), plain=line_door.take)
    with ExitStack() as holding:
        doors = Doors(ssh=_hold(holding, ssh), web=_hold(holding, web))
        watched = [_hold(holding, one) for one in _ports(metrics, workers)]
        if any(one is not None and not one.is_local for one in watched):
            raise BadInput(
                _("What the server counts is for this machine alone."),
                place=metrics or "",
                mend=_("Write 127.0.0.1:PORT; a program on this machine may pass it on."),
            )
        _prepare(call, doors)
        duties = [replace(duty, doors=replace(doors, metrics=one)) for one in watched]
        if workers > 1:
            run_all(duties, opened=lambda: _tell(duties))
        else:
            run(duties[0], ready=lambda _node: _tell(duties))


def _behind(settings: Settings, origins: tuple[str, ...], proxies: tuple[str, ...]) -> Settings:
    """The settings with what was said about a proxy before the web door.

    Raises:
        BadInput: an origin or an address is none.
    """
    from certify.server.web_guard import Front

    found = replace(
        settings,
        web_origins=",".join(origins) or settings.web_origins,
        web_proxies=",".join(proxies) or settings.web_proxies,
    )
    Front.by(found)
    return found


def _hold(holding: ExitStack, text: str | None) -> Place | None:
    from certify.server import places

    return holding.enter_context(places.held(*_address(text))) if text else None


def _prepare(call: Call, doors: Doors) -> None:
    """Do once what is for all processes: upgrade the tables, load courses, make the host key.

    Raises:
        Refused: nothing was founded here, or anybody may be anybody and may come from anywhere.
    """
    from certify.server import node, ssh
    from certify.services import founding

    with call.opened() as (platform, _actor):
        company = founding.organisation(platform)
        is_open = any(one and not one.is_local for one in (doors.ssh, doors.web))
        if company is not None and company.is_demo and is_open:
            raise Refused(
                _("In the ready-made company anybody may be anybody: it stays on this machine."),
                mend=_("Open it on 127.0.0.1, or found a company of your own in another home."),
            )
        node.prepare(platform)
    if doors.ssh is not None:
        ssh.host_key(call.settings.home.root / "ssh")


def _tell(duties: list[Duty]) -> None:
    """Say what people type, once all doors are open, and where the log is if not on this screen."""
    from certify.server import journal, ssh

    home = duties[0].settings.home

    doors = duties[0].doors
    if doors.ssh is not None:
        _say_open("ssh", doors.ssh.port)
        port = "" if doors.ssh.port == 22 else f"-p {doors.ssh.port} "
        click.echo(f"  ssh {port}{ssh.OPEN_DOOR}@{doors.ssh.shown_host}")
        key = ssh.host_key(home.root / "ssh").get_fingerprint()
        click.echo("  " + _("Host key: {fingerprint}").format(fingerprint=key))
    if doors.web is not None:
        _say_open("web", doors.web.port)
        origins = duties[0].settings.web_origins
        for address in origins.split(",") if origins else [_url(doors.web)]:
            click.echo(f"  {address.strip()}")
        if not (doors.web.is_local or origins):
            click.echo(
                "  " + _("Browsers send passwords here: put a proxy with TLS before this door."),
                err=True,
            )
    for duty in duties:
        if duty.doors.metrics is not None:
            _say_open("metrics", duty.doors.metrics.port)
            click.echo(f"  {_url(duty.doors.metrics)}metrics")
    if journal.is_kept_in(home.log):
        click.echo(_("The log is kept in {path}.").format(path=home.log))
    click.echo(_("Ctrl+C stops it; nobody loses a saved answer."))


def _say_open(kind: str, port: int) -> None:
    click.echo(_("{kind} is open on port {port}.").format(kind=kind, port=port))


def _url(place: Place) -> str:
    host = place.shown_host
    return f"http://{f'[{host}]' if ':' in host else host}:{place.port}/"


def _ports(text: str | None, count: int) -> list[str | None]:
    """The address of each worker's own numbers: one port after the other."""
    if text is None:
        return [None] * count
    host, port = _address(text)
    shown = f"[{host}]" if ":" in host else host
    return [f"{shown}:{port + place if port else 0}" for place in range(count)]


def _address(text: str) -> tuple[str, int]:
    """Host and port; an empty host, or `*`, is every address of the machine."""
    host, colon, port = text.rpartition(":")
    is_bare_ipv6 = ":" in host and not (host.startswith("[") and host.endswith("]"))
    if not colon or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535 or is_bare_ipv6:
        raise BadInput(
            _("“{text}” is no address.").format(text=text),
            mend=_("Write HOST:PORT, such as 127.0.0.1:2222, [::1]:2222 or :2222."),
        )
    return host.removeprefix("[").removesuffix("]").replace("*", ""), int(port)


def _name(given: str | None) -> str:
    """What the names of this server's processes begin with."""
    name = given or socket.gethostname().partition(".")[0] or "node"
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", name):
        if given:
            raise BadInput(
                _("“{name}” cannot be the name of a server.").format(name=given),
                mend=_("Use up to 40 letters, digits, dots, dashes and underscores."),
            )
        return "node"
    return name
