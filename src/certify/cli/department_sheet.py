"""`certify department-sheet`: departments get their own scores and grade."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services.evaluation import department_sheets
from certify.services.evaluation.words import grade_word

_period = argument("period", metavar="PERIOD", help=N_("Code of the period, such as 2024-Q2."))


@click.group(cls=Group, help=N_("Department sheets: list, score."))
def department_sheet() -> None:
    """The noun."""


@department_sheet.command("list", help=N_("List the sheets of a period by department."))
@_period
@json_option
@pass_call
def list_(call: Call, period: str, as_json: bool) -> None:
    """All of them for the evaluation group, the own one for a supervisor."""
    with call.opened() as (platform, actor):
        found = department_sheets.sheets(platform, actor=actor, period=period)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Code"), _("Department"), _("Score"), _("Grade"), _("Remark")],
        [
            [
                one.department,
                pick(one.name),
                one.score,
                grade_word(one.grade) if one.grade else _("no grade"),
                one.remark,
            ]
            for one in found
        ],
        _("There are no sheets to see."),
    )


@department_sheet.command(help=N_("Score a department: every indicator, 0 to 100."))
@_period
@argument("department", metavar="DEPARTMENT", help=N_("Code of the department."))
@option(
    "--score",
    "scores",
    multiple=True,
    required=True,
    metavar="INDICATOR=SCORE",
    help=N_("The score of an indicator; - is not applicable."),
)
@option("--remark", default="", metavar="TEXT", help=N_("A remark."))
@pass_call
def score(call: Call, period: str, department: str, scores: tuple[str, ...], remark: str) -> None:
    """By the evaluation group."""
    given = {}
    for text in scores:
        indicator, sign, value = text.partition("=")
        if not (indicator and sign and value):
            raise BadInput(
                _("“{text}” names no score.").format(text=text), mend=_("Write INDICATOR=SCORE.")
            )
        given[indicator] = value
    with call.opened() as (platform, actor):
        sheet = department_sheets.score(
            platform, actor=actor, period=period, department=department, scores=given, remark=remark
        )
    said = _("{department}: {score}, {grade}.")
    grade = grade_word(sheet.grade) if sheet.grade else _("no grade")
    click.echo(said.format(department=pick(sheet.name), score=sheet.score or "–", grade=grade))
