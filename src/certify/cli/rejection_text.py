"""What is wrong with a file that was to be imported, and what became of it."""

from collections.abc import Iterable
from pathlib import Path

import click

from certify.domain.clean import clean_line
from certify.i18n import _
from certify.services.people_rows import Rejection


def print_rejections(file: Path, rejections: Iterable[Rejection], *, applied: bool) -> int:
    """Name every problem with file, row and column on standard error; gives the exit code."""
    found = list(rejections)
    for rejection in found:
        where = f"{file}:{rejection.row}"
        column = f" {rejection.column}:" if rejection.column else ""
        text = f"{where}:{column} {rejection.message} {rejection.mend}"
        click.echo(clean_line(text).rstrip(), err=True)
    if applied:
        click.echo(_("The file is applied."))
    elif found:
        click.echo(_("Nothing was changed; mend the rows above first."))
    else:
        click.echo(_("This was a trial; nothing was changed. Add --apply to apply the file."))
    return 2 if found else 0
