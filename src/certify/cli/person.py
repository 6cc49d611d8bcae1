"""`certify person`: the people list, new people, and their first code to sign in with."""

from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.person_absence import absence
from certify.cli.person_change import change, history
from certify.cli.person_erase import erase, retention
from certify.cli.person_extract import extract
from certify.cli.person_guide import guide
from certify.cli.person_import_text import mapped, print_changes
from certify.cli.person_key import key, own_ways_in, unlock
from certify.cli.person_owner import owner
from certify.cli.person_phase import phase
from certify.cli.person_plan import plan
from certify.cli.person_refusal import refusal
from certify.cli.person_role import role
from certify.cli.post_needs import of_person
from certify.cli.rejection_text import print_rejections
from certify.domain.clean import clean_line
from certify.domain.person import Role
from certify.i18n import N_, _, pick
from certify.services import people, people_columns, people_import, sign_in
from certify.services.people_words import ROLE_NAMES


@click.group(cls=Group, help=N_("People: list, add, import, give a start code."))
def person() -> None:
    """The noun."""


@person.command("list", help=N_("List everybody by department and staff number."))
@option("--search", metavar="TEXT", default="", help=N_("Part of a name or staff number."))
@json_option
@pass_call
def list_(call: Call, search: str, as_json: bool) -> None:
    """The people list."""
    with call.opened() as (platform, actor):
        views = people.people_list(platform, actor=actor, search=search)
    if as_json:
        print_json(views)
        return
    columns = [
        _("Staff no."),
        _("Name"),
        _("Department"),
        _("Post"),
        _("Direct supervisor"),
        _("Hired on"),
        _("Level"),
        _("Roles"),
    ]
    rows = [
        [
            view.staff_no,
            view.name,
            pick(view.department),
            pick(view.post),
            view.supervisor,
            view.hired_on,
            view.level,
            _(", ").join(_(ROLE_NAMES[role]) for role in view.roles if role is not Role.LEARNER),
        ]
        for view in views
    ]
    print_table(columns, rows, _("Nobody fits."))


@person.command(help=N_("Add one person."))
@argument("staff_no", help=N_("Staff number; leading zeros count."))
@option("--name", required=True, metavar="TEXT", help=N_("Name."))
@option("--department", required=True, metavar="CODE", help=N_("Code of the department."))
@option("--post", required=True, metavar="CODE", help=N_("Code of the post."))
@option("--hired-on", required=True, type=DAY, help=N_("First working day."))
@option("--supervisor", metavar="STAFF_NO", help=N_("Staff number of the direct supervisor."))
@option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help=N_("A role besides learner; may be given several times."),
)
@pass_call
def add(
    call: Call,
    staff_no: str,
    name: str,
    department: str,
    post: str,
    hired_on: date,
    supervisor: str | None,
    roles: tuple[str, ...],
) -> None:
    """Add one person."""
    with call.opened() as (platform, actor):
        people.add_person(
            platform,
            actor=actor,
            staff_no=staff_no,
            name=name,
            department=department,
            post=post,
            hired_on=hired_on,
            supervisor_no=supervisor,
            roles=frozenset(Role(role) for role in roles),
        )
    click.echo(_("{staff_no} {name} is added.").format(staff_no=staff_no, name=name))


@person.command(
    "import",
    help=N_("Read people from a CSV or Excel file. Without --apply nothing is changed."),
)
@argument("file", type=click.Path(path_type=Path), help=N_("The file."))
@option("--apply", is_flag=True, help=N_("Apply the file, all of it or nothing."))
@option(
    "--map",
    "maps",
    multiple=True,
    metavar="HEADING=FIELD",
    help=N_(
        "What a heading means, such as 员工编号=staff_no; “-” ignores the column. May be given "
        "several times, and is kept for your next file with the same headings."
    ),
)
@option("--changes", is_flag=True, help=N_("Show what changes for whom, before and after."))
@pass_call
def import_(call: Call, file: Path, apply: bool, maps: tuple[str, ...], changes: bool) -> int:
    """Report what the file would change, or change it."""
    mapping = dict(mapped(text) for text in maps) or None
    with call.opened() as (platform, actor):
        report = people_import.import_people(
            platform, actor=actor, path=file, apply=apply, mapping=mapping
        )
        if mapping and not actor.is_console:
            found = people_columns.file_columns(platform, actor=actor, path=file, said=mapping)
            people_columns.keep_mapping(platform, actor=actor, mapping=found.mapping)
    if changes:
        print_changes(report.changes)
    if report.ignored:
        ignored = _(", ").join(clean_line(one) for one in report.ignored)
        click.echo(_("Not read: {columns}").format(columns=ignored))
    click.echo(
        _(
            "{found} found = {added} added + {changed} changed + {unchanged} unchanged"
            " + {rejected} rejected"
        ).format(
            found=report.found,
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
            rejected=report.rejected,
        )
    )
    for line in report.left_alone:
        click.echo(clean_line(f"! {line}"))
    return print_rejections(file, report.rejections, applied=report.applied)


@person.command("start-code", help=N_("Give a person a new code for the first sign-in."))
@argument("staff_no", help=N_("Who is to sign in."))
@pass_call
def start_code(call: Call, staff_no: str) -> None:
    """The code is shown once."""
    with call.opened() as (platform, actor):
        code = sign_in.give_start_code(platform, actor=actor, staff_no=staff_no)
    click.echo(code)
    click.echo(
        _("Shown only now; with it {name} chooses a password.").format(name=staff_no), err=True
    )


person.add_command(guide)
person.add_command(key)
person.add_command(own_ways_in)
person.add_command(unlock)
person.add_command(phase)
person.add_command(plan)
person.add_command(of_person)
person.add_command(change)
person.add_command(history)
person.add_command(absence)
person.add_command(owner)
person.add_command(refusal)
person.add_command(role)
person.add_command(extract)
person.add_command(erase)
person.add_command(retention)
