"""A calendar day as it is typed: 2024-12-31."""

from datetime import date

import click

from certify.i18n import _


class Day(click.ParamType[date]):
    """An ISO date; nothing else is guessed."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            message = _("“{value}” is no day; write it like 2024-12-31.")
            self.fail(message.format(value=value), param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "DATE"


DAY = Day()
