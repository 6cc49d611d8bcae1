"""`certify certificate verify`: whether a signed certificate is true and counts now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json
from certify.cli.text import cells, fill
from certify.domain.clean import clean_line
from certify.i18n import N_, _, _n

if TYPE_CHECKING:
    from certify.services.credentials.verifying import Report, Trust

LABELS = {
    "number": N_("Certificate no."),
    "revision": N_("Revision"),
    "code": N_("Code of the level or process"),
    "title_zh": N_("Qualification"),
    "title_en": N_("Qualification (English)"),
    "course": N_("Code of the course"),
    "course_title_zh": N_("Title of the course"),
    "course_title_en": N_("Title of the course (English)"),
    "course_version": N_("Version"),
    "mark": N_("Mark"),
    "is_retake": N_("Retake"),
    "basis": N_("Ground"),
    "issued_on": N_("Issued"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "issuer": N_("Issuer"),
    "issuer.id": N_("Name of the issuer's keys"),
}
"""Signed values that have a name of their own, in the order in which they are shown."""

_file = click.Path(path_type=Path)


@click.command(
    cls=Command,
    help=N_(
        "Check a signed certificate: JSON, token, PNG or PDF.\n\n"
        "Needs no network, home or database."
    ),
)
@argument("file", metavar="FILE", type=_file, help=N_("The certificate."))
@option(
    "--issuer",
    "issuers",
    metavar="FILE",
    multiple=True,
    type=_file,
    help=N_("issuer.json or did.json of an issuer you believe; may be repeated."),
)
@option("--did", "dids", metavar="DID", multiple=True, help=N_("did:key of an issuer you believe."))
@option(
    "--status",
    "statuses",
    metavar="PATH",
    multiple=True,
    type=_file,
    help=N_("Published status list, or a folder of them; may be repeated."),
)
@option("--name", default="", help=N_("Also check that it was signed for this name."))
@option("--staff-no", default="", help=N_("Also check that it was signed for this staff number."))
@option("--here", is_flag=True, help=N_("Also believe this home's own keys and states."))
@option("--all", "shows_all", is_flag=True, help=N_("Also show the technical values."))
@json_option
@pass_call
def verify(
    call: Call,
    file: Path,
    issuers: tuple[Path, ...],
    dids: tuple[str, ...],
    statuses: tuple[Path, ...],
    name: str,
    staff_no: str,
    here: bool,
    shows_all: bool,
    as_json: bool,
) -> int:
    """Exit code 0 only for a certificate that is valid now, by an issuer that is believed."""
    from certify.clock import SystemClock
    from certify.domain.verdict import Finding
    from certify.services.credentials import verifying

    trusted = verifying.trust(
        issuers=issuers, dids=dids, statuses=statuses, name=name, staff_no=staff_no
    )
    if here:
        trusted = _with_home(call, trusted)
    report = verifying.verify(file, trusted=trusted, now=SystemClock().now())
    if as_json:
        _print_json(report)
    else:
        _print(report, trusted, shows_all)
    return 0 if report.verdict is Finding.VALID else 1


def _with_home(call: Call, trusted: Trust) -> Trust:
    from certify.services.credentials.here import with_company

    with call.opened() as (platform, actor):
        return with_company(platform, actor=actor, trusted=trusted)


def _print(report: Report, trusted: Trust, shows_all: bool) -> None:
    """The verdict first and, below the facts, last: there it stands above the prompt."""
    from certify.domain.verdict import FINDING_NAMES, Finding

    sign = "✓" if report.verdict is Finding.VALID else "✗"
    verdict = f"{sign} {_(FINDING_NAMES[report.verdict])}"
    if report.credential:
        click.echo(f"{verdict}\n")
        _print_facts(report, shows_all)
    if report.verdict is Finding.UNVOUCHED and report.key:
        click.echo(
            _(
                "The signature fits the key that the file names itself, which anybody can do. "
                "Give the issuer's own key list: --issuer issuer.json."
            )
        )
    is_person_right = report.credential and Finding.OTHER_PERSON not in report.findings
    if (trusted.name or trusted.staff_no) and is_person_right:
        click.echo(_("It was signed for the person you named."))
    for finding in report.findings:
        if finding is not report.verdict:
            click.echo(f"  {_(FINDING_NAMES[finding])}")
    if report.reason:
        click.echo(f"  {clean_line(report.reason)}")
    click.echo(verdict)


def _print_facts(report: Report, shows_all: bool) -> None:
    from certify.domain.open_badge import facts_of
    from certify.services.credentials.verifying import facts

    left = dict(facts(report.credential))
    rows = [
        (_(label), _value(place, left.pop(place)))
        for place, label in LABELS.items()
        if place in left
    ]
    for number in range(1, 1 + sum(place.startswith("standards_") for place in left) // 2):
        name = left.pop(f"standards_{number}_number", "")
        rows.append((_("Standard"), f"{name} ({left.pop(f'standards_{number}_version', '')})"))
    rows += [(place, left.pop(place)) for place in facts_of(report.credential) if place in left]
    rows += [(_("Signing key"), report.key), (_("Signed at"), _moment(report))]
    click.echo(_("What was signed:"))
    _print_rows(rows)
    click.echo()
    if shows_all:
        click.echo(_("What else was signed, by its place in the document:"))
        _print_rows(sorted(left.items()))
    else:
        more = _n(
            "{count} technical value was signed beside it: --all shows it.",
            "{count} technical values were signed beside it: --all shows them.",
            len(left),
        )
        click.echo(more.format(count=len(left)))
    click.echo()


def _value(place: str, value: str) -> str:
    """A signed value in words where it is a code."""
    from certify.services.qualifying.words import BASIS_NAMES

    words = {one.value: text for one, text in BASIS_NAMES.items()} if place == "basis" else {}
    if place == "is_retake":
        words = {"true": N_("yes"), "false": N_("no")}
    return _(words[value]) if value in words else value


def _print_rows(rows: list[tuple[str, str]]) -> None:
    rows = [(clean_line(name), clean_line(value)) for name, value in rows]
    width = min(max(cells(name) for name, _value in rows), 40)
    for name, value in rows:
        click.echo(f"  {fill(name, width)}  {value}")


def _print_json(report: Report) -> None:
    from certify.services.credentials.verifying import facts

    print_json(
        {
            "verdict": report.verdict.value,
            "findings": [finding.value for finding in report.findings],
            "reason": clean_line(report.reason),
            "issuer": report.issuer,
            "key": report.key,
            "signed_at": _moment(report),
            "facts": dict(facts(report.credential)),
        }
    )


def _moment(report: Report) -> str:
    return report.signed_at.isoformat() if report.signed_at else ""
