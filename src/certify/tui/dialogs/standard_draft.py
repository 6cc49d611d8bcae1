"""Drafts a new text of a standard, changes a draft, and takes what people say of one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import listing
from certify.services.standard_life import drafting, opinions, words
from certify.services.standard_life.drafting import Wanted
from certify.services.standards import CATEGORIES
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.services.standard_life.draft_view import DraftView
    from certify.tui.app import CertifyApp

YES_NO = [Choice("yes", N_("yes")), Choice("", N_("no"))]


async def draft_form(
    app: CertifyApp,
    actor: Actor,
    *,
    number: str = "",
    content: dict[str, Any] | None = None,
    draft: DraftView | None = None,
) -> Form:
    """The dialog; it gives the number of the draft.

    Args:
        number: of the standard; empty for a new one.
        content: what its text says now.
        draft: the draft to be written anew instead.
    """
    if draft is not None:
        number, content = draft.number, draft.content
    before = content or {}
    tomorrow = await app.use(listing.today) + timedelta(days=1)

    async def send(values: dict[str, str]) -> str:
        wanted = _wanted(number, before, values)
        if draft is None:
            return str(await app.use(drafting.draft, actor=actor, wanted=wanted))
        await app.use(drafting.change, actor=actor, draft_id=draft.id, wanted=wanted)
        return str(draft.id)

    first = draft.effective_from if draft else tomorrow
    asks = [
        *([] if number else [Ask("number", N_("No."), check=required, example="CS-004")]),
        *_texts("item", N_("Standard (Chinese)"), N_("Standard (English)"), before),
        *_texts("requirement", N_("Requirement (Chinese)"), N_("Requirement (English)"), before),
        *_texts("department", N_("Department (Chinese)"), N_("Department (English)"), before),
        Ask(
            "category",
            N_("Category"),
            before.get("category", ""),
            choices=[Choice(code, name) for code, name in CATEGORIES.items()],
        ),
        *([Ask("value", N_("Target value"), _target(before))] if before.get("target") else []),
        Ask("day", N_("First day"), first.isoformat(), is_day, example="2024-12-31"),
        Ask("why", N_("What changes and why"), draft.description if draft else "", required),
        Ask(
            "material",
            N_("Delta training"),
            "" if draft and not draft.is_material else "yes",
            choices=YES_NO,
        ),
        Ask(
            "confidential",
            N_("Confidential"),
            "yes" if draft and draft.is_confidential else "",
            choices=YES_NO,
        ),
    ]
    head = N_("Change the draft") if draft else N_("Draft a new text")
    return Form(head, asks, send, number)


def opinion_form(app: CertifyApp, actor: Actor, draft_id: int, side: str = "") -> Form:
    """The dialog for what a department thinks.

    Args:
        side: the one proposed.
    """

    async def send(values: dict[str, str]) -> str:
        state = await app.use(
            opinions.opine,
            actor=actor,
            draft_id=draft_id,
            side=values["side"],
            agrees=bool(values["agrees"]),
            opinion=values["opinion"],
        )
        return _(words.DRAFT_STATES[state])

    sides = app.platform.policy.standards.opinions
    asks = [
        Ask(
            "side",
            N_("For"),
            side,
            choices=[Choice(code, words.SIDES.get(code, code)) for code in sides],
        ),
        Ask("agrees", N_("Agrees"), "yes", choices=YES_NO),
        Ask("opinion", N_("Opinion"), check=required),
    ]
    about = N_("A later opinion of a side replaces its earlier one.")
    return Form(N_("Opinion on the draft"), asks, send, about)


def trial_form(app: CertifyApp, actor: Actor, draft_id: int) -> Form:
    """The dialog for how it did in one scene."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            opinions.try_scene,
            actor=actor,
            draft_id=draft_id,
            scene=values["scene"],
            works=bool(values["works"]),
            feedback=values["feedback"],
        )
        return ""

    asks = [
        Ask("scene", N_("Scene"), check=required),
        Ask("works", N_("Works"), "yes", choices=YES_NO),
        Ask("feedback", N_("What the front line said"), check=required),
    ]
    return Form(N_("Trial of the draft"), asks, send)


def _texts(name: str, chinese: str, english: str, content: dict[str, Any]) -> list[Ask]:
    known = content.get(name, {})
    return [
        Ask(f"{name}.zh", chinese, known.get("zh", ""), required),
        Ask(f"{name}.en", english, known.get("en", "")),
    ]


def _target(content: dict[str, Any]) -> str:
    return str(content["target"]["value"])


def _wanted(number: str, before: dict[str, Any], values: dict[str, str]) -> Wanted:
    content: dict[str, Any] = {
        "category": values["category"],
        "remark": before.get("remark", {}),
        **{
            name: {
                language: values[f"{name}.{language}"]
                for language in ("zh", "en")
                if values[f"{name}.{language}"]
            }
            for name in ("item", "requirement", "department")
        },
    }
    if before.get("target"):
        content["target"] = {**before["target"], "value": values["value"]}
    first = day(values["day"])
    if first is None:
        raise BadInput(_("The first day is missing."), mend=_("Write it."))
    return Wanted(
        number=number or values["number"].upper(),
        content=content,
        effective_from=first,
        description=values["why"],
        is_material=bool(values["material"]),
        is_confidential=bool(values["confidential"]),
    )
