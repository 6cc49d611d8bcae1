"""Dossiers as archives on the command line: the options that write one, and its check."""

from pathlib import Path
from typing import Any

import click

from certify.cli.command import Command, argument, option
from certify.domain.clean import clean_line
from certify.errors import Refused
from certify.i18n import N_, _
from certify.services.reporting.archive import ArchiveReceipt
from certify.services.reporting.archive_check import check_archive as check


def archive_options(command: Any) -> Any:
    """`--archive FILE` and what it is for."""
    purpose = option(
        "--purpose", default="", metavar="TEXT", help=N_("What the archive is for; it says so.")
    )
    file = option(
        "--archive",
        type=click.Path(path_type=Path),
        metavar="FILE.zip",
        help=N_("Write it with papers, forms and certificates as one archive."),
    )
    return file(purpose(command))


def say_written(receipt: ArchiveReceipt) -> None:
    """Number, place and digest of an archive."""
    click.echo(
        _("Export {number}: {count} files, {path}, SHA-256 {digest}").format(
            number=receipt.number,
            count=receipt.files,
            path=clean_line(str(receipt.path)),
            digest=receipt.sha256,
        )
    )


@click.command(
    "check-archive",
    cls=Command,
    help=N_("Say whether an archive of a dossier is as it was written; needs no database."),
)
@argument("file", type=click.Path(path_type=Path), metavar="FILE.zip", help=N_("The archive."))
def check_archive(file: Path) -> None:
    """Exit code 1 when a file in it is missing, changed or new."""
    found = check(file)
    for name, what in found.troubles:
        click.echo(f"{name}: {what}", err=True)
    if found.troubles:
        raise Refused(
            _("The archive is not as it was written."),
            place=clean_line(str(file)),
            mend=_("Ask for it again."),
        )
    click.echo(
        _("The archive holds: {count} files of export {number}, {time}").format(
            count=found.files, number=found.number, time=found.time
        )
    )
