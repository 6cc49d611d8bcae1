"""Changes a person, records an absence, names a training owner: what the history page offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.domain.person import PersonStatus
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import departments, listing
from certify.services.people_words import STATUS_NAMES
from certify.services.placing import absences, changing, owners
from certify.services.placing.change_words import change_text
from certify.tui.dates import day, is_day, is_day_or_nothing
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.services.placing.history import HistoryView
    from certify.tui.app import CertifyApp

AS_IT_IS = N_("as it is")
NONE = "-"


async def change_form(app: CertifyApp, actor: Actor, view: HistoryView) -> Form:
    """The dialog; it gives what became of the change, line by line."""
    known = await app.use(departments.departments_and_posts, actor=actor)

    async def send(values: dict[str, str]) -> str:
        above = values["supervisor"]
        done = await app.use(
            changing.change_person,
            actor=actor,
            staff_no=view.staff_no,
            name=values["name"] or None,
            department=values["department"] or None,
            post=values["post"] or None,
            supervisor_no="" if above == NONE else above or None,
            status=PersonStatus(values["status"]) if values["status"] else None,
            from_day=day(values["from"]),
        )
        return "\n".join(change_text(done))

    keep = Choice("", AS_IT_IS)
    asks = [
        Ask("name", N_("Name"), example=view.name),
        Ask(
            "department",
            N_("Department"),
            choices=[keep, *(Choice(one.code, one.name) for one in known.departments)],
        ),
        Ask(
            "post",
            N_("Post"),
            choices=[keep, *(Choice(one.code, one.name) for one in known.posts)],
        ),
        Ask("supervisor", N_("Supervisor's staff no.")),
        Ask(
            "status",
            N_("Status"),
            choices=[keep, *(Choice(one.value, STATUS_NAMES[one]) for one in PersonStatus)],
        ),
        Ask("from", N_("From"), check=is_day_or_nothing, example="2024-12-31"),
    ]
    about = _("{name} {staff_no}. What stays empty stays as it is; a dash: no supervisor any more.")
    about = about.format(name=view.name, staff_no=view.staff_no)
    return Form(N_("Change a person"), asks, send, about)


async def absence_form(app: CertifyApp, actor: Actor, view: HistoryView) -> Form:
    """The dialog; it gives a sentence about the absence."""
    today = await app.use(listing.today)

    async def send(values: dict[str, str]) -> str:
        first, last = day(values["first"]), day(values["last"])
        if first is None or last is None:
            raise BadInput(_("Please fill this in."))
        await app.use(
            absences.record_absence,
            actor=actor,
            staff_no=view.staff_no,
            from_day=first,
            to_day=last,
            reason=values["reason"],
        )
        return _("The absence is recorded.")

    asks = [
        Ask("first", N_("First day"), today.isoformat(), is_day),
        Ask("last", N_("Last day"), today.isoformat(), is_day),
        Ask("reason", N_("Reason"), check=required),
    ]
    return Form(N_("Absence"), asks, send, f"{view.name} {view.staff_no}")


def owner_form(app: CertifyApp, actor: Actor, view: HistoryView) -> Form:
    """The dialog; it gives a sentence about the training owner."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            owners.assign_owner, actor=actor, staff_no=view.staff_no, owner_no=values["owner"]
        )
        return _("The training owner is named.")

    asks = [Ask("owner", N_("Staff no."), check=required)]
    about = _("For {name} {staff_no}: the direct supervisor, who also guides the on-site practice.")
    return Form(
        N_("Training owner"), asks, send, about.format(name=view.name, staff_no=view.staff_no)
    )
