"""The item bank in Markdown: one second-level heading per item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.courseware.item_block import cut
from certify.domain.question_type import ItemBlock
from certify.i18n import _

ID = re.compile(r"[A-Z][A-Z0-9]{1,7}-\d{3,5}")
HEADING = re.compile(rf"({ID.pattern})\s*(?:\{{([^{{}}]*)\}})?")
ATTRIBUTE = re.compile(r"([a-z]+)=(\S+)")
KNOWN = {
    *("type", "difficulty", "topic", "fact", "standard", "pool", "scenario"),
    *("state", "author"),
}


@dataclass(frozen=True, slots=True)
class ItemText:
    """One item in one language as it stands in its file."""

    code: str
    path: Path
    line: int
    attributes: dict[str, str]
    block: ItemBlock


def read_bank_file(path: Path, *, has_keys: bool, findings: list[Finding]) -> list[ItemText]:
    """Read one file of the bank.

    Args:
        has_keys: True for the file in the course's own language, which holds attributes and keys;
            a wording file holds neither.
    """
    return read_bank_text(path, markdown.read(path, findings), has_keys=has_keys, findings=findings)


def read_bank_text(
    path: Path, text: str, *, has_keys: bool, findings: list[Finding]
) -> list[ItemText]:
    """The same of a text with line feeds only, which stands or is to stand in a file."""
    tokens = markdown.check_safe(path, 1, text, findings)
    items, lines = [], text.split("\n")
    for heading, line, content in _sections(path, tokens, findings):
        parsed = HEADING.fullmatch(heading)
        if parsed is None:
            findings.append(
                Finding(
                    path,
                    line,
                    _("“{heading}” is no item heading.").format(heading=heading),
                    _("Write for instance: ## CMP-014 {type=single difficulty=1 topic=complaint}"),
                )
            )
            continue
        attributes = _attributes(path, line, parsed[2] or "", findings)
        if not has_keys and attributes:
            findings.append(
                Finding(
                    path,
                    line,
                    _("A wording file gives only ids; attributes stand in the other file."),
                    _("Delete the braces."),
                )
            )
        block = cut(path, lines, content, has_keys=has_keys, findings=findings)
        items.append(ItemText(parsed[1], path, line, attributes, block))
    return items


def _sections(
    path: Path, tokens: list[Token], findings: list[Finding]
) -> Iterator[tuple[str, int, list[Token]]]:
    heading, line, heading_end = "", 0, 0
    content: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            if line:
                yield heading, line, content
            heading, content = tokens[place + 1].content, []
            heading_end = place + 2
            line = token.map[0] + 1 if token.map else 1
        elif line:
            if place > heading_end:
                content.append(token)
        elif token.level == 0 and token.map and token.tag not in ("h1", "hr"):
            message = _("This text belongs to no item.")
            findings.append(
                Finding(path, token.map[0] + 1, message, _("Put it under an item's heading."))
            )
    if line:
        yield heading, line, content


def _attributes(path: Path, line: int, text: str, findings: list[Finding]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split():
        match = ATTRIBUTE.fullmatch(part)
        if match is not None and match[1] in found:
            message = _("“{name}=…” stands twice.").format(name=match[1])
            mend = _("Write it once; several values are separated by commas without blanks.")
            findings.append(Finding(path, line, message, mend))
        elif match is None or match[1] not in KNOWN:
            message = _("“{part}” is no attribute of an item.").format(part=part)
            mend = _("Possible: {values}; no blanks around “=” or after a comma.")
            values = ", ".join(sorted(KNOWN))
            findings.append(Finding(path, line, message, mend.format(values=values)))
        else:
            found[match[1]] = match[2]
    return found
