"""`certify export`: a list or form, to standard output or to a file; and which export a file is."""

import sys
from pathlib import Path
from typing import Any

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import print_table
from certify.domain.clean import clean_line
from certify.errors import BadInput
from certify.i18n import N_, _, _n
from certify.platform import Platform
from certify.services import export_check, exporting
from certify.services.forms.form import FILTERS, Wanted
from certify.services.forms.registry import FORMS, form_named
from certify.services.windows import moment_text

NUMBERS = ("days", "year", "draft")
DAYS = ("as_of", "first", "last")


class _Number(click.IntRange):
    """A number that a database takes; how large it may be is nobody's concern."""

    def _describe_range(self) -> str:
        return ""


class _Export(Command):
    """Its help names every form with what it takes."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Forms, and what each takes")):
            formatter.write_dl(
                [(form.name, f"{_(form.label)} {form.usage}") for form in FORMS.values()]
            )


def _filters(command: Any) -> Any:
    """An option for everything that any form takes."""
    for name, one in reversed(FILTERS.items()):
        kind: Any = str
        if name in NUMBERS:
            kind = _Number(0, 2**31 - 1)
        elif name in DAYS:
            kind = DAY
        add = option(f"--{one.option}", name, type=kind, metavar=one.metavar, help=one.help)
        command = add(command)
    return command


@click.command(
    cls=_Export,
    help=N_("Write a list or form: as text to standard output, or to a file with --out."),
)
@argument(
    "form",
    required=False,
    metavar="FORM",
    type=click.Choice(list(FORMS)),
    help=N_("What to write; see below."),
)
@option("--format", "format_name", metavar="NAME", help=N_("csv, xlsx, json, md or pdf."))
@_filters
@option("--purpose", default="", metavar="TEXT", help=N_("What it is for; stands at its head."))
@option("--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("Write to this file."))
@option("--list", "lists", is_flag=True, help=N_("Say which forms there are and what they take."))
@option(
    "--check",
    "checked",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Say which export a file is and whether it is unchanged."),
)
@pass_call
def export(
    call: Call,
    /,
    form: str | None,
    format_name: str | None,
    purpose: str,
    out: Path | None,
    lists: bool,
    checked: Path | None,
    **filters: Any,
) -> int:
    """Every export has a number and stands in the ledger."""
    if lists:
        _list()
        return 0
    if checked is not None:
        return _check(call, checked)
    if form is None:
        raise click.MissingParameter(param_hint="FORM", param_type="argument")
    if format_name is None:
        raise click.MissingParameter(param_hint="--format", param_type="option")
    wanted = Wanted(**{name: value for name, value in filters.items() if value is not None})
    form_named(form).check_filters(wanted)
    with call.opened() as (platform, actor):
        writer = platform.plugins.export_formats.get(format_name)
        said: dict[str, Any] = {
            "actor": actor,
            "form": form,
            "format_name": format_name,
            "wanted": wanted,
            "purpose": purpose,
        }
        if out is None and (writer is None or writer.is_text):
            receipt = _to_standard_output(platform, **said)
        else:
            receipt = exporting.export_form(platform, path=out, **said)
    message = _("Export {number}: {rows} rows").format(number=receipt.number, rows=receipt.rows)
    click.echo(f"{message}, {receipt.path}" if receipt.path else message, err=True)
    return 0


def _to_standard_output(platform: Platform, **said: Any) -> exporting.ExportReceipt:
    sys.stdout.flush()
    try:
        receipt = exporting.write_form(platform, out=sys.stdout.buffer, **said)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise BadInput(
            _("The list could not be written: {reason}").format(reason=problem.strerror),
            mend=_("Write it to a file with --out."),
        ) from problem
    return receipt


def _list() -> None:
    rows = [[form.name, _(form.label), form.usage] for form in FORMS.values()]
    print_table([_("Form"), _("Name"), _("Takes")], rows, "")


def _check(call: Call, path: Path) -> int:
    """Say what the ledger says of a file; exit code 1 when it is not what was written."""
    with call.opened() as (platform, actor):
        found = export_check.check(platform, actor=actor, path=path)
        at = moment_text(platform, found.made_at) if found.made_at else ""
    click.echo(f"SHA-256 {found.sha256}")
    if not found.number:
        click.echo(_("✗ No export of this company: the ledger does not know it."))
        return 1
    count = _n("{count} row", "{count} rows", found.rows).format(count=found.rows)
    label = _(FORMS[found.form].label) if found.form in FORMS else found.form
    by = found.made_by or "certify"
    click.echo(clean_line(f"{found.number}: {label}, {found.format}, {count}, {at}, {by}"))
    if found.is_unchanged:
        click.echo(_("✓ Unchanged since it was written."))
        return 0
    click.echo(_("✗ It states this number, but it is not what was written."))
    return 1
