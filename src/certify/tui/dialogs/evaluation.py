"""What the evaluation group is asked while a period runs: a value, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.domain.evaluation import PeriodState
from certify.i18n import N_, _
from certify.services.evaluation import asking, measuring, periods
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.services.evaluation.views import RateeRow
    from certify.tui.app import CertifyApp


async def value_form(app: CertifyApp, actor: Actor, period: str, person: RateeRow) -> Form:
    """Asks for one measured value of somebody."""
    found = await app.use(measuring.values, actor=actor, period=period, staff_no=person.staff_no)

    async def send(values: dict[str, str]) -> str:
        await app.use(
            measuring.set_value,
            actor=actor,
            period=period,
            staff_no=person.staff_no,
            indicator=values["indicator"],
            value=values["value"],
        )
        return ""

    choices = [Choice(one.indicator, one.title) for one in found]
    asks = [
        Ask("indicator", N_("Indicator"), choices=choices),
        Ask("value", N_("Value"), check=required, example=_("96.5, or - for not applicable")),
    ]
    return Form(N_("Type a value"), asks, send, f"{person.name} {person.staff_no}")


def pass_up_form(app: CertifyApp, actor: Actor, period: str, person: RateeRow) -> Form:
    """Asks why the next level up is to rate somebody."""

    async def send(values: dict[str, str]) -> str:
        return await app.use(
            asking.pass_up,
            actor=actor,
            period=period,
            staff_no=person.staff_no,
            reason=values["reason"],
        )

    about = _("{name} {staff_no}: the direct supervisor cannot rate.")
    said = about.format(name=person.name, staff_no=person.staff_no)
    return Form(N_("The next level up rates"), [_reason()], send, said)


def back_form(app: CertifyApp, actor: Actor, period: str) -> Form:
    """Asks why a period goes back from review to scoring."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            periods.move,
            actor=actor,
            period=period,
            to=PeriodState.SCORING,
            reason=values["reason"],
        )
        return ""

    return Form(N_("Back to scoring"), [_reason()], send, period)


def _reason() -> Ask:
    return Ask("reason", N_("Reason"), check=required)
