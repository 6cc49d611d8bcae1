"""`certify db`: the version and the health of the database, and its upgrade."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group
from certify.domain.clean import clean_line
from certify.errors import HomeUnusable, Refused
from certify.i18n import N_, _
from certify.storage import folder, health, schema
from certify.storage.database import Database, connect


@click.group(cls=Group, help=N_("The database: check it, upgrade it."))
def db() -> None:
    """The noun."""


@db.command(help=N_("Check version and integrity; nothing is changed."))
@pass_call
def check(call: Call) -> None:
    """Exit code 1 when something is wrong with the file, 2 when it cannot be used."""
    database = _existing(call)
    try:
        found = schema.version(database)
        problems = health.problems(database)
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
    click.echo(_("The database is sound."))


@db.command(help=N_("Bring the tables to the version of this certify; a copy is kept beside."))
@pass_call
def upgrade(call: Call) -> None:
    """What every start does too."""
    database = _existing(call)
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


def _existing(call: Call) -> Database:
    home = call.settings.home
    if not call.settings.db and not home.database.is_file():
        folder.check_can_be(home.database)
        raise HomeUnusable(
            _("There is no database."),
            place=str(home.database),
            mend=_("Start “certify” once, or name another --home."),
        )
    return connect(call.settings.database_url)
