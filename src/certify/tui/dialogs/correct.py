"""Asks what is to be corrected: the exam, the item, how, and why."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from certify.domain.correction import CorrectionKind
from certify.errors import Refused
from certify.i18n import N_, _, pick
from certify.services import catalogue, correcting
from certify.services.correcting import Wish
from certify.services.correction_words import KINDS
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.form import Form
from certify.tui.safe_text import safe_line
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

ASKED = (CorrectionKind.VOID, CorrectionKind.REKEY, CorrectionKind.REWEIGHT)
"""Kinds for a whole exam; one answer is marked again from the marking queue."""


async def ask_wish(app: CertifyApp, actor: Actor) -> Wish | None:
    """What the person wants corrected; None when they thought better of it."""
    doors = await app.use(catalogue.exams, actor=actor)
    entries = [Entry(safe_line(pick(door.title)), door.exam) for door in doors]
    exam = await app.push_screen_wait(Choose(_("Results of which exam?"), entries))
    if exam is None:
        return None
    names = await app.use(correcting.correctable, actor=actor, exam=exam)
    made: list[Wish] = []

    async def send(values: dict[str, str]) -> str:
        made.append(_wish(exam, values, names))
        return ""

    asks = [
        Ask("item", N_("Item"), check=required, example=names[0] if names else "CMP-014"),
        Ask("kind", N_("What to do"), choices=[Choice(kind, KINDS[kind]) for kind in ASKED]),
        Ask("points", N_("New points"), example=_("only for other points")),
        Ask("reason", N_("Reason"), check=required),
        Ask(
            "lowers",
            N_("If a mark falls"),
            choices=[Choice("", N_("nobody gets less")), Choice("lower", N_("it counts"))],
        ),
    ]
    about = N_("Next you see exactly whom it would change. Nothing changes before that.")
    await app.push_screen_wait(Form(N_("Correct an item"), asks, send, about))
    return made[-1] if made else None


def _wish(exam: str, values: dict[str, str], names: list[str]) -> Wish:
    item = values["item"].upper()
    if item not in names:
        raise Refused(
            _("No form of this exam held an item “{item}”.").format(item=item),
            mend=_("For instance: {items}").format(items=", ".join(names[:6])) if names else "",
        )
    points = None
    if values["kind"] == CorrectionKind.REWEIGHT:
        try:
            points = Fraction(values["points"])
        except (ValueError, ZeroDivisionError) as problem:
            raise Refused(_("New points lie above 0 and are at most 100.")) from problem
    return Wish(
        exam=exam,
        kind=CorrectionKind(values["kind"]),
        item=item,
        reason=values["reason"],
        points=points,
        lowers=bool(values["lowers"]),
    )
