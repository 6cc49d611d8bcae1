"""A released attempt item by item, in lines."""

import click

from certify.cli.listing_text import print_json
from certify.cli.text import wrap
from certify.domain.clean import clean_line
from certify.i18n import _, pick
from certify.services.release import ReviewedItem, ReviewView


def print_review(view: ReviewView, as_json: bool) -> None:
    """The items with own answer, key and explanation, or why they are hidden."""
    if as_json:
        print_json(view)
        return
    _say(pick(view.title))
    if view.hidden:
        _say(view.hidden)
    for item in view.items:
        _print(item)


def _print(item: ReviewedItem) -> None:
    click.echo()
    head = _("Item {number}: {earned} of {points} points")
    if item.is_voided:
        head = _("Item {number}: voided, it counts for nobody")
    _say(head.format(number=item.number, earned=item.earned, points=item.points))
    _say(pick(item.stem), "  ")
    answer = pick(item.answer) or _("none")
    _say(_("Your answer: {answer}").format(answer=answer), "  ")
    if key := pick(item.key):
        _say(_("Right answer: {answer}").format(answer=key), "  ")
    if why := pick(item.explanation):
        _say(_("Why: {text}").format(text=why), "  ")


def _say(text: str, indent: str = "") -> None:
    for line in text.split("\n"):
        for part in wrap(clean_line(line), first=indent, rest=indent):
            click.echo(part)
