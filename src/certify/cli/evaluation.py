"""`certify evaluation`: periods, who is in them, what they came to; schemes."""

from collections.abc import Iterable

import click

from certify.cli import evaluation_simulate
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.evaluation_import import customers, import_
from certify.cli.evaluation_rate import pass_up, rate, waiting
from certify.cli.evaluation_result import result
from certify.cli.evaluation_steps import close, open_, state
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.domain.scoring import cut
from certify.i18n import N_, _, pick
from certify.services.evaluation import periods, schemes, views
from certify.services.evaluation.periods import PeriodView
from certify.services.evaluation.views import RateeRow
from certify.services.evaluation.words import (
    class_word,
    grade_word,
    kind_word,
    state_word,
    why_text,
)


@click.group(cls=Group, help=N_("Evaluation: periods, ratings, measured values, results."))
def evaluation() -> None:
    """The noun."""


@evaluation.command("list", help=N_("List the periods, the newest first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Every period with its state."""
    with call.opened() as (platform, actor):
        found = periods.every(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    columns = [
        _("Period"),
        _("Kind"),
        _("Scheme"),
        _("From"),
        _("To"),
        _("State"),
        _("Ratings"),
        _("People"),
    ]
    rows = [
        [
            one.code,
            kind_word(one.kind),
            pick(one.scheme_title),
            one.first_day,
            one.last_day,
            state_word(one.state),
            f"{one.given}/{one.asked}",
            one.people or "",
        ]
        for one in found
    ]
    print_table(columns, rows, _("No period was opened yet; “certify evaluation open” does it."))


@evaluation.command(help=N_("Show one period and the rules it was opened with."))
@argument("period", metavar="PERIOD", help=N_("Code of the period, such as 2024-Q2."))
@json_option
@pass_call
def show(call: Call, period: str, as_json: bool) -> None:
    """One period."""
    with call.opened() as (platform, actor):
        found = periods.one(platform, actor=actor, period=period)
        rules = periods.rules(platform, actor=actor, period=period)
    if as_json:
        print_json({**vars(found), "rules": rules.to_json()})
        return
    for line in _shown(found):
        say(clean_line(line))
    columns = [_("Indicator"), _("Weight"), _("Unit")]
    rows = [[pick(one.title), one.weight, pick(one.unit)] for one in rules.scheme.indicators]
    print_table(columns, rows, "")


@evaluation.command(help=N_("List who is in a period and how far each of them is."))
@argument("period", metavar="PERIOD", help=N_("Code of the period."))
@option("--open", "only_open", is_flag=True, help=N_("Only those who lack values or ratings."))
@json_option
@pass_call
def people(call: Call, period: str, only_open: bool, as_json: bool) -> None:
    """For the evaluation group."""
    with call.opened() as (platform, actor):
        found = views.people(platform, actor=actor, period=period)
    if only_open:
        found = [one for one in found if not one.is_trainee and _lacks(one)]
    if as_json:
        print_json(found)
        return
    columns = [
        _("Staff no."),
        _("Name"),
        _("Department"),
        _("Rated as"),
        _("Measured"),
        _("Ratings"),
        _("Score"),
        _("Grade"),
    ]
    print_table(columns, _people_rows(found), _("Nobody is left here."))


@evaluation.command("schemes", help=N_("List the indicator schemes with their weights."))
@json_option
@pass_call
def schemes_(call: Call, as_json: bool) -> None:
    """As a period opened now would have them."""
    with call.opened() as (platform, _actor):
        found = schemes.every(platform)
        regular = platform.policy.evaluation.scheme
    if as_json:
        print_json([one.to_json() for one in found])
        return
    columns = [_("Scheme"), _("Indicator"), _("Code"), _("Weight"), _("Unit")]
    rows = [
        [
            f"{scheme.name}{' *' if scheme.name == regular else ''}",
            pick(one.title),
            one.code,
            one.weight,
            pick(one.unit),
        ]
        for scheme in found
        for one in scheme.indicators
    ]
    print_table(columns, rows, _("No plugin brought a scheme."))
    if rows:
        say(_("* the scheme of regular periods"))


def _shown(found: PeriodView) -> Iterable[str]:
    yield _("{period}: {kind}, {first} to {last}, {state}").format(
        period=found.code,
        kind=kind_word(found.kind),
        first=found.first_day.isoformat(),
        last=found.last_day.isoformat(),
        state=state_word(found.state),
    )
    yield _("Scheme: {scheme}").format(scheme=pick(found.scheme_title))
    if found.occasion:
        yield _("Occasion: {occasion}").format(occasion=found.occasion)
    yield _("Ratings given: {given} of {asked}").format(given=found.given, asked=found.asked)


def _people_rows(found: Iterable[RateeRow]) -> Iterable[list[object]]:
    for one in found:
        yield [
            one.staff_no,
            one.name,
            pick(one.department),
            _("in training") if one.is_trainee else class_word(one.ratee_class),
            f"{one.measured_known}/{one.measured_asked}",
            f"{one.ratings_given}/{one.ratings_asked}",
            "" if one.final is None else cut(one.final),
            grade_word(one.grade) if one.grade else why_text(one.why),
        ]


def _lacks(one: RateeRow) -> bool:
    return one.measured_known < one.measured_asked or one.ratings_given < one.ratings_asked


for command in (open_, state, close, rate, waiting, pass_up, import_, customers, result):
    evaluation.add_command(command)
evaluation_simulate.add_to(evaluation)
