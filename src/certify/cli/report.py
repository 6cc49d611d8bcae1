"""`certify report`: the dashboard, timelines, dossiers, and the reports of day to quarter."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.report_archive import archive_options, check_archive, say_written
from certify.domain.clean import clean_line
from certify.i18n import N_, _, _n, pick
from certify.services.reporting import archive as archives
from certify.services.reporting import dashboard as board
from certify.services.reporting import dashboard_words as words
from certify.services.reporting import dossier, event
from certify.services.reporting import timeline as timelines
from certify.services.reporting.daily import daily
from certify.services.reporting.document import Document, markdown, plain
from certify.services.reporting.monthly import monthly
from certify.services.reporting.quarterly import quarterly
from certify.services.reporting.standard_loop import standard_loop
from certify.services.reporting.weekly import weekly

_day = option("--date", "day", type=DAY, help=N_("A day of the time it is about; else today."))
_department = option("--department", default="", metavar="CODE", help=N_("Only this department."))


@click.group(cls=Group, help=N_("Reports: dashboard, people, cohorts, sessions, day to quarter."))
def report() -> None:
    """The noun."""


report.add_command(check_archive)


@report.command(help=N_("Show the figures of the supervision dashboard."))
@_department
@json_option
@pass_call
def dashboard(call: Call, department: str, as_json: bool) -> None:
    """Counts only."""
    with call.opened() as (platform, actor):
        found = board.dashboard(platform, actor=actor, department=department)
        days = platform.policy.qualification.renewal_days
    if as_json:
        figures = [
            {"name": one.name, "number": one.number, "whole": one.whole, "met": one.met}
            for one in found.figures
        ]
        print_json({"day": found.day, "period": found.period, "figures": figures})
        return
    rows = [
        [words.title(one.name, days), words.number(one), words.verdict(found, one), one.name]
        for one in found.figures
    ]
    print_table([_("Figure"), _("Number"), _("Target"), _("Name")], rows, "")


@report.command("list", help=N_("Show the list behind a figure of the dashboard."))
@argument("figure", metavar="FIGURE", help=N_("Its name, such as suspended or expiring-30."))
@_department
@json_option
@pass_call
def list_(call: Call, figure: str, department: str, as_json: bool) -> None:
    """Names only of those whom one may see."""
    with call.opened() as (platform, actor):
        found = board.behind(platform, actor=actor, figure=figure, department=department)
    if as_json:
        print_json(found)
        return
    rows = [
        [one.staff_no, one.name, pick(one.title) or one.subject, one.day, one.word]
        for one in found.lines
    ]
    columns = [_("Staff no."), _("Name"), _("About"), _("Day"), ""]
    print_table(columns, rows, _("Nobody whom you may see by name."))
    if found.hidden:
        text = _n("… and {count} more", "… and {count} more", found.hidden)
        click.echo(text.format(count=found.hidden))


@report.command(help=N_("Show everything that happened to one person, newest first."))
@argument("staff_no", metavar="STAFF_NO", help=N_("Staff number of the person."))
@option("--kind", type=click.Choice(list(event.KINDS)), default=None, help=N_("Only this kind."))
@archive_options
@json_option
@pass_call
def person(
    call: Call, staff_no: str, kind: str | None, archive: Path | None, purpose: str, as_json: bool
) -> None:
    """One timeline."""
    with call.opened() as (platform, actor):
        if archive is not None:
            say_written(
                archives.person_archive(
                    platform, actor=actor, staff_no=staff_no, path=archive, purpose=purpose
                )
            )
            return
        found = timelines.timeline(platform, actor=actor, staff_no=staff_no)
    events = [one for one in found.events if timelines.fits(one, kind or "", "")]
    if as_json:
        lines = [
            {
                "day": one.day,
                "kind": one.kind,
                "what": str(one.what),
                "more": str(one.more or ""),
            }
            for one in events
        ]
        print_json({"staff_no": found.staff_no, "name": found.name, "events": lines})
        return
    click.echo(clean_line(f"# {found.name} {found.staff_no}"))
    click.echo()
    for one in events:
        more = f" · {one.more}" if one.more else ""
        click.echo(clean_line(f"- {one.day.isoformat()} {one.what}{more}"))


@report.command(help=N_("Show the dossier of a cohort: sessions, exam, marks, who must repeat."))
@argument("number", type=click.IntRange(1, 2**63 - 1), help=N_("Number of the cohort."))
@archive_options
@json_option
@pass_call
def cohort(call: Call, number: int, archive: Path | None, purpose: str, as_json: bool) -> None:
    """One dossier."""
    with call.opened() as (platform, actor):
        if archive is not None:
            say_written(
                archives.cohort_archive(
                    platform, actor=actor, cohort_id=number, path=archive, purpose=purpose
                )
            )
            return
        found = dossier.cohort_dossier(platform, actor=actor, cohort_id=number)
    _say(found, as_json)


@report.command(help=N_("Show the dossier of a training session: plan, sign-in, cost, marks."))
@argument("code", metavar="CODE", help=N_("Code of the session."))
@archive_options
@json_option
@pass_call
def session(call: Call, code: str, archive: Path | None, purpose: str, as_json: bool) -> None:
    """One dossier."""
    with call.opened() as (platform, actor):
        if archive is not None:
            say_written(
                archives.session_archive(
                    platform, actor=actor, code=code, path=archive, purpose=purpose
                )
            )
            return
        found = dossier.session_dossier(platform, actor=actor, code=code)
    _say(found, as_json)


@report.command(help=N_("Show the loop of a standard: taught, asked, answered, kept at work."))
@argument("number", metavar="NUMBER", help=N_("Number of the standard, such as CS-001."))
@json_option
@pass_call
def standard(call: Call, number: str, as_json: bool) -> None:
    """One loop."""
    with call.opened() as (platform, actor):
        found = standard_loop(platform, actor=actor, number=number)
    _say(found, as_json)


def _periodic(name: str, make: Callable[..., Document], help_: str) -> None:
    """Add a report about a day's time."""

    @report.command(name, help=help_)
    @_day
    @json_option
    @pass_call
    def run(call: Call, day: date | None, as_json: bool) -> None:
        with call.opened() as (platform, actor):
            found = make(platform, actor=actor, day=day)
        _say(found, as_json)


_periodic("daily", daily, N_("Quality anomalies of a day, as Markdown."))
_periodic("weekly", weekly, N_("The bulletin of a week: inspections, notices, what is overdue."))
_periodic("monthly", monthly, N_("Training in a month: held or missing, hours, cost."))
_periodic("quarterly", quarterly, N_("Quality of a quarter beside the one before, with goals."))


def _say(found: Document, as_json: bool) -> None:
    if as_json:
        print_json(plain(found))
        return
    for text in markdown(found):
        click.echo(text)
