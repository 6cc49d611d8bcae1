"""`certify evaluation open`, `state` and `close`: the way of a period."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json
from certify.domain.clean import clean_line
from certify.domain.evaluation import PeriodKind, PeriodState
from certify.i18n import N_, _
from certify.services.evaluation import closing, periods
from certify.services.evaluation.words import grade_word, state_word

STATES = tuple(one.value for one in PeriodState if one is not PeriodState.CLOSED)


@click.command(
    "open",
    cls=Command,
    help=N_("Open a period; the rules of today hold in it from now on."),
)
@argument("period", metavar="PERIOD", help=N_("2024-06, 2024-Q2, or a code of its own."))
@option(
    "--kind",
    type=click.Choice([one.value for one in PeriodKind]),
    help=N_("Without it: a month or quarter by its code, else ad hoc."),
)
@option("--scheme", default="", metavar="NAME", help=N_("Without it the one of the policy."))
@option("--from", "first_day", type=DAY, help=N_("First day of an ad-hoc period."))
@option("--to", "last_day", type=DAY, help=N_("Its last day."))
@option("--occasion", default="", metavar="TEXT", help=N_("Why there is an ad-hoc period."))
@option("--only", multiple=True, metavar="STAFF_NO", help=N_("Whom an ad-hoc period is about."))
@pass_call
def open_(
    call: Call,
    period: str,
    kind: str | None,
    scheme: str,
    first_day: date | None,
    last_day: date | None,
    occasion: str,
    only: tuple[str, ...],
) -> None:
    """A month, a quarter or an ad-hoc one."""
    with call.opened() as (platform, actor):
        found = periods.open_period(
            platform,
            actor=actor,
            kind=PeriodKind(kind) if kind else periods.kind_of(period),
            code=period,
            scheme=scheme,
            first_day=first_day,
            last_day=last_day,
            occasion=occasion,
            only=only,
        )
    click.echo(
        _("{period} is open, {first} to {last}.").format(
            period=clean_line(found.code),
            first=found.first_day.isoformat(),
            last=found.last_day.isoformat(),
        )
    )
    click.echo(
        _("Next, from its last day on: “certify evaluation state {period} scoring”.").format(
            period=clean_line(found.code)
        )
    )


@click.command(
    "state",
    cls=Command,
    help=N_("Take a period to scoring, to review, or back to scoring with a reason."),
)
@argument("period", metavar="PERIOD", help=N_("Code of the period."))
@argument("to", metavar="STATE", type=click.Choice(STATES), help=N_("scoring or review."))
@option("--reason", default="", metavar="TEXT", help=N_("Of going back to scoring."))
@pass_call
def state(call: Call, period: str, to: str, reason: str) -> None:
    """The next state, or back from review."""
    with call.opened() as (platform, actor):
        found = periods.move(
            platform, actor=actor, period=period, to=PeriodState(to), reason=reason
        )
    click.echo(
        _("{period} is {state}.").format(
            period=clean_line(found.code), state=state_word(found.state)
        )
    )
    click.echo(_("Ratings given: {given} of {asked}").format(given=found.given, asked=found.asked))
    if found.given < found.asked:
        click.echo(
            _("Who still owes some: “certify evaluation waiting {period}”.").format(
                period=clean_line(found.code)
            )
        )
    if found.state is PeriodState.REVIEW:
        click.echo(
            _(
                "Look at “certify evaluation people {period}” before you close it: "
                "after that nothing changes."
            ).format(period=clean_line(found.code))
        )


@click.command(
    "close",
    cls=Command,
    help=N_("Close a period in review: everybody gets the result; nothing changes after."),
)
@argument("period", metavar="PERIOD", help=N_("Code of the period."))
@json_option
@pass_call
def close(call: Call, period: str, as_json: bool) -> None:
    """Once and for all."""
    with call.opened() as (platform, actor):
        found = closing.close(platform, actor=actor, period=period)
    if as_json:
        print_json(found)
        return
    click.echo(
        _("{period} is closed: {people} people, {graded} with a grade.").format(
            period=clean_line(found.period), people=found.people, graded=found.graded
        )
    )
    for grade, count in found.grades.items():
        click.echo(f"  {grade_word(grade)}: {count}")
    click.echo(_("Consequences that wait for HR: {count}").format(count=found.proposed))
    if found.proposed:
        click.echo(_("“certify consequence list” shows them; HR confirms or declines each."))
