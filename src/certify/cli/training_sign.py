"""`certify training sign-in` and `certify training agreement`: the sheet, and what is signed."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.training_plan import print_sheet
from certify.cli.training_session import WHEN, WHO, code_argument, moment
from certify.i18n import N_, _
from certify.services.training import agreements, forms, signing, words
from certify.services.windows import moment_text, parse_moment


@click.group("sign-in", cls=Group, help=N_("The sign-in sheet: in, out, who was there."))
def sign_in() -> None:
    """The subgroup."""


@sign_in.command("in", help=N_("Sign in; who runs the session notes others who are there."))
@code_argument
@option("--who", metavar="WHO", help=WHO)
@option("--at", default="", metavar="MOMENT", help=WHEN)
@pass_call
def in_(call: Call, code: str, who: str | None, at: str) -> None:
    """Somebody came."""
    with call.opened() as (platform, actor):
        when = signing.sign_in(
            platform, actor=actor, code=code, who=who, at=parse_moment(platform, at)
        )
        say(_("Signed in at {moment}.").format(moment=moment_text(platform, when)))


@sign_in.command(help=N_("Sign out; who runs the session notes others who leave."))
@code_argument
@option("--who", metavar="WHO", help=WHO)
@option("--at", default="", metavar="MOMENT", help=WHEN)
@pass_call
def out(call: Call, code: str, who: str | None, at: str) -> None:
    """Somebody left."""
    with call.opened() as (platform, actor):
        when = signing.sign_out(
            platform, actor=actor, code=code, who=who, at=parse_moment(platform, at)
        )
        say(_("Signed out at {moment}.").format(moment=moment_text(platform, when)))


@sign_in.command(help=N_("Say until when somebody was there who did not sign out."))
@code_argument
@argument("who", help=WHO)
@option("--at", default="", metavar="MOMENT", help=N_("Until when; else until the end."))
@pass_call
def confirm(call: Call, code: str, who: str, at: str) -> None:
    """The trainer confirms."""
    with call.opened() as (platform, actor):
        when = signing.confirm_end(
            platform, actor=actor, code=code, who=who, at=parse_moment(platform, at)
        )
        text = _("{who} was there until {moment}.")
        say(text.format(who=who, moment=moment_text(platform, when)))


@sign_in.command("take-back", help=N_("Take back what was noted of somebody by mistake."))
@code_argument
@argument("who", help=WHO)
@option("--reason", required=True, metavar="TEXT", help=N_("Why; kept in the ledger for good."))
@pass_call
def take_back(call: Call, code: str, who: str, reason: str) -> None:
    """A slip of the keys."""
    with call.opened() as (platform, actor):
        signing.take_back(platform, actor=actor, code=code, who=who, reason=reason)
    say(_("What was noted of {who} is taken back.").format(who=who))


@sign_in.command(help=N_("Show the sign-in sheet of a session."))
@code_argument
@json_option
@pass_call
def sheet(call: Call, code: str, as_json: bool) -> None:
    """《培训签到表》."""
    with call.opened() as (platform, actor):
        found = forms.sign_in_sheet(platform, actor=actor, code=code)
    if as_json:
        print_json(found)
        return
    print_sheet(found, _("Nobody is on the list yet."))


@click.group(cls=Group, help=N_("Training agreements, signed before funded training."))
def agreement() -> None:
    """The subgroup."""


@agreement.command(help=N_("Record an agreement that somebody signed before the start."))
@code_argument
@argument("staff_no", help=N_("Who signed it."))
@option("--signed", required=True, metavar="MOMENT", help=WHEN)
@option("--terms", default="", metavar="TEXT", help=N_("What was agreed."))
@pass_call
def sign(call: Call, code: str, staff_no: str, signed: str, terms: str) -> None:
    """One signed agreement."""
    with call.opened() as (platform, actor):
        number = agreements.sign(
            platform,
            actor=actor,
            code=code,
            staff_no=staff_no,
            signed_at=moment(platform, signed),
            terms=terms,
        )
    say(_("Agreement {number} is recorded.").format(number=number))


@agreement.command("list", help=N_("List the agreements of a session."))
@code_argument
@json_option
@pass_call
def list_(call: Call, code: str, as_json: bool) -> None:
    """By number."""
    with call.opened() as (platform, actor):
        found = agreements.listed(platform, actor=actor, code=code)
        if as_json:
            print_json(found)
            return
        rows = [
            [
                one.number,
                one.staff_no,
                one.name,
                moment_text(platform, one.signed_at),
                words.money(one.amount_fen),
                one.terms,
            ]
            for one in found
        ]
    columns = [_("No."), _("Staff no."), _("Name"), _("Signed"), _("Amount"), _("Terms")]
    print_table(columns, rows, _("Nobody has signed an agreement yet."))
