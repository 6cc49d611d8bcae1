"""`certify qualification grant|renew|suspend|…`: what HR decides, each with a reason."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.day import DAY
from certify.domain.qualification import QualificationState
from certify.domain.scoring import cut
from certify.errors import BadInput
from certify.hooks.events import CertificateIssued
from certify.i18n import N_, _
from certify.services.qualifying import deciding, decisions, outside, panels, renewing

WHO = N_("Whose qualification.")
REASON = option("--reason", required=True, help=N_("Why; it stays in the ledger."))


def add_to(group: Group) -> None:
    """Put these commands under `certify qualification`."""

    @group.command(help=N_("Give a level whose conditions are met, or as an exception."))
    @argument("staff_no", help=WHO)
    @argument("level", help=N_("Code of the level."))
    @REASON
    @option("--exception", is_flag=True, help=N_("Although a condition is not met."))
    @pass_call
    def grant(call: Call, staff_no: str, level: str, reason: str, exception: bool) -> None:
        with call.opened() as (platform, actor):
            issued = decisions.grant(
                platform,
                actor=actor,
                staff_no=staff_no,
                level=level,
                reason=reason,
                exception=exception,
            )
        _say(issued)

    @group.command(help=N_("Recognise existing staff at introduction, without an exam."))
    @argument("staff_no", help=WHO)
    @argument("what", help=N_("Code of a level or of a process."))
    @REASON
    @pass_call
    def recognise(call: Call, staff_no: str, what: str, reason: str) -> None:
        with call.opened() as (platform, actor):
            issued = decisions.recognise(
                platform, actor=actor, staff_no=staff_no, what=what, reason=reason
            )
        _say(issued)

    @group.command(help=N_("Renew a level that no exam renews."))
    @argument("staff_no", help=WHO)
    @argument("level", help=N_("Code of the level."))
    @REASON
    @pass_call
    def renew(call: Call, staff_no: str, level: str, reason: str) -> None:
        with call.opened() as (platform, actor):
            issued = renewing.renew(
                platform, actor=actor, staff_no=staff_no, level=level, reason=reason
            )
        _say(issued)

    @group.command(help=N_("Extend a level by its own length, as the ladder allows."))
    @argument("staff_no", help=WHO)
    @argument("level", help=N_("Code of the level."))
    @REASON
    @pass_call
    def extend(call: Call, staff_no: str, level: str, reason: str) -> None:
        with call.opened() as (platform, actor):
            last = renewing.extend(
                platform, actor=actor, staff_no=staff_no, level=level, reason=reason
            )
        click.echo(_("Valid to {day} now.").format(day=last.isoformat()))

    for name, state, help_ in (
        ("suspend", QualificationState.SUSPENDED, N_("Take something held away for a time.")),
        ("reinstate", QualificationState.ACTIVE, N_("Give back what is suspended.")),
        ("revoke", QualificationState.REVOKED, N_("Take something held away for ever.")),
    ):
        _add_state(group, name, state, help_)

    @group.command(help=N_("Record a panel that heard somebody for a level."))
    @argument("staff_no", help=WHO)
    @argument("level", help=N_("Code of the level."))
    @option("--day", type=DAY, help=N_("The day it sat; today by default."))
    @option(
        "--member",
        "members",
        multiple=True,
        metavar="STAFF_NO=SCORE",
        help=N_("A member and the score given, 0 to 100; once for each."),
    )
    @pass_call
    def panel(
        call: Call, staff_no: str, level: str, day: date | None, members: tuple[str, ...]
    ) -> None:
        scores = dict(_member(text) for text in members)
        with call.opened() as (platform, actor):
            mean = panels.hear(
                platform,
                actor=actor,
                staff_no=staff_no,
                level=level,
                day=day or platform.today(),
                scores=scores,
            )
        click.echo(_("Recorded; mean {mean}.").format(mean=cut(mean)))

    @group.command(help=N_("Record a certificate of somebody else than the company."))
    @argument("staff_no", help=WHO)
    @option("--title", required=True, help=N_("What it is called."))
    @option("--issuer", required=True, help=N_("Who issued it."))
    @option("--number", default="", help=N_("Its number."))
    @option("--issued", type=DAY, required=True, help=N_("The day it was issued."))
    @option("--valid-to", type=DAY, help=N_("Its last valid day."))
    @option("--process", default="", help=N_("The process whose exam it stands for."))
    @pass_call
    def outside_certificate(
        call: Call,
        staff_no: str,
        title: str,
        issuer: str,
        number: str,
        issued: date,
        valid_to: date | None,
        process: str,
    ) -> None:
        with call.opened() as (platform, actor):
            given = outside.accept(
                platform,
                actor=actor,
                staff_no=staff_no,
                title=title,
                issuer=issuer,
                number=number,
                issued_on=issued,
                valid_to=valid_to,
                process=process,
            )
        if given is None:
            click.echo(_("Recorded."))
        else:
            _say(given)


def _add_state(group: Group, name: str, state: QualificationState, help_: str) -> None:
    @group.command(name, help=help_)
    @argument("staff_no", help=WHO)
    @argument("code", help=N_("Code of the level or process, or a certificate's number."))
    @REASON
    @option("--from", "from_day", type=DAY, help=N_("First day of it; today by default."))
    @pass_call
    def change(call: Call, staff_no: str, code: str, reason: str, from_day: date | None) -> None:
        with call.opened() as (platform, actor):
            proposal = deciding.decide(
                platform,
                actor=actor,
                staff_no=staff_no,
                code=code,
                state=state,
                reason=reason,
                from_day=from_day,
            )
        if proposal is None:
            click.echo(_("Done; it is in the ledger."))
            return
        click.echo(
            _(
                "Proposed as number {number}: nothing changes until another person confirms it "
                "(certify proposal confirm {number}). What is urgent can be suspended at once."
            ).format(number=proposal)
        )


def _member(text: str) -> tuple[str, str]:
    number, sign, score = text.partition("=")
    if not sign:
        raise BadInput(
            _("“{text}” names no score.").format(text=text),
            place="--member",
            mend=_("Write STAFF_NO=SCORE, for instance 0001=90."),
        )
    return number.strip(), score


def _say(issued: CertificateIssued) -> None:
    click.echo(
        _("{code} given: certificate {number}, valid to {day}.").format(
            code=issued.code, number=issued.number, day=issued.valid_to.isoformat()
        )
    )
