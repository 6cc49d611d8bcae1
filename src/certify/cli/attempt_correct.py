"""`certify attempt void-item`, `re-key`, `re-weight`, `re-mark`: corrections, looked at first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, ParamSpec, TypeVar

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain import scoring
from certify.domain.correction import Change, CorrectionKind
from certify.errors import BadInput
from certify.i18n import N_, _, _n
from certify.services import correcting
from certify.services.correcting import CorrectionView, Wish
from certify.services.correction_words import KINDS, change_text

ID = click.IntRange(1, 2**63 - 1)
P = ParamSpec("P")
R = TypeVar("R")


def _what(command: Callable[P, R]) -> Callable[P, R]:
    """The arguments and options of every kind of correction."""
    for add in (
        json_option,
        option("--propose", is_flag=True, help=N_("Put it before a second person after the list.")),
        option("--lower", is_flag=True, help=N_("Let marks fall; otherwise nobody gets less.")),
        option("--reason", default="", help=N_("Why; kept with every changed result.")),
        argument("item", metavar="ITEM", help=N_("Item id, with @2 for its second version.")),
        argument("exam", metavar="EXAM", help=N_("Code of the exam.")),
    ):
        command = add(command)
    return command


@click.command("void-item", cls=Command, help=N_("Take an item out of every result of an exam."))
@_what
@pass_call
def void_item(call: Call, /, as_json: bool, propose: bool, **wish: Any) -> None:
    """Void."""
    _look(call, _wish(CorrectionKind.VOID, wish), as_json=as_json, propose=propose)


@click.command(
    "re-key", cls=Command, help=N_("Mark an item again by the key of its newest version.")
)
@_what
@pass_call
def re_key(call: Call, /, as_json: bool, propose: bool, **wish: Any) -> None:
    """Another key."""
    _look(call, _wish(CorrectionKind.REKEY, wish), as_json=as_json, propose=propose)


@click.command(
    "re-weight", cls=Command, help=N_("Give an item other points in every result of an exam.")
)
@_what
@argument("points", metavar="POINTS", help=N_("New points, such as 2 or 0.5."))
@pass_call
def re_weight(call: Call, /, as_json: bool, propose: bool, points: str, **wish: Any) -> None:
    """Other points."""
    asked = replace(_wish(CorrectionKind.REWEIGHT, wish), points=_exact(points))
    _look(call, asked, as_json=as_json, propose=propose)


@click.command(
    "re-mark", cls=Command, help=N_("Give one answer of one attempt another share of its points.")
)
@_what
@argument("attempt_id", metavar="ID", type=ID, help=N_("Number of the attempt."))
@argument("share", metavar="SHARE", help=N_("Share of the points, such as 0.75 or 3/4."))
@pass_call
def re_mark(
    call: Call, /, as_json: bool, propose: bool, attempt_id: int, share: str, **wish: Any
) -> None:
    """One answer marked again."""
    asked = replace(_wish(CorrectionKind.REMARK, wish), attempt_id=attempt_id, share=_exact(share))
    _look(call, asked, as_json=as_json, propose=propose)


@click.command("corrections", cls=Command, help=N_("List every correction, the newest first."))
@json_option
@pass_call
def corrections(call: Call, /, as_json: bool) -> None:
    """Proposed, applied and withdrawn ones."""
    with call.opened() as (platform, actor):
        views = correcting.corrections(platform, actor=actor)
    if as_json:
        print_json(views)
        return
    columns = [_("No."), _("Exam"), _("Item"), _("Kind"), _("State"), _("Reason")]
    rows = [
        [one.id, one.exam, one.item, _(KINDS[one.kind]), _state(one), one.reason] for one in views
    ]
    print_table(columns, rows, _("No correction yet."))


@click.command("apply", cls=Command, help=N_("Apply a proposed correction, as a second person."))
@argument("number", metavar="NUMBER", type=ID, help=N_("Number of the correction."))
@option("--yes", is_flag=True, help=N_("Apply it; without this only the list is shown."))
@json_option
@pass_call
def apply(call: Call, /, number: int, yes: bool, as_json: bool) -> None:
    """Look, or carry it out."""
    with call.opened() as (platform, actor):
        do = correcting.apply if yes else correcting.look
        changes = do(platform, actor=actor, number=number)
    _say(changes, as_json=as_json)
    if not as_json:
        done = _("Applied.") if yes else _("Nothing was changed. With --yes it is applied.")
        click.echo(done)


@click.command("withdraw", cls=Command, help=N_("Give a proposed correction up."))
@argument("number", metavar="NUMBER", type=ID, help=N_("Number of the correction."))
@pass_call
def withdraw(call: Call, /, number: int) -> None:
    """Give up."""
    with call.opened() as (platform, actor):
        correcting.withdraw(platform, actor=actor, number=number)
    click.echo(_("Correction {number} is withdrawn.").format(number=number))


def _wish(kind: CorrectionKind, given: dict[str, Any]) -> Wish:
    return Wish(
        exam=given["exam"],
        kind=kind,
        item=given["item"],
        reason=given["reason"],
        lowers=given["lower"],
    )


def _look(call: Call, wish: Wish, *, as_json: bool, propose: bool) -> None:
    """Show whom it changes, and propose it when that was asked for."""
    number = None
    with call.opened() as (platform, actor):
        changes = correcting.preview(platform, actor=actor, wish=wish)
        if propose:
            number = correcting.propose(platform, actor=actor, wish=wish)
    _say(changes, as_json=as_json)
    if as_json:
        return
    if number is None:
        click.echo(_("Nothing was changed. With --propose it goes to a second person."))
        return
    click.echo(_("Correction {number} waits for a second person.").format(number=number))
    click.echo(_("They apply it with: certify attempt apply {number} --yes").format(number=number))


def _say(changes: Sequence[Change], *, as_json: bool) -> None:
    if as_json:
        print_json(changes)
        return
    columns = [_("Staff no."), _("Name"), _("Before"), _("After"), _("What changes")]
    rows = [
        [one.staff_no, one.name, _mark(one.before), _mark(one.after), change_text(one)]
        for one in changes
    ]
    print_table(columns, rows, _("Nobody's result changes."))
    kept = sum(change.kept for change in changes)
    if kept:
        click.echo(
            _n(
                "{count} person would get less and keeps what they have.",
                "{count} people would get less and keep what they have.",
                kept,
            ).format(count=kept)
        )


def _state(one: CorrectionView) -> str:
    if one.applied_at:
        return _("applied by {name}").format(name=one.applied_by)
    return (
        _("withdrawn") if one.withdrawn_at else _("proposed by {name}").format(name=one.proposed_by)
    )


def _mark(mark: Fraction | None) -> str:
    return "–" if mark is None else scoring.cut(mark)


def _exact(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as problem:
        raise BadInput(
            _("“{text}” is no number.").format(text=text), mend=_("Write 2, 0.75 or 3/4.")
        ) from problem


COMMANDS = (void_item, re_key, re_weight, re_mark, corrections, apply, withdraw)
