"""`certify exam prove`: the proof of a blueprint, as text and as JSON."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.text import bar, cells, fill, wrap
from certify.domain.blueprint_proof import Comparison
from certify.domain.clean import clean_line
from certify.i18n import N_, _, pick
from certify.services import proof_words as words
from certify.services import proving
from certify.services.proving import ProofView


@click.command(
    cls=Command,
    help=N_(
        "Prove before anybody sits it that an exam's blueprint can be filled, and how its "
        "forms compare."
    ),
)
@argument("exam_code", metavar="EXAM", help=N_("Code of the exam."))
@option(
    "--forms",
    type=click.IntRange(2, proving.MOST_FORMS),
    default=proving.FORMS,
    show_default=True,
    help=N_("How many forms are drawn where a figure cannot be computed."),
)
@json_option
@pass_call
def prove(call: Call, exam_code: str, forms: int, as_json: bool) -> int:
    """Exit code 1 when a cell cannot be filled, so that the exam does not open."""
    with call.opened() as (platform, actor):
        view = proving.prove(platform, actor=actor, exam=exam_code, forms=forms)
    if as_json:
        print_json({"may_open": view.may_open, "keeps_bound": view.keeps_bound, **vars(view)})
    else:
        _print(view)
    return 0 if view.may_open else 1


def _print(view: ProofView) -> None:
    _line(f"{pick(view.title)} ({view.exam})")
    _line(words.rules(view))
    _heading(_("Blueprint: wanted/available"))
    grid = words.grid(view)
    first, *rest = words.headings(grid.columns, cells)
    print_table(first, [*rest, *grid.rows], "")
    if marks := words.marks(view):
        _line(marks)
    click.echo()
    _line(words.verdict(view))
    for text in words.conflicts(view):
        _line(text, "  ")
    if view.comparison is not None:
        _print_comparison(view, view.comparison)


def _print_comparison(view: ProofView, compared: Comparison) -> None:
    _heading(_("Items that two parallel forms have in common"))
    for text in words.overlap(view, compared):
        _line(text, "  ")
    if compared.retakes:
        _heading(_("Items that a retake repeats"))
        for text in words.retakes(compared):
            _line(text, "  ")
        if view.keeps_bound:
            _line(words.bound_kept(view), "  ")
        for number, text in enumerate(words.warnings(view, compared)):
            _line(text, "    " if number else "  ! ")
    _heading(_("How likely an item is to be drawn: the likeliest of each topic"))
    topics = words.exposure_by_topic(view, compared)
    width = max(cells(clean_line(one.title)) for one in topics)
    for one in topics:
        title = fill(clean_line(one.title), width)
        click.echo(f"  {title}  {bar(one.highest)}  {words.percent(one.highest)}")
    for text in words.exposure(compared):
        _line(text, "  ")
    _heading(_("Mark expected on a form"))
    for text in words.spread(view, compared):
        _line(text, "  ")


def _heading(text: str) -> None:
    click.echo()
    _line(text)


def _line(text: str, indent: str = "") -> None:
    rest = " " * cells(indent)
    for line in wrap(clean_line(text), first=indent, rest=rest):
        click.echo(line)
