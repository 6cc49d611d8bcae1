"""`certify training`: plans, sessions, sign-in, agreements, costs, the calendar."""

from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.training_ad_hoc import ad_hoc
from certify.cli.training_outside import outside
from certify.cli.training_plan import plan
from certify.cli.training_session import session
from certify.cli.training_sign import agreement, sign_in
from certify.domain.training_cost import fen_text
from certify.i18n import N_, _, _n
from certify.services.training import costs, month_view, monthly, words
from certify.services.training.month_view import MonthView
from certify.services.training.session_views import SessionView
from certify.services.windows import moment_text

YEAR = click.IntRange(2000, 9998)


@click.group(cls=Group, help=N_("Training: plans, sessions, sign-in, agreements, costs."))
def training() -> None:
    """The noun."""


for group in (plan, ad_hoc, session, sign_in, agreement, outside):
    training.add_command(group)


@training.command(help=N_("Whether each month of a year had the training it needed."))
@argument("year", type=YEAR, metavar="YEAR", help=N_("The year."))
@json_option
@pass_call
def check(call: Call, year: int, as_json: bool) -> None:
    """The monthly check."""
    with call.opened() as (platform, actor):
        found = monthly.year_check(platform, actor=actor, year=year)
    if as_json:
        print_json(found)
        return
    rows = [
        [one.month, _(words.KINDS[kind]), one.held or "", _(words.MONTHS[one.verdict])]
        for month in range(12)
        for kind, months in found.rows
        for one in (months[month],)
    ]
    print_table([_("Month"), _("Kind"), _("Sessions"), _("State")], rows, "")
    say(
        _n("{count} session is missing.", "{count} sessions are missing.", found.missing).format(
            count=found.missing
        )
    )


@training.command(help=N_("What a year was to cost, what was spent, and each session."))
@argument("year", type=YEAR, metavar="YEAR", help=N_("The year."))
@json_option
@pass_call
def cost(call: Call, year: int, as_json: bool) -> None:
    """Planned, spent, variance."""
    with call.opened() as (platform, actor):
        found = costs.year_costs(platform, actor=actor, year=year)
    total = found.cost
    if as_json:
        more = {"planned": total.planned, "variance": total.variance}
        print_json({"year": year, "cost": {**vars(total), **more}, "lines": found.lines})
        return
    columns = [_("Session"), _("Day"), _("Title"), _("Planned"), _("Actual"), _("Variance")]
    rows = [
        [
            line.code,
            line.day,
            line.title,
            fen_text(line.cost.planned),
            "" if line.cost.actual is None else fen_text(line.cost.actual),
            "" if line.cost.variance is None else fen_text(line.cost.variance),
        ]
        for line in found.lines
    ]
    print_table(columns, rows, _("There are no sessions in this year."))
    for text in words.cost_lines(total):
        say(text)


@training.command(help=N_("The sessions of a month, or all of them as an iCalendar file."))
@option("--month", default="", metavar="YYYY-MM", help=N_("The month; else the present one."))
@option("--ics", type=click.Path(path_type=Path), help=N_("Write this iCalendar file."))
@json_option
@pass_call
def calendar(call: Call, month: str, ics: Path | None, as_json: bool) -> None:
    """A month, or a file."""
    with call.opened() as (platform, actor):
        if ics is not None:
            count = month_view.write_calendar(platform, actor=actor, path=ics)
            text = _n("{count} session written.", "{count} sessions written.", count)
            say(text.format(count=count))
            return
        first = _first_day(month) or platform.today().replace(day=1)
        found = month_view.month(platform, actor=actor, first=first)
        rows = [
            [
                day,
                moment_text(platform, one.starts_at)[11:],
                one.code,
                one.title,
                one.place,
                _(words.SESSION_STATES[one.state]),
            ]
            for day, one in _within(found)
        ]
    if as_json:
        print_json([{"day": day, "session": one} for day, one in _within(found)])
        return
    columns = [_("Day"), _("Starts"), _("Session"), _("Title"), _("Place"), _("State")]
    print_table(columns, rows, _("There are no sessions in this month."))


def _within(found: MonthView) -> list[tuple[date, SessionView]]:
    """The days of the month itself that have a session, each with it."""
    return [
        (day, one)
        for day, some in found.days.items()
        if (day.year, day.month) == (found.first.year, found.first.month)
        for one in some
    ]


def _first_day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        message = _("“{value}” is no month; write it like 2024-06.").format(value=text)
        raise click.BadParameter(message, param_hint="--month") from None
