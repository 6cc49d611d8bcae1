"""A bank file as items on their way in and out: what stands in it, item by item."""

from collections.abc import Iterator
from pathlib import Path

from certify.courseware import markdown
from certify.courseware.bank_writer import section
from certify.courseware.finding import Finding
from certify.courseware.item_bank import ItemText, read_bank_text
from certify.domain.clean import FORBIDDEN
from certify.domain.item_format import BankItem, Entry, NotTaken, Remark
from certify.errors import BadInput
from certify.i18n import _

NO_CODE = "ITM-{number:03}"
"""Id of an item that has none of its own."""


def read_items(name: str, text: str) -> Iterator[Entry]:
    """Every section of a bank file in the course's own language, in order.

    Args:
        text: with line feeds only.
    """
    findings: list[Finding] = []
    text = FORBIDDEN.sub("�", text)
    read = {
        item.line: item
        for item in read_bank_text(Path(name), text, has_keys=True, findings=findings)
    }
    lines = text.split("\n")
    starts = [
        token.map[0] + 1
        for token in markdown.parse(text)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map
    ]
    if not starts:
        raise BadInput(
            _("The file holds no item."),
            place=name,
            mend=_("Write for instance: ## CMP-014 {type=single difficulty=1 topic=complaint}"),
        )
    errors = [one for one in findings if one.severity == "error"]
    for before in (one for one in errors if one.line < starts[0]):
        yield Remark(f"{before.line}:1", before.message)
    for start, stop in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        wrong = next((one for one in errors if start <= one.line < stop), None)
        item = read.get(start)
        if wrong is not None or item is None or "type" not in item.attributes:
            stem = item.block.stem if item else lines[start - 1].removeprefix("## ")
            reason = wrong.message if wrong else _("The type is missing.")
            place = f"{wrong.line if wrong else start}:1"
            yield NotTaken(place, "rejected", stem, reason, wrong.mend if wrong else "")
        else:
            yield _item(item)


def written_item(item: BankItem, number: int) -> str:
    """One item as a section.

    Args:
        number: of the item in its file, for the id of one that has none.
    Raises:
        Unwritable: nothing reads back alike.
    """
    facts, standards = ",".join(item.facts), ",".join(item.standards)
    given = {
        "type": item.type,
        "difficulty": str(item.difficulty or ""),
        "topic": item.topic,
        "standard": standards,
        "fact": facts,
        "pool": "" if item.pool == "exam" else item.pool,
    }
    attributes = {name: value for name, value in given.items() if value}
    return section(item.code or NO_CODE.format(number=number), attributes, item.block)


def _item(text: ItemText) -> BankItem:
    given = text.attributes
    difficulty = given.get("difficulty", "")
    return BankItem(
        place=f"{text.line}:1",
        type=given["type"],
        block=text.block,
        name=text.code,
        source_type=given["type"],
        code=text.code,
        topic=given.get("topic", ""),
        difficulty=int(difficulty) if difficulty in ("1", "2", "3") else None,
        facts=_list(given.get("fact", "")),
        standards=_list(given.get("standard", "")),
        pool=given.get("pool", "exam"),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)
