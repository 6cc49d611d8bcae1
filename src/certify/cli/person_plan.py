"""`certify person plan`: the development plan of one person."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.day import DAY
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.domain.development import EntryKind
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services import development


@click.command(
    cls=Command,
    help=N_("Development plan: show it, set the target level, add an entry, or mark one done."),
)
@argument("staff_no", help=N_("Staff number of the person."))
@option("--target", metavar="LEVEL", help=N_("Aim at this level of the ladder."))
@option("--by", "by_day", type=DAY, help=N_("Until when, with --target or --add."))
@option("--add", "title", metavar="TEXT", help=N_("Add an entry."))
@option(
    "--kind",
    type=click.Choice([kind.value for kind in EntryKind]),
    default=EntryKind.STEP.value,
    help=N_("What the new entry is."),
)
@option("--note", default="", metavar="TEXT", help=N_("More about the new entry."))
@option("--done", type=int, metavar="NUMBER", help=N_("Mark this entry done."))
@json_option
@pass_call
def plan(
    call: Call,
    staff_no: str,
    target: str | None,
    by_day: date | None,
    title: str | None,
    kind: str,
    note: str,
    done: int | None,
    as_json: bool,
) -> None:
    """Show or change."""
    if sum(one is not None for one in (target, title, done)) > 1:
        raise BadInput(_("Change one thing at a time: --target, --add or --done."))
    with call.opened() as (platform, actor):
        if target is not None:
            development.aim(platform, actor=actor, staff_no=staff_no, level=target, by_day=by_day)
        if title is not None:
            development.add_entry(
                platform,
                actor=actor,
                staff_no=staff_no,
                kind=EntryKind(kind),
                title=title,
                day=by_day,
                note=note,
            )
        if done is not None:
            development.set_done(platform, actor=actor, staff_no=staff_no, entry=done)
        found = development.plan(platform, actor=actor, staff_no=staff_no)
    if as_json:
        print_json(found)
        return
    aim = _("Target level: {level}").format(level=_("none yet"))
    if found.target_level:
        level = f"{found.target_level} {pick(found.target_title)}"
        aim = _("Target level: {level}").format(level=level)
    until = " · " + _("until {day}").format(day=found.by_day) if found.by_day else ""
    click.echo(clean_line(f"{found.name} {found.staff_no} · {aim}{until}"))
    print_table(
        [_("No."), _("Kind"), _("Entry"), _("Day"), _("Done"), _("Note")],
        [
            [
                one.id,
                _(development.KIND_NAMES[one.kind]),
                one.title,
                one.day or "",
                _("yes") if one.done else _("no"),
                one.note,
            ]
            for one in found.entries
        ],
        _("There are no entries yet."),
    )
