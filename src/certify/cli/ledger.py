"""`certify ledger`: what happened, and that nobody changed it afterwards."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.errors import Refused
from certify.i18n import N_, _
from certify.services import ledger as service
from certify.services.audit import checkpoints, entries, words

MOST_LINES = 20
"""Of one kind of deviation shown to people; `--json` has all."""


@click.group(cls=Group, help=N_("The ledger: list it, verify it, sign a checkpoint of it."))
def ledger() -> None:
    """The noun."""


@ledger.command("list", help=N_("List entries, the newest first: who, what, about whom."))
@option("--person", "staff_no", default="", metavar="STAFF_NO", help=N_("By or about them only."))
@option("--action", default="", metavar="CODE", help=N_("Only this action, such as list-exported."))
@option("--since", type=DAY, help=N_("From this day on."))
@option("--search", "text", default="", metavar="TEXT", help=N_("Only lines with this text."))
@option("--most", type=click.IntRange(1, 100_000), default=500, help=N_("So many at most."))
@json_option
@pass_call
def list_(
    call: Call,
    staff_no: str,
    action: str,
    since: date | None,
    text: str,
    most: int,
    as_json: bool,
) -> None:
    """For who may see the ledger."""
    wanted = entries.Wanted(text, staff_no, action, since, most)
    with call.opened() as (platform, actor):
        found = entries.entries(platform, actor=actor, wanted=wanted)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("No."), _("Time"), _("Who"), _("What"), _("About")],
        [
            [one.sequence, one.at.isoformat(timespec="seconds"), one.who, one.what, one.about]
            for one in found
        ],
        _("No entry is like that."),
    )


@ledger.command(help=N_("Compute the whole chain again and compare all records with it."))
@option(
    "--checkpoint",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Compare with this signed checkpoint, too; can be given often."),
)
@json_option
@pass_call
def verify(call: Call, files: tuple[Path, ...], as_json: bool) -> None:
    """Exit code 1 when anything is not as the ledger says; all of it is named."""
    given = [checkpoints.read(file) for file in files]
    with call.opened() as (platform, actor):
        given += checkpoints.kept(platform)
        with _progress() as progress:
            found = service.verify(platform, actor=actor, checkpoints=given, progress=progress)
    if as_json:
        print_json(found)
    if found.holds:
        if not as_json:
            click.echo(words.outcome(found))
        return
    if not as_json:
        for head, lines in words.groups(found):
            click.echo(f"{head}:")
            for line in lines[:MOST_LINES]:
                click.echo(f"  {clean_line(line)}")
            if len(lines) > MOST_LINES:
                more = _("… and {count} more; --json has all of them.")
                click.echo("  " + more.format(count=len(lines) - MOST_LINES))
    raise Refused(
        words.outcome(found), mend=_("Keep the database as it is and compare it with a backup.")
    )


@ledger.command(help=N_("Sign what the end of the ledger is now, to be kept elsewhere."))
@option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    metavar="FILE",
    help=N_("Write it to this file; else to the screen."),
)
@pass_call
def checkpoint(call: Call, out: Path) -> None:
    """A small JSON text that nobody can make without the company's key."""
    with call.opened() as (platform, actor):
        if str(out) == "-":
            click.echo(checkpoints.make(platform, actor=actor).text(), nl=False)
            return
        made = checkpoints.write(platform, actor=actor, path=out)
    text = _("Checkpoint of entry {number} written to {file}. Keep it where nobody here may write.")
    click.echo(text.format(number=made.sequence, file=out))


@ledger.command("check", help=N_("Check the signature of a checkpoint; needs no database."))
@argument("file", type=click.Path(path_type=Path), help=N_("The checkpoint."))
@option("--key", required=True, metavar="z6Mk…", help=N_("The company's public key."))
def check(file: Path, key: str) -> None:
    """Exit code 1 when this key did not sign it."""
    found = checkpoints.read(file)
    if found.key != key or not found.is_signed:
        raise Refused(_("This key did not sign this checkpoint."), place=str(file))
    click.echo(
        _("Signed by this key: {company}, entry {number}, {time}, hash {hash}").format(
            company=clean_line(found.company), number=found.sequence, time=found.at, hash=found.hash
        )
    )


@ledger.command(help=N_("Print SQL for a PostgreSQL role that may not change what happened."))
@argument("role", help=N_("The role that certify connects as; it must not own the tables."))
def rights(role: str) -> None:
    """For the owner of the database to run."""
    from certify.storage import guards

    quoted = role.replace('"', '""')
    for line in guards.rights(f'"{quoted}"'):
        click.echo(line)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=100, label=_("Ledger"), file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            if step := done * 100 // total - bar.pos:
                bar.update(step)

        yield show
