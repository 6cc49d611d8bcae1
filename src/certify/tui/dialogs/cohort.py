"""Makes a cohort, registers people in it, excuses one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.i18n import N_, _, _n
from certify.services import catalogue, registering
from certify.services.windows import parse_moment
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

EXAMPLE = "2024-12-31 09:00"


async def new_cohort_form(app: CertifyApp, actor: Actor) -> Form:
    """The dialog; it gives the number of the new cohort."""
    doors = await app.use(catalogue.exams, actor=actor)

    async def send(values: dict[str, str]) -> str:
        number = await app.use(
            registering.new_cohort,
            actor=actor,
            exam=values["exam"],
            title=values["title"],
            occasion=values["occasion"],
            opens_at=parse_moment(app.platform, values["opens"]),
            closes_at=parse_moment(app.platform, values["closes"]),
        )
        return str(number)

    asks = [
        Ask("exam", N_("Exam"), choices=[Choice(door.exam, door.title) for door in doors]),
        Ask("title", N_("Title"), check=required),
        Ask("occasion", N_("Occasion (ad hoc)")),
        Ask("opens", N_("Opens"), example=EXAMPLE),
        Ask("closes", N_("Closes"), example=EXAMPLE),
    ]
    about = N_(
        "Who is registered may begin only within the window; keys are shown after it. An ad-hoc "
        "exam states its occasion: a project, a key link, a complaint."
    )
    return Form(N_("New cohort"), asks, send, about)


def register_form(app: CertifyApp, actor: Actor, cohort_id: int) -> Form:
    """The dialog; it gives a sentence about who was registered."""

    async def send(values: dict[str, str]) -> str:
        numbers = values["staff_nos"].replace(",", " ").replace("，", " ").replace("、", " ")
        count = await app.use(
            registering.register, actor=actor, cohort_id=cohort_id, staff_nos=numbers.split()
        )
        text = _n("{count} person registered.", "{count} people registered.", count)
        return text.format(count=count)

    asks = [Ask("staff_nos", N_("Staff numbers"), check=required)]
    about = N_("Several with blanks or commas between them; all of them or none are registered.")
    return Form(N_("Register people"), asks, send, about)


def excuse_form(app: CertifyApp, actor: Actor, cohort_id: int, staff_no: str, name: str) -> Form:
    """The dialog; it gives a sentence about who is excused."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            registering.excuse,
            actor=actor,
            cohort_id=cohort_id,
            staff_no=staff_no,
            reason=values["reason"],
        )
        return _("{name} is excused.").format(name=name)

    about = _("{name} {staff_no} will not count in the pass rate.")
    asks = [Ask("reason", N_("Reason"), check=required)]
    return Form(N_("Excuse"), asks, send, about.format(name=name, staff_no=staff_no))
