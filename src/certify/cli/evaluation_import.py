"""`certify evaluation import` and `customers`: values and customers' answers from files."""

from collections.abc import Callable
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json
from certify.cli.rejection_text import print_rejections
from certify.domain.clean import clean_line
from certify.i18n import N_, _
from certify.services.evaluation import customer_import, measured_import
from certify.services.evaluation.import_table import EvaluationImport

_file = argument("file", type=click.Path(path_type=Path), help=N_("A CSV or Excel file."))
_period = argument("period", metavar="PERIOD", help=N_("Code of the period."))
_apply = option("--apply", is_flag=True, help=N_("Apply the file, all of it or nothing."))


@click.command(
    "import",
    cls=Command,
    help=N_("Read measured values from a file. Without --apply nothing is changed."),
)
@_period
@_file
@_apply
@json_option
@pass_call
def import_(call: Call, period: str, file: Path, apply: bool, as_json: bool) -> int:
    """A column for each indicator, headed by its code or title."""
    return _run(call, measured_import.import_measured, period, file, apply, as_json)


@click.command(
    "customers",
    cls=Command,
    help=N_("Read customers' answers from a file. Without --apply nothing is changed."),
)
@_period
@_file
@_apply
@json_option
@pass_call
def customers(call: Call, period: str, file: Path, apply: bool, as_json: bool) -> int:
    """Columns: staff number, reference, score."""
    return _run(call, customer_import.import_customers, period, file, apply, as_json)


def _run(
    call: Call,
    service: Callable[..., EvaluationImport],
    period: str,
    file: Path,
    apply: bool,
    as_json: bool,
) -> int:
    with call.opened() as (platform, actor):
        report = service(platform, actor=actor, period=period, path=file, apply=apply)
    if as_json:
        print_json(report)
        return 2 if report.rejections else 0
    click.echo(
        _("{found} found = {imported} imported + {skipped} skipped + {rejected} rejected").format(
            found=report.found,
            imported=report.imported,
            skipped=report.skipped,
            rejected=report.rejected,
        )
    )
    if report.ignored:
        columns = clean_line(", ".join(report.ignored))
        click.echo(_("Columns that mean nothing here: {columns}").format(columns=columns), err=True)
    return print_rejections(file, report.rejections, applied=report.applied)
