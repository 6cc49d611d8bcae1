"""`certify cohort admit`, `announce`, `give-time`, `seats`, `codes`, `board`, `change`: a hall."""

from pathlib import Path

import click

from certify.cli.board_text import print_board
from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain import seats as seat_names
from certify.i18n import N_, _, _n
from certify.services import cohorts, conducting, exam_codes, hall_board, registering, seating

ID = click.IntRange(1, 2**63 - 1)
NUMBER = N_("Number of the cohort.")
PLACE = N_("The hall in which it is sat.")
LATE = N_("Who comes so many minutes after the opening begins only when admitted.")


@click.command(cls=Command, help=N_("Show who sits, who waits and who needs somebody."))
@argument("number", type=ID, help=NUMBER)
@json_option
@pass_call
def board(call: Call, number: int, as_json: bool) -> None:
    """The board of a hall."""
    with call.opened() as (platform, actor):
        found = hall_board.board(platform, actor=actor, cohort_id=number)
        if as_json:
            print_json(found)
        else:
            print_board(platform, found)


@click.command(cls=Command, help=N_("Let members begin; a reason is needed once they are late."))
@argument("number", type=ID, help=NUMBER)
@argument("staff_nos", nargs=-1, required=True, help=N_("Staff numbers."))
@option("--reason", default="", metavar="TEXT", help=N_("Why somebody late is admitted."))
@pass_call
def admit(call: Call, number: int, staff_nos: tuple[str, ...], reason: str) -> None:
    """Let members begin."""
    with call.opened() as (platform, actor):
        count = conducting.admit(
            platform, actor=actor, cohort_id=number, staff_nos=staff_nos, reason=reason
        )
    click.echo(
        _n("{count} person admitted.", "{count} people admitted.", count).format(count=count)
    )


@click.command(cls=Command, help=N_("Tell something to everybody of a cohort who sits the exam."))
@argument("number", type=ID, help=NUMBER)
@argument("text", help=N_("What is announced."))
@pass_call
def announce(call: Call, number: int, text: str) -> None:
    """Announce something."""
    with call.opened() as (platform, actor):
        conducting.announce(platform, actor=actor, text=text, cohort_id=number)
    click.echo(_("Announced."))


@click.command(
    "give-time", cls=Command, help=N_("Give everybody of a cohort who sits now the same minutes.")
)
@argument("number", type=ID, help=NUMBER)
@argument("minutes", type=int, help=N_("How many, 1 to 240."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why; kept in the ledger for good."))
@pass_call
def give_time(call: Call, number: int, minutes: int, reason: str) -> None:
    """Give time to all."""
    with call.opened() as (platform, actor):
        count = conducting.give_time_to_all(
            platform, actor=actor, cohort_id=number, minutes=minutes, reason=reason
        )
    said = _n("{count} person got {minutes} min.", "{count} people got {minutes} min.", count)
    click.echo(said.format(count=count, minutes=minutes))


@click.command(
    cls=Command,
    help=N_("Show the seats; give those of a table (CSV or XLSX), or the next free ones."),
)
@argument("number", type=ID, help=NUMBER)
@argument("file", required=False, type=click.Path(path_type=Path), help=N_("Staff no. and seat."))
@option("--free", is_flag=True, help=N_("Give everybody without a seat the next free one."))
@option(
    "--row",
    type=int,
    default=seat_names.ROW,
    metavar="COUNT",
    help=N_("Seats in a row, for --free."),
)
@json_option
@pass_call
def seats(call: Call, number: int, file: Path | None, free: bool, row: int, as_json: bool) -> None:
    """Seats of a cohort."""
    with call.opened() as (platform, actor):
        if file is not None:
            found = seating.assign_from_table(platform, actor=actor, cohort_id=number, path=file)
        if free:
            found = seating.assign_free(platform, actor=actor, cohort_id=number, per_row=row)
        if file is None and not free:
            found = seating.seats_of(platform, actor=actor, cohort_id=number)
    if as_json:
        print_json(found)
        return
    rows = [[one.seat, one.staff_no, one.name] for one in found]
    columns = [_("Seat"), _("Staff no."), _("Name")]
    print_table(columns, rows, _("Nobody is registered yet; “certify cohort add” does it."))


@click.command(
    cls=Command,
    help=N_("Issue exam codes and show them once, to be handed out; older ones are void."),
)
@argument("number", type=ID, help=NUMBER)
@option("--staff", "staff_nos", multiple=True, metavar="STAFF_NO", help=N_("Only this person."))
@json_option
@pass_call
def codes(call: Call, number: int, staff_nos: tuple[str, ...], as_json: bool) -> None:
    """New exam codes."""
    with call.opened() as (platform, actor):
        found = exam_codes.issue(platform, actor=actor, cohort_id=number, staff_nos=staff_nos)
    if as_json:
        print_json(found)
        return
    rows = [[one.seat, one.staff_no, one.name, one.code] for one in found]
    print_table([_("Seat"), _("Staff no."), _("Name"), _("Exam code")], rows, "")


@click.command(cls=Command, help=N_("Change where a cohort sits and who must be admitted."))
@argument("number", type=ID, help=NUMBER)
@option("--place", default=None, metavar="TEXT", help=PLACE)
@option("--admission/--no-admission", default=None, help=N_("Nobody begins before admitted."))
@option("--late-minutes", type=int, default=None, metavar="COUNT", help=LATE)
@option("--never-late", is_flag=True, help=N_("Whoever comes may begin until the end."))
@pass_call
def change(
    call: Call,
    number: int,
    place: str | None,
    admission: bool | None,
    late_minutes: int | None,
    never_late: bool,
) -> None:
    """Change a hall; what is not named stays."""
    with call.opened() as (platform, actor):
        view = cohorts.one(platform, actor=actor, cohort_id=number)
        late = view.late_minutes if late_minutes is None else late_minutes
        registering.change_cohort(
            platform,
            actor=actor,
            cohort_id=number,
            place=view.place if place is None else place,
            needs_admission=view.needs_admission if admission is None else admission,
            late_minutes=None if never_late else late,
        )
    click.echo(_("Changed."))


COMMANDS = (board, admit, announce, give_time, seats, codes, change)
