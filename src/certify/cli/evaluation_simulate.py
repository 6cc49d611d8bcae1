"""`certify evaluation simulate` and `certify policy simulate`: what a policy would change."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json
from certify.cli.text import wrap
from certify.domain.clean import clean_line
from certify.i18n import N_, _
from certify.policy import Policy
from certify.services.policy import reading, simulating, words
from certify.services.policy.simulating import Explained, Progress, Simulation

HELP = N_("Show whom a policy would change and why, before it is switched on; writes nothing.")
STEP = 50
"""People after which the bar moves."""


@click.command("simulate", cls=Command, help=HELP)
@option(
    "--policy",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("A policy.toml."),
)
@json_option
@pass_call
def simulate(call: Call, file: Path, as_json: bool) -> None:
    """As `certify evaluation simulate --policy FILE`."""
    run(call, file, as_json)


@click.command("simulate", cls=Command, help=HELP)
@argument("file", metavar="FILE", type=click.Path(path_type=Path), help=N_("A policy.toml."))
@json_option
@pass_call
def simulate_file(call: Call, file: Path, as_json: bool) -> None:
    """As `certify policy simulate FILE`."""
    run(call, file, as_json)


def add_to(group: click.Group) -> None:
    """Give a group the command of this file."""
    group.add_command(simulate)


def run(call: Call, file: Path, as_json: bool) -> None:
    """Live everybody's working life twice and say what differs.

    Raises:
        NotPermitted, BadInput
    """
    with call.opened() as (platform, actor), _bar() as progress:
        found = simulating.simulate(platform, actor=actor, path=file, progress=progress)
        old = platform.policy
    new = reading.read(file).wanted()
    if as_json:
        print_json(as_data(found, old, new))
        return
    for line in lines(found, old, new):
        click.echo(line)


def as_data(found: Simulation, old: Policy, new: Policy) -> dict[str, Any]:
    """The whole of it as plain data, each difference with its reasons in words."""
    return {
        "as_of": found.as_of,
        "values": found.values,
        "people": found.people,
        "changed": len(found.changed),
        "counts": found.counts,
        "list": [
            {
                "staff_no": person.staff_no,
                "name": person.name,
                "changes": [
                    {
                        "kind": one.difference.kind.value,
                        "what": one.difference.what,
                        "day": one.difference.day,
                        "old": one.difference.old,
                        "new": one.difference.new,
                        "because": list(one.because),
                        "reasons": list(words.reasons(one, found.values, _lacks(one, old, new))),
                    }
                    for one in person.changes
                ],
            }
            for person in found.changed
        ],
    }


def lines(found: Simulation, old: Policy, new: Policy) -> Iterator[str]:
    """Counts first, then the list, then what it means."""
    for text in words.heading(found):
        yield from wrap(clean_line(text))
    for change in found.values:
        yield from wrap(clean_line(words.value(change)), first="  ", rest="    ")
    for person in found.changed:
        yield clean_line(f"{person.staff_no}  {person.name}")
        for one in person.changes:
            said = words.difference(one.difference)
            yield from wrap(clean_line(said), first="    ", rest="      ")
            for reason in words.reasons(one, found.values, _lacks(one, old, new)):
                yield from wrap(clean_line(reason), first="      ← ", rest="        ")
    yield from wrap(_(words.CAVEAT))


def _lacks(one: Explained, old: Policy, new: Policy) -> Policy:
    """The policy under which it is not given."""
    return new if one.difference.old and not one.difference.new else old


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """A bar on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=_("People"), file=sys.stderr) as bar:
        at = 0

        def progress(done: int, total: int) -> None:
            nonlocal at
            bar.length = total
            if done == total or done - at >= STEP:
                bar.update(done - at)
                at = done

        yield progress
