"""`certify item`: the figures of the items after an exam."""

from fractions import Fraction

import click

from certify.cli import item_export, item_import, item_review
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.text import bar, cells, fill, wrap
from certify.domain.clean import clean_line
from certify.errors import NotFound
from certify.i18n import N_, _, pick
from certify.services import item_stats
from certify.services import item_stats_words as words
from certify.services.item_stats import ExamFigures, ExamStats, ItemStats
from certify.services.item_stats_words import Figure

BAR = 8


@click.group(cls=Group, help=N_("Items: import, export, review, and how they did in an exam."))
def item() -> None:
    """The noun."""


item_review.add_to(item)
item_import.add_to(item)
item_export.add_to(item)


@item.command(
    "stats",
    help=N_(
        "Item analysis of an exam: difficulty, discrimination, distractors, reliability; what "
        "most needs a look first."
    ),
)
@argument("exam_code", metavar="EXAM", help=N_("Code of the exam."))
@option("--item", "wanted", metavar="ITEM", help=N_("One item alone, with its distractors."))
@option("--all-attempts", is_flag=True, help=N_("Retakes too; else first attempts alone."))
@option("--rebuild", is_flag=True, help=N_("First make the sums again from the stored results."))
@json_option
@pass_call
def stats(
    call: Call, exam_code: str, wanted: str | None, all_attempts: bool, rebuild: bool, as_json: bool
) -> None:
    """The figures, from the sums kept at submission."""
    with call.opened() as (platform, actor):
        again = item_stats.rebuild(platform, actor=actor, exam=exam_code) if rebuild else None
        found = item_stats.stats(platform, actor=actor, exam=exam_code, all_attempts=all_attempts)
    items = _wanted(found, wanted)
    if as_json:
        rebuilt = {"rebuilt": again} if again else {}
        print_json({**vars(found.whole), "items": items, **rebuilt})
        return
    for text in words.rebuilt(again) if again else ():
        _line(text)
    _line(f"{pick(found.whole.title)} ({found.whole.exam})")
    _line(words.counted(found.whole))
    if wanted is not None:
        for one in items:
            _print_item(one, found.whole)
    elif found.whole.forms:
        _print_exam(found.whole)
        _print_items(found)


def _wanted(found: ExamStats, name: str | None) -> list[ItemStats]:
    """All items, or those by one name.

    Raises:
        NotFound: no attempt in the sums had it.
    """
    items = [one for one in found.items if name in (None, one.item, one.code)]
    if name is not None and not items:
        raise NotFound(
            _("No attempt at this exam had an item “{item}”.").format(item=name),
            mend=_("Without --item all of them are listed."),
        )
    return items


def _print_exam(whole: ExamFigures) -> None:
    for form in whole.forms:
        click.echo()
        if len(whole.forms) > 1:
            _line(words.form_name(form))
        _print_figures(words.form_figures(form))


def _print_items(found: ExamStats) -> None:
    click.echo()
    columns = [_("Item"), "n", "p", "r", "D", _("Look at it")]
    rows = []
    for one in found.items:
        first, *rest = words.flags(one.figures) or [""]
        p, n = words.number(one.figures.p), one.figures.n
        rows.append([one.item, n, p, *words.separation(one.figures), first])
        rows += [["", "", "", "", "", flag] for flag in rest]
    print_table(columns, rows, "")
    click.echo()
    _line(words.legend(found.whole))


def _print_item(one: ItemStats, whole: ExamFigures) -> None:
    click.echo()
    _line(words.item_line(one))
    _print_figures(words.item_figures(one, whole))
    for text in words.meanings(one.figures):
        _line(text)
    if one.figures.options:
        _print_options(one)


def _print_options(one: ItemStats) -> None:
    click.echo()
    columns = [_("Option"), "n", "%", _("Upper group"), _("Lower group"), "r"]
    rows = [
        [
            words.option_name(chosen),
            chosen.n,
            words.option_share(chosen.share),
            _bar(chosen.upper_share),
            _bar(chosen.lower_share),
            words.number(chosen.option_rest),
        ]
        for chosen in one.figures.options
    ]
    print_table(columns, rows, "")
    for chosen in one.figures.options:
        if text := words.option_text(one, chosen):
            _line(f"  {words.option_name(chosen)}  {text}")


def _bar(share: Fraction | None) -> str:
    said = words.option_share(share)
    return said if share is None else f"{bar(share, BAR)} {said}"


def _print_figures(figures: list[Figure]) -> None:
    width = max(cells(figure.name) for figure in figures)
    for figure in figures:
        _line(f"  {fill(figure.name, width)}  {figure.value}  {figure.note}".rstrip())


def _line(text: str) -> None:
    for line in wrap(clean_line(text), rest="  "):
        click.echo(line)
