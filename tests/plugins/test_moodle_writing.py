"""Items written as Moodle XML are read again as they were; the rest is named."""

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from certify.api import BankItem, ItemBlock, Loss, NotTaken, plain_markdown
from certify.courseware.item_bank import read_bank_file
from tests.plugins.moodle_files import read, written

KINDS = Path(__file__).parents[1] / "courses" / "kinds" / "items"
SIGNS = st.sampled_from(["<b>", "&amp;", "]]>", "~", "#", "}", "*", "\\", "=", "“", "中文", "a b"])
LINES = st.lists(
    st.one_of(SIGNS, st.text("abcxyz0189 <>&'\"/%", min_size=1, max_size=8)), min_size=1, max_size=3
).map(lambda parts: " ".join("".join(parts).split()) or "x")
WORDS = st.from_regex(r"[a-z0-9]{1,6}( [#~*/\"&>%a-z]{1,5})?", fullmatch=True)


def course_items() -> list[BankItem]:
    """An item of every type, with its wording."""
    english = {
        one.code: one.block
        for one in read_bank_file(KINDS / "kinds.en.md", has_keys=False, findings=[])
    }
    return [
        BankItem(
            one.code,
            one.attributes["type"],
            one.block,
            code=one.code,
            topic=one.attributes.get("topic", ""),
            difficulty=int(one.attributes["difficulty"]),
            facts=tuple(one.attributes["fact"].split(",")) if "fact" in one.attributes else (),
            standards=tuple(filter(None, one.attributes.get("standard", "").split(","))),
            pool=one.attributes.get("pool", "exam"),
            wordings={"en": english[one.code]} if one.code in english else {},
        )
        for one in read_bank_file(KINDS / "kinds.md", has_keys=True, findings=[])
    ]


def test_every_item_of_a_course_comes_back_or_is_named() -> None:
    items = course_items()

    data, said = written(items, "zh")
    back = {entry.code: entry for entry in read(data, "zh") if isinstance(entry, BankItem)}

    refused = {one.place for one in said if isinstance(one, NotTaken)}
    assert {one.code for one in items} == set(back) | refused
    assert {one.type for one in items if one.code in refused} <= {"practical", "scenario", "text"}
    for item in items:
        if item.code in back:
            again = back[item.code]
            assert again.type == item.type
            assert _texts(again.block) == _texts(item.block)
            assert again.topic == item.topic
            assert (again.difficulty, again.facts) == (item.difficulty, item.facts)
            assert (again.standards, again.pool) == (item.standards, item.pool)


def _texts(block: ItemBlock) -> tuple[object, ...]:
    """What a block says; lists of a stem come back as lines of their own."""
    stem = re.sub(r"\s+", "", re.sub(r"(?m)^(-|•) |\\$", "", block.stem))
    lines = [re.sub(r" ± 0(?![.\d])", "", line) for line in block.lines]
    rows = [tuple(row) for row in block.rows]
    return stem, tuple(block.options), block.explanation, rows, lines


def both_ways(item: BankItem) -> None:
    data, said = written([item])
    (again,) = read(data)
    assert isinstance(again, BankItem)
    assert said == []
    assert again.losses == ()
    assert (again.type, again.block) == (item.type, item.block)


@given(LINES, st.lists(LINES, min_size=3, max_size=6, unique=True), st.data(), LINES)
def test_choices_come_back_equal(
    stem: str, texts: list[str], data: st.DataObject, explanation: str
) -> None:
    count = data.draw(st.integers(1, len(texts) - 1))
    options = tuple((text, place < count) for place, text in enumerate(texts))
    block = ItemBlock(plain_markdown(stem), options, plain_markdown(explanation))

    both_ways(BankItem("1:1", "single" if count == 1 else "multiple", block))


@given(LINES, st.lists(LINES, min_size=3, max_size=6, unique=True))
def test_orderings_come_back_equal(stem: str, texts: list[str]) -> None:
    options = tuple((text, None) for text in texts)

    both_ways(BankItem("1:1", "ordering", ItemBlock(plain_markdown(stem), options, "")))


@given(LINES, st.lists(st.tuples(LINES, LINES), min_size=2, max_size=5, unique=True), LINES)
def test_matchings_come_back_equal(stem: str, pairs: list[tuple[str, str]], extra: str) -> None:
    rows = (("Step", "Post"), *pairs, ("", extra))

    both_ways(BankItem("1:1", "matching", ItemBlock(plain_markdown(stem), (), "", rows=rows)))


@given(LINES, st.lists(WORDS, min_size=1, max_size=3, unique_by=str.casefold), st.booleans())
def test_gaps_come_back_equal(stem: str, words: list[str], has_choices: bool) -> None:
    typed = "{{" + words[0] + "}}"
    text = stem.replace("}", "") or "x"
    if has_choices:
        marked = plain_markdown(f"{text} Gap1 and Gap2")
        full = marked.replace("Gap1", "{{=yes|no}}").replace("Gap2", typed)
    else:
        full = f"{plain_markdown(text)}\n\n{typed}"
    block = ItemBlock(full, (), "")

    both_ways(BankItem("1:1", "cloze", block))


@given(
    st.decimals(-9999, 9999, places=3),
    st.decimals(0, 99, places=2),
    st.sampled_from(["", " h", " h | hours"]),
)
def test_numbers_come_back_equal(value: object, tolerance: object, unit: str) -> None:
    line = f"= {_short(value)} ± {_short(tolerance)}{unit}".replace(" ± 0 ", " ")
    line = line.removesuffix(" ± 0")

    both_ways(BankItem("1:1", "numeric", ItemBlock("How many?", (), "", lines=(line,))))


def _short(number: object) -> str:
    text = str(number)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def test_a_choice_keeps_its_wording() -> None:
    block = ItemBlock("哪个？", (("甲", True), ("乙", False), ("丙", False)), "因为。")
    wording = ItemBlock("Which?", (("A", None), ("B", None), ("C", None)), "Because.")
    item = BankItem("1:1", "single", block, wordings={"en": wording})

    data, said = written([item], "zh")
    (again,) = read(data, "zh")

    assert said == []
    assert isinstance(again, BankItem)
    assert (again.block, again.wordings) == (block, {"en": wording})


def test_what_moodle_cannot_hold_is_named() -> None:
    stem = ItemBlock("Do it", (), "", rows=(("What", "Points"), ("Greets", "2")))
    lines = replace(stem, rows=(), lines=("= sorry", "= moment", "! no idea"))
    items = [
        BankItem("1:1", "practical", stem, code="CMP-001"),
        BankItem("2:1", "text", lines, code="CMP-002"),
        BankItem("3:1", "essay", stem, code="CMP-003", wordings={"en": stem}),
    ]

    data, said = written(items)

    assert [type(one) for one in said] == [NotTaken, NotTaken, Loss]
    assert [one.place for one in said] == ["CMP-001", "CMP-002", "CMP-003"]
    assert [one.code for one in read(data) if isinstance(one, BankItem)] == ["CMP-003"]


def test_a_category_is_written_where_the_topic_changes() -> None:
    block = ItemBlock("Is it?", (("True", True), ("False", False)), "")
    items = [BankItem("", "truefalse", block, topic=topic) for topic in ("a", "a", "b/c", "")]

    data, _said = written(items)

    assert data.count(b'type="category"') == 3
    assert [one.topic for one in read(data) if isinstance(one, BankItem)] == [
        "a",
        "a",
        "b/c",
        "Complaints",
    ]
