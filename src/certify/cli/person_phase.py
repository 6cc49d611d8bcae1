"""`certify person phase`: how far somebody got in onboarding, and freeing them from a phase."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean_line
from certify.domain.onboarding import PHASES
from certify.i18n import N_, _
from certify.services import onboarding
from certify.services.course_locks import PHASE_NAMES
from certify.services.placing.refusals import refusal_text


@click.command(
    cls=Command,
    help=N_("Phases of onboarding: how a person stands, or free them from one with a reason."),
)
@argument("staff_no", help=N_("Staff number of the person."))
@option("--exempt", type=click.Choice(PHASES), help=N_("Free them from this phase."))
@option("--reason", default="", metavar="TEXT", help=N_("Why; needed with --exempt."))
@json_option
@pass_call
def phase(call: Call, staff_no: str, exempt: str | None, reason: str, as_json: bool) -> None:
    """Show or exempt."""
    with call.opened() as (platform, actor):
        if exempt is not None:
            onboarding.exempt(platform, actor=actor, staff_no=staff_no, phase=exempt, reason=reason)
        found = onboarding.onboarding(platform, actor=actor, staff_no=staff_no)
        rehire = onboarding.rehire_text(platform, found)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Phase"), _("Courses"), _("State")],
        [
            [_(PHASE_NAMES[one.phase]), len(one.courses), onboarding.phase_text(one)]
            for one in found.phases
        ],
        "",
    )
    click.echo(rehire)
    for one in found.refusals:
        click.echo(clean_line(refusal_text(one)))
