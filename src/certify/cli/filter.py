"""The options that choose rows of the qualification list."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from certify.cli.command import option
from certify.cli.day import DAY
from certify.domain.qualification import QualificationState
from certify.i18n import N_
from certify.platform import Platform
from certify.services.listing import ListFilter

ALL = "all"


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a list filter to a command."""
    states = [state.value for state in QualificationState]
    for add in (
        option("--state", type=click.Choice([ALL, *states]), default="active", help=N_("State.")),
        option("--process", metavar="CODE", default="", help=N_("Only this process.")),
        option("--department", metavar="CODE", default="", help=N_("Only this department.")),
        option("--as-of", type=DAY, help=N_("As it was on this day; today when not given.")),
    ):
        command = add(command)
    return command


def wanted_rows(
    platform: Platform, as_of: date | None, department: str, process: str, state: str
) -> ListFilter:
    """The filter that the options mean."""
    return ListFilter(
        as_of=as_of or platform.today(),
        state=None if state == ALL else QualificationState(state),
        department=department,
        process=process,
    )
