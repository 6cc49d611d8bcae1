"""`certify training session`: arrange, admit, assess, close, cancel, and the bill."""

from datetime import datetime

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.training_plan import MODES, print_sheet
from certify.domain.clean import clean
from certify.domain.training import TrainingMode
from certify.domain.training_plan import KINDS
from certify.errors import BadInput
from certify.i18n import N_, _, _n
from certify.platform import Platform
from certify.services.training import (
    admitting,
    arranging,
    assessing,
    costs,
    forms,
    sessions,
    words,
)
from certify.services.training.amounts import fen_of, mark_of
from certify.services.training.arranging import NewSession
from certify.services.windows import moment_text, parse_moment

WHEN = N_("Like “2024-12-31 09:00”, by the clocks of the company.")
WHO = N_("Staff number; of somebody from outside their number with # before it.")
code_argument = argument("code", help=N_("Code of the session, such as T-2024-001."))


def moment(platform: Platform, text: str) -> datetime:
    """A moment that must be given.

    Raises:
        BadInput
    """
    found = parse_moment(platform, text)
    if found is None:
        raise BadInput(_("The moment is missing."), mend=_("Write it like 2024-12-31 09:00."))
    return found


@click.group(cls=Group, help=N_("Sessions: arrange, admit, assess, close, cancel."))
def session() -> None:
    """The subgroup."""


@session.command("list", help=N_("List the sessions that you give, attend or may see."))
@option("--year", type=click.IntRange(2000, 9998), help=N_("Only those of this year."))
@json_option
@pass_call
def list_(call: Call, year: int | None, as_json: bool) -> None:
    """Sessions in their order."""
    with call.opened() as (platform, actor):
        found = sessions.listed(
            platform, actor=actor, days=sessions.year_of(year) if year else None
        )
        if as_json:
            print_json(found)
            return
        rows = [
            [
                one.code,
                moment_text(platform, one.starts_at),
                one.title,
                one.trainer,
                _(words.SESSION_STATES[one.state]),
            ]
            for one in found
        ]
    columns = [_("Code"), _("Starts"), _("Title"), _("Trainer"), _("State")]
    print_table(columns, rows, _("There are no sessions yet."))


@session.command(help=N_("Show a session and its assessment record."))
@code_argument
@json_option
@pass_call
def show(call: Call, code: str, as_json: bool) -> None:
    """One session; its record for who runs it."""
    with call.opened() as (platform, actor):
        one = sessions.one(platform, actor=actor, code=code)
        record = forms.assessment_record(platform, actor=actor, code=code) if one.may_run else None
        if as_json:
            print_json({"session": one, "assessment_record": record})
            return
        if record is not None:
            print_sheet(record, _("Nobody is on the list yet."))
            return
        say(clean(f"{one.code} · {one.title} · {_(words.SESSION_STATES[one.state])}"))
        start, end = (moment_text(platform, at) for at in (one.starts_at, one.ends_at))
        say(clean(f"{start} – {end} {one.place}"))


@session.command(help=N_("Arrange a session from a plan line or an ad-hoc plan."))
@option("--line", type=click.IntRange(1, 2**31 - 1), help=N_("Number of the plan line."))
@option("--ad-hoc", "ad_hoc", default="", metavar="CODE", help=N_("Code of the ad-hoc plan."))
@option("--starts", required=True, metavar="MOMENT", help=WHEN)
@option("--ends", required=True, metavar="MOMENT", help=WHEN)
@option("--trainer", default="", metavar="WHO", help=WHO)
@option("--place", default="", metavar="TEXT", help=N_("Where it is."))
@option("--title", default="", metavar="TEXT", help=N_("Its name, else that of the plan."))
@option("--kind", type=click.Choice(KINDS), help=N_("Its kind, where there is no plan."))
@option("--mode", type=click.Choice(MODES), help=N_("How it is given, else as planned."))
@option("--course", default="", metavar="CODE", help=N_("Code of its course."))
@option("--cohort", type=click.IntRange(1, 2**31 - 1), help=N_("Cohort whose exam assesses it."))
@option("--cost", default="", metavar="AMOUNT", help=N_("Planned cost in yuan, else as planned."))
@option(
    "--funded/--not-funded",
    "funded",
    default=None,
    help=N_("Whether the company pays, be it in part; else: if it costs anything."),
)
@pass_call
def new(
    call: Call,
    line: int | None,
    ad_hoc: str,
    starts: str,
    ends: str,
    trainer: str,
    place: str,
    title: str,
    kind: str | None,
    mode: str | None,
    course: str,
    cohort: int | None,
    cost: str,
    funded: bool | None,
) -> None:
    """A new session."""
    with call.opened() as (platform, actor):
        what = NewSession(
            starts_at=moment(platform, starts),
            ends_at=moment(platform, ends),
            line=line,
            ad_hoc=ad_hoc,
            title=title,
            kind=kind or "",
            mode=TrainingMode(mode) if mode else None,
            course=course,
            place=place,
            trainer=trainer,
            cohort=cohort,
            planned_fen=fen_of(cost) if cost.strip() else None,
            funded=funded,
        )
        code, warnings = arranging.arrange(platform, actor=actor, what=what)
    say(_("{code} is arranged.").format(code=code))
    _warn(warnings)


