"""`certify course changes`: what new versions changed, and what a folder would change."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument
from certify.cli.course_check import line
from certify.cli.listing_text import json_option, print_json
from certify.courseware.course_file import NAME
from certify.domain.clean import clean_line
from certify.i18n import N_, _, _n, pick
from certify.services import course_changes
from certify.services.course_changes import CourseChanges, Difference, Preview

PARTS = {"lessons": N_("Lessons"), "items": N_("Items"), "exams": N_("Exams")}
HOW = {"added": N_("added"), "changed": N_("changed"), "removed": N_("gone")}
MOST = 12
"""Codes named on one line."""


@click.command(
    cls=Command,
    help=N_(
        "What the versions of a course changed; with a folder, what loading it would change and "
        "for how many people."
    ),
)
@argument("course", metavar="CODE|PATH", help=N_("Code of a loaded course, or a course folder."))
@json_option
@pass_call
def changes(call: Call, course: str, as_json: bool) -> int:
    """Exit code 2 when the folder would not be loaded."""
    folder = Path(course)
    with call.opened() as (platform, actor):
        if (folder / NAME).is_file():
            found = course_changes.preview(platform, actor=actor, folder=folder)
        else:
            revisions = course_changes.history(platform, actor=actor, course=course)
            if as_json:
                print_json(revisions)
                return 0
            for one in revisions:
                _say(f"{one.version}  {one.day}  {pick(one.notes)}".rstrip())
                _print(one.changes)
            return 0
    if as_json:
        print_json(found)
    else:
        _print_preview(found)
    return 2 if found.errors else 0


def _print_preview(found: Preview) -> None:
    for finding in found.errors:
        click.echo(line(finding), err=True)
    if not found.version:
        return
    before = found.loaded_version or _("not loaded yet")
    _say(f"{found.code}: {before} → {found.version}")
    if not found.changes:
        _say(_("Nothing would change."))
        return
    _print(found.changes)
    touched = found.touched
    if touched.enrolled:
        count = touched.enrolled
        said = _n("{count} person is enrolled.", "{count} people are enrolled.", count)
        _say(said.format(count=count))
    if touched.readers:
        count = touched.readers
        said = _n(
            "{count} person finished a lesson that changes: it counts as read, marked as revised.",
            "{count} people finished lessons that change: they count as read, marked as revised.",
            count,
        )
        _say(said.format(count=count))
    if touched.sitting:
        count = touched.sitting
        said = _n(
            "{count} attempt is in progress: it goes on with the items it began with.",
            "{count} attempts are in progress: they go on with the items they began with.",
            count,
        )
        _say(said.format(count=count))


def _print(found: CourseChanges) -> None:
    for part, title in PARTS.items():
        difference: Difference = getattr(found, part)
        for how, name in HOW.items():
            codes: tuple[str, ...] = getattr(difference, how)
            if codes:
                some = ", ".join(codes[:MOST]) + (" …" if len(codes) > MOST else "")
                _say(f"  {_(title)} · {_(name)} {len(codes)}: {some}")


def _say(text: str) -> None:
    click.echo(clean_line(text))
