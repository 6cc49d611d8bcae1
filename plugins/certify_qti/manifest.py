"""What the manifest of a package lists, and what it says of each item: topic, difficulty …"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from certify.api import safe_xml, tidy_line
from certify_qti.names import first, with_plain_names
from certify_qti.xml_file import stream

SCHEME = "certify:"
"""Sources of classifications that are ours: `certify:topic`, `certify:fact` …"""
DIFFICULTY = {1: "easy", 2: "medium", 3: "difficult"}
"""How LOM names ours."""
_LEVELS = {"very easy": 1, "easy": 1, "medium": 2, "difficult": 3, "very difficult": 3}
_ITEM_TYPE = re.compile("imsqti_(?:apip)?item|imsqti_xmlv1|x-bb-qti", re.IGNORECASE)
_NO_TOPICS = ("qmd_", "timeback")


@dataclass(frozen=True)
class About:
    """What a manifest says of one item."""

    topic: str = ""
    difficulty: int | None = None
    facts: Sequence[str] = ()
    standards: Sequence[str] = ()
    pool: str = "exam"


NOTHING = About()


@dataclass(frozen=True)
class Resource:
    """One file of a package as its manifest lists it."""

    is_item: bool
    """Whether it is said to be an item."""
    href: str
    """Within the package, from the folder of the manifest."""
    about: About


def resources(name: str, data: bytes) -> Iterator[Resource]:
    """The resources of a manifest.

    Raises:
        BadInput: it is no XML.
    """
    for element in stream(name, data, ("resource",)):
        with_plain_names(element)
        given = element.attributes
        file = element.child("file")
        href = given.get("href") or (file.attributes.get("href", "") if file else "")
        yield Resource(
            bool(_ITEM_TYPE.search(given.get("type", ""))),
            unquote(given.get("base", "") + href).split("#")[0].strip(),
            _about(element),
        )


def _about(resource: safe_xml.Element) -> About:
    metadata = resource.child("metadata")
    if metadata is None:
        return About()
    taxa = dict[str, list[str]]()
    parts = list(metadata.within())
    for path in (one for one in parts if one.tag == "taxonpath"):
        entries = [_text(first(taxon, "entry")) for taxon in path.all("taxon")]
        taxa.setdefault(_text(path.child("source")), []).extend(filter(None, entries[-1:]))
    level = next((_text(one.child("value")) for one in parts if one.tag == "difficulty"), "")
    return About(
        next(iter(taxa.get(f"{SCHEME}topic", ())), "") or _topic(taxa),
        _LEVELS.get(level.lower()),
        tuple(taxa.get(f"{SCHEME}fact", ())),
        tuple(taxa.get(f"{SCHEME}standard", ())),
        "practice" if "practice" in taxa.get(f"{SCHEME}pool", ()) else "exam",
    )


def _topic(taxa: Mapping[str, Sequence[str]]) -> str:
    """The topic of a file that is not ours: what it is classified by first."""
    for source, entries in taxa.items():
        if entries and not source.lower().startswith((SCHEME, *_NO_TOPICS)):
            return entries[0]
    return ""


def _text(element: safe_xml.Element | None) -> str:
    return tidy_line(" ".join(element.content().split())) if element else ""
