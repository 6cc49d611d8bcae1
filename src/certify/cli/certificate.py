"""`certify certificate`: what a number stands for."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument
from certify.cli.listing_text import json_option, print_json
from certify.cli.text import cells, fill
from certify.domain.clean import clean_line
from certify.domain.qualification import QualificationState
from certify.i18n import N_, _, pick
from certify.services import catalogue
from certify.services.qualifying.states import STATE_NAMES

LABELS = {
    "name": N_("Name"),
    "staff_no": N_("Staff no."),
    "department": N_("Department"),
    "post": N_("Post"),
    "title": N_("Qualification"),
    "course": N_("Course"),
    "course_version": N_("Version"),
    "mark": N_("Mark"),
    "issued_on": N_("Issued"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "issuer": N_("Issuer"),
}


@click.group(cls=Group, help=N_("Certificates: look one up by its number."))
def certificate() -> None:
    """The noun."""


@certificate.command(help=N_("Say whether a certificate is valid, and what stands on it."))
@argument("number", metavar="NO", help=N_("Number of the certificate."))
@json_option
@pass_call
def show(call: Call, number: str, as_json: bool) -> int:
    """Answers active, expired, suspended, revoked … or unknown (exit code 1)."""
    with call.opened() as (platform, actor):
        view = catalogue.certificate(platform, actor=actor, number=number)
    is_known = view.state != "unknown"
    if as_json:
        print_json(view)
        return 0 if is_known else 1
    state = _(STATE_NAMES[QualificationState(view.state)]) if is_known else _("unknown")
    click.echo(f"{clean_line(view.number)}: {state}")
    if not view.is_well_formed:
        click.echo(_("The number itself is wrong; look at it again, digit by digit."))
    width = max(cells(_(label)) for label in LABELS.values())
    for key, label in LABELS.items():
        if key in view.facts:
            value = view.facts[key]
            text = pick(value) if isinstance(value, dict) else str(value)
            if key == "mark" and view.facts.get("is_retake"):
                text += " " + _("(retake)")
            click.echo(f"  {fill(_(label), width)}  {clean_line(text)}")
    return 0 if is_known else 1
