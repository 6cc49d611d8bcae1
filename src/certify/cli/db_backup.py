"""`certify db backup`, `restore` and `rehearse`: the day of need, and the days before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.db_there import existing
from certify.clock import SystemClock
from certify.domain.backup import Manifest
from certify.domain.clean import clean_line
from certify.domain.person import CONSOLE, Actor
from certify.errors import BadInput, Refused
from certify.i18n import N_, _, _n
from certify.platform import Platform, open_platform
from certify.services.backup import making, rehearsing, restoring
from certify.storage import schema

_file = argument("file", type=click.Path(path_type=Path), metavar="FILE", help=N_("The backup."))
_replace = option("--replace", is_flag=True, help=N_("Replace what stands there."))


@click.command(
    cls=Command, help=N_("Write one moment of the database to a file; exams go on meanwhile.")
)
@_file
@_replace
@option("--with-keys", is_flag=True, help=N_("Put the private signing keys in, too."))
@pass_call
def backup(call: Call, file: Path, replace: bool, with_keys: bool) -> None:
    """Whole or not at all."""
    with _as_it_is(call) as (platform, actor):
        made = making.back_up(
            platform, actor=actor, path=file.absolute(), replace=replace, with_keys=with_keys
        )
    click.echo(
        _("Backup: {path}, {size} MB, SHA-256 {digest}").format(
            path=clean_line(str(file)), size=_megabytes(made.size), digest=made.sha256
        )
    )
    click.echo(_holds(made.manifest))
    if with_keys:
        count = len(made.manifest.keys)
        text = _n("It holds {count} private key.", "It holds {count} private keys.", count)
        click.echo(text.format(count=count))
        click.echo(_("Who has this file can sign certificates in the name of the company."))
    else:
        click.echo(_("The private signing keys are not in it; keep their folder apart."))


@click.command(
    cls=Command, help=N_("Put a backup in place of the database, after checking all of it.")
)
@_file
@option("--replace", is_flag=True, help=N_("Put aside the database that stands there."))
@pass_call
def restore(call: Call, file: Path, replace: bool) -> None:
    """The old one or the new one, whole, at every moment."""
    actor = CONSOLE
    if call.staff_no is not None:
        with call.opened() as (_platform, actor):
            making.check_may(actor)
    found = restoring.restore(
        call.settings,
        clock=SystemClock(),
        actor_id=actor.person_id,
        path=file.absolute(),
        replace=replace,
    )
    click.echo(_("Restored: {path}").format(path=clean_line(str(file))))
    click.echo(_holds(found.manifest))
    if found.kept:
        click.echo(_("What stood there is kept: {place}").format(place=clean_line(found.kept)))
    for key in found.keys:
        click.echo(_("Signing key put back: {name}").format(name=key))
    click.echo(
        _("If personal data were removed since, remove them again: certify person erase --again")
    )


@click.command(
    cls=Command, help=N_("Back up, restore elsewhere, check everything, remove both again.")
)
@option("--into", metavar="URL", default="", help=N_("An empty PostgreSQL database to restore in."))
@pass_call
def rehearse(call: Call, into: str) -> None:
    """Exit code 1 with words when anything is off."""
    with call.opened() as (platform, actor):
        try:
            done = rehearsing.rehearse(platform, actor=actor, into=into)
        except BadInput as problem:
            raise Refused(problem.message, place=problem.place, mend=problem.mend) from problem
    click.echo(_holds(done.manifest))
    click.echo(
        _("Backup made in {seconds} s, {size} MB.").format(
            seconds=f"{done.made_in:.1f}", size=_megabytes(done.size)
        )
    )
    click.echo(
        _(
            "Restored and checked in {seconds} s: {rows} rows, the ledger ends at the same entry."
        ).format(seconds=f"{done.restored_in:.1f}", rows=done.rows)
    )


@contextmanager
def _as_it_is(call: Call) -> Iterator[tuple[Platform, Actor]]:
    """The platform; an older database is not upgraded before it is backed up.

    Raises:
        Refused: somebody of the staff acts on tables that this certify cannot read yet.
    """
    database = existing(call)
    try:
        version = schema.version(database)
    finally:
        database.close()
    if not version or version >= schema.HEAD:
        with call.opened() as opened:
            yield opened
        return
    if call.staff_no is not None:
        raise Refused(
            _("The database is older; who may do this cannot be looked up in it."),
            mend=_("Leave out --as, or upgrade it first: certify db upgrade."),
        )
    platform = open_platform(call.settings, upgrade=False)
    try:
        yield platform, CONSOLE
    finally:
        platform.close()


def _holds(manifest: Manifest) -> str:
    """Moment and end of the ledger in one line."""
    return _("Moment {moment}, ledger entry {sequence}, head {head}").format(
        moment=manifest.moment.isoformat(timespec="seconds"),
        sequence=manifest.sequence,
        head=manifest.head[:16],
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
