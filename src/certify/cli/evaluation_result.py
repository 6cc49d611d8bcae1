"""`certify evaluation result`: a grade with all that it was made of."""

from collections.abc import Iterator
from fractions import Fraction

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.text import wrap
from certify.domain.clean import clean_line
from certify.domain.evaluation import PeriodKind
from certify.domain.evaluation_period import days_of
from certify.domain.scoring import cut, points_text
from certify.errors import BadInput, NotFound
from certify.i18n import N_, _, pick
from certify.services.evaluation import views
from certify.services.evaluation.measuring import MeasuredView
from certify.services.evaluation.views import MixView, ResultView
from certify.services.evaluation.words import (
    absent_text,
    grade_word,
    hidden_text,
    rater_word,
    why_text,
)

REGULAR = (PeriodKind.MONTH, PeriodKind.QUARTER)


@click.command(
    "result", cls=Command, help=N_("Show a person's grade and what it was made of; else one's own.")
)
@argument("staff_no", metavar="[STAFF_NO]", required=False, help=N_("Whose; else one's own."))
@option("--period", metavar="PERIOD", help=N_("Without it the latest that is closed."))
@json_option
@pass_call
def result(call: Call, staff_no: str | None, period: str | None, as_json: bool) -> None:
    """Of a closed period."""
    if staff_no and not period and any(days_of(one, staff_no) for one in REGULAR):
        raise BadInput(
            _("“{text}” is a period, not a staff number.").format(text=staff_no),
            mend=_("Write --period {text}.").format(text=staff_no),
        )
    with call.opened() as (platform, actor):
        if period is None:
            found = views.results(platform, actor=actor, staff_no=staff_no)[:1]
        else:
            found = [views.result(platform, actor=actor, period=period, staff_no=staff_no)]
    if not found:
        raise NotFound(_("There is no result yet."), mend=_("Results come when a period closes."))
    if as_json:
        print_json(found[0])
        return
    for line in _heading(found[0]):
        click.echo(clean_line(line))
    columns = [_("Measured"), _("Value"), _("Score"), _("Weight")]
    print_table(columns, map(_measured, found[0].measured_parts), "")
    click.echo()
    columns = [_("Raters"), _("Share"), _("Counted"), _("Mean")]
    print_table(columns, map(_rated, found[0].mix_parts), "")
    for comment in found[0].comments:
        for line in wrap(clean_line(comment), first=_("Comment: "), rest="  "):
            click.echo(line)


def _heading(found: ResultView) -> Iterator[str]:
    yield f"{found.staff_no} {found.name} · {found.period}"
    yield _("Grade: {grade}").format(grade=grade_word(found.grade))
    if found.why:
        yield why_text(found.why)
    if found.is_final_hidden:
        yield hidden_text()
    if found.final is not None and found.measured is not None:
        share = found.measured_share
        said = _("{final} = {measured} measured × {share}/100 + {mix} by raters × {rest}/100")
        if found.mix is None:  # it would show what a single rater gave
            said = _("{final}, of which {measured} measured × {share}/100, the rest by raters")
        yield said.format(
            final=cut(found.final),
            measured=cut(found.measured),
            share=points_text(share),
            mix="" if found.mix is None else cut(found.mix),
            rest=points_text(100 - share),
        )


def _measured(one: MeasuredView) -> list[str]:
    absent = _("not applicable") if one.is_measured else _("not measured")
    value = absent if one.value is None else f"{_number(one.value)} {pick(one.unit)}"
    return [pick(one.title), value, _number(one.score), _number(one.weight)]


def _rated(one: MixView) -> list[str]:
    mean = _number(one.mean) or absent_text(one.absent) or _("counted, not shown")
    return [rater_word(one.rater_type), _number(one.share), _number(one.counted), mean]


def _number(value: Fraction | None) -> str:
    return "" if value is None else points_text(value)
