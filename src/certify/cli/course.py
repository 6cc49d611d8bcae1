"""`certify course`: what can be read, whether a course folder is right, and who must read it."""

from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call, warn_of_disabled
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.domain.clean import clean_line
from certify.hooks import registry
from certify.i18n import N_, _, _n, pick
from certify.services import course_sync, learning
from certify.services.catalogue import COURSE_KINDS


@click.group(cls=Group, help=N_("Courses: list, check, load, assign."))
def course() -> None:
    """The noun."""


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
    rows = [
        [v.code, pick(v.title), _(COURSE_KINDS[v.kind]), v.version, len(v.lessons), len(v.exams)]
        for v in views
    ]
    if not actor.is_console:
        columns += [_("Read"), _("Due")]
        for row, view in zip(rows, views, strict=True):
            row += [f"{view.finished}/{len(view.lessons)}", str(view.due_on or "")]
    print_table(columns, rows, _("No course is loaded; “certify course sync” loads them."))


@course.command(help=N_("Check course folders and report every finding with file and line."))
@argument(
    "paths",
    metavar="PATH",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    help=N_("Course folders."),
)
@json_option
@pass_call
def check(call: Call, paths: tuple[Path, ...], as_json: bool) -> int:
    """Needs no home: only the question types of the plugins."""
    plugins = registry.load(call.settings.allowed_plugins)
    warn_of_disabled(plugins)
    courses = [check_course(path, plugins.question_types) for path in paths]
    findings = [finding for one in courses for finding in one.findings]
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        print_json([{**vars(finding), "path": str(finding.path)} for finding in findings])
    else:
        for finding in findings:
            click.echo(_line(finding))
        items = sum(len(one.items) for one in courses)
        lessons = sum(len(one.lessons) for one in courses)
        counts = (
            _n("{count} course", "{count} courses", len(courses)).format(count=len(courses)),
            _n("{count} lesson", "{count} lessons", lessons).format(count=lessons),
            _n("{count} item", "{count} items", items).format(count=items),
        )
        summary = _summary(errors, len(findings) - errors)
        message = _("{counts}: {summary}")
        click.echo(message.format(counts=_(", ").join(counts), summary=summary))
    return 2 if errors else 0


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
            click.echo(_line(finding), err=True)
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


def _line(finding: Finding) -> str:
    text = clean_line(str(finding))
    return text if finding.severity == "error" else _("{finding} (warning)").format(finding=text)


def _summary(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return _("nothing to mend")
    parts = [
        _n("{count} error", "{count} errors", errors).format(count=errors),
        _n("{count} warning", "{count} warnings", warnings).format(count=warnings),
    ]
    return _(", ").join(parts)
