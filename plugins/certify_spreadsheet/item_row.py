"""An item as one row of the table that certify writes."""

import re
from collections.abc import Mapping, Sequence

from certify.api import BankItem, ItemBlock
from certify_spreadsheet import gaps, options
from certify_spreadsheet.cells import MARKDOWN
from certify_spreadsheet.keys import LETTERS
from certify_spreadsheet.layout import POOLS, TYPES, Field

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>&#|~.)=!+\-])")


def can_hold(item: BankItem) -> bool:
    """Whether the table has a form for an item's type."""
    return item.type in TYPES


def row_of(item: BankItem, fields: Sequence[Field], language: str) -> list[str]:
    """The cells of an item, in the order of the columns."""
    texts = _plain_texts(item)
    form = "" if texts else MARKDOWN
    if texts is None:
        texts = {name: (block.stem, block.explanation) for name, block in _blocks(item).items()}
    place = 0 if language == "zh" else 1
    values = {
        "id": item.code,
        "type": TYPES[item.type][place],
        "difficulty": str(item.difficulty or ""),
        "topic": item.topic,
        "facts": ", ".join(item.facts),
        "standards": ", ".join(item.standards),
        "pool": POOLS[item.pool][place],
        "form": form,
    }
    return [_cell(item, field, values, texts, is_plain=not form) for field in fields]


def _cell(
    item: BankItem,
    field: Field,
    values: Mapping[str, str],
    texts: Mapping[str, tuple[str, str]],
    *,
    is_plain: bool,
) -> str:
    block = _blocks(item).get(field.language)
    if block is None:
        return ""
    if field.key in ("stem", "explanation"):
        return texts[field.language][field.key == "explanation"]
    if field.key == "key":
        return _key(item, block, is_own=not field.language)
    if field.key != "option":
        return values[field.key]
    if item.type == "truefalse" or field.option >= len(block.options):
        return ""
    text = block.options[field.option][0]
    is_kept = not is_plain or options.without_label(text, field.option) == text
    return text if is_kept else f"{LETTERS[field.option]}. {text}"


def _blocks(item: BankItem) -> dict[str, ItemBlock]:
    return {"": item.block, **item.wordings}


def _key(item: BankItem, block: ItemBlock, *, is_own: bool) -> str:
    if item.type == "truefalse" and is_own:
        return "√" if block.options[0][1] else "×"
    if block.rows:
        head, *rows = block.rows
        escaped = [_pair(row) for row in rows]
        return "\n".join([f"[{_pair(head)}]", *escaped])
    if block.lines:
        return "\n".join(line.removeprefix("=").strip() for line in block.lines)
    if not is_own or item.type == "cloze":
        return ""
    if item.type == "ordering":
        return LETTERS[: len(block.options)]
    marked = enumerate(block.options)
    return "".join(LETTERS[place] for place, (_text, is_right) in marked if is_right)


def _pair(row: Sequence[str]) -> str:
    return " = ".join(cell.replace("=", "\\=").replace("＝", "\\＝") for cell in row)


def _plain_texts(item: BankItem) -> dict[str, tuple[str, str]] | None:
    """Stem and explanation by language as plain text; None where reading would change one."""
    texts = {}
    for name, block in _blocks(item).items():
        texts[name] = (_plain(block.stem), _plain(block.explanation))
        if (gaps.markdown(texts[name][0]), gaps.markdown(texts[name][1])) != (
            block.stem,
            block.explanation,
        ):
            return None
    stem = texts[""][0]
    is_choice = item.type in ("single", "multiple", "truefalse")
    is_changed = (
        options.without_number(stem)[1]
        or (is_choice and options.key_in_stem(stem))
        or (not item.block.options and options.split_stem(stem)[1])
    )
    return None if is_changed else texts


def _plain(markdown: str) -> str:
    """What a Markdown text says, where it is plain."""
    return _ESCAPED.sub(r"\1", markdown.replace("\\\n", "\n").replace("&#8203;", ""))
