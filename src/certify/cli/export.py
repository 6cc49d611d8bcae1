"""`certify export`: a list or form, to standard output or to a file."""

import sys
from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.filter import filter_options, wanted_rows
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import exporting
from certify.services.exporting import FORMS

TO_FILE = frozenset({"xlsx"})
"""Formats that make no sense on standard output."""


@click.command(
    cls=Command,
    help=N_("Write a list or form: as text to standard output, or to a file with --out."),
)
@argument("form", type=click.Choice(list(FORMS)), help=N_("What to write."))
@option("--format", "format_name", metavar="NAME", required=True, help=N_("csv, xlsx, json or md."))
@filter_options
@option("--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("Write to this file."))
@pass_call
def export(
    call: Call,
    form: str,
    format_name: str,
    as_of: date | None,
    department: str,
    process: str,
    state: str,
    out: Path | None,
) -> None:
    """Every export has a number and stands in the ledger."""
    context = click.get_current_context()
    exporting.check_filters(
        form,
        [
            name
            for name in ("as_of", "department", "process", "state")
            if context.get_parameter_source(name) is not ParameterSource.DEFAULT
        ],
    )
    with call.opened() as (platform, actor):
        wanted = wanted_rows(platform, as_of, department, process, state)
        if out is None and format_name in TO_FILE:
            out = platform.settings.home.exports / f"{form}-{wanted.as_of}.{format_name}"
        if out is None:
            sys.stdout.flush()
            try:
                receipt = exporting.write_form(
                    platform,
                    actor=actor,
                    form=form,
                    format_name=format_name,
                    wanted=wanted,
                    out=sys.stdout.buffer,
                )
                sys.stdout.buffer.flush()
            except BrokenPipeError:
                raise
            except OSError as problem:
                raise BadInput(
                    _("The list could not be written: {reason}").format(reason=problem.strerror),
                    mend=_("Write it to a file with --out."),
                ) from problem
        else:
            receipt = exporting.export_form(
                platform,
                actor=actor,
                form=form,
                format_name=format_name,
                wanted=wanted,
                path=out,
            )
    message = _("Export {number}: {rows} rows").format(number=receipt.number, rows=receipt.rows)
    click.echo(f"{message}, {out}" if out else message, err=True)
