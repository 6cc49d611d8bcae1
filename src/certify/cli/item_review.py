"""`certify item …`: how items come into use, and which of them must be looked at again."""

from collections.abc import Sequence

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.item_text import print_coverage, print_item, print_stale
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.item import ItemState
from certify.domain.person import Actor
from certify.domain.reviewing import Stage
from certify.errors import BadInput, NotFound
from certify.i18n import N_, _, _n, pick
from certify.platform import Platform
from certify.services import (
    coverage,
    review_bank,
    review_item,
    review_key,
    review_stale,
    review_steps,
)
from certify.services import review_words as words
from certify.services.review_steps import Outcome

_code = argument("code", metavar="CODE", help=N_("Code of the item."))
_codes = argument("codes", metavar="CODE", nargs=-1, help=N_("Codes of the items."))
_course = option("--course", metavar="COURSE", help=N_("Only items of this course."))
_why = option("--why", metavar="TEXT", required=True, help=N_("The reason; it is kept."))


@click.group(cls=Group)
def _noun() -> None:
    """Declares the commands; the noun itself stands in `certify.cli.item`."""


def add_to(item: click.Group) -> None:
    """Add the commands of this file to the noun."""
    for command in _noun.commands.values():
        item.add_command(command)


@_noun.command("list", help=N_("List the item bank: states, and what waits for whom."))
@_course
@option(
    "--state",
    type=click.Choice([str(one) for one in ItemState]),
    help=N_("Only items in this state."),
)
@option("--waiting-for", type=click.Choice(["me"]), help=N_("Only what waits for you."))
@json_option
@pass_call
def list_(
    call: Call, course: str | None, state: str | None, waiting_for: str | None, as_json: bool
) -> None:
    """Never a key."""
    with call.opened() as (platform, actor):
        lines = review_bank.bank(
            platform,
            actor=actor,
            course=course,
            state=ItemState(state) if state else None,
            mine=waiting_for is not None,
        )
    if as_json:
        print_json(lines)
        return
    columns = [_("Item"), _("State"), _("Waits"), _("Type"), _("Topic")]
    rows = [
        [
            one.code,
            words.state(one.state, is_pending=one.is_pending),
            _("look again: a standard changed") if one.stale else words.waits(one.stage, one.keys),
            _(one.type_label),
            pick(one.topic_title),
        ]
        for one in lines
    ]
    print_table(columns, rows, _("There are no such items."))


@_noun.command(help=N_("Show an item with its key, its steps and what its new version changes."))
@_code
@option("--no-key", is_flag=True, help=N_("Without the key: you may still give a second key."))
@json_option
@pass_call
def show(call: Call, code: str, no_key: bool, as_json: bool) -> None:
    """Who sees the key of an item that is not reviewed gives no second key for it."""
    with call.opened() as (platform, actor):
        found = review_item.look(platform, actor=actor, code=code, key=not no_key)
        if as_json:
            print_json(found)
        else:
            print_item(platform, found)


@_noun.command(help=N_("Answer items without seeing their keys: the blind second key."))
@_codes
@_course
@pass_call
def key(call: Call, codes: tuple[str, ...], course: str | None) -> int:
    """Without codes, all that wait for the person."""
    from certify.cli import line_key

    with call.opened() as (platform, actor):
        waiting = codes or review_key.queue(platform, actor=actor, course=course)
        if not waiting:
            say(_("No item waits for a second key of yours."))
            return 0
        return line_key.give_keys(platform, actor=actor, codes=waiting)


@_noun.command(help=N_("Remark on an item, as on an ambiguity, for its author and reviewers."))
@_code
@argument("text", metavar="TEXT", help=N_("The remark."))
@pass_call
def note(call: Call, code: str, text: str) -> None:
    """A remark blocks nothing."""
    with call.opened() as (platform, actor):
        review_steps.note(platform, actor=actor, code=code, text=text)
    say(_("The remark on {code} is kept.").format(code=code))


@_noun.command("return", help=N_("Give an item back to its author, with what to mend."))
@_code
@_why
@pass_call
def return_(call: Call, code: str, why: str) -> None:
    """Until a new version nothing happens to it."""
    with call.opened() as (platform, actor):
        review_steps.give_back(platform, actor=actor, code=code, why=why)
    say(_("{code} went back to its author.").format(code=code))


