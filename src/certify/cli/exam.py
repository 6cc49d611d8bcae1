"""`certify exam`: what can be sat, and a sitting by lines."""

import os
import sys

import click

from certify.cli.call import Call, line_mode_command, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.exam_mark import mark
from certify.cli.exam_prove import prove
from certify.cli.listing_text import json_option, print_json, print_table
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services import catalogue


@click.group(cls=Group, help=N_("Exams: list, sit one on a plain terminal."))
def exam() -> None:
    """The noun."""


@exam.command("list", help=N_("List every exam, and with --as whether it may be sat now."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Exams with their rules."""
    with call.opened() as (platform, actor):
        doors = catalogue.exams(platform, actor=actor)
    if as_json:
        print_json([{"may_start": door.may_start, **vars(door)} for door in doors])
        return
    columns = [_("Exam"), _("Title"), _("Items"), _("Minutes"), _("Pass mark")]
    rows = [[d.exam, pick(d.title), d.items, d.minutes, d.pass_mark] for d in doors]
    if not actor.is_console:
        columns.append(_("Now"))
        for row, door in zip(rows, doors, strict=True):
            row.append(_state(door.open_attempt is not None, door.blockers))
    print_table(columns, rows, _("No course with an exam is loaded; “certify course sync” loads."))


@exam.command(help=N_("Sit an exam. With --plain by lines of text, on any terminal."))
@argument("exam_code", metavar="EXAM", help=N_("Code of the exam."))
@option("--plain", is_flag=True, help=N_("By lines of text instead of the screens."))
@pass_call
def take(call: Call, exam_code: str, plain: bool) -> int:
    """Sit an exam as the person of `--as`."""
    if call.staff_no is None:
        raise BadInput(
            _("Whose exam is it?"),
            mend=_("Write “{command}”.").format(command=line_mode_command(exam_code)),
        )
    if plain:
        from certify.cli import line_mode

        with call.opened() as (platform, actor):
            return line_mode.take(platform, actor=actor, exam=exam_code)
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        raise BadInput(
            _("The screens need a full terminal."),
            mend=_("Use line mode: “{command}”.").format(command=line_mode_command(exam_code)),
        )
    from certify.tui.start import run

    return run(call.settings, staff_no=call.staff_no, exam=exam_code)


exam.add_command(prove)
exam.add_command(mark)


def _state(is_open: bool, blockers: tuple[str, ...]) -> str:
    if is_open:
        return _("in progress")
    return _("locked: {reasons}").format(reasons=" ".join(blockers)) if blockers else _("open")
