"""Begins a check, enters a sample, issues a notice, opens an anomaly form, decides on skill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services.inspection import anomalies, checklists, notices, rates, recording, skill
from certify.services.standards import target_text
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.services.inspection.register import InspectionView
    from certify.tui.app import CertifyApp
    from certify.tui.screens.inspection_record import Begun

YES_NO = [Choice("yes", N_("yes")), Choice("no", N_("no"))]
PASSED = [Choice("yes", N_("it works")), Choice("no", N_("it does not"))]


def _whom(staff_no: str) -> list[Ask]:
    return [
        Ask("staff_no", N_("Staff number"), staff_no),
        Ask("department", N_("Or a department")),
    ]


async def begin_form(app: CertifyApp, actor: Actor, begun: list[Begun], staff_no: str = "") -> Form:
    """The dialog that begins a check by a list; what was begun goes into a list of the caller."""
    from certify.tui.screens.inspection_record import Begun

    found = {one.code: one for one in await app.use(checklists.checklists, actor=actor)}
    today = app.platform.today()

    async def send(values: dict[str, str]) -> str:
        on = day(values["day"]) or today
        if on > today:
            raise BadInput(_("{day} is still to come.").format(day=on.isoformat()))
        whom = await app.use(
            rates.may_check,
            actor=actor,
            staff_no=values["staff_no"],
            department=values["department"],
            day=on,
        )
        begun.append(Begun(whom, found[values["list"]], on))
        return values["list"]

    lists = [Choice(one.code, dict(one.title.items())) for one in found.values()]
    asks = [
        Ask("list", N_("Checklist"), choices=lists),
        *_whom(staff_no),
        Ask("day", N_("Day"), today.isoformat(), is_day),
    ]
    return Form(N_("New check"), asks, send, N_("Of one person, or of one department."))


async def rate_form(app: CertifyApp, actor: Actor) -> Form:
    """The dialog that enters a sample; it gives the number in the register."""
    found = await app.use(rates.rate_standards, actor=actor)
    if not found:
        raise BadInput(
            _("No standard in force has a rate in percent."),
            mend=_("New standards come in with “certify standard import FILE”."),
        )
    today = app.platform.today()

    async def send(values: dict[str, str]) -> str:
        return await app.use(
            recording.record_rate,
            actor=actor,
            standard=values["standard"],
            sampled=_whole(values["sampled"]),
            passed=_whole(values["passed"]),
            staff_no=values["staff_no"],
            department=values["department"],
            day=day(values["day"]) or today,
            window=values["window"],
            finding=values["finding"],
            is_major=values["major"] == "yes",
        )

    choices = [
        Choice(one.number, f"{one.number} {pick(one.item)} {target_text(one.target)}")
        for one in found
    ]
    asks = [
        Ask("standard", N_("Standard"), choices=choices),
        *_whom(""),
        Ask("sampled", N_("Sampled"), check=required),
        Ask("passed", N_("Of these kept it"), check=required),
        Ask("window", N_("Part of the day"), example="10:00-11:00"),
        Ask("day", N_("Day"), today.isoformat(), is_day),
        Ask("finding", N_("Finding")),
        Ask("major", N_("Major problem"), "no", choices=YES_NO),
    ]
    return Form(N_("New sample"), asks, send)


def notice_form(app: CertifyApp, actor: Actor, found: InspectionView | None = None) -> Form:
    """The dialog that orders a correction; it gives the number of the notice."""

    async def send(values: dict[str, str]) -> str:
        return await app.use(
            notices.issue,
            actor=actor,
            owner=values["owner"],
            problem=values["problem"],
            inspection=found.number if found else "",
            standard=values["standard"],
        )

    days = app.platform.policy.rectification.days
    about = _("It is due in {count} days, that day included.").format(count=days)
    asks = [
        Ask("owner", N_("Owner (staff number)"), found.staff_no if found else "", required),
        Ask("problem", N_("Problem"), found.finding if found else "", required),
        Ask("standard", N_("Standard"), found.standard if found else ""),
    ]
    return Form(N_("Rectification notice"), asks, send, about)


def anomaly_form(app: CertifyApp, actor: Actor) -> Form:
    """The dialog that opens an anomaly form; it gives its number."""
    today = app.platform.today()

    async def send(values: dict[str, str]) -> str:
        return await app.use(
            anomalies.open_form,
            actor=actor,
            what=values["what"],
            cause=values["cause"],
            process=values["process"],
            countermeasure=values["countermeasure"],
            department=values["department"],
            staff_no=values["staff_no"],
            day=day(values["day"]) or today,
        )

    asks = [
        Ask("what", N_("What was irregular"), check=required),
        Ask("cause", N_("Cause"), check=required),
        Ask("process", N_("How it was handled"), check=required),
        Ask("countermeasure", N_("Countermeasure"), check=required),
        Ask("department", N_("Department")),
        Ask("staff_no", N_("Whom it concerns")),
        Ask("day", N_("Day"), today.isoformat(), is_day),
    ]
    return Form(N_("Anomaly form"), asks, send)


def skill_form(app: CertifyApp, actor: Actor, staff_no: str, name: str) -> Form:
    """The dialog in which a supervisor says whether somebody is skilled."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            skill.decide,
            actor=actor,
            staff_no=staff_no,
            skilled=values["skilled"] == "yes",
            reason=values["reason"],
        )
        return staff_no

    about = _("{name} {staff_no}: yes ends the weekly checks, no lets them go on.")
    asks = [
        Ask("skilled", N_("Skilled"), "no", choices=YES_NO),
        Ask("reason", N_("Reason"), check=required),
    ]
    return Form(N_("Skilled?"), asks, send, about.format(name=name, staff_no=staff_no))


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadInput(
            _("“{text}” is no whole number.").format(text=text), mend=_("Write digits only.")
        ) from None
