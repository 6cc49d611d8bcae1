"""The canonical form of a JSON-LD document (RDFC-1.0), which is what a signature covers.

JSON-LD forgets what it has no meaning for: a member that no context defines is in no signature,
and could be changed freely. Here such a document has no canonical form at all. Neither has one
that would need a context from elsewhere, nor one in which the same meaning can be written in
several ways, since whoever reads it as plain JSON would then see something else than was signed.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld
from pyld.canon import URDNA2015

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}
_MAX_ALIKE = 5
"""Nodes without a name that look the same; telling n of them apart takes n! steps."""


class NotSignable(ValueError):
    """A document that no signature can cover as a whole."""


@cache
def contexts() -> Mapping[str, Mapping[str, Any]]:
    """The context documents that certify knows, by address."""
    folder = Path(__file__).parent / "context_documents"
    return {url: json.loads((folder / name).read_text("utf-8")) for url, name in _FILES.items()}


def canonical(
    document: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]] | None = None
) -> str:
    """Sorted N-Quads, one a line.

    Args:
        document: with its `@context`, without a proof.
        known: context documents by address; None for those of `contexts`.
    Raises:
        NotSignable: part of it would be lost, it names an unknown context, or it is made to take
            for ever.
    """
    try:
        return str(_Canonical().main(dataset(document, known), {"format": "application/n-quads"}))
    except (jsonld.JsonLdError, RecursionError) as problem:
        raise NotSignable(str(problem)[:200]) from problem


def dataset(
    document: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]] | None = None
) -> Any:
    """What a document says, as PyLD's RDF dataset.

    Raises:
        NotSignable
    """
    known = contexts() if known is None else known
    _check_written(document, known)
    lost: list[object] = []
    # Without a base relative names stay relative, and are found below.

    def load(url: str, _options: object) -> dict[str, Any]:
        if url not in known:
            raise NotSignable(f"unknown context: {url}")
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url} | {
            "document": known[url]
        }

    try:
        expanded = jsonld.expand(
            document, {"documentLoader": load, "base": None}, on_property_dropped=lost.append
        )
        if lost or len(expanded) != 1:
            raise NotSignable(f"no meaning: {', '.join(map(str, lost))}")
        _check_expanded(expanded)
        return jsonld.to_rdf(expanded, {"documentLoader": load, "base": None})
    except (jsonld.JsonLdError, RecursionError) as problem:
        raise NotSignable(str(problem)[:200]) from problem


class _Canonical(URDNA2015):  # type: ignore[misc]  # PyLD has no types
    """RDFC-1.0 that refuses what is made to take for ever."""

    def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:
        if sum(len(alike) for alike in self.hash_to_blank_nodes.values()) > _MAX_ALIKE:
            raise NotSignable("too many nodes that look the same")
        return super().hash_n_degree_quads(id_, issuer)


def _check_written(document: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    """Refuse what JSON-LD could read in another way than plain JSON."""
    entries = document.get("@context")
    if not isinstance(entries, list) or not entries or entries[0] != CREDENTIALS:
        raise NotSignable("no credential's contexts")
    # A context decides what every other word says.
    if not all(isinstance(one, str) and one in known for one in entries):
        raise NotSignable("unknown context")
    if len(set(entries)) < len(entries):
        raise NotSignable("a context twice")
    for name, value in _inside({k: v for k, v in document.items() if k != "@context"}):
        if name.startswith("@") or ":" in name:
            raise NotSignable(f"no plain name: {name}")
        if value is None or (isinstance(value, (list, dict)) and not value):
            raise NotSignable(f"empty: {name}")
        if isinstance(value, float):
            raise NotSignable(f"no whole number: {name}")
        if isinstance(value, dict) and document.get("id", "") in (
            value.get("id"),
            value.get("@id"),
        ):
            raise NotSignable("the document is described twice")


def _inside(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    if name:
        yield name, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _inside(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _inside(one, name)


def _check_expanded(value: object) -> None:
    """Every name must be absolute: relative ones are lost on the way to RDF.

    So is what a node without a name is called (`_:b0`): the canonical form renames it, and anybody
    could write there what then looks signed.
    """
    if isinstance(value, list):
        for one in value:
            _check_expanded(one)
    elif isinstance(value, dict):
        names = [value["@id"]] if "@id" in value else []
        types = value.get("@type", [])
        names += types if isinstance(types, list) else [types]
        for name in names:
            if ":" not in str(name) or any(c.isspace() or c in '<>"{}|^`\\' for c in str(name)):
                raise NotSignable(f"no absolute name: {name}")
            if str(name).startswith("_:"):
                raise NotSignable(f"a name that no signature covers: {name}")
        for key, one in value.items():
            if key != "@type":
                _check_expanded(one)
