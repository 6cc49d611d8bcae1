"""A text of a standard beside the one before, in words of the language being spoken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certify.domain.delta_training import Piece, compare
from certify.i18n import _, pick
from certify.services.standards import CATEGORIES, target_text


@dataclass(frozen=True)
class Beside:
    """One part of two texts: its name, both wordings, and how one became the other."""

    name: str
    old: str
    new: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether the two differ."""
        return self.old != self.new


def beside(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[Beside]:
    """Every part that one of two texts has, the requirement first.

    Args:
        old: None where there was no text before.
    """
    before, after = _parts(old or {}), _parts(new)
    found = []
    for name, is_now in after.items():
        was = before[name]
        if was or is_now:
            found.append(Beside(name, was, is_now, tuple(compare(was, is_now))))
    return found


def changed(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[Beside]:
    """The requirement, and whatever else differs."""
    every = beside(old, new)
    return [one for place, one in enumerate(every) if place == 0 or one.is_changed]


def _parts(content: Mapping[str, Any]) -> dict[str, str]:
    category = content.get("category")
    return {
        _("Requirement"): pick(content.get("requirement", {})),
        _("Target"): target_text(content.get("target")),
        _("Standard"): pick(content.get("item", {})),
        _("Category"): _(CATEGORIES[category]) if category else "",
        _("Department"): pick(content.get("department", {})),
        _("Remark"): pick(content.get("remark", {})),
    }
