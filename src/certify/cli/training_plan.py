"""`certify training plan`: the annual plan, its lines, and its way through HR."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean
from certify.domain.exchange import Column, Sheet
from certify.domain.training import TrainingMode
from certify.domain.training_plan import KINDS
from certify.i18n import N_, _, _n
from certify.services.training import forms, plan_import, plan_review, plan_views, planning, words
from certify.services.training.amounts import fen_of, hours_of
from certify.services.training.planning import Planned

MODES = [mode.value for mode in TrainingMode]
_year = argument("year", type=click.IntRange(2000, 9998), metavar="YEAR", help=N_("Its year."))


def said_of_training(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what a plan has of one training."""
    for add in (
        option("--cost", default="", metavar="AMOUNT", help=N_("Planned cost in yuan.")),
        option("--trainer", default="", metavar="TEXT", help=N_("Who is to give it.")),
        option("--audience", default="", metavar="TEXT", help=N_("Whom it is for.")),
        option("--hours", default="", metavar="NUMBER", help=N_("How many hours.")),
        option("--mode", type=click.Choice(MODES), default="internal", help=N_("How it is given.")),
        option("--course", default="", metavar="CODE", help=N_("Code of its course.")),
        option("--kind", type=click.Choice(KINDS), default="in-service", help=N_("Its kind.")),
        option("--title", required=True, metavar="TEXT", help=N_("Its name.")),
    ):
        command = add(command)
    return command


def planned(said: dict[str, Any]) -> Planned:
    """What the options of `said_of_training` say."""
    return Planned(
        kind=said["kind"],
        title=said["title"],
        course=said["course"],
        mode=TrainingMode(said["mode"]),
        hours=hours_of(said["hours"]),
        audience=said["audience"],
        trainer=said["trainer"],
        planned_fen=fen_of(said["cost"]),
    )


def print_sheet(sheet: Sheet, empty: str) -> None:
    """A form for the eye: what it is about, then its rows."""
    say(clean(sheet.title))
    for _key, label, value in sheet.header:
        if value:
            say(clean(_("{label}: {value}").format(label=label, value=value)))
    print_table([column.heading for column in sheet.columns], sheet.rows, empty)


@click.group(cls=Group, help=N_("The annual plan: draft it, fill it, hand it to HR."))
def plan() -> None:
    """The subgroup."""


