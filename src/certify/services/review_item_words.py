"""What is said of one item under review, in the words of every front end."""

from collections.abc import Sequence

from certify.i18n import N_, _, _n, pick
from certify.services.review_item import ItemView, StepView
from certify.services.review_stale import Stale
from certify.services.review_words import STEPS

NAMED = 5
"""How many items are named before the rest is only counted."""

PARTS = {
    "stem": N_("Stem"),
    "choices": N_("Choices"),
    "key": N_("Key"),
    "explanation": N_("Explanation"),
    "topic": N_("Topic"),
    "type": N_("Type"),
    "difficulty": N_("Difficulty"),
    "references": N_("Rests on"),
}
"""By part of a version its name."""


def facts(found: ItemView) -> list[str]:
    """What an item is, where it belongs and on what it rests."""
    kind = _("{type}, difficulty {difficulty}, topic {topic}, version of {day}")
    return [
        kind.format(
            type=_(found.type_label),
            difficulty=found.difficulty,
            topic=pick(found.topic_title),
            day=found.written_on,
        ),
        _("Course {course}, written by {authors}").format(
            course=found.course, authors=_(", ").join(found.authors) or _("nobody named")
        ),
        _("Rests on {sources}").format(sources=", ".join((*found.standards, *found.facts))),
    ]


def step(one: StepView) -> str:
    """One step of the history, with its remark where it may be seen."""
    text = f"{one.name} {one.staff_no} {_(STEPS[one.kind])}"
    if one.agrees is not None:
        text += _(", which agrees") if one.agrees else _(", which does not agree")
    return text + _(": ") + one.note if one.note else text


def differences(found: ItemView) -> list[str]:
    """What the version that waits changes, each old text before the new one."""
    lines = []
    for one in found.differences:
        name = _(PARTS[one.part])
        lines.append(f"{name} ({one.language})" if one.language else name)
        lines += [f"− {line}" for line in one.old.split("\n")]
        lines += [f"+ {line}" for line in one.new.split("\n")]
    return lines


def stale(of: Stale) -> str:
    """Why an item must be looked at again."""
    changed = [
        _("{number} changed from {day} on").format(number=number, day=day)
        for number, day in of.changed
    ]
    return _("; ").join(
        changed + [_("{number} was withdrawn").format(number=number) for number in of.withdrawn]
    )


def unknown_standard(number: str, codes: Sequence[str]) -> str:
    """Items that cite what the catalogue does not have."""
    named = ", ".join(codes[:NAMED]) + (" …" if len(codes) > NAMED else "")
    return _n(
        "! {number} is not in the catalogue; {count} item cites it: {codes}",
        "! {number} is not in the catalogue; {count} items cite it: {codes}",
        len(codes),
    ).format(number=number, count=len(codes), codes=named)
