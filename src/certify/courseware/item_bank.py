"""The item bank in Markdown: one second-level heading per item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.domain.question_type import ItemBlock
from certify.i18n import _

ID = re.compile(r"[A-Z][A-Z0-9]{1,7}-\d{3,4}")
HEADING = re.compile(rf"({ID.pattern})\s*(?:\{{([^{{}}]*)\}})?")
ATTRIBUTE = re.compile(r"([a-z]+)=(\S+)")
MARK = re.compile(r"\[([ xX])\]\s+")
KNOWN = {"type", "difficulty", "topic", "fact", "standard", "pool", "scenario"}


@dataclass(frozen=True)
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
    text = markdown.read(path, findings)
    tokens = markdown.check_safe(path, 1, text, findings)
    items = []
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
        block = _block(path, text, content, has_keys, findings)
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
        if match is None or match[1] not in KNOWN or match[1] in found:
            findings.append(
                Finding(
                    path,
                    line,
                    _("“{part}” is no attribute of an item.").format(part=part),
                    _("Possible: {values}").format(values=", ".join(sorted(KNOWN))),
                )
            )
            continue
        found[match[1]] = match[2]
    return found


def _block(
    path: Path, text: str, content: list[Token], has_keys: bool, findings: list[Finding]
) -> ItemBlock:
    """Cut a section into stem, options and explanation; nothing of it may be left over."""
    lines = text.split("\n")
    stem: list[str] = []
    options: list[tuple[str, bool | None]] = []
    explanation: list[str] = []
    place = 0
    while place < len(content):
        token = content[place]
        end = _end_of(content, place)
        start, stop = token.map or (0, 0)
        source = "\n".join(lines[start:stop]).strip()
        is_list = token.type in ("bullet_list_open", "ordered_list_open")
        if is_list and not explanation and not options:
            options = list(_options(path, content[place:end], has_keys, findings))
        elif token.type == "blockquote_open" and not explanation:
            explanation.append(re.sub(r"(?m)^\s*> ?", "", source))
        elif not options and not explanation and token.type != "heading_open":
            stem.append(source)
        else:
            findings.append(
                Finding(
                    path,
                    start + 1,
                    _("This stands after the answers or the explanation and would be lost."),
                    _("An item is: stem, one list of answers, one quote with the explanation."),
                )
            )
        place = end
    return ItemBlock("\n\n".join(stem), tuple(options), "\n\n".join(explanation))


def _end_of(content: list[Token], place: int) -> int:
    if content[place].nesting != 1:
        return place + 1
    level = content[place].level
    end = place + 1
    while not (content[end].nesting == -1 and content[end].level == level):
        end += 1
    return end + 1


def _options(
    path: Path, tokens: list[Token], has_keys: bool, findings: list[Finding]
) -> Iterator[tuple[str, bool | None]]:
    for place, token in enumerate(tokens):
        if token.type != "list_item_open" or token.level != tokens[0].level + 1:
            continue
        line = token.map[0] + 1 if token.map else 1
        body = tokens[place + 1 : _end_of(tokens, place) - 1]
        if len(body) != 3 or body[1].type != "inline":
            message = _("An answer is one paragraph of text.")
            findings.append(Finding(path, line, message, _("Write it on one line.")))
        content = next((part.content for part in body if part.type == "inline"), "")
        mark = MARK.match(content)
        if mark and not has_keys:
            message = _("A wording file holds no keys.")
            findings.append(Finding(path, line, message, _("Delete “[ ]” and “[x]”.")))
        if mark:
            yield content[mark.end() :].strip().replace("\n", " "), mark[1] != " "
        else:
            yield content.strip().replace("\n", " "), None
