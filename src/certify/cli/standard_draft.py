"""`certify standard draft` … `approve`: a new text on its way to be in force."""

from datetime import date
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.day import DAY
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean
from certify.i18n import N_, _, pick
from certify.services.standard_life import (
    approving,
    draft_view,
    draft_words,
    drafting,
    opinions,
    words,
)
from certify.services.standard_life.draft_file import read_wanted

ID = click.IntRange(1, 2**31 - 1)
_draft = argument("draft_id", metavar="DRAFT", type=ID, help=N_("Number of the draft."))


@click.command(cls=Command, help=N_("Draft a new text from a file; --change writes one anew."))
@argument(
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("A standards.toml with one standard in it, as “standard import” reads it."),
)
@option("--why", required=True, metavar="TEXT", help=N_("What changes and why."))
@option("--minor", is_flag=True, help=N_("Not material: holders need no delta training."))
@option("--confidential", is_flag=True, help=N_("What is printed of it carries a mark."))
@option("--change", "changed", type=ID, metavar="DRAFT", help=N_("Write this draft of yours anew."))
@pass_call
def draft(
    call: Call, /, file: Path, why: str, minor: bool, confidential: bool, changed: int | None
) -> None:
    """A draft, or one written anew."""
    wanted = read_wanted(file, description=why, is_material=not minor, is_confidential=confidential)
    with call.opened() as (platform, actor):
        if changed is None:
            number = drafting.draft(platform, actor=actor, wanted=wanted)
        else:
            number = changed
            drafting.change(platform, actor=actor, draft_id=number, wanted=wanted)
        view = draft_view.draft(platform, actor=actor, draft_id=number)
    click.echo(_("{number} is draft {draft} now.").format(number=view.number, draft=number))
    for text in draft_words.warnings(view):
        click.echo(clean(text), err=True)


@click.command(cls=Command, help=N_("List the drafts that wait for something."))
@option("--all", "with_closed", is_flag=True, help=N_("Approved and dropped ones too."))
@json_option
@pass_call
def drafts(call: Call, /, with_closed: bool, as_json: bool) -> None:
    """Drafts with what is missing."""
    with call.opened() as (platform, actor):
        found = draft_view.drafts(platform, actor=actor, with_closed=with_closed)
    if as_json:
        print_json(found)
        return
    rows = [
        [
            one.id,
            one.number,
            pick(one.content.get("item", {})),
            one.effective_from,
            _(words.DRAFT_STATES[one.state]),
            " ".join(draft_words.missing(one)),
        ]
        for one in found
    ]
    columns = [_("Draft"), _("No."), _("Standard"), _("First day"), _("State"), _("Missing")]
    print_table(columns, rows, _("No draft waits; “certify standard draft FILE” begins one."))


@click.command("draft-show", cls=Command, help=N_("Show a draft beside the text before."))
@_draft
@json_option
@pass_call
def show(call: Call, /, draft_id: int, as_json: bool) -> None:
    """One draft in full."""
    with call.opened() as (platform, actor):
        found = draft_view.draft(platform, actor=actor, draft_id=draft_id)
    if as_json:
        print_json(found)
        return
    for text in draft_words.lines(found):
        say(clean(text))


@click.command(cls=Command, help=N_("Give a draft of yours to review."))
@_draft
@pass_call
def submit(call: Call, /, draft_id: int) -> None:
    """Into review."""
    with call.opened() as (platform, actor):
        drafting.submit(platform, actor=actor, draft_id=draft_id)
    click.echo(_("Draft {number} is in review.").format(number=draft_id))


@click.command(cls=Command, help=N_("Say what a department thinks of a draft."))
@_draft
@option("--side", required=True, metavar="SIDE", help=N_("For whom: one side of the policy."))
@option("--agree/--disagree", "agrees", required=True, help=N_("Whether the side agrees."))
@option("--text", required=True, metavar="TEXT", help=N_("The opinion in words."))
@pass_call
def opinion(call: Call, /, draft_id: int, side: str, agrees: bool, text: str) -> None:
    """An opinion."""
    with call.opened() as (platform, actor):
        state = opinions.opine(
            platform, actor=actor, draft_id=draft_id, side=side, agrees=agrees, opinion=text
        )
    click.echo(_("Kept. The draft is: {state}.").format(state=_(words.DRAFT_STATES[state])))


@click.command(cls=Command, help=N_("Write down how a draft did in one scene."))
@_draft
@option("--scene", required=True, metavar="TEXT", help=N_("Where it was tried."))
@option("--works/--fails", "works", required=True, help=N_("Whether it works there."))
@option("--feedback", required=True, metavar="TEXT", help=N_("What the front line said."))
@pass_call
def pilot(call: Call, /, draft_id: int, scene: str, works: bool, feedback: str) -> None:
    """A trial."""
    with call.opened() as (platform, actor):
        opinions.try_scene(
            platform, actor=actor, draft_id=draft_id, scene=scene, works=works, feedback=feedback
        )
    click.echo(_("Kept."))


@click.command(cls=Command, help=N_("Approve a draft, as top management."))
@_draft
@pass_call
def approve(call: Call, /, draft_id: int) -> None:
    """It gets its first day."""
    with call.opened() as (platform, actor):
        day = approving.approve(platform, actor=actor, draft_id=draft_id)
    click.echo(_("Approved; in force from {day}, 00:00.").format(day=day.isoformat()))


@click.command(cls=Command, help=N_("Give a draft up."))
@_draft
@option("--reason", required=True, metavar="TEXT", help=N_("Why."))
@pass_call
def drop(call: Call, /, draft_id: int, reason: str) -> None:
    """It goes no further."""
    with call.opened() as (platform, actor):
        drafting.drop(platform, actor=actor, draft_id=draft_id, reason=reason)
    click.echo(_("Draft {number} is dropped.").format(number=draft_id))


@click.command(cls=Command, help=N_("Let a standard end on a day, as top management."))
@argument("number", metavar="NUMBER", help=N_("Number of the standard, such as CS-001."))
@option("--on", "day", type=DAY, required=True, help=N_("First day without it."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why."))
@pass_call
def withdraw(call: Call, /, number: str, day: date, reason: str) -> None:
    """In force no more from a day on."""
    with call.opened() as (platform, actor):
        approving.withdraw(platform, actor=actor, number=number, day=day, reason=reason)
    text = _("{number} is in force no more from {day} on.")
    click.echo(text.format(number=number, day=day.isoformat()))


COMMANDS = (draft, drafts, show, submit, opinion, pilot, approve, drop, withdraw)
"""In the order in which a text meets them."""
