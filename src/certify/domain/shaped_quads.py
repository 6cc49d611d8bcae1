"""The canonical form of many documents of one shape, quickly.

The certificates of a company differ in their texts and in nothing else. The first document of a
shape is expanded with a mark in the place of each text; its quads are kept, and every further one
is those quads with its own texts. `tests/domain/test_data_integrity.py` holds the result to
`linked_data.canonical`, which alone is used to verify.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyld.nquads import escape, serialize_nquad

from certify.domain.linked_data import NotSignable, canonical, dataset

_MARK = re.compile(r"(<?)urn:mark:([0-9]{4})")
# Of other schemes the first part might be a term of a context, which JSON-LD would write out.
_NAME = re.compile(r"(?:urn|did|https?):[^\x00-\x20<>\"{}|^`\\]*")
_TO_ESCAPE = re.compile(r"[\\\"\t\n\r]")


@dataclass(frozen=True)
class _Quad:
    """One line: a template, and the numbers of the texts that it takes."""

    template: str
    texts: tuple[int, ...]
    nameless: tuple[str, ...]
    """Labels of nodes without a name in it."""

    def line(self, texts: Sequence[str]) -> str:
        return self.template % tuple([texts[number] for number in self.texts])


@dataclass(frozen=True)
class _Shape:
    """What documents have in common that differ only in their texts."""

    plain: tuple[_Quad, ...]
    nameless: tuple[_Quad, ...]
    names: tuple[int, ...]
    """Numbers of the texts that stand as names of things, not as values."""


def canonical_quickly(document: Mapping[str, Any]) -> str:
    """The same as `linked_data.canonical`.

    Raises:
        NotSignable
    """
    texts: list[str] = []
    marked = {name: _marked(one, texts, name) for name, one in document.items()}
    shape = _shape(json.dumps(marked), len(texts))
    is_named = all(_NAME.fullmatch(texts[number]) for number in shape.names)
    if not is_named or texts.count(document.get("id", "")) > 1:
        return canonical(document)  # which says what is wrong
    if _TO_ESCAPE.search("".join(texts)):
        texts = [escape(text) for text in texts]
    lines = {quad.line(texts) for quad in shape.plain}
    labelled = _labelled([(quad.line(texts), quad.nameless) for quad in shape.nameless])
    if labelled is None:
        return canonical(document)
    return "".join(sorted(lines.union(labelled)))


def _marked(value: Any, texts: list[str], name: str) -> Any:
    """A value with a mark in the place of each text, but where words of a context stand."""
    if name in ("@context", "type", "proofPurpose"):
        return value
    if isinstance(value, str):
        texts.append(value)
        return f"urn:mark:{len(texts) - 1:04}"
    if isinstance(value, dict):
        return {key: _marked(one, texts, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, texts, name) for one in value]
    return value


@lru_cache(maxsize=64)
def _shape(marked: str, count: int) -> _Shape:
    quads, names, met = [], set(), set()
    for graph, triples in dataset(json.loads(marked)).items():
        if graph != "@default":
            raise NotSignable("a named graph")
        for triple in triples:
            template, texts = "", []
            parts = _MARK.split(serialize_nquad(triple).replace("%", "%%"))
            for piece, opening, number in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
                template += f"{piece}{opening}%s"
                texts.append(int(number))
                if opening:
                    names.add(int(number))
            nameless = tuple(
                triple[part]["value"]
                for part in ("subject", "object")
                if triple[part]["type"] == "blank node"
            )
            met.update(texts)
            quads.append(_Quad(template + parts[-1], tuple(texts), nameless))
    if len(met) < count:
        raise NotSignable("part of it would be lost")
    return _Shape(
        tuple(quad for quad in quads if not quad.nameless),
        tuple(quad for quad in quads if quad.nameless),
        tuple(sorted(names)),
    )


def _labelled(lines: Sequence[tuple[str, tuple[str, ...]]]) -> list[str] | None:
    """Lines with canonical labels; None where one look cannot tell two nodes apart (RDFC-1.0)."""
    of_label: dict[str, list[str]] = {}
    for line, nameless in lines:
        for label in set(nameless):
            others = {one: "_:a" if one == label else "_:z" for one in nameless}
            of_label.setdefault(label, []).append(_renamed(line, others))
    hashes = {
        hashlib.sha256("".join(sorted(set(mine))).encode()).hexdigest(): label
        for label, mine in of_label.items()
    }
    if len(hashes) < len(of_label):
        return None
    names = {hashes[one]: f"_:c14n{place}" for place, one in enumerate(sorted(hashes))}
    return [_renamed(line, {one: names[one] for one in nameless}) for line, nameless in lines]


def _renamed(line: str, names: Mapping[str, str]) -> str:
    """A line with other labels; they stand at its ends, where no text can be mistaken for them."""
    begin, end = "", ""
    for old, new in names.items():
        if line.startswith(f"{old} "):
            begin, line = new, line[len(old) :]
        if line.endswith(f" {old} .\n"):
            line, end = line[: -len(old) - 3], f"{new} .\n"
    return begin + line + end
