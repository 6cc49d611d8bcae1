"""`certify qualification compare`: an exported list held against the books."""

from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument
from certify.cli.filter import filter_options, wanted_rows
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _, _n
from certify.services.forms.staff import wanted_of
from certify.services.qualifying import list_compare


@click.command(
    cls=Command,
    help=N_(
        "Hold an exported on-post list against the books. Nothing is written; exit code 1 when "
        "something differs."
    ),
)
@argument("file", type=click.Path(path_type=Path), help=N_("A file of “certify export”."))
@filter_options
@json_option
@pass_call
def compare(
    call: Call,
    file: Path,
    as_of: date | None,
    department: str,
    process: str,
    state: str,
    as_json: bool,
) -> int:
    """What differs, cell by cell."""
    with call.opened() as (platform, actor):
        wanted = wanted_of(wanted_rows(platform, as_of, department, process, state))
        found = list_compare.compare(platform, actor=actor, path=file, wanted=wanted)
    if as_json:
        print_json(found)
    else:
        count = len(found.differences)
        text = _n("{rows} rows, {count} change", "{rows} rows, {count} changes", count)
        click.echo(text.format(rows=found.found, count=count))
        if found.differences:
            print_table(
                [_("Row"), _("Certificate"), _("Column"), _("In the file"), _("In the books")],
                [
                    [one.row or "–", one.certificate, one.column, one.in_file, one.in_books]
                    for one in found.differences
                ],
                "",
            )
    return 1 if found.differences else 0
