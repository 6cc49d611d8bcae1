"""`certify attempt pause`, `go-on`, `end`, `move`: what an invigilator does to a sitting."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.i18n import N_, _
from certify.services import conducting

ID = click.IntRange(1, 2**63 - 1)
NUMBER = N_("Number of the attempt.")
WHY = N_("Why; kept beside the sitting for good.")


@click.command(
    cls=Command, help=N_("Stop a sitting: its time stands and no answer is taken until it goes on.")
)
@argument("attempt_id", metavar="ID", type=ID, help=NUMBER)
@option("--reason", required=True, metavar="TEXT", help=WHY)
@pass_call
def pause(call: Call, attempt_id: int, reason: str) -> None:
    """Stop a sitting."""
    with call.opened() as (platform, actor):
        conducting.pause(platform, actor=actor, attempt_id=attempt_id, reason=reason)
    click.echo(_("Paused."))


@click.command(
    "go-on", cls=Command, help=N_("Let a sitting go on and give back the time for which it stood.")
)
@argument("attempt_id", metavar="ID", type=ID, help=NUMBER)
@option("--reason", required=True, metavar="TEXT", help=WHY)
@pass_call
def go_on(call: Call, attempt_id: int, reason: str) -> None:
    """Let it go on."""
    with call.opened() as (platform, actor):
        conducting.go_on(platform, actor=actor, attempt_id=attempt_id, reason=reason)
    click.echo(_("It goes on."))


@click.command(
    cls=Command, help=N_("End a sitting before its time; it is marked as it stands. No way back.")
)
@argument("attempt_id", metavar="ID", type=ID, help=NUMBER)
@option("--reason", required=True, metavar="TEXT", help=WHY)
@pass_call
def end(call: Call, attempt_id: int, reason: str) -> None:
    """End a sitting."""
    with call.opened() as (platform, actor):
        conducting.end(platform, actor=actor, attempt_id=attempt_id, reason=reason)
    click.echo(_("Ended; it is marked as it stood."))


@click.command(
    cls=Command,
    help=N_("Move a candidate to another seat; the terminal so far can write nothing more."),
)
@argument("attempt_id", metavar="ID", type=ID, help=NUMBER)
@argument("seat", help=N_("Such as “B-07”."))
@option("--reason", required=True, metavar="TEXT", help=WHY)
@pass_call
def move(call: Call, attempt_id: int, seat: str, reason: str) -> None:
    """Move a candidate."""
    with call.opened() as (platform, actor):
        conducting.move(platform, actor=actor, attempt_id=attempt_id, seat=seat, reason=reason)
    click.echo(_("Moved; the exam goes on there."))


COMMANDS = (pause, go_on, end, move)
