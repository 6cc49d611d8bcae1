"""Items, coverage and stale items in lines."""

from zoneinfo import ZoneInfo

import click

from certify.cli.line_terminal import say
from certify.cli.listing_text import print_table
from certify.cli.text import wrap
from certify.domain.clean import clean, clean_line
from certify.i18n import _, language, pick
from certify.platform import Platform
from certify.services import coverage_words, review_words
from certify.services import review_item_words as words
from certify.services.coverage import CoverageView
from certify.services.review_item import ItemView
from certify.services.review_stale import StaleReport


def print_item(platform: Platform, found: ItemView) -> None:
    """An item as reviewers see it."""
    spoken = language()
    spoken = spoken if spoken in found.wording.stem else next(iter(found.wording.stem), spoken)
    head = _("{code}: {state}").format(
        code=found.code, state=review_words.state(found.state, is_pending=found.is_pending)
    )
    waits = review_words.waits(found.stage, found.keys)
    say(f"{head}, {waits}" if waits else head)
    for line in words.facts(found):
        say(clean_line(line))
    say("")
    say(clean(found.wording.stem.get(spoken, "")))
    for choice in found.wording.choices.get(spoken, ()):
        for part in wrap(clean_line(choice), first="  ", rest="     "):
            click.echo(part)
    if found.has_key:
        if text := found.wording.key.get(spoken):
            say(_("Right answer: {answer}").format(answer=clean(text)))
        for title, points in found.wording.rubric:
            say(f"({points}) {clean(pick(title))}")
        if text := found.wording.explanation.get(spoken):
            say(_("Why: {text}").format(text=clean(text)))
    for line in words.differences(found):
        say(clean(line))
    if found.history:
        say("")
    zone = ZoneInfo(platform.policy.organisation.time_zone)
    for step in found.history:
        moment = f"{step.at.astimezone(zone):%Y-%m-%d %H:%M}"
        say(clean(f"{moment}  {words.step(step)}"))
    if found.keys.agreeing or found.keys.differing:
        say(review_words.keys(found.keys))
    if found.stale:
        say(words.stale(found.stale))


def print_coverage(found: CoverageView) -> None:
    """The matrices and their holes."""
    say(f"{clean_line(pick(found.title))} ({found.course})")
    for title, columns, rows in coverage_words.tables(found):
        click.echo()
        say(title)
        print_table(columns, rows, "")
    click.echo()
    for line in coverage_words.holes(found) or [_("✓ No hole.")]:
        say(clean_line(line))
    for line in coverage_words.remarks(found):
        say(clean_line(line))


def print_stale(found: StaleReport) -> None:
    """What must be looked at again, and what is not known."""
    print_table(
        [_("Item"), _("Course"), _("Looked at"), _("Reason")],
        [[one.code, one.course, one.since, words.stale(one.stale)] for one in found.items],
        _("No item cites a standard that changed since it was written."),
    )
    for number, codes in found.unknown.items():
        say(words.unknown_standard(number, codes))
