"""`certify certificate`: what a number stands for, and the document itself."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.certificate_key import key
from certify.cli.certificate_publish import publish
from certify.cli.certificate_sign import sign
from certify.cli.certificate_verify import verify
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.text import cells, fill
from certify.domain.clean import clean_line
from certify.domain.qualification import QualificationState
from certify.i18n import N_, _, pick
from certify.services import catalogue
from certify.services.catalogue import CertificateView
from certify.services.certificates import handing_out, listing, reissuing, words
from certify.services.qualifying.states import STATE_NAMES
from certify.services.qualifying.words import reason_text

NUMBER = argument("number", metavar="NO", help=N_("Number of the certificate."))


@click.group(cls=Group, help=N_("Certificates: look one up by its number."))
def certificate() -> None:
    """The noun."""


for verb in (verify, sign, publish, key):
    certificate.add_command(verb)


@certificate.command(help=N_("Say whether a certificate is valid, and what stands on it."))
@NUMBER
@option("--revision", type=int, help=N_("What an earlier revision said."))
@json_option
@pass_call
def show(call: Call, number: str, revision: int | None, as_json: bool) -> int:
    """Answers active, expired, suspended, revoked … or unknown (exit code 1)."""
    with call.opened() as (platform, actor):
        view = catalogue.certificate(platform, actor=actor, number=number, revision=revision)
    is_known = view.state != "unknown"
    if as_json:
        print_json(view)
        return 0 if is_known else 1
    state = _(STATE_NAMES[QualificationState(view.state)]) if is_known else _("unknown")
    click.echo(f"{clean_line(view.number)}: {state}")
    if not view.is_well_formed:
        click.echo(_("The number itself is wrong; look at it again, digit by digit."))
    if is_known:
        _tell(view)
    return 0 if is_known else 1


@certificate.command("list", help=N_("The certificates of a person."))
@argument("staff_no", required=False, help=N_("Whose; left out: your own."))
@json_option
@pass_call
def list_(call: Call, staff_no: str | None, as_json: bool) -> None:
    """One line each, newest first; of the command line itself everybody's."""
    with call.opened() as (platform, actor):
        if actor.is_console and staff_no is None:
            found = listing.of_everybody(platform, actor=actor)
        else:
            found = listing.of_person(platform, actor=actor, staff_no=staff_no)
    if as_json:
        print_json(found)
        return
    columns = [
        _("Certificate"),
        _("Staff no."),
        _("Name"),
        _("Qualification"),
        _("Issued"),
        _("Valid to"),
        _("Revision"),
        _("State"),
    ]
    rows = [
        [
            one.number,
            one.staff_no,
            one.name,
            pick(one.title),
            one.issued_on,
            one.valid_to,
            one.revision,
            _(STATE_NAMES[one.state]),
        ]
        for one in found
    ]
    print_table(columns, rows, _("There is no certificate yet."))


@certificate.command(help=N_("Write a certificate to a file that its holder can keep."))
@NUMBER
@option(
    "--format",
    "format_name",
    type=click.Choice(handing_out.FORMATS),
    default="pdf",
    show_default=True,
    help=N_("A page to print, a picture, the signed credential, the same as one line."),
)
@option("--out", type=click.Path(path_type=Path), help=N_("Where to; else the folder of exports."))
@option(
    "--lang",
    type=click.Choice(handing_out.PAGE_LANGUAGES),
    default=words.BOTH,
    show_default=True,
    help=N_("Language of the page."),
)
@pass_call
def export(call: Call, number: str, format_name: str, out: Path | None, lang: str) -> None:
    """The file appears whole or not at all, for its owner alone."""
    with call.opened() as (platform, actor):
        done = handing_out.export(
            platform, actor=actor, number=number, format_name=format_name, path=out, lang=lang
        )
    text = _("Certificate {number}, revision {revision}, {state}: {path}")
    click.echo(
        text.format(
            number=done.number,
            revision=done.revision,
            state=_(STATE_NAMES[done.state]),
            path=clean_line(str(done.path)),
        )
    )


@certificate.command(help=N_("Issue a certificate anew, with the name its holder has now."))
@NUMBER
@option("--reason", required=True, help=N_("Why; kept with what it said before."))
@pass_call
def reissue(call: Call, number: str, reason: str) -> None:
    """The number stays, the revision rises."""
    with call.opened() as (platform, actor):
        done = reissuing.reissue(platform, actor=actor, number=number, reason=reason)
    text = _("Certificate {number} is issued anew as revision {revision}.")
    click.echo(text.format(number=done.number, revision=done.revision))


def _tell(view: CertificateView) -> None:
    said = [
        *words.fact_lines(view.facts),
        (_("Revision"), str(view.revision)),
    ]
    if view.is_erased:
        said.append((_("Name"), _("personal data removed")))
    width = max(cells(label) for label, _value in said)
    for label, value in said:
        click.echo(f"  {fill(label, width)}  {clean_line(value)}")
    if view.revision <= len(view.revisions):
        click.echo(_("This is an earlier revision; it does not hold any more."))
    for one in view.revisions:
        text = _("Revision {revision} of {day}, replaced: {reason}").format(
            revision=one.revision,
            day=one.issued_at.date().isoformat(),
            reason=reason_text(one.reason),
        )
        click.echo(clean_line(text))
