"""Asks for what plans need: a year, a line, an ad-hoc training, HR's word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from certify.domain.scoring import points_text
from certify.domain.training import TrainingMode
from certify.domain.training_cost import fen_text
from certify.i18n import N_, _
from certify.services.training import plan_review, planning, words
from certify.services.training.amounts import fen_of, hours_of
from certify.services.training.plan_views import AdHocView, LineView
from certify.services.training.planning import Planned
from certify.tui.dates import is_day
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


def new_plan_form(app: CertifyApp, actor: Actor) -> Form:
    """The dialog that begins the plan of a year; it gives the year."""
    this_year = app.platform.today().year

    async def send(values: dict[str, str]) -> str:
        await app.use(planning.draft_annual, actor=actor, year=int(values["year"]))
        return values["year"]

    years = [Choice(str(year), {"zh": str(year), "en": str(year)}) for year in _years(this_year)]
    asks = [Ask("year", N_("Year"), years[0].value, choices=years)]
    about = N_("The plan is drafted at the end of a year for the next; HR reviews it.")
    return Form(N_("New annual plan"), asks, send, about)


def line_form(app: CertifyApp, actor: Actor, year: int, line: LineView | None = None) -> Form:
    """The dialog that adds a line to a draft, or writes one anew."""

    async def send(values: dict[str, str]) -> str:
        month = int(values["month"])
        what = _planned(values)
        if line is None:
            await app.use(planning.add_line, actor=actor, year=year, month=month, what=what)
            return _("Added: {title}").format(title=what.title)
        await app.use(
            planning.change_line, actor=actor, year=year, line_id=line.id, month=month, what=what
        )
        return _("Changed: {title}").format(title=what.title)

    months = [Choice(str(n), {"zh": str(n), "en": str(n)}) for n in range(1, 13)]
    asks = [
        Ask("month", N_("Month"), str(line.month) if line else "1", choices=months),
        *_asks(line),
    ]
    return Form(N_("Line of the plan"), asks, send)


def ad_hoc_form(app: CertifyApp, actor: Actor, plan: AdHocView | None = None) -> Form:
    """The dialog that drafts an ad-hoc plan, or writes one anew; it gives its code."""

    async def send(values: dict[str, str]) -> str:
        first_day = date.fromisoformat(values["first_day"])
        last_day = date.fromisoformat(values["last_day"])
        what, occasion = _planned(values), values["occasion"]
        if plan is None:
            return await app.use(
                planning.draft_ad_hoc,
                actor=actor,
                occasion=occasion,
                first_day=first_day,
                last_day=last_day,
                what=what,
            )
        await app.use(
            planning.change_ad_hoc,
            actor=actor,
            code=plan.code,
            occasion=occasion,
            first_day=first_day,
            last_day=last_day,
            what=what,
        )
        return plan.code

    today = app.platform.today().isoformat()
    first = plan.first_day.isoformat() if plan else today
    last = plan.last_day.isoformat() if plan else today
    asks = [
        Ask("occasion", N_("Occasion"), plan.occasion if plan else "", required),
        Ask("first_day", N_("First day"), first, is_day),
        Ask("last_day", N_("Last day"), last, is_day),
        *_asks(plan),
    ]
    return Form(N_("Ad-hoc plan"), asks, send)


def decide_form(app: CertifyApp, actor: Actor, plan: int | str, *, approve: bool) -> Form:
    """The dialog for HR's word; it gives a sentence about what was decided."""

    async def send(values: dict[str, str]) -> str:
        remark = values["remark"]
        if approve:
            await app.use(plan_review.approve, actor=actor, plan=plan, remark=remark)
            return _("The plan {plan} is approved.").format(plan=plan)
        await app.use(plan_review.return_plan, actor=actor, plan=plan, remark=remark)
        return _("The plan {plan} is returned.").format(plan=plan)

    if approve:
        about = N_("After this the plan stays as it is; later wishes become ad-hoc plans.")
        return Form(N_("Approve the plan"), [Ask("remark", N_("Remark"))], send, about)
    about = N_("Say what is to be done better; whoever drafted it is told.")
    return Form(N_("Return the plan"), [Ask("remark", N_("Remark"), check=required)], send, about)


def _asks(known: LineView | AdHocView | None) -> list[Ask]:
    kinds = [Choice(kind, word) for kind, word in words.KINDS.items()]
    modes = [Choice(mode.value, word) for mode, word in words.MODES.items()]
    return [
        Ask("title", N_("Title"), known.title if known else "", required),
        Ask("kind", N_("Kind"), known.kind if known else "in-service", choices=kinds),
        Ask("mode", N_("Mode"), known.mode.value if known else "internal", choices=modes),
        Ask("course", N_("Course code"), known.course if known else ""),
        Ask("hours", N_("Hours"), _hours(known)),
        Ask("audience", N_("Audience"), known.audience if known else ""),
        Ask("trainer", N_("Trainer"), known.trainer if known else ""),
        Ask(
            "cost",
            N_("Planned cost"),
            fen_text(known.planned_fen) if known else "",
            example="2,000.00",
        ),
    ]


def _hours(known: LineView | AdHocView | None) -> str:
    return points_text(known.hours) if known and known.hours is not None else ""


def _planned(values: dict[str, str]) -> Planned:
    return Planned(
        kind=values["kind"],
        title=values["title"],
        course=values["course"],
        mode=TrainingMode(values["mode"]),
        hours=hours_of(values["hours"]),
        audience=values["audience"],
        trainer=values["trainer"],
        planned_fen=fen_of(values["cost"]),
    )


def _years(this_year: int) -> tuple[int, int]:
    """The year that is usually planned comes first: the next."""
    return this_year + 1, this_year
