"""`certify consequence`: what grades bring; HR confirms or declines."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.evaluation import ConsequenceState
from certify.i18n import N_, _, _n
from certify.services.evaluation import consequence_decisions, consequence_words
from certify.services.evaluation.words import grade_word

_numbers = argument(
    "numbers",
    metavar="NUMBER…",
    type=int,
    nargs=-1,
    required=True,
    help=N_("Numbers of the consequences."),
)
_reason = option("--reason", required=True, metavar="TEXT", help=N_("Why; the person reads it."))


@click.group(cls=Group, help=N_("Consequences of grades: list, confirm, decline."))
def consequence() -> None:
    """The noun."""


@consequence.command("list", help=N_("List what grades bring, the newest period first."))
@option(
    "--state", type=click.Choice([one.value for one in ConsequenceState]), help=N_("Only these.")
)
@json_option
@pass_call
def list_(call: Call, state: str | None, as_json: bool) -> None:
    """For HR."""
    wanted = ConsequenceState(state) if state else None
    with call.opened() as (platform, actor):
        found = consequence_decisions.listed(platform, actor=actor, state=wanted)
    if as_json:
        print_json(found)
        return
    print_table(
        [
            _("No."),
            _("Staff no."),
            _("Name"),
            _("Period"),
            _("Grade"),
            _("Brings"),
            _("Until"),
            _("State"),
            _("Reason"),
        ],
        [
            [
                one.id,
                one.staff_no,
                one.name,
                one.period,
                grade_word(one.grade),
                consequence_words.kind(one),
                one.due_on,
                consequence_words.state(one),
                consequence_words.reason(one),
            ]
            for one in found
        ],
        _("No grade has brought anything yet; consequences are proposed when a period closes."),
    )


@consequence.command(help=N_("Confirm what grades bring; then it happens."))
@_numbers
@_reason
@pass_call
def confirm(call: Call, numbers: tuple[int, ...], reason: str) -> None:
    """All of them or none."""
    _decide(call, numbers, True, reason)


@consequence.command(help=N_("Decline what grades bring; then nothing happens."))
@_numbers
@_reason
@pass_call
def decline(call: Call, numbers: tuple[int, ...], reason: str) -> None:
    """All of them or none."""
    _decide(call, numbers, False, reason)


def _decide(call: Call, numbers: tuple[int, ...], confirm: bool, reason: str) -> None:
    with call.opened() as (platform, actor):
        count = consequence_decisions.decide(
            platform, actor=actor, ids=set(numbers), confirm=confirm, reason=reason
        )
    if confirm:
        text = _n("{count} consequence confirmed.", "{count} consequences confirmed.", count)
    else:
        text = _n("{count} consequence declined.", "{count} consequences declined.", count)
    click.echo(text.format(count=count))
