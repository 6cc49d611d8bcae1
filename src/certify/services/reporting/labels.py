"""The names of states, grades and kinds in reports; each subject keeps its own."""

from collections.abc import Mapping
from typing import Any

from certify.domain.goal_progress import Way
from certify.i18n import N_
from certify.services.reporting.said import Said

WAYS = {
    Way.BETTER: N_("↑ better"),
    Way.WORSE: N_("↓ worse"),
    Way.SAME: N_("→ the same"),
    Way.UNKNOWN: N_("– no comparison"),
}


def label(names: Mapping[Any, str], value: object) -> Said:
    """The name of a value, to be said later; the value itself where it has none."""
    return Said(names.get(value, str(value)))