@_noun.command(help=N_("Approve items that you did not write; --use puts them in use at once."))
@_codes
@_course
@option("--use", "use_", is_flag=True, help=N_("Put them in use, too."))
@pass_call
def approve(call: Call, codes: tuple[str, ...], course: str | None, use_: bool) -> int:
    """With --course, all of it that waits for the person's review."""
    stages = (Stage.REVIEW, Stage.RELEASE) if use_ else (Stage.REVIEW,)
    with call.opened() as (platform, actor):
        wanted = codes or _waiting(platform, actor, course, stages)
        outcomes = review_steps.approve(platform, actor=actor, codes=wanted, use=use_)
        rest = 0 if codes or course is None else _not_ready(platform, actor, course)
    code = _report(outcomes)
    if rest:
        message = _n(
            "{count} item of the course still waits for a second key or its author: “certify item "
            "list --course {course}”.",
            "{count} items of the course still wait for a second key or their author: “certify "
            "item list --course {course}”.",
            rest,
        )
        say(message.format(count=rest, course=course))
    return code


@_noun.command("use", help=N_("Put approved items in use, and retired ones in use again."))
@_codes
@_course
@pass_call
def use(call: Call, codes: tuple[str, ...], course: str | None) -> int:
    """With --course, all of it that is approved."""
    with call.opened() as (platform, actor):
        wanted = codes or _waiting(platform, actor, course, (Stage.RELEASE,))
        outcomes = review_steps.release(platform, actor=actor, codes=wanted)
    return _report(outcomes)


@_noun.command(help=N_("Retire items: no exam draws them any more."))
@_codes
@_why
@pass_call
def retire(call: Call, codes: tuple[str, ...], why: str) -> int:
    """They stay readable in old attempts."""
    with call.opened() as (platform, actor):
        outcomes = review_steps.retire(platform, actor=actor, codes=_some(codes), why=why)
    return _report(outcomes)


@_noun.command(help=N_("Say that items are still right after a standard they cite changed."))
@_codes
@pass_call
def keep(call: Call, codes: tuple[str, ...]) -> int:
    """They leave the list of `certify item stale`."""
    with call.opened() as (platform, actor):
        outcomes = review_steps.keep(platform, actor=actor, codes=_some(codes))
    return _report(outcomes)


@_noun.command("coverage", help=N_("What the items of a course cover, and the holes."))
@argument("course", metavar="COURSE", help=N_("Code of the course."))
@json_option
@pass_call
def coverage_(call: Call, course: str, as_json: bool) -> None:
    """Topic × type, difficulty and state, and topic × standard."""
    with call.opened() as (platform, actor):
        found = coverage.coverage(platform, actor=actor, course=course)
    if as_json:
        print_json({**vars(found), "holes": found.holes})
    else:
        print_coverage(found)


@_noun.command(help=N_("Items to look at again: a standard they cite changed, or is not known."))
@_course
@json_option
@pass_call
def stale(call: Call, course: str | None, as_json: bool) -> None:
    """`certify item keep`, or a new version, clears an item."""
    with call.opened() as (platform, actor):
        found = review_stale.report(platform, actor=actor, course=course)
    if as_json:
        print_json(found)
    else:
        print_stale(found)


def _waiting(
    platform: Platform, actor: Actor, course: str | None, stages: Sequence[Stage]
) -> list[str]:
    """Codes of what waits for the person in a course.

    Raises:
        BadInput: no course is named.
        NotFound: nothing waits.
    """
    if course is None:
        _some(())
    lines = review_bank.bank(platform, actor=actor, course=course, mine=True)
    found = [one.code for one in lines if one.waits_for_me in stages]
    if not found:
        raise NotFound(
            _("Nothing in this course waits for this step of yours."),
            mend=_("“certify item list --course {course}” says what it waits for.").format(
                course=course
            ),
        )
    return found


def _some(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that were typed.

    Raises:
        BadInput: there are none.
    """
    if not codes:
        raise BadInput(_("Which items?"), mend=_("Write their codes, or --course where it is."))
    return codes


def _not_ready(platform: Platform, actor: Actor, course: str) -> int:
    """How many items of a course nobody can approve yet."""
    lines = review_bank.bank(platform, actor=actor, course=course)
    return sum(one.stage in (Stage.AUTHOR, Stage.SECOND_KEY) for one in lines)


def _report(outcomes: Sequence[Outcome]) -> int:
    """Say what became of every item; exit code 1 where a rule kept one back."""
    kept_back = [one for one in outcomes if not one.is_done]
    done = len(outcomes) - len(kept_back)
    text = _n("{done} of {count} item done.", "{done} of {count} items done.", len(outcomes))
    say(text.format(done=done, count=len(outcomes)))
    for one in kept_back:
        say(f"{one.code}: {one.reason} {one.mend}".rstrip())
    return 1 if kept_back else 0
