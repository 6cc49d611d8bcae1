"""`certify survey`: satisfaction surveys from a file, and what came back."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.scoring import points_text
from certify.domain.survey import TOPICS
from certify.i18n import N_, _
from certify.services.reporting import surveys
from certify.services.reporting.said import Percent
from certify.services.reporting.survey_rows import HEADINGS
from certify.services.reporting.surveys import SurveyView


@click.group(cls=Group, help=N_("Surveys: import satisfaction surveys, list what came back."))
def survey() -> None:
    """The noun."""


@survey.command("list", help=N_("List every survey with its return rate, the newest first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Surveys."""
    with call.opened() as (platform, actor):
        found = surveys.surveys(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    columns = [_(HEADINGS[name]) for name in ("code", "first_day", "last_day", "sent", "returned")]
    columns += [_("Return rate"), _("Target"), *(_(HEADINGS[topic]) for topic in TOPICS)]
    print_table(
        columns,
        [_row(one) for one in found],
        _("There are no surveys yet; “certify survey import FILE” brings some in."),
    )


def _row(one: SurveyView) -> list[object]:
    verdicts = {True: _("met"), False: _("not met"), None: _("n/a")}
    means = [points_text(one.topics[name]) if name in one.topics else "" for name in TOPICS]
    figures = [one.code, one.first_day, one.last_day, one.sent, one.returned]
    return [*figures, Percent(one.rate), verdicts[one.is_enough], *means]


@survey.command(
    "import", help=N_("Check a file of surveys; --apply takes it over, whole or not at all.")
)
@argument("file", metavar="FILE", type=click.Path(path_type=Path), help=N_("CSV or XLSX."))
@option("--apply", "apply_", is_flag=True, help=N_("Take it over; without this nothing changes."))
@json_option
@pass_call
def import_(call: Call, file: Path, apply_: bool, as_json: bool) -> int:
    """Dry run first."""
    with call.opened() as (platform, actor):
        done = surveys.import_surveys(platform, actor=actor, path=file, apply=apply_)
    code = 2 if done.rejections else 0
    if as_json:
        print_json(done)
        return code
    for one in done.rejections:
        text = _("row {row}, {column}: {message} {mend}")
        said = text.format(row=one.row, column=one.column, message=one.message, mend=one.mend)
        click.echo(said, err=True)
    counts = _("Found {found}: added {added}, unchanged {unchanged}, rejected {rejected}")
    click.echo(
        counts.format(
            found=done.found, added=done.added, unchanged=done.unchanged, rejected=done.rejected
        )
    )
    if done.rejections:
        click.echo(_("Nothing was taken. Mend what is named above."))
    elif not done.applied:
        click.echo(_("Nothing was changed yet; --apply takes it over."))
    return code
