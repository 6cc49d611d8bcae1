"""`certify standard delta` and `settle`: what holders learn of a new text."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean
from certify.i18n import N_, _, pick
from certify.services.standard_life import delta as trainings
from certify.services.standard_life import delta_passing, delta_words, settling

ID = click.IntRange(1, 2**31 - 1)
_training = argument("training", metavar="ID", type=ID, help=N_("Number of the delta training."))


@click.group(cls=Group, help=N_("Delta training: what changed, and who has learned it."))
def delta() -> None:
    """The noun."""


@delta.command("list", help=N_("List delta training of whom you look after, and your own."))
@option("--number", default="", metavar="NUMBER", help=N_("Only on this standard."))
@option("--open", "only_open", is_flag=True, help=N_("Only what is not passed."))
@json_option
@pass_call
def list_(call: Call, number: str, only_open: bool, as_json: bool) -> None:
    """By the day it is due."""
    with call.opened() as (platform, actor):
        found = trainings.deltas(platform, actor=actor, number=number, only_open=only_open)
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one.id,
            one.staff_no,
            one.name,
            one.number,
            pick(one.item),
            one.due_on,
            delta_words.state(one),
        ]
        for one in found
    ]
    columns = [_("ID"), _("Staff no."), _("Name"), _("No."), _("Standard"), _("Until"), _("State")]
    print_table(columns, rows, _("No delta training is to be done."))


@delta.command(help=N_("Show what changed in a standard, old and new."))
@_training
@json_option
@pass_call
def show(call: Call, training: int, as_json: bool) -> None:
    """One training."""
    with call.opened() as (platform, actor):
        found = trainings.delta(platform, actor=actor, training_id=training)
    if as_json:
        print_json(found)
        return
    for text in delta_words.lines(found):
        say(clean(text))


@delta.command(help=N_("Say that you have read what changed."))
@_training
@pass_call
def read(call: Call, training: int) -> None:
    """One's own."""
    with call.opened() as (platform, actor):
        trainings.confirm_read(platform, actor=actor, training_id=training)
        found = trainings.delta(platform, actor=actor, training_id=training)
    say(delta_words.next_step(found))


@delta.command("pass", help=N_("Record that you trained somebody on a new text."))
@argument("staff_no", metavar="STAFF_NO", help=N_("Whom you trained."))
@argument("number", metavar="NUMBER", help=N_("Number of the standard, such as CS-001."))
@option("--session", "name", required=True, metavar="TEXT", help=N_("In which session."))
@pass_call
def pass_(call: Call, staff_no: str, number: str, name: str) -> None:
    """A trainer's record."""
    with call.opened() as (platform, actor):
        delta_passing.record_session(
            platform, actor=actor, staff_no=staff_no, number=number, session_name=name
        )
    click.echo(_("Kept: {staff_no} has passed.").format(staff_no=staff_no))


@click.command(cls=Command, help=N_("Settle what standards bring by today; twice does no harm."))
@json_option
@pass_call
def settle(call: Call, /, as_json: bool) -> None:
    """Assign, pass, suspend."""
    with call.opened() as (platform, _actor):
        found = settling.settle(platform)
    if as_json:
        print_json(found)
        return
    text = _("Delta training: {assigned} assigned, {passed} passed by exams, {late} suspended.")
    click.echo(text.format(assigned=found.assigned, passed=found.passed, late=found.suspended))
