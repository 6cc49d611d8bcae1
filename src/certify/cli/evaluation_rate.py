"""`certify evaluation rate`, `waiting` and `pass-up`: ratings, and who still owes them."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.domain.evaluation import RaterType
from certify.domain.scoring import points_text
from certify.i18n import N_, _
from certify.services.evaluation import asking, rating
from certify.services.evaluation.asking import Ask
from certify.services.evaluation.words import rater_word

TYPES = tuple(one.value for one in RaterType if one is not RaterType.CUSTOMER)


@click.command(
    "rate",
    cls=Command,
    help=N_("Rate somebody from 0 to 100; without a person: list whom you are to rate."),
)
@argument("period", metavar="[PERIOD]", required=False, help=N_("Code of the period."))
@argument("staff_no", metavar="[STAFF_NO]", required=False, help=N_("Whom you rate."))
@argument("score", metavar="[SCORE]", required=False, help=N_("0 to 100, two places at most."))
@option("--comment", default="", metavar="TEXT", help=N_("What you want to say about it."))
@option("--as-rater", "rater_type", type=click.Choice(TYPES), help=N_("As what you rate."))
@json_option
@pass_call
def rate(
    call: Call,
    period: str | None,
    staff_no: str | None,
    score: str | None,
    comment: str,
    rater_type: str | None,
    as_json: bool,
) -> None:
    """May be changed while the period is being scored."""
    with call.opened() as (platform, actor):
        if staff_no is None:
            found = asking.asked_of(platform, actor=actor, period=period or "")
        else:
            given = rating.rate(
                platform,
                actor=actor,
                period=period or "",
                staff_no=staff_no,
                score=score,
                comment=comment,
                rater_type=RaterType(rater_type) if rater_type else None,
            )
            found = [given]
    if as_json:
        print_json(found)
    elif staff_no is None:
        _print(found)
    else:
        text = _("Saved: {name}, {score}.") if score is not None else _("Saved: {name}.")
        click.echo(text.format(name=clean_line(found[0].name), score=_score(found[0])))


@click.command(
    "waiting", cls=Command, help=N_("List the raters who still owe ratings in a period.")
)
@argument("period", metavar="PERIOD", help=N_("Code of the period."))
@json_option
@pass_call
def waiting(call: Call, period: str, as_json: bool) -> None:
    """For the evaluation group: who, never what."""
    with call.opened() as (platform, actor):
        found = asking.waiting_for(platform, actor=actor, period=period)
    if as_json:
        print_json(found)
        return
    columns = [_("Staff no."), _("Name"), _("Still open"), _("Given")]
    rows = [[one.staff_no, one.name, one.open, one.given] for one in found]
    print_table(columns, rows, _("Every rating is given."))


@click.command(
    "pass-up",
    cls=Command,
    help=N_("Let the next level up rate somebody whose direct supervisor cannot."),
)
@argument("period", metavar="PERIOD", help=N_("Code of the period."))
@argument("staff_no", metavar="STAFF_NO", help=N_("Who is to be rated."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why the supervisor cannot."))
@pass_call
def pass_up(call: Call, period: str, staff_no: str, reason: str) -> None:
    """The supervisor may still comment."""
    with call.opened() as (platform, actor):
        found = asking.pass_up(
            platform, actor=actor, period=period, staff_no=staff_no, reason=reason
        )
    click.echo(_("{staff_no} is asked to rate now.").format(staff_no=found))


def _print(found: list[Ask]) -> None:
    columns = [_("Period"), _("Staff no."), _("Name"), _("You rate as"), _("Score"), _("Comment")]
    rows = [
        [
            one.period,
            one.staff_no,
            one.name,
            rater_word(one.rater_type) if one.counts else _("comment only"),
            _score(one),
            one.comment,
        ]
        for one in found
    ]
    print_table(columns, rows, _("There is nobody whom you are to rate now."))


def _score(one: Ask) -> str:
    return "" if one.score is None else points_text(one.score)
