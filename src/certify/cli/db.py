"""`certify db`: the version and the health of the database, its upgrade, its backups."""

import click

from certify.cli import db_backup
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, option
from certify.cli.db_there import existing
from certify.domain.clean import clean_line
from certify.errors import HomeUnusable, Refused
from certify.i18n import N_, _
from certify.storage import health, schema


@click.group(cls=Group, help=N_("The database: check it, upgrade it, back it up, restore it."))
def db() -> None:
    """The noun."""


db.add_command(db_backup.backup)
db.add_command(db_backup.restore)
db.add_command(db_backup.rehearse)


@db.command(help=N_("Check version, tables and integrity; nothing is changed."))
@option("--deep", is_flag=True, help=N_("Read every row and compute the whole ledger again."))
@pass_call
def check(call: Call, deep: bool) -> None:
    """Exit code 1 when something is wrong with the file, 2 when it cannot be used."""
    database = existing(call)
    try:
        found = schema.version(database)
        problems = health.problems(database, deep=deep)
        little = health.little_room(database)
    finally:
        database.close()
    click.echo(
        _("Tables {found}, this certify knows {known}.").format(found=found, known=schema.HEAD)
    )
    if problems:
        for problem in problems:
            click.echo(clean_line(problem), err=True)
        raise Refused(_("The database is damaged."), mend=_("Stop using it and restore a backup."))
    if found > schema.HEAD:
        raise HomeUnusable(
            _("The database was made by a newer certify."), mend=_("Install the newer certify.")
        )
    if found != schema.HEAD:
        click.echo(_("It is older; “certify db upgrade” upgrades it."))
    if little is not None:
        text = _("Only {free} MB are free on its disk.")
        click.echo(text.format(free=little // 1_000_000), err=True)
    click.echo(_("The database is sound."))


@db.command(help=N_("Bring the tables to the version of this certify; a copy is kept beside."))
@pass_call
def upgrade(call: Call) -> None:
    """What every start does too."""
    database = existing(call)
    try:
        before = schema.version(database)
        schema.ensure(database)
    finally:
        database.close()
    if before == schema.HEAD:
        click.echo(_("The tables are up to date ({version}).").format(version=before))
    else:
        message = _("The tables went from {before} to {after}.")
        click.echo(message.format(before=before or "–", after=schema.HEAD))
