"""Makes a cohort, registers people in it, excuses one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.domain import seats
from certify.i18n import N_, _, _n
from certify.services import catalogue, not_yet, registering, seating
from certify.services.windows import parse_moment
from certify.tui.dialogs.accommodation import is_count
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.services.cohorts import CohortView, MemberView
    from certify.tui.app import CertifyApp

MOST_NAMED = 6
"""So many people with their reasons fit into a dialog; the list of the cohort has all of them."""
EXAMPLE = "2024-12-31 09:00"


def is_count_or_nothing(text: str) -> str:
    """What is wrong with a number of minutes that may be left out; empty when it will do."""
    return is_count(text) if text.strip() else ""


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
            place=values["place"],
            needs_admission=values["admission"] == "yes",
            late_minutes=int(values["late"]) if values["late"] else None,
        )
        return str(number)

    asks = [
        Ask("exam", N_("Exam"), choices=[Choice(door.exam, door.title) for door in doors]),
        Ask("title", N_("Title"), check=required),
        Ask("occasion", N_("Occasion (ad hoc)")),
        Ask("opens", N_("Opens"), example=EXAMPLE),
        Ask("closes", N_("Closes"), example=EXAMPLE),
        *_hall_asks(),
    ]
    about = N_(
        "Who is registered may begin only within the window; keys are shown after it. An ad-hoc "
        "exam states its occasion: a project, a key link, a complaint."
    )
    return Form(N_("New cohort"), asks, send, about)


def hall_form(app: CertifyApp, actor: Actor, view: CohortView) -> Form:
    """The dialog for place, admission and late rule; it gives a sentence."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            registering.change_cohort,
            actor=actor,
            cohort_id=view.id,
            place=values["place"],
            needs_admission=values["admission"] == "yes",
            late_minutes=int(values["late"]) if values["late"] else None,
        )
        return _("Room and admission are changed.")

    about = N_(
        "With admission nobody begins before an invigilator lets them in. Who comes more minutes "
        "late than you say is let in with a reason only; empty lets in until the end."
    )
    return Form(N_("Room and admission"), _hall_asks(view), send, about)


def _hall_asks(view: CohortView | None = None) -> list[Ask]:
    admission = [Choice("", N_("no")), Choice("yes", N_("yes"))]
    is_asked = "yes" if view is not None and view.needs_admission else ""
    late = "" if view is None or view.late_minutes is None else str(view.late_minutes)
    return [
        Ask("place", N_("Room"), view.place if view else ""),
        Ask("admission", N_("Admission"), is_asked, choices=admission),
        Ask("late", N_("Minutes late at most"), late, is_count_or_nothing),
    ]


def seat_form(app: CertifyApp, actor: Actor, cohort_id: int, one: MemberView) -> Form:
    """The dialog that gives one member a seat; it gives a sentence."""

    async def send(values: dict[str, str]) -> str:
        seat = values["seat"]
        await app.use(
            seating.assign,
            actor=actor,
            cohort_id=cohort_id,
            seats_by_staff_no={one.staff_no: seat},
        )
        if not seat:
            return _("{name} has no seat now.").format(name=one.name)
        return _("{name} sits at {seat}.").format(name=one.name, seat=seat)

    about = _("For {name} {staff_no}; empty takes the seat away.")
    about = about.format(name=one.name, staff_no=one.staff_no)
    return Form(N_("Seat"), [Ask("seat", N_("Seat"), one.seat, example="A-07")], send, about)


def number_seats_form(app: CertifyApp, actor: Actor, cohort_id: int) -> Form:
    """The dialog that gives the free seats in a row; it gives a sentence."""

    async def send(values: dict[str, str]) -> str:
        found = await app.use(
            seating.assign_free,
            actor=actor,
            cohort_id=cohort_id,
            per_row=int(values["per_row"]),
        )
        count = sum(bool(one.seat) for one in found)
        text = _n("{count} person has a seat.", "{count} people have a seat.", count)
        return text.format(count=count)

    about = N_(
        "Everybody without a seat gets the next free one by staff number: A-01, A-02 and so on; "
        "after a full row the next letter. Seats given already stay."
    )
    asks = [Ask("per_row", N_("Seats in a row"), str(seats.ROW), is_count)]
    return Form(N_("Number the seats"), asks, send, about)


def register_form(app: CertifyApp, actor: Actor, cohort_id: int) -> Form:
    """The dialog; it gives who was registered, and on lines of their own who may not sit yet."""

    async def send(values: dict[str, str]) -> str:
        typed = values["staff_nos"].replace(",", " ").replace("，", " ").replace("、", " ")
        numbers = typed.split()
        count = await app.use(
            registering.register, actor=actor, cohort_id=cohort_id, staff_nos=numbers
        )
        found = await app.use(not_yet.not_yet, actor=actor, cohort_id=cohort_id, staff_nos=numbers)
        text = _n("{count} person registered.", "{count} people registered.", count)
        said = [text.format(count=count)]
        if found:
            said += [not_yet.warning(found), *(f"! {one.text}" for one in found[:MOST_NAMED])]
        if more := len(found[MOST_NAMED:]):
            text = _n(
                "… and {count} more: see the list.", "… and {count} more: see the list.", more
            )
            said.append(text.format(count=more))
        return "\n".join(said)

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
