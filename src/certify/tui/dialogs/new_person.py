"""Adds a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.domain.person import Role
from certify.i18n import N_
from certify.services import departments, listing, people
from certify.services.people_words import ROLE_NAMES
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required, staff_number

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


async def new_person_form(app: CertifyApp, actor: Actor) -> Form:
    """The dialog; it gives the new staff number."""
    known = await app.use(departments.departments_and_posts, actor=actor)
    today = await app.use(listing.today)

    async def send(values: dict[str, str]) -> str:
        role = values["role"]
        await app.use(
            people.add_person,
            actor=actor,
            staff_no=values["staff_no"],
            name=values["name"],
            department=values["department"],
            post=values["post"],
            hired_on=day(values["hired_on"]) or today,
            supervisor_no=values["supervisor"] or None,
            roles=frozenset({Role(role)}) if role else frozenset(),
        )
        return values["staff_no"]

    further = [Choice(role, ROLE_NAMES[role]) for role in Role if role is not Role.LEARNER]
    asks = [
        Ask("staff_no", N_("Staff no."), check=staff_number),
        Ask("name", N_("Name"), check=required),
        Ask(
            "department",
            N_("Department"),
            choices=[Choice(one.code, one.name) for one in known.departments],
        ),
        Ask("post", N_("Post"), choices=[Choice(one.code, one.name) for one in known.posts]),
        Ask("supervisor", N_("Supervisor's staff no.")),
        Ask("hired_on", N_("Hired on"), today.isoformat(), is_day),
        Ask("role", N_("Role besides learner"), choices=[Choice("", N_("none")), *further]),
    ]
    return Form(N_("New person"), asks, send, N_("Onboarding courses are assigned at once."))
