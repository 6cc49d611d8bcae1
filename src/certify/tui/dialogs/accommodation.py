"""Gives a candidate an accommodation, in the middle of an exam too."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import accommodations
from certify.tui.dates import day, is_day_or_nothing
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.services.hall_board import Candidate
    from certify.tui.app import CertifyApp


def is_count(text: str) -> str:
    """What is wrong with a number of minutes; empty when it will do."""
    return "" if text.isascii() and text.isdecimal() else _("Please type a whole number.")


def accommodation_form(app: CertifyApp, actor: Actor, one: Candidate) -> Form:
    """The dialog; it gives a sentence about what was given."""

    async def send(values: dict[str, str]) -> str:
        try:
            factor = Fraction(values["factor"])
        except (ValueError, ZeroDivisionError):
            raise BadInput(_("“{text}” is no number.").format(text=values["factor"])) from None
        await app.use(
            accommodations.grant,
            actor=actor,
            staff_no=one.staff_no,
            reason=values["reason"],
            exam=values["exam"],
            time_factor=factor,
            break_minutes=int(values["break"]),
            line_mode=values["lines"] == "yes",
            valid_to=day(values["until"]),
        )
        return _("{name} has an accommodation now.").format(name=one.name)

    yes_no = [Choice("", N_("no")), Choice("yes", N_("yes"))]
    exams = [Choice(one.exam, N_("this exam")), Choice("", N_("every exam"))]
    asks = [
        Ask("factor", N_("Time factor"), "1.25", required),
        Ask("break", N_("Minutes of break"), "0", is_count),
        Ask("lines", N_("Line mode"), choices=yes_no),
        Ask("exam", N_("For"), one.exam, choices=exams),
        Ask("until", N_("Last day"), check=is_day_or_nothing, example="2024-12-31"),
        Ask("reason", N_("Reason"), check=required),
    ]
    about = _(
        "For {name} {staff_no}, from now on. The reason is kept in the ledger for good: name the "
        "decision, no illness."
    ).format(name=one.name, staff_no=one.staff_no)
    return Form(N_("Accommodation"), asks, send, about)
