"""`certify appeal`: object to a grade, and decide objections."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services.evaluation import appeal_decisions, appeals
from certify.services.evaluation.appeals import AppealView
from certify.services.evaluation.words import grade_word

_number = argument("number", metavar="NUMBER", type=int, help=N_("Number of the appeal."))
_reason = option("--reason", required=True, metavar="TEXT", help=N_("Why; the person reads it."))


@click.group(cls=Group, help=N_("Appeals against grades: make, list, uphold, reject."))
def appeal() -> None:
    """The noun."""


@appeal.command("list", help=N_("List appeals, those that wait first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """For HR and the evaluation group."""
    with call.opened() as (platform, actor):
        found = appeals.listed(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    print_table(
        [
            _("No."),
            _("Staff no."),
            _("Name"),
            _("Period"),
            _("Grade"),
            _("Score"),
            _("Reason"),
            _("State"),
        ],
        [
            [
                one.id,
                one.staff_no,
                one.name,
                one.period,
                grade_word(one.grade) if one.grade else _("no grade"),
                one.final,
                one.reason,
                state(one),
            ]
            for one in found
        ],
        _("Nobody has appealed against a grade."),
    )


@appeal.command(help=N_("Appeal against your own grade of a closed period, once."))
@argument("period", metavar="PERIOD", help=N_("Code of the period, such as 2024-Q2."))
@_reason
@pass_call
def make(call: Call, period: str, reason: str) -> None:
    """In time."""
    with call.opened() as (platform, actor):
        number = appeals.ask(platform, actor=actor, period=period, reason=reason)
    click.echo(_("Your appeal has number {number}; you will be told.").format(number=number))


@appeal.command(help=N_("Uphold an appeal: with measured values, or with a new final score."))
@_number
@option(
    "--value",
    "values",
    multiple=True,
    metavar="INDICATOR=VALUE",
    help=N_("A corrected raw value; - is not applicable."),
)
@option("--final", metavar="SCORE", help=N_("The new final score, 0 to 100."))
@_reason
@pass_call
def uphold(
    call: Call, number: int, values: tuple[str, ...], final: str | None, reason: str
) -> None:
    """A new evaluation beside the old one."""
    given = dict(_value(one) for one in values)
    with call.opened() as (platform, actor):
        appeal_decisions.uphold(
            platform, actor=actor, appeal=number, reason=reason, values=given, final=final
        )
    click.echo(_("The appeal is upheld; the person is told."))


@appeal.command(help=N_("Reject an appeal; the grade stays."))
@_number
@_reason
@pass_call
def reject(call: Call, number: int, reason: str) -> None:
    """The person reads why."""
    with call.opened() as (platform, actor):
        appeal_decisions.reject(platform, actor=actor, appeal=number, reason=reason)
    click.echo(_("The appeal is rejected; the person is told."))


def state(one: AppealView) -> str:
    """How an appeal stands, in a word."""
    if one.upheld is None:
        return _("to be decided")
    return _("upheld") if one.upheld else _("not upheld")


def _value(text: str) -> tuple[str, str]:
    indicator, sign, value = text.partition("=")
    if not (indicator and sign and value):
        raise BadInput(
            _("“{text}” names no value.").format(text=text), mend=_("Write INDICATOR=VALUE.")
        )
    return indicator, value
