"""`certify course`: what can be read, whether a course folder is right, and who must read it."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.course_changes import changes
from certify.cli.course_check import check, line
from certify.cli.course_coverage import coverage
from certify.cli.course_new import new
from certify.cli.course_pack import install, pack
from certify.cli.course_preview import preview
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.i18n import N_, _, pick
from certify.services import course_sync, learning
from certify.services.catalogue import COURSE_KINDS
from certify.services.course_view import CourseView


@click.group(cls=Group, help=N_("Courses: list, check, load, assign."))
def course() -> None:
    """The noun."""


for verb in (coverage, new, check, preview, changes, pack, install):
    course.add_command(verb)


@course.command("list", help=N_("List every loaded course, and with --as how far it is read."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Courses as the actor finds them."""
    with call.opened() as (platform, actor):
        views = learning.course_views(platform, actor=actor)
    if as_json:
        print_json(views)
        return
    columns = [_("Course"), _("Title"), _("Kind"), _("Version"), _("Lessons"), _("Exams")]
    columns += [_("Module"), _("Revised")]
    rows = [
        [
            *(v.code, pick(v.title), _(COURSE_KINDS[v.kind]), v.version),
            *(len(v.lessons), len(v.exams), v.facts.module, _revised(v)),
        ]
        for v in views
    ]
    if not actor.is_console:
        columns += [_("Read"), _("Due")]
        for row, view in zip(rows, views, strict=True):
            row += [f"{view.finished}/{len(view.lessons)}", str(view.due_on or "")]
    print_table(columns, rows, _("No course is loaded; “certify course sync” loads them."))


def _revised(view: CourseView) -> str:
    """The day of the last revision; marked when that is too long ago for in-service training."""
    said = str(view.facts.revised_on or "")
    return _("{day} ! stale").format(day=said) if view.facts.is_stale else said


@course.command(help=N_("Load every course folder that changed into the database."))
@pass_call
def sync(call: Call) -> int:
    """A refused course is named and the others are loaded."""
    with call.opened() as (platform, actor):
        results = course_sync.sync_courses(platform, actor=actor)
    changes = {"unchanged": _("unchanged"), "loaded": _("loaded"), "refused": _("refused")}
    for result in results:
        click.echo(f"{result.code or result.folder.name}: {changes[result.change]}")
        for finding in result.findings:
            click.echo(line(finding), err=True)
    return 2 if any(result.change == "refused" for result in results) else 0


@course.command(help=N_("Assign a course to a person, or change the day it is due."))
@argument("code", help=N_("Code of the course."))
@option("--to", "to", metavar="STAFF_NO", required=True, help=N_("Who is to read it."))
@option("--due", type=DAY, help=N_("Last day to finish it."))
@pass_call
def assign(call: Call, code: str, to: str, due: date | None) -> None:
    """Enrol somebody."""
    with call.opened() as (platform, actor):
        learning.enrol(platform, actor=actor, staff_no=to, course=code, due_on=due)
    click.echo(_("{course} is assigned to {staff_no}.").format(course=code, staff_no=to))
