"""`certify item export` and `certify item template`: items in the files of other programs."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call, warn_of_disabled
from certify.cli.command import Group, option
from certify.cli.item_import_text import said_loss
from certify.cli.text import wrap
from certify.domain.clean import clean_line
from certify.hooks import registry
from certify.i18n import LANGUAGES, N_, _
from certify.i18n import language as spoken
from certify.services import item_export, item_template
from certify.services.item_export import ExportReport, ExportWish

_format = option("--format", "format_name", metavar="NAME", required=True, help=N_("The format."))
_language = option(
    "--language", type=click.Choice(list(LANGUAGES)), help=N_("Language of the texts.")
)


def add_to(group: click.Group) -> None:
    """Give a group the commands of this file."""
    group.add_command(export)
    group.add_command(template)


@click.command(
    cls=Group.command_class,
    help=N_("Write the items of a course with their keys to a file of another program."),
)
@option("--course", required=True, metavar="CODE", help=N_("Code of the course, or its folder."))
@_format
@option("--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("Write to this file."))
@_language
@option(
    "--state",
    type=click.Choice(["in-use", "all"]),
    default="all",
    help=N_("Only items in use, or all that are not retired."),
)
@pass_call
def export(
    call: Call, course: str, format_name: str, out: Path | None, language: str | None, state: str
) -> None:
    """Who takes keys out stands in the ledger."""
    wish = ExportWish(course, format_name, language or "", state == "in-use")
    with call.opened() as (platform, actor):
        report = item_export.export_items(platform, actor=actor, wish=wish, path=out)
    _print(report)
    _say(_("The file holds the keys; only you may read it."))


@click.command(
    cls=Group.command_class,
    help=N_("Write a file with one example of each type, to be filled in and imported."),
)
@_format
@option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Write to this file."),
)
@_language
@pass_call
def template(call: Call, format_name: str, out: Path, language: str | None) -> None:
    """Needs no home: only the plugins."""
    plugins = registry.load(call.settings.allowed_plugins)
    warn_of_disabled(plugins)
    _print(
        item_template.write_template(
            plugins, format_name=format_name, path=out, language=language or spoken()
        )
    )


def _print(report: ExportReport) -> None:
    for one in report.not_written:
        _say(f"{one.place}: {one.reason} {one.mend}".rstrip())
    for group in report.losses:
        _say(said_loss(group))
    message = _("{found} found = {written} written + {lost} not written: {path}")
    lost = len(report.not_written)
    click.echo(
        clean_line(
            message.format(found=report.found, written=report.written, lost=lost, path=report.path)
        )
    )


def _say(text: str) -> None:
    for line in wrap(clean_line(text), rest="  "):
        click.echo(line, err=True)
