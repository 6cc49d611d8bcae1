"""Asks for what sessions need: when and by whom, who attends, agreements, results, the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.domain.training import PlanState
from certify.errors import BadInput
from certify.i18n import N_, _, _n
from certify.services.training import (
    admitting,
    agreements,
    arranging,
    assessing,
    costs,
    plan_views,
    signing,
    words,
)
from certify.services.training.amounts import fen_of, mark_of
from certify.services.training.arranging import NewSession
from certify.services.training.session_views import AttendeeView, SessionView
from certify.services.windows import moment_text, parse_moment
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from datetime import datetime

    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

EXAMPLE = "2024-12-31 09:00"
APPROVED = (PlanState.APPROVED, PlanState.IN_FORCE)


async def new_session_form(app: CertifyApp, actor: Actor) -> Form:
    """The dialog that arranges a session; it gives a sentence, with warnings where there are."""

    async def send(values: dict[str, str]) -> str:
        source, _colon, name = values["plan"].partition(":")
        what = NewSession(
            starts_at=_moment(app, values["starts"]),
            ends_at=_moment(app, values["ends"]),
            line=int(name) if source == "line" else None,
            ad_hoc=name if source == "plan" else "",
            kind=name if source == "kind" else "",
            title=values["title"],
            place=values["place"],
            trainer=values["trainer"],
            planned_fen=fen_of(values["cost"]) if values["cost"] else None,
        )
        code, warnings = await app.use(arranging.arrange, actor=actor, what=what)
        return "\n".join([_("{code} is arranged.").format(code=code), *warnings])

    asks = [
        Ask("plan", N_("Training plan"), choices=await _plans(app, actor)),
        Ask("title", N_("Title, if no plan")),
        Ask("starts", N_("Starts"), check=required, example=EXAMPLE),
        Ask("ends", N_("Ends"), check=required, example=EXAMPLE),
        Ask("trainer", N_("Trainer"), actor.staff_no),
        Ask("place", N_("Place")),
        Ask("cost", N_("Cost, if not as planned"), example="2,000.00"),
    ]
    about = N_(
        "The trainer's staff number, or # and the number of somebody from outside. An inside "
        "trainer holds the level that policy asks for on the day."
    )
    return Form(N_("New session"), asks, send, about)


def admit_form(app: CertifyApp, actor: Actor, code: str) -> Form:
    """The dialog that puts people on the list of a session."""

    async def send(values: dict[str, str]) -> str:
        numbers = values["whom"].replace(",", " ").replace("，", " ").replace("、", " ")
        count, warnings = await app.use(
            admitting.admit, actor=actor, code=code, whom=numbers.split()
        )
        said = _n("{count} person admitted.", "{count} people admitted.", count)
        return "\n".join([said.format(count=count), *warnings])

    about = N_(
        "Staff numbers with blanks or commas between them; in customer training # and the number "
        "of each. Where the company pays, everybody signs an agreement first."
    )
    return Form(N_("Add people"), [Ask("whom", N_("Who"), check=required)], send, about)


def agreement_form(app: CertifyApp, actor: Actor, one: SessionView) -> Form:
    """The dialog that records an agreement; it gives a sentence with its number."""

    async def send(values: dict[str, str]) -> str:
        number = await app.use(
            agreements.sign,
            actor=actor,
            code=one.code,
            staff_no=values["staff_no"],
            signed_at=_moment(app, values["signed"]),
            terms=values["terms"],
        )
        return _("Agreement {number} is recorded.").format(number=number)

    asks = [
        Ask("staff_no", N_("Staff no."), check=required),
        Ask("signed", N_("Signed"), check=required, example=EXAMPLE),
        Ask("terms", N_("Terms")),
    ]
    about = _("It must be signed before the training begins, {moment}.").format(
        moment=moment_text(app.platform, one.starts_at)
    )
    return Form(N_("Training agreement"), asks, send, about)


def assess_form(app: CertifyApp, actor: Actor, code: str, line: AttendeeView) -> Form:
    """The dialog for a result; a mark decides, else the verdict."""

    async def send(values: dict[str, str]) -> str:
        mark = mark_of(values["mark"]) if values["mark"] else None
        verdict = {"passed": True, "failed": False}[values["verdict"]] if mark is None else None
        passed = await app.use(
            assessing.assess,
            actor=actor,
            code=code,
            who=line.who,
            mark=mark,
            passed=verdict,
            remark=values["remark"],
        )
        said = _("passed") if passed else _("not passed")
        return _("{who}: {verdict}.").format(who=line.name, verdict=said)

    verdicts = [Choice("passed", N_("passed")), Choice("failed", N_("not passed"))]
    asks = [
        Ask("mark", N_("Mark (0 to 100)"), line.mark),
        Ask("verdict", N_("Without a mark"), choices=verdicts),
        Ask("remark", N_("Remark"), line.remark),
    ]
    return Form(N_("Result of the assessment"), asks, send, line.name)


def excuse_form(app: CertifyApp, actor: Actor, code: str, line: AttendeeView) -> Form:
    """The dialog that excuses an absence."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            admitting.excuse, actor=actor, code=code, who=line.who, reason=values["reason"]
        )
        return _("{staff_no} is excused.").format(staff_no=line.name)

    return Form(N_("Excuse"), [Ask("reason", N_("Reason"), check=required)], send, line.name)