@session.command(help=N_("Move a session that has not begun, or change its trainer."))
@code_argument
@option("--starts", metavar="MOMENT", help=WHEN)
@option("--ends", metavar="MOMENT", help=WHEN)
@option("--trainer", metavar="WHO", help=WHO)
@option("--place", metavar="TEXT", help=N_("Where it is."))
@pass_call
def change(
    call: Call,
    code: str,
    starts: str | None,
    ends: str | None,
    trainer: str | None,
    place: str | None,
) -> None:
    """What is not given stays."""
    with call.opened() as (platform, actor):
        one = sessions.one(platform, actor=actor, code=code)
        warnings = arranging.change(
            platform,
            actor=actor,
            code=code,
            starts_at=moment(platform, starts) if starts else one.starts_at,
            ends_at=moment(platform, ends) if ends else one.ends_at,
            place=one.place if place is None else place,
            trainer=one.trainer_no if trainer is None else trainer,
        )
    say(_("{code} is changed.").format(code=code))
    _warn(warnings)


@session.command(help=N_("Put people on the list of a session, all of them or none."))
@code_argument
@argument("whom", nargs=-1, required=True, help=N_("Staff numbers."))
@pass_call
def admit(call: Call, code: str, whom: tuple[str, ...]) -> None:
    """Who is to attend."""
    with call.opened() as (platform, actor):
        count, warnings = admitting.admit(platform, actor=actor, code=code, whom=whom)
    say(_n("{count} person admitted.", "{count} people admitted.", count).format(count=count))
    _warn(warnings)


@session.command(help=N_("Excuse somebody's absence."))
@code_argument
@argument("who", help=WHO)
@option("--reason", required=True, metavar="TEXT", help=N_("Why."))
@pass_call
def excuse(call: Call, code: str, who: str, reason: str) -> None:
    """An excused absence."""
    with call.opened() as (platform, actor):
        admitting.excuse(platform, actor=actor, code=code, who=who, reason=reason)
    say(_("{staff_no} is excused.").format(staff_no=who))


@session.command(help=N_("Write down how somebody did in the assessment."))
@code_argument
@argument("who", help=WHO)
@option("--mark", default="", metavar="NUMBER", help=N_("Mark from 0 to 100."))
@option("--passed/--failed", "passed", default=None, help=N_("The verdict, without a mark."))
@option("--remark", default="", metavar="TEXT", help=N_("A word to it."))
@pass_call
def assess(call: Call, code: str, who: str, mark: str, passed: bool | None, remark: str) -> None:
    """One result."""
    with call.opened() as (platform, actor):
        verdict = assessing.assess(
            platform,
            actor=actor,
            code=code,
            who=who,
            mark=mark_of(mark) if mark.strip() else None,
            passed=passed,
            remark=remark,
        )
    said = _("passed") if verdict else _("not passed")
    say(_("{who}: {verdict}.").format(who=who, verdict=said))


@session.command(help=N_("Close a session whose assessment record is complete."))
@code_argument
@pass_call
def close(call: Call, code: str) -> None:
    """Closed for good."""
    with call.opened() as (platform, actor):
        assessing.close(platform, actor=actor, code=code)
    say(_("{code} is closed.").format(code=code))


@session.command(help=N_("Cancel a session that has not begun."))
@code_argument
@option("--reason", required=True, metavar="TEXT", help=N_("Why."))
@pass_call
def cancel(call: Call, code: str, reason: str) -> None:
    """Cancelled for good."""
    with call.opened() as (platform, actor):
        arranging.cancel(platform, actor=actor, code=code, reason=reason)
    say(_("{code} is cancelled.").format(code=code))


@session.command(help=N_("Write down what a session cost, also a cancelled one."))
@code_argument
@argument("amount", metavar="AMOUNT", help=N_("Yuan, like 2000 or 2,000.00."))
@pass_call
def bill(call: Call, code: str, amount: str) -> None:
    """The actual cost."""
    fen = fen_of(amount)
    with call.opened() as (platform, actor):
        costs.record_cost(platform, actor=actor, code=code, fen=fen)
    say(_("{code} cost {amount}.").format(code=code, amount=words.money(fen)))


def _warn(warnings: list[str]) -> None:
    for text in warnings:
        click.echo(clean(_("Note: {text}").format(text=text)), err=True)
