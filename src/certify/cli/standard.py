"""`certify standard`: the standards catalogue as of a day, and new texts from a file."""

from datetime import date
from pathlib import Path

import click

from certify.cli import standard_delta, standard_draft, standard_review
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.course_check import line
from certify.cli.day import DAY
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean
from certify.i18n import N_, _, _n, pick
from certify.services import standard_import, standards
from certify.services.standard_import import Change
from certify.services.standard_life import words

CHANGES = {
    Change.NEW: N_("added"),
    Change.CHANGED: N_("a new text"),
    Change.WITHDRAWN: N_("withdrawn"),
    Change.UNCHANGED: N_("unchanged"),
    Change.REFUSED: N_("refused"),
}
_as_of = option("--as-of", type=DAY, help=N_("As it is on this day; else today."))


@click.group(cls=Group, help=N_("Standards: the catalogue as of a day, and new texts."))
def standard() -> None:
    """The noun."""


@standard.command("list", help=N_("List the catalogue with its targets."))
@_as_of
@json_option
@pass_call
def list_(call: Call, as_of: date | None, as_json: bool) -> None:
    """Every standard with the text in force."""
    with call.opened() as (platform, actor):
        found = standards.catalogue(platform, actor=actor, as_of=as_of)
    if as_json:
        print_json(found)
        return
    columns = [_("No."), _("Standard"), _("Target"), _("From"), _("Items"), _("Look again")]
    columns.append(_("Review until"))
    rows = [
        [
            one.number,
            pick(one.item),
            standards.target_text(one.target),
            one.effective_from if one.is_in_force else _("not in force"),
            len(one.items),
            len(one.stale) or "",
            one.review_due or "",
        ]
        for one in found
    ]
    print_table(
        columns, rows, _("The catalogue is empty; “certify standard import FILE” fills it.")
    )
    if restricted := [one.number for one in found if one.is_confidential]:
        click.echo(f"{', '.join(restricted)}: {words.confidential()}")


@standard.command(help=N_("Show one standard, its days and the items that cite it."))
@argument("number", metavar="NUMBER", help=N_("Number of the standard, such as CS-001."))
@_as_of
@json_option
@pass_call
def show(call: Call, number: str, as_of: date | None, as_json: bool) -> None:
    """As it is on a day."""
    with call.opened() as (platform, actor):
        found = standards.show(platform, actor=actor, number=number, as_of=as_of)
    if as_json:
        print_json(found)
        return
    for text in standards.lines(found):
        say(clean(text))


@standard.command(help=N_("Show the steps of a procedure: post, output, limit, standard."))
@argument("code", metavar="CODE", help=N_("Code of the procedure, such as complaint."))
@json_option
@pass_call
def procedure(call: Call, code: str, as_json: bool) -> None:
    """One responsible post for each step."""
    with call.opened() as (platform, actor):
        steps = standards.procedure(platform, actor=actor, code=code)
    if as_json:
        print_json(steps)
        return
    columns = ["", _("Step"), _("Post"), _("Output"), _("Limit"), _("Standard")]
    rows = [
        [one.position, pick(one.title), one.post, pick(one.output), one.limit, one.standard]
        for one in steps
    ]
    print_table(columns, rows, "")


@standard.command(
    "import", help=N_("Check a file of standards; --apply takes it, whole or not at all.")
)
@argument("file", metavar="FILE", type=click.Path(path_type=Path), help=N_("A standards.toml."))
@option("--apply", "apply_", is_flag=True, help=N_("Take it; without this nothing changes."))
@json_option
@pass_call
def import_(call: Call, file: Path, apply_: bool, as_json: bool) -> int:
    """Dry run first."""
    with call.opened() as (platform, actor):
        report = standard_import.import_standards(platform, actor=actor, path=file, apply=apply_)
    if as_json:
        findings = [{**vars(one), "path": str(one.path)} for one in report.findings]
        print_json({**vars(report), "findings": findings, "is_refused": report.is_refused})
        return 2 if report.is_refused else 0
    for finding in report.findings:
        click.echo(line(finding), err=True)
    for name, change in (*report.standards.items(), *report.procedures.items()):
        say(f"{name}: {_(CHANGES[change])}")
    say(_said(report))
    return 2 if report.is_refused else 0


for one in (
    *standard_draft.COMMANDS,
    *standard_review.COMMANDS,
    standard_delta.delta,
    standard_delta.settle,
):
    standard.add_command(one)


def _said(report: standard_import.StandardImport) -> str:
    if report.is_refused:
        return _("Nothing was taken. Mend what is named above.")
    count = report.changes
    if report.is_applied:
        return _n("{count} row taken.", "{count} rows taken.", count).format(count=count)
    text = _n(
        "{count} row would change; --apply takes it.",
        "{count} rows would change; --apply takes them.",
        count,
    )
    return text.format(count=count)
