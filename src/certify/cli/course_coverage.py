"""`certify course coverage`: which contents and methods onboarding has, and what is missing."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.must_cover import GROUP_NAMES
from certify.i18n import N_, _, _n, pick
from certify.services import course_coverage
from certify.services.course_coverage import MethodCoverage
from certify.services.course_words import METHODS


@click.command(
    cls=Command,
    help=N_("What onboarding covers of what it must, and what is missing."),
)
@json_option
@pass_call
def coverage(call: Call, as_json: bool) -> None:
    """The report on all loaded onboarding courses."""
    with call.opened() as (platform, actor):
        view = course_coverage.coverage(platform, actor=actor)
    if as_json:
        print_json(view)
        return
    print_table(
        [_("Part"), _("Code"), _("Content"), _("Lessons")],
        [
            [
                _(GROUP_NAMES[one.group]),
                one.code,
                _(one.about),
                _("; ").join(pick(lesson.title) for lesson in one.lessons) or _("missing"),
            ]
            for one in view.contents
        ],
        "",
    )
    click.echo()
    print_table(
        [_("Course"), _("Methods"), _("Missing")],
        [[pick(one.title), methods_text(one), missing_text(one)] for one in view.courses],
        _("No onboarding course is loaded."),
    )
    text = _n("{count} content is missing.", "{count} contents are missing.", view.missing)
    click.echo(text.format(count=view.missing))


def methods_text(one: MethodCoverage) -> str:
    """How many lessons of each method a course has."""
    return _(", ").join(f"{_(METHODS.get(name, name))} {n}" for name, n in one.methods.items())


def missing_text(one: MethodCoverage) -> str:
    """The methods that a course lacks."""
    return _(", ").join(_(METHODS[name]) for name in one.missing)
