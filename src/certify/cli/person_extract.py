"""`certify person extract`: all that is kept of a person, in one archive."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.i18n import N_, _
from certify.services.privacy import extract_file


@click.command(
    cls=Command, help=N_("Write all that is kept of a person: JSON and Markdown in one archive.")
)
@argument("staff_no", required=False, help=N_("Whose; your own without it."))
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("The archive; without it into the folder of exports."),
)
@pass_call
def extract(call: Call, staff_no: str | None, out: Path | None) -> None:
    """For oneself, or for anybody as HR."""
    with call.opened() as (platform, actor):
        made = extract_file.write_extract(platform, actor=actor, staff_no=staff_no, path=out)
    click.echo(
        _("{number}: {rows} rows in {path}").format(
            number=made.number, rows=made.rows, path=made.path
        )
    )
    click.echo(_("It holds personal data: hand it to that person alone."), err=True)
