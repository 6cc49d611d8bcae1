"""`certify cohort`: who sits an exam together, in which window, and their pass rate."""

import click

from certify.cli import cohort_hall
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.text import wrap
from certify.domain.clean import clean_line
from certify.i18n import N_, _, _n, pick
from certify.services import cohort_words, cohorts, not_yet, registering
from certify.services.windows import parse_moment

ID = click.IntRange(1, 2**63 - 1)
WHEN = N_("Like “2024-12-31 09:00”, by the clocks of the company.")


@click.group(cls=Group, help=N_("Cohorts: who sits an exam together, when, and their pass rate."))
def cohort() -> None:
    """The noun."""


@cohort.command("list", help=N_("List every cohort with its pass rate, the newest first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Cohorts."""
    with call.opened() as (platform, actor):
        views = cohorts.listed(platform, actor=actor)
        if as_json:
            print_json(views)
            return
        columns = [_("No."), _("Cohort"), _("Exam"), _("Window"), _("Members"), _("Pass rate")]
        columns += [_("Target"), _("Pass mark")]
        rows = [
            [
                view.id,
                view.title,
                pick(view.exam_title),
                cohort_words.window(platform, view),
                view.figures.registered,
                cohort_words.rate(view),
                f"{view.target} %",
                view.pass_mark,
            ]
            for view in views
        ]
    print_table(columns, rows, _("There are no cohorts yet; “certify cohort new” makes one."))


@cohort.command(help=N_("Show one cohort: its window, its members, its pass rate."))
@argument("number", type=ID, help=N_("Number of the cohort."))
@json_option
@pass_call
def show(call: Call, number: int, as_json: bool) -> None:
    """One cohort."""
    with call.opened() as (platform, actor):
        view = cohorts.one(platform, actor=actor, cohort_id=number)
        if as_json:
            print_json(view)
            return
        for text in (
            f"{view.title} · {pick(view.exam_title)}",
            *cohort_words.lines(platform, view),
        ):
            for line in wrap(clean_line(text), rest="  "):
                click.echo(line)
    click.echo()
    columns = [_("Staff no."), _("Name"), _("Seat"), _("State"), _("Mark"), _("Reason")]
    rows = [
        [one.staff_no, one.name, one.seat, _(cohort_words.STATES[one.state]), one.mark, one.reason]
        for one in view.members
    ]
    print_table(columns, rows, _("Nobody is registered yet; “certify cohort add” does it."))


@cohort.command(help=N_("Make a cohort for an exam."))
@argument("exam", help=N_("Code of the exam."))
@option("--title", required=True, metavar="TEXT", help=N_("Its name."))
@option("--occasion", default="", metavar="TEXT", help=N_("Why an ad-hoc exam is held."))
@option("--opens", default="", metavar="MOMENT", help=WHEN)
@option("--closes", default="", metavar="MOMENT", help=WHEN)
@option("--place", default="", metavar="TEXT", help=cohort_hall.PLACE)
@option("--admission", is_flag=True, help=N_("Nobody begins before admitted."))
@option("--late-minutes", type=int, default=None, metavar="COUNT", help=cohort_hall.LATE)
@pass_call
def new(
    call: Call,
    exam: str,
    title: str,
    occasion: str,
    opens: str,
    closes: str,
    place: str,
    admission: bool,
    late_minutes: int | None,
) -> None:
    """Make a cohort."""
    with call.opened() as (platform, actor):
        number = registering.new_cohort(
            platform,
            actor=actor,
            exam=exam,
            title=title,
            occasion=occasion,
            opens_at=parse_moment(platform, opens),
            closes_at=parse_moment(platform, closes),
            place=place,
            needs_admission=admission,
            late_minutes=late_minutes,
        )
    click.echo(_("Cohort {number} is made.").format(number=number))


@cohort.command(help=N_("Register people in a cohort, all of them or none."))
@argument("number", type=ID, help=N_("Number of the cohort."))
@argument("staff_nos", nargs=-1, required=True, help=N_("Staff numbers."))
@pass_call
def add(call: Call, number: int, staff_nos: tuple[str, ...]) -> None:
    """Register people."""
    with call.opened() as (platform, actor):
        count = registering.register(platform, actor=actor, cohort_id=number, staff_nos=staff_nos)
        found = not_yet.not_yet(platform, actor=actor, cohort_id=number, staff_nos=staff_nos)
    click.echo(
        _n("{count} person registered.", "{count} people registered.", count).format(count=count)
    )
    if found:
        click.echo(f"! {not_yet.warning(found)}", err=True)
    for one in found:
        for line in wrap(clean_line(one.text), first="  ", rest="    "):
            click.echo(line, err=True)


@cohort.command(help=N_("Excuse a member, who then does not count in the pass rate."))
@argument("number", type=ID, help=N_("Number of the cohort."))
@argument("staff_no", help=N_("Who is excused."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why; kept in the ledger for good."))
@pass_call
def excuse(call: Call, number: int, staff_no: str, reason: str) -> None:
    """Excuse a member."""
    with call.opened() as (platform, actor):
        registering.excuse(
            platform, actor=actor, cohort_id=number, staff_no=staff_no, reason=reason
        )
    click.echo(_("{staff_no} is excused.").format(staff_no=staff_no))


for command in cohort_hall.COMMANDS:
    cohort.add_command(command)