@plan.command("list", help=N_("List the annual plans, the latest year first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Every year."""
    with call.opened() as (platform, actor):
        found = plan_views.annual_plans(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one.year,
            _(words.PLAN_STATES[one.review.state]),
            len(one.lines),
            words.money(one.planned_fen),
            one.review.remark,
        ]
        for one in found
    ]
    columns = [_("Year"), _("State"), _("Lines"), _("Planned cost"), _("Remark")]
    print_table(columns, rows, _("There is no plan yet; “certify training plan new” drafts one."))


@plan.command(help=N_("Show the plan of a year with its lines."))
@_year
@json_option
@pass_call
def show(call: Call, year: int, as_json: bool) -> None:
    """One plan as its form, the numbers of its lines beside."""
    with call.opened() as (platform, actor):
        found = plan_views.annual_plan(platform, actor=actor, year=year)
        sheet = forms.annual_plan(platform, actor=actor, year=year)
    if as_json:
        print_json({"plan": found, "form": sheet})
        return
    numbers = [str(line.id) for line in found.lines]
    print_sheet(_numbered(sheet, numbers), _("The plan has no line yet."))


@plan.command(help=N_("Begin the plan of a year."))
@_year
@pass_call
def new(call: Call, year: int) -> None:
    """A draft without lines."""
    with call.opened() as (platform, actor):
        planning.draft_annual(platform, actor=actor, year=year)
    say(_("The plan for {year} is a draft now.").format(year=year))


@plan.command("add-line", help=N_("Add a training to a draft."))
@_year
@option("--month", type=click.IntRange(1, 12), required=True, help=N_("Its month, 1 to 12."))
@said_of_training
@pass_call
def add_line(call: Call, /, year: int, month: int, **said: Any) -> None:
    """One more line."""
    what = planned(said)
    with call.opened() as (platform, actor):
        number = planning.add_line(platform, actor=actor, year=year, month=month, what=what)
    say(_("Line {number} is added.").format(number=number))


@plan.command("change-line", help=N_("Write a line of a draft anew."))
@_year
@argument("line", type=click.IntRange(1, 2**31 - 1), help=N_("Number of the line."))
@option("--month", type=click.IntRange(1, 12), required=True, help=N_("Its month, 1 to 12."))
@said_of_training
@pass_call
def change_line(call: Call, /, year: int, line: int, month: int, **said: Any) -> None:
    """One line anew."""
    what = planned(said)
    with call.opened() as (platform, actor):
        planning.change_line(platform, actor=actor, year=year, line_id=line, month=month, what=what)
    say(_("Line {number} is changed.").format(number=line))


@plan.command("remove-line", help=N_("Take a line out of a draft."))
@_year
@argument("line", type=click.IntRange(1, 2**31 - 1), help=N_("Number of the line."))
@pass_call
def remove_line(call: Call, year: int, line: int) -> None:
    """One line less."""
    with call.opened() as (platform, actor):
        planning.remove_line(platform, actor=actor, year=year, line_id=line)
    say(_("Line {number} is removed.").format(number=line))


@plan.command(
    "import", help=N_("Check a table of plan lines; --apply adds them, all of them or none.")
)
@_year
@argument("file", metavar="FILE", type=click.Path(path_type=Path), help=N_("A CSV or XLSX file."))
@option("--apply", "apply_", is_flag=True, help=N_("Add them; without this nothing changes."))
@json_option
@pass_call
def import_(call: Call, year: int, file: Path, apply_: bool, as_json: bool) -> int:
    """Dry run first."""
    with call.opened() as (platform, actor):
        report = plan_import.import_lines(platform, actor=actor, year=year, path=file, apply=apply_)
    if as_json:
        print_json(report)
        return 2 if report.rejections else 0
    for one in report.rejections:
        click.echo(clean(f"{file}:{one.row}: {one.message} {one.mend}"), err=True)
    say(
        _("Rows {found}: new {added}, unchanged {unchanged}, rejected {rejected}.").format(
            found=report.found,
            added=report.added,
            unchanged=report.unchanged,
            rejected=len(report.rejections),
        )
    )
    if report.applied:
        count = report.added
        say(_n("{count} line added.", "{count} lines added.", count).format(count=count))
    elif not report.rejections:
        say(_("Nothing was changed; --apply adds them."))
    return 2 if report.rejections else 0


@plan.command(help=N_("Hand the plan of a year to HR."))
@_year
@pass_call
def submit(call: Call, year: int) -> None:
    """To HR."""
    with call.opened() as (platform, actor):
        plan_review.submit(platform, actor=actor, plan=year)
    say(_("The plan {plan} waits for HR.").format(plan=year))


@plan.command(help=N_("Approve the plan of a year, as HR."))
@_year
@option("--remark", default="", metavar="TEXT", help=N_("A word to who drafted it."))
@pass_call
def approve(call: Call, year: int, remark: str) -> None:
    """HR says yes."""
    with call.opened() as (platform, actor):
        plan_review.approve(platform, actor=actor, plan=year, remark=remark)
    say(_("The plan {plan} is approved.").format(plan=year))


@plan.command("return", help=N_("Return the plan of a year, as HR, with what to do better."))
@_year
@option("--remark", required=True, metavar="TEXT", help=N_("What is to be done better."))
@pass_call
def return_(call: Call, year: int, remark: str) -> None:
    """HR says not yet."""
    with call.opened() as (platform, actor):
        plan_review.return_plan(platform, actor=actor, plan=year, remark=remark)
    say(_("The plan {plan} is returned.").format(plan=year))


def _numbered(sheet: Sheet, numbers: list[str]) -> Sheet:
    """The form with the numbers of its lines before them, which commands take."""
    rows = [(number, *row) for number, row in zip(numbers, sheet.rows, strict=True)]
    return replace(sheet, columns=[Column("line", _("Line")), *sheet.columns], rows=rows)
