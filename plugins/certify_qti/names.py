"""One name for what QTI 2 and QTI 3 spell differently.

`qti-choice-interaction` and `choiceInteraction` both become `choiceinteraction`; files that mix
the two, of which there are many, read the same way.
"""

from functools import lru_cache

from certify.api import safe_xml

INTERACTIONS = {
    name.lower(): name
    for name in (
        "associateInteraction",
        "choiceInteraction",
        "customInteraction",
        "drawingInteraction",
        "endAttemptInteraction",
        "extendedTextInteraction",
        "gapMatchInteraction",
        "graphicAssociateInteraction",
        "graphicGapMatchInteraction",
        "graphicOrderInteraction",
        "hotspotInteraction",
        "hottextInteraction",
        "inlineChoiceInteraction",
        "matchInteraction",
        "mediaInteraction",
        "orderInteraction",
        "portableCustomInteraction",
        "positionObjectInteraction",
        "selectPointInteraction",
        "sliderInteraction",
        "textEntryInteraction",
        "uploadInteraction",
    )
}
"""Our name → the one people know."""

_PLAIN = frozenset(("href", "identifier", "src", "template", "title", "view"))
"""Names of attributes that are the same in all versions."""


@lru_cache(maxsize=2_000)
def plain_name(name: str) -> str:
    """The name of an element or attribute without `qti-`, hyphens and capitals."""
    return name.removeprefix("qti-").replace("-", "").lower()


def with_plain_names(root: safe_xml.Element) -> set[str]:
    """Make all names within an element plain; gives those of its elements."""
    names = set()
    for element in root.within():
        name = element.tag = plain_name(element.tag)
        names.add(name)
        if element.attributes and not element.attributes.keys() <= _PLAIN:
            element.attributes = {
                plain_name(name): value for name, value in element.attributes.items()
            }
    return names


def first(element: safe_xml.Element, *path: str) -> safe_xml.Element | None:
    """The element at the end of a path of children, the first of each name; None without one."""
    found: safe_xml.Element | None = element
    for name in path:
        found = found and found.child(name)
    return found