def confirm_form(app: CertifyApp, actor: Actor, one: SessionView, line: AttendeeView) -> Form:
    """The dialog that says until when somebody was there."""

    async def send(values: dict[str, str]) -> str:
        when = await app.use(
            signing.confirm_end,
            actor=actor,
            code=one.code,
            who=line.who,
            at=parse_moment(app.platform, values["at"]),
        )
        text = _("{who} was there until {moment}.")
        return text.format(who=line.name, moment=moment_text(app.platform, when))

    end = moment_text(app.platform, one.ends_at)
    return Form(N_("Confirm the end"), [Ask("at", N_("Until when"), end)], send, line.name)


def take_back_form(app: CertifyApp, actor: Actor, code: str, line: AttendeeView) -> Form:
    """The dialog that takes back what was noted of somebody by mistake."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            signing.take_back, actor=actor, code=code, who=line.who, reason=values["reason"]
        )
        return _("What was noted of {who} is taken back.").format(who=line.name)

    ask = Ask("reason", N_("Reason"), check=required)
    return Form(N_("Take back in and out"), [ask], send, line.name)


def bill_form(app: CertifyApp, actor: Actor, one: SessionView) -> Form:
    """The dialog for what a session cost."""

    async def send(values: dict[str, str]) -> str:
        fen = fen_of(values["amount"])
        await app.use(costs.record_cost, actor=actor, code=one.code, fen=fen)
        return _("{code} cost {amount}.").format(code=one.code, amount=words.money(fen))

    about = _("Planned: {amount}").format(amount=words.money(one.planned_fen))
    ask = Ask("amount", N_("Actual cost"), check=required, example="2,000.00")
    return Form(N_("Actual cost"), [ask], send, about)


def cancel_form(app: CertifyApp, actor: Actor, code: str) -> Form:
    """The dialog that cancels a session."""

    async def send(values: dict[str, str]) -> str:
        await app.use(arranging.cancel, actor=actor, code=code, reason=values["reason"])
        return _("{code} is cancelled.").format(code=code)

    about = N_("Everybody on its list is told. It cannot be undone.")
    ask = Ask("reason", N_("Reason"), check=required)
    return Form(N_("Cancel the session"), [ask], send, about)


async def _plans(app: CertifyApp, actor: Actor) -> list[Choice]:
    """Kinds that need no plan, the lines of approved plans that still run, ad-hoc plans."""
    today = app.platform.today()
    annual = await app.use(plan_views.annual_plans, actor=actor)
    ad_hoc = await app.use(plan_views.ad_hoc_plans, actor=actor)
    found = [
        (f"line:{line.id}", f"{plan.year}/{line.month:02} {line.title}")
        for plan in reversed(annual)
        if plan.review.state in APPROVED and plan.year >= today.year
        for line in plan.lines
    ]
    found += [
        (f"plan:{plan.code}", f"{plan.code} {plan.title}")
        for plan in ad_hoc
        if plan.review.state in APPROVED and plan.last_day >= today
    ]
    kinds = [Choice(f"kind:{kind}", words.KINDS[kind]) for kind in arranging.UNPLANNED]
    return [*(Choice(name, {"zh": said, "en": said}) for name, said in found), *kinds]


def _moment(app: CertifyApp, text: str) -> datetime:
    found = parse_moment(app.platform, text)
    if found is None:
        raise BadInput(_("The moment is missing."), mend=_("Write it like 2024-12-31 09:00."))
    return found
