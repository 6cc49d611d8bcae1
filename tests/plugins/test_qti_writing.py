"""What is written as QTI 3.0 is read back as it was, and what QTI cannot hold is named."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certify.api import BankFile, BankItem, ItemBlock, Loss, NotTaken, _, clean, plain_markdown
from certify.courseware.item_bank import read_bank_file
from certify.hooks import registry
from certify_qti.qti_format import QtiFormat

FORMAT = QtiFormat()
TYPES = registry.load().question_types
COURSES = Path(__file__).parents[2] / "courses"
STEM, WHY = "依据 CS-003，**最迟**多久？\\\n请作答。", "因为：\n\n- 24 小时\n- CS-003"
LISTED = f"{STEM}\n\n1. 一\n2. 二"
"""A stem with a list, which only types can have whose answers are no list."""
EXAMPLES = {
    "single": ItemBlock(STEM, [("12 小时", False), ("24 小时", True), ("<b> & “48”", False)], WHY),
    "multiple": ItemBlock(STEM, [("甲", True), ("乙", True), ("丙", False)], ""),
    "truefalse": ItemBlock(STEM, (("正确", False), ("错误", True)), WHY),
    "ordering": ItemBlock(STEM, (("三", None), ("一", None), ("二", None)), WHY),
    "matching": ItemBlock(
        LISTED,
        (),
        WHY,
        rows=(("情形", "时限"), ("投诉", "24"), ("咨询", "24"), ("", "8"), ("", "9")),
    ),
    "numeric": ItemBlock(LISTED, (), WHY, lines=("= -24.5 ± 0.5 小时 | h",)),
    "text": ItemBlock(LISTED, (), WHY, lines=("= 抱歉 | 对不起", "= 24 小时", "! 不可能 | 没办法")),
    "cloze": ItemBlock("收到后 {{24|二十四}} 小时内{{=回复|搁置|转走}}。", (), WHY),
    "essay": ItemBlock(
        LISTED, (), WHY, rows=(("评分点", "分值"), ("先道歉", "6"), ("时限", "2.5"))
    ),
}


def bank_item(kind: str, block: ItemBlock, **facts: Any) -> BankItem:
    return BankItem("items.md:1", kind, block, **facts)


def written(*items: BankItem) -> tuple[bytes, Sequence[Loss | NotTaken]]:
    out = io.BytesIO()
    told = list(FORMAT.write(items, out, title="投诉处理", language="zh"))
    return out.getvalue(), told


def read_back(data: bytes) -> list[BankItem]:
    entries = list(FORMAT.read(BankFile("p.zip", data), "zh"))
    assert all(isinstance(entry, BankItem) for entry in entries), entries
    return [entry for entry in entries if isinstance(entry, BankItem)]


def content(item: BankItem) -> Any:
    return TYPES[item.type].from_markdown({"zh": item.block})


def test_the_plugin_is_found_by_its_hook() -> None:
    import certify_qti

    assert [form.name for form in certify_qti.certify_register_item_formats()] == ["qti"]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_item_of_every_type_comes_back_as_it_was(kind: str) -> None:
    facts: Mapping[str, Any] = {
        "code": "CMP-014",
        "topic": "complaint",
        "difficulty": 3,
        "facts": ("S2-CP-04", "S2-CP-05"),
        "standards": ("CS-003",),
        "pool": "practice",
    }
    item = bank_item(kind, EXAMPLES[kind], **facts)
    data, told = written(item)
    (found,) = read_back(data)

    assert told == []
    assert content(found) == content(item)
    assert {name: getattr(found, name) for name in facts} == facts
    assert (found.type, found.losses, found.source) == (kind, (), "")


def test_every_item_of_the_courses_comes_back_as_it_was() -> None:
    items = [
        bank_item(text.attributes["type"], text.block, code=text.code)
        for path in sorted(COURSES.glob("*/items/*.md"))
        if "." not in path.stem
        for text in read_bank_file(path, has_keys=True, findings=[])
    ]
    data, told = written(*items)
    found = {item.code: item for item in read_back(data)}

    left_out = {item.type for item in items if item.code not in found}
    assert left_out == {"practical", "scenario"}
    assert len(told) + len(found) == len(items) > 200
    for item in items:
        if item.code in found:
            assert content(found[item.code]) == content(item), item.code
            assert found[item.code].losses == (), item.code


def test_what_qti_cannot_hold_is_named_and_nothing_else_is_left_out() -> None:
    items = [
        bank_item("practical", EXAMPLES["essay"]),
        bank_item("numeric", ItemBlock("多久？", (), "", lines=("= 1 小时", "= 60 分钟"))),
        bank_item("single", EXAMPLES["single"], wordings={"en": EXAMPLES["single"]}, source="<x/>"),
    ]
    data, told = written(*items)

    assert [type(one) for one in told] == [NotTaken, NotTaken, Loss, Loss]
    assert len({one.reason for one in told if isinstance(one, NotTaken)}) == 2
    assert len(read_back(data)) == 1


def test_a_package_written_twice_gives_the_same_bytes() -> None:
    items = [bank_item(kind, block) for kind, block in EXAMPLES.items()]

    assert written(*items) == written(*items)


NAMESPACE = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
PARTS = (
    "qti-response-declaration",
    "qti-outcome-declaration",
    "qti-item-body",
    "qti-response-processing",
    "qti-modal-feedback",
)
"""Children of an item in the order that the schema of 1EdTech lays down."""
KNOWN = set(
    """
    qti-assessment-item qti-response-declaration qti-correct-response qti-value qti-mapping
    qti-map-entry qti-outcome-declaration qti-default-value qti-item-body qti-choice-interaction
    qti-simple-choice qti-order-interaction qti-match-interaction qti-simple-match-set
    qti-simple-associable-choice qti-text-entry-interaction qti-inline-choice-interaction
    qti-inline-choice qti-extended-text-interaction qti-rubric-block qti-content-body
    qti-response-processing qti-response-condition qti-response-if qti-set-outcome-value qti-equal
    qti-variable qti-correct qti-base-value qti-sum qti-or qti-substring qti-map-response
    qti-modal-feedback p br strong ul ol li table thead tbody tr th td
    """.split()  # noqa: SIM905
)


def test_the_items_are_made_of_the_elements_of_the_standard_in_its_order() -> None:
    items = [bank_item(kind, block) for kind, block in EXAMPLES.items()]
    with zipfile.ZipFile(io.BytesIO(written(*items)[0])) as parts:
        roots = [ElementTree.fromstring(parts.read(name)) for name in parts.namelist()[:-1]]
        listed = parts.read("imsmanifest.xml").decode()

    for root in roots:
        names = [element.tag.removeprefix(NAMESPACE) for element in root.iter()]
        order = [child.tag.removeprefix(NAMESPACE) for child in root]
        assert set(names) <= KNOWN
        assert order == sorted(order, key=PARTS.index)
        answered = [element.get("response-identifier") for element in root.iter()]
        declared = [element.get("identifier") for element in root if "response-d" in element.tag]
        assert sorted(filter(None, answered)) == sorted(filter(None, declared))
    assert listed.count('type="imsqti_item_xmlv3p0"') == len(EXAMPLES)
    assert "<schema>QTI Package</schema>" in listed


lines = (
    st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), min_size=1, max_size=30)
    .map(lambda text: " ".join(clean(text).split()))
    .filter(lambda text: text and "�" not in text and not re.search(r"[\xad\u200b-\u206f]", text))
)


@given(lines, st.lists(lines, min_size=3, max_size=6, unique=True), lines)
@example("a*b_c\\", ["[x] <p>", "&amp;", "{{1}}"], "`x` ~")
@example("！", ["0", "1", "2"], "＝")
def test_any_text_comes_back_as_it_was(stem: str, options: list[str], why: str) -> None:
    marked = [(option, place == 1) for place, option in enumerate(options)]
    block = ItemBlock(plain_markdown(stem), marked, plain_markdown(why))
    (found,) = read_back(written(bank_item("single", block, code="ABC-001"))[0])

    assert list(found.block.options) == marked
    assert (found.block.stem, found.block.explanation) == (block.stem, block.explanation)
    rows = (("左", "右"), *zip(options, reversed(options), strict=True))
    block = ItemBlock(plain_markdown(stem), (), "", rows=rows)
    (found,) = read_back(written(bank_item("matching", block))[0])
    assert [tuple(row) for row in found.block.rows] == list(rows)


words = lines.map(lambda text: re.sub(r"[{}|｜;=＝]", "", text).strip()).filter(
    lambda text: any(map(str.isalnum, text))
)


@given(st.lists(words, min_size=2, max_size=5, unique_by=str.casefold), lines)
def test_any_gap_comes_back_as_it_was(texts: list[str], after: str) -> None:
    chosen = "|".join((f"={texts[0]}", *texts[1:]))
    stem = f"收到 {{{{{texts[0]}}}}} 和 {{{{{chosen}}}}} 以后。\n\n{plain_markdown(after)}"
    item = bank_item("cloze", ItemBlock(stem, (), ""))
    (found,) = read_back(written(item)[0])

    assert re.findall(r"\{\{(.*?)\}\}", found.block.stem)[:2] == [texts[0], chosen]


def test_the_english_of_a_bank_is_written_too() -> None:
    block = ItemBlock("It is due.", (("True", True), ("False", False)), "")
    out = io.BytesIO()
    FORMAT.write([bank_item("truefalse", block)], out, title="Complaints", language="en")
    (found,) = FORMAT.read(BankFile("p.zip", out.getvalue()), "en")

    assert isinstance(found, BankItem)
    assert (found.type, list(found.block.options)) == ("truefalse", list(block.options))
    assert _("QTI items and packages")
