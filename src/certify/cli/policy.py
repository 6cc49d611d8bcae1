"""`certify policy`: the company's rules, checked, compared, changed and tried."""

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.evaluation_simulate import simulate_file
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.text import wrap
from certify.domain.clean import clean_line
from certify.domain.policy_change import Change, between, leaves, plain
from certify.i18n import N_, _, _n
from certify.policy import Policy
from certify.services.policy import changing, reading, words

_file = argument("file", metavar="FILE", type=click.Path(path_type=Path), help=N_("A policy.toml."))


@click.group(cls=Group, help=N_("The company's rules: show, check, compare, simulate, apply."))
def policy() -> None:
    """The noun."""


@policy.command(help=N_("Show every value in force, and the default where it is another one."))
@option("--changed", "only_changed", is_flag=True, help=N_("Only what differs from the default."))
@json_option
@pass_call
def show(call: Call, only_changed: bool, as_json: bool) -> None:
    """The rules of this home."""
    with call.opened() as (platform, _actor):
        found = platform.policy
    differing = {one.name: one.old for one in between(Policy(), found)}
    if as_json:
        print_json({"values": plain(found), "differs": sorted(differing)})
        return
    rows = [
        [name, value, "" if name not in differing else differing[name] or _("(none)")]
        for name, value in leaves(plain(found))
        if name in differing or not only_changed
    ]
    empty = _("Every value is the default.")
    print_table([_("Value"), _("In force"), _("Default")], rows, empty)


@policy.command(help=N_("Check a policy file and name every wrong value; nothing is changed."))
@_file
@json_option
def check(file: Path, as_json: bool) -> int:
    """Needs no home."""
    found = reading.read(file)
    if as_json:
        print_json({"file": str(file), "ok": found.policy is not None, "findings": found.findings})
        return 0 if found.policy else 2
    for line in reading.lines(found):
        click.echo(f"{clean_line(str(file))}: {line}", err=True)
    if found.policy is None:
        count = len(found.findings)
        click.echo(
            _n("{count} value to mend.", "{count} values to mend.", count).format(count=count)
        )
        return 2
    click.echo(_("Every value can be used."))
    return 0


@policy.command(help=N_("Show what a policy file would change, old → new."))
@_file
@json_option
@pass_call
def diff(call: Call, file: Path, as_json: bool) -> None:
    """Against the rules in force."""
    with call.opened() as (platform, _actor):
        found = changing.difference(platform, path=file)
    if as_json:
        print_json(found)
        return
    _print(found, _("The file says the same as the rules in force."))


@policy.command(help=N_("List every change of the rules: when, by whom, why, and what."))
@json_option
@pass_call
def history(call: Call, as_json: bool) -> None:
    """The latest first."""
    with call.opened() as (platform, actor):
        found = changing.history(platform, actor=actor)
        zone = ZoneInfo(platform.policy.organisation.time_zone)
    if as_json:
        print_json([{**vars(one), "at": one.at.isoformat()} for one in found])
        return
    for one in found:
        who = f"{one.staff_no} {one.name}" if one.staff_no else _("found at the start of certify")
        moment = one.at.astimezone(zone).isoformat(sep=" ", timespec="minutes")
        click.echo(clean_line(f"{one.number}  {moment}  {who}  {one.reason}".rstrip()))
        _print(one.changes, _("no other value"), indent="    ")


@policy.command(help=N_("Make a file the policy of this home; the change is recorded."))
@_file
@option("--reason", required=True, metavar="TEXT", help=N_("Why, for the record."))
@pass_call
def apply(call: Call, file: Path, reason: str) -> None:
    """Counts from now on; closed results stay as they are."""
    with call.opened() as (platform, actor):
        found = changing.apply(platform, actor=actor, path=file, reason=reason)
        place = platform.settings.home.policy
    _print(found, _("No value changes; the file took its place as it is."))
    if found:
        count = len(found)
        click.echo(
            _n(
                "{count} value changed in {path}. It counts from now on; a certify that is open "
                "takes it at its next start.",
                "{count} values changed in {path}. They count from now on; a certify that is "
                "open takes them at its next start.",
                count,
            ).format(count=count, path=place)
        )


policy.add_command(simulate_file)


def _print(found: Iterable[Change], empty: str, indent: str = "") -> None:
    texts = [words.value(one) for one in found] or [empty]
    for text in texts:
        for line in wrap(clean_line(text), 78, indent, f"{indent}    "):
            click.echo(line)
