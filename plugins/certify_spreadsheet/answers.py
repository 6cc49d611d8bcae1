"""The answers of each question type, from what the cells of a row say."""

import re
from collections.abc import Mapping, Sequence

from certify.api import BLOCK_WORDS, ContentError, ItemBlock, _, _n, tidy_line
from certify_spreadsheet import keys
from certify_spreadsheet.wrong import Wrong

_EQUALS = re.compile(r"(?<!\\)[=＝]")
_HEAD = re.compile(r"[\[【](.*)[\]】]")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?=\s*分?$)")


def choice(
    name: str, stem: str, explanation: str, options: Mapping[int, str], key: str
) -> ItemBlock:
    """`single` or `multiple`; raises Wrong where key and type do not fit."""
    right = places(options, key)
    if name == "single" and len(right) > 1:
        raise Wrong(
            _("A single choice has one right answer; the key names {count}.").format(
                count=len(right)
            ),
            _("Correct the key, or write the type as multiple choice."),
        )
    if name == "multiple" and len(right) < 2:
        raise Wrong(
            _("A multiple choice has two or more right answers; the key names one."),
            _("Correct the key, or write the type as single choice."),
        )
    marked = tuple((text, place in right) for place, text in options.items())
    return ItemBlock(stem, marked, explanation)


def places(options: Mapping[int, str], key: str, *, in_order: bool = False) -> tuple[int, ...]:
    """The options that a key names; raises Wrong where it is not certain which."""
    try:
        return keys.chosen(key, options, in_order=in_order)
    except ContentError as problem:
        raise Wrong(str(problem), _("Write letters of options, such as A or ABD.")) from problem


def truefalse(
    stem: str, explanation: str, options: Mapping[int, str], key: str, language: str
) -> ItemBlock:
    """`truefalse`; the options may stand there or not, in either order."""
    said = keys.truth(key)
    truths = {place: keys.truth(text) for place, text in options.items()}
    if sorted(map(str, truths.values())) == ["False", "True"] and (
        said is None or keys.is_letters(key) or keys.bare(key).isdecimal()
    ):
        found = truths[places(options, key)[0]]
        if said is not None and said is not found:
            raise Wrong(
                _("The key “{key}” can be read in two ways.").format(key=key), _truth_mend()
            )
        said = found
    if said is None:
        raise Wrong(
            _("The key “{key}” says neither right nor wrong.").format(key=key), _truth_mend()
        )
    true, false = BLOCK_WORDS[language].truth
    return ItemBlock(stem, ((true, said), (false, not said)), explanation)


def _truth_mend() -> str:
    return _("Write √ or ×, 正确 or 错误, True or False.")


def ordering(stem: str, explanation: str, options: Mapping[int, str], key: str) -> ItemBlock:
    """`ordering`; the key names every option once, in the right order."""
    order = places(options, key, in_order=True)
    if sorted(order) != sorted(options):
        raise Wrong(
            _("The key of an ordering names every option once."),
            _("Write the letters in their right order, such as BDAC."),
        )
    return ItemBlock(stem, tuple((options[place], None) for place in order), explanation)


def matching(stem: str, explanation: str, key: str, language: str) -> ItemBlock:
    """`matching`; each pair a line `left = right`, the two columns' names in brackets above."""
    found = _lines(key)
    if len(found) == 1 and len(_EQUALS.findall(key)) > 1:
        found = [line for line in re.split("[;；|]", key) if line.strip()]
    head, *rows = _with_head(found, BLOCK_WORDS[language].pair_heads)
    if len(rows) < 2 or any(len(row) != 2 or not row[1] for row in (head, *rows)):
        raise Wrong(
            _("The pairs of a matching are not clear."),
            _("Write each pair on a line of its own in the cell: left = right."),
        )
    return ItemBlock(stem, (), explanation, rows=(head, *rows))


def rubric(stem: str, explanation: str, key: str, language: str) -> ItemBlock:
    """`essay` or `practical`: lines `criterion = points`, else one criterion for all of it."""
    words = BLOCK_WORDS[language]
    if not is_rubric(key):
        return ItemBlock(stem, (), explanation, rows=words.one_criterion(by_reference=True))
    head, *criteria = _with_head(_lines(key), words.rubric_heads)
    cut = tuple((title, points.removesuffix("分").strip()) for title, points in criteria)
    return ItemBlock(stem, (), explanation, rows=(head, *cut))


def is_rubric(key: str) -> bool:
    """Whether a key has criteria and points rather than an answer to compare with."""
    _head, *rows = _with_head(_lines(key), ("", ""))
    return bool(rows) and all(len(row) == 2 and row[0] and _POINTS.match(row[1]) for row in rows)


def titles(key: str, language: str) -> tuple[tuple[str], ...]:
    """The criteria in another language, their head first; points stand in the own one only."""
    found = _lines(key)
    head = head_of(found[0])
    rows = found[1:] if head else found
    return ((head or BLOCK_WORDS[language].rubric_heads[0],), *((cells(line)[0],) for line in rows))


def head_of(line: str) -> str:
    """What the brackets around a line hold, where it names a column; else nothing."""
    found = _HEAD.fullmatch(line.strip())
    return found[1].strip() if found else ""


def _lines(key: str) -> list[str]:
    return [line for line in key.split("\n") if line.strip()]


def _with_head(lines: Sequence[str], default: tuple[str, str]) -> list[tuple[str, ...]]:
    if lines and (head := head_of(lines[0])):
        return [cells(head), *map(cells, lines[1:])]
    return [default, *map(cells, lines)]


def cells(line: str) -> tuple[str, ...]:
    """The cells of a line such as `left = right`; `\\=` is a sign of the text."""
    parts = _EQUALS.split(line, maxsplit=1)
    return tuple(tidy_line(part).replace("\\=", "=").replace("\\＝", "＝") for part in parts)


def lines(stem: str, explanation: str, key: str) -> ItemBlock:
    """`numeric` or `text`: every line of the key an answer, `!` before what must not stand."""
    found = [tidy_line(line) for line in _lines(key)]
    signed = tuple(
        f"! {line[1:].strip()}" if line[0] in "!！" else f"= {line.lstrip('=＝').strip()}"
        for line in found
    )
    return ItemBlock(stem, (), explanation, lines=signed)


def no_gaps(blanks: int, answers: int) -> Wrong:
    """Why answers do not fill the blanks of a stem."""
    reason = _n(
        "The stem has {count} blank; that is not how many answers the key has.",
        "The stem has {count} blanks; that is not how many answers the key has.",
        blanks,
    ).format(count=blanks)
    return Wrong(reason, _("Mark each blank by ____ and part the answers by “；”."))
