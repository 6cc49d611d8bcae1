"""Adds a department or a post, so that people can belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.i18n import N_, _
from certify.services import departments
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


def new_department_form(app: CertifyApp, actor: Actor) -> Form:
    """The dialog; it gives what was added, translated."""

    async def send(values: dict[str, str]) -> str:
        is_department = values["kind"] == "department"
        await app.use(
            departments.add_department if is_department else departments.add_post,
            actor=actor,
            code=values["code"],
            name=values["name"],
            name_en=values["name_en"],
        )
        return _("Added: {code}").format(code=values["code"])

    asks = [
        Ask(
            "kind",
            N_("What"),
            choices=[Choice("department", N_("Department")), Choice("post", N_("Post"))],
        ),
        Ask("code", N_("Code"), check=required),
        Ask("name", N_("Name"), check=required),
        Ask("name_en", N_("English name")),
    ]
    about = N_("People belong to departments and fill posts; lists are sorted by the code.")
    return Form(N_("New department or post"), asks, send, about)
