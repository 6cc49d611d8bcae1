"""`certify qualification bulk`: one deed for many certificates that end soon."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.bulk import Deed
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services import bulk as many
from certify.services import reminders


@click.command(
    cls=Command,
    help=N_(
        "Remind, register, renew, extend or suspend many at once. Without --apply it says what "
        "would happen to whom, and who is refused and why."
    ),
)
@argument(
    "deed",
    metavar="DEED",
    type=click.Choice([deed.value for deed in Deed]),
    help=N_("What to do: remind, register, renew, extend or suspend."),
)
@option(
    "--certificate",
    "certificates",
    multiple=True,
    metavar="NUMBER",
    help=N_("A certificate; may be given several times."),
)
@option("--days", type=int, help=N_("All that end within so many days and are not renewed."))
@option("--department", metavar="CODE", default="", help=N_("Of those, only this department."))
@option("--reason", metavar="TEXT", default="", help=N_("Why; a decision needs one."))
@option("--apply", is_flag=True, help=N_("Do it; what is refused is left as it is."))
@json_option
@pass_call
def bulk(
    call: Call,
    deed: str,
    certificates: tuple[str, ...],
    days: int | None,
    department: str,
    reason: str,
    apply: bool,
    as_json: bool,
) -> int:
    """What becomes of each certificate; 2 when one was refused."""
    if bool(certificates) == (days is not None):
        raise BadInput(
            _("Say which certificates."),
            place="--certificate",
            mend=_("Give --certificate, or --days for all that end soon."),
        )
    with call.opened() as (platform, actor):
        which = list(certificates)
        if days is not None:
            ending = reminders.expiring(platform, actor=actor, days=days)
            which = [one.certificate for one in ending if department in ("", one.department_code)]
        outcomes = many.bulk(
            platform, actor=actor, deed=Deed(deed), certificates=which, reason=reason, apply=apply
        )
    refused = sum(one.is_refused for one in outcomes)
    if as_json:
        print_json(outcomes)
        return 2 if refused else 0
    print_table(
        [_("Certificate"), _("Staff no."), _("Name"), _("Qualification"), "", _("What happens")],
        [
            [
                one.certificate,
                one.staff_no,
                one.name,
                pick(one.title),
                _("✗ refused") if one.is_refused else _("✓"),
                one.said,
            ]
            for one in outcomes
        ],
        _("Nothing ends in these days."),
    )
    counts = _("{done} of {all} can be done, {refused} are refused.")
    if apply:
        counts = _("{done} of {all} are done, {refused} were refused.")
    done = len(outcomes) - refused
    click.echo(counts.format(done=done, all=len(outcomes), refused=refused))
    if not apply:
        click.echo(_("This was a trial; nothing was changed. Add --apply to do it."))
    return 2 if refused else 0
