"""How an import of people is told on the command line."""

from collections.abc import Iterable

import click

from certify.domain.clean import clean_line
from certify.errors import BadInput
from certify.i18n import _
from certify.services.people_changes import PersonChange
from certify.services.people_words import HEADINGS


def mapped(text: str) -> tuple[str, str]:
    """A heading and its field, as typed: `员工编号=staff_no`, or `备注=-` to ignore it.

    Raises:
        BadInput
    """
    heading, sign, field = text.rpartition("=")
    if not sign or not heading.strip() or not field.strip():
        raise BadInput(
            _("“{text}” names no field.").format(text=clean_line(text)),
            place="--map",
            mend=_("Write HEADING=FIELD, for instance 员工编号=staff_no."),
        )
    field = field.strip()
    return heading.strip(), "" if field == "-" else field


def print_changes(changes: Iterable[PersonChange]) -> None:
    """Every person with each value, before and after."""
    for one in changes:
        sign = "+" if one.is_new else "~"
        click.echo(clean_line(f"{sign} {one.staff_no} {one.name}"))
        for change in one.fields:
            text = change.after or "–"
            if not one.is_new:
                text = f"{change.before or '–'} → {text}"
            said = _("{name}: {value}").format(name=_(HEADINGS[change.field]), value=text)
            click.echo(clean_line(f"    {said}"))
