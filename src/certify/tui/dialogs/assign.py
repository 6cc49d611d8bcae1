"""Assigns a course to a person, with the day it is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from certify.i18n import N_, _, pick
from certify.services import learning, listing
from certify.tui.dates import day, is_day_or_nothing
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

USUAL_DAYS = 14
"""Proposed time to finish an assigned course."""


async def assign_form(app: CertifyApp, actor: Actor, staff_no: str, name: str) -> Form:
    """The dialog; it gives a sentence about what was assigned."""
    views = [
        view for view in await app.use(learning.course_views, actor=actor) if view.is_available
    ]
    due = await app.use(listing.today) + timedelta(days=USUAL_DAYS)

    async def send(values: dict[str, str]) -> str:
        await app.use(
            learning.enrol,
            actor=actor,
            staff_no=staff_no,
            course=values["course"],
            due_on=day(values["due"]),
        )
        title = next(pick(view.title) for view in views if view.code == values["course"])
        return _("{name} has the course “{course}” now.").format(name=name, course=title)

    asks = [
        Ask("course", N_("Course"), choices=[Choice(v.code, v.title) for v in views]),
        Ask("due", N_("Due on"), due.isoformat(), is_day_or_nothing, example="2024-12-31"),
    ]
    about = _("For {name} {staff_no}. Without a day the course is not mandatory.")
    return Form(N_("Assign a course"), asks, send, about.format(name=name, staff_no=staff_no))
