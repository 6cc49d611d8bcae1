"""How the file itself marks an item, as far as it matters to the key."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from certify.api import safe_xml

_NAMES = """
    and basevalue correct equal equalrounded gt gte index isnull lt lte mapresponse maptolresponse
    match max min multiple not or ordered product responsecondition responseelse responseelseif
    responseif responseprocessing responseprocessingfragment round setoutcomevalue sum variable
"""
_ORDINARY = frozenset(_NAMES.split())
"""Elements with which an item is marked by its declared key, feedback and all."""
_TEMPLATE = re.compile("match|map_response(?!_point)", re.IGNORECASE)
_KEYED = ("correct", "mapresponse", "maptolresponse")


@dataclass(frozen=True)
class Marking:
    """What the response processing of an item says."""

    template: str
    is_there: bool
    is_ordinary: bool
    """Whether nothing is in it but what every exporter writes."""
    keyed: Collection[str]
    """The responses that are compared with their declared keys."""
    compared: Mapping[str, tuple[safe_xml.Element, ...]]
    """Response → the elements that compare its number with its key."""
    rules: tuple[safe_xml.Element, ...] = ()

    def goes_by_key(self, responses: Collection[str]) -> bool:
        """Whether these responses are marked by their declared keys and by nothing else."""
        if not self.is_there or self.template:
            return not self.template or bool(_TEMPLATE.search(self.template))
        return self.is_ordinary and set(responses) <= set(self.keyed)


def read_marking(root: safe_xml.Element) -> Marking:
    """The marking of an item."""
    found = root.child("responseprocessing")
    if found is None:
        return Marking("", False, True, (), {})
    template = found.attributes.get("template") or found.attributes.get("templatelocation") or ""
    inner = list(found.within())
    compared: dict[str, tuple[safe_xml.Element, ...]] = {}
    for element in inner:
        if response := _number_compared(element):
            compared[response] = (*compared.get(response, ()), element)
    return Marking(
        template.strip(),
        bool(found.children or template),
        all(element.tag in _ORDINARY for element in inner),
        {_named(element) for element in inner if element.tag in _KEYED},
        compared,
        tuple(found.children),
    )


def _number_compared(element: safe_xml.Element) -> str:
    """The response whose number an element compares with its key; empty where it does not."""
    if element.tag == "maptolresponse":
        return _named(element)
    if element.tag not in ("equal", "equalrounded"):
        return ""
    return next((_named(child) for child in element.children if child.tag == "correct"), "")


def _named(element: safe_xml.Element) -> str:
    return element.attributes.get("identifier", "").strip()
