"""Aiken: choices as plain text, read leniently and written back."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.api import BankFile, BankItem, Entry, ItemBlock, Loss, NotTaken, _, plain_markdown
from certify_gift.aiken import Aiken
from certify_gift.gift import Gift

ONE = "Which leaf is tea?\nA. mint\nB. tea\nC. oak\nANSWER: B\n"
BLOCK = ItemBlock("Which leaf is tea?", (("mint", False), ("tea", True), ("oak", False)), "")


def read(source: str) -> list[Entry]:
    return list(Aiken().read(BankFile("bank.txt", source.encode()), "en"))


def write(*items: BankItem) -> tuple[str, list[Loss | NotTaken]]:
    out = io.BytesIO()
    lost = list(Aiken().write(items, out, title="Tea", language="en"))
    return out.getvalue().decode(), lost


@pytest.mark.parametrize(
    "source",
    [
        ONE,
        ONE.replace(". ", ") "),
        ONE.replace(". ", ")"),
        ONE.lower().replace("which", "Which"),
        ONE.replace("\n", "\n\n"),
        ONE.replace("\n", "\r\n"),
        ONE.replace("A. ", "(A) ").replace("B. ", "(B) ").replace("C. ", "(C) "),
        "Which leaf is tea?\nＡ．mint\nＢ．tea\nＣ．oak\nANSWER：Ｂ",
        "Which leaf is tea?\nA、mint\nB、tea\nC、oak\nAnswer : b)",
        "Which leaf is tea?\n  a. mint\n  b. tea\n  c. oak\nanswer B.",
    ],
)
def test_people_write_letters_and_keys_in_many_ways(source: str) -> None:
    (item,) = read(source)
    assert isinstance(item, BankItem)
    assert (item.place, item.type, item.block) == ("1:1", "single", BLOCK)


def test_stems_and_options_may_go_on_in_the_next_line() -> None:
    (item,) = read("Which leaf\nis tea?\nA. mint\n leaf\nB. tea\nANSWER: B")
    assert isinstance(item, BankItem)
    assert item.block.stem == "Which leaf\\\nis tea?"
    assert item.block.options == (("mint leaf", False), ("tea", True))


def test_the_text_of_a_stem_is_no_option_and_no_key() -> None:
    (item,) = read("Answer the question:\nB. Russell wrote what?\nA. a\nB. b\nANSWER: A")
    assert isinstance(item, BankItem)
    assert item.block.stem == "Answer the question:\\\nB. Russell wrote what?"


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("Q?\nA. a\nB. b\n\n", "1:1"),
        ("Q?\nA. a\nANSWER: A\n\n", "3:1"),
        ("Q?\nA. a\nB. b\n  ANSWER: D\n\n", "4:3"),
        ("Q?\nA. a\nB. b\nANSWER: A, B\n\n", "4:1"),
        ("Q?\nA. a\nB. b\nANSWER: AB\n\n", "4:1"),
        ("Q?\nA. a\nB. b\nANSWER:\n\n", "4:1"),
        ("Q?\nA. a\nC. b\nC. c\nANSWER: C\n\n", "5:1"),
        ("A. a\nB. b\nANSWER: A\n\n", "3:1"),
        ("ANSWER: A\n\n", "1:1"),
        ("Q?\nA. a\nB. b\n", "1:1"),
    ],
)
def test_what_cannot_be_taken_is_named_and_the_next_question_read(source: str, place: str) -> None:
    rejected, item = read(source + ONE)
    assert isinstance(rejected, NotTaken)
    assert (rejected.place, rejected.kind) == (place, "rejected")
    assert rejected.reason
    assert rejected.mend
    assert isinstance(item, BankItem)
    assert item.block == BLOCK


def test_a_text_without_options_is_skipped() -> None:
    skipped, item = read(f"Chapter one\n\n{ONE}")
    assert isinstance(skipped, NotTaken)
    assert (skipped.kind, skipped.stem) == ("skipped", "Chapter one")
    assert isinstance(item, BankItem)
    assert item.place == "3:1"


def test_the_content_tells_aiken_from_other_texts() -> None:
    assert Aiken().recognises(BankFile("x.txt", ONE.encode()))
    assert not Gift().recognises(BankFile("x.txt", ONE.encode()))
    for source in (
        "Q {=a ~b}",
        "1. 问题（ A ）\nA. 甲\nB. 乙\n答案：A",
        "",
        "Answer all questions.",
    ):
        assert not Aiken().recognises(BankFile("x.txt", source.encode()))


WORDS = st.text("abc XY茶，.?!=_*<&[", min_size=1, max_size=20).map(lambda text: f"which {text} y")
LINES = WORDS.map(lambda text: " ".join(text.split()))


@st.composite
def choices(draw: st.DrawFn) -> BankItem:
    texts = draw(st.lists(LINES, min_size=2, max_size=6, unique=True))
    right = draw(st.integers(0, len(texts) - 1))
    options = tuple((text, place == right) for place, text in enumerate(texts))
    return BankItem("", "single", ItemBlock(plain_markdown(draw(LINES)), options, ""))


@given(st.lists(choices(), max_size=4))
def test_what_aiken_can_hold_comes_back_equal(items: list[BankItem]) -> None:
    text, lost = write(*items)
    assert not lost
    entries = read(text)
    assert [entry.block for entry in entries if isinstance(entry, BankItem)] == [
        item.block for item in items
    ]
    assert len(entries) == len(items)


@given(st.lists(st.sampled_from(["A. a", "B) b", "Q", "", "ANSWER: A", "answer", "x", "(C) c"])))
def test_no_mixture_of_lines_breaks_the_reader(lines: list[str]) -> None:
    entries = read("\n".join(lines))
    keys = sum(line == "ANSWER: A" for line in lines)
    assert len(entries) >= keys


def test_what_aiken_cannot_hold_is_named() -> None:
    rich = ItemBlock("Which **leaf**?\n\nOne.", BLOCK.options, "Because.")
    text, lost = write(
        BankItem("T-1", "single", rich, code="TEA-001", wordings={"zh": BLOCK}),
        BankItem("T-2", "multiple", ItemBlock("Q", (("a", True), ("b", True)), "")),
        BankItem("T-3", "single", ItemBlock("A. Smith?", BLOCK.options, "")),
    )
    assert text == "Which leaf? One.\nA) mint\nB) tea\nC) oak\nANSWER: B\n\n"
    assert [one.message for one in lost if isinstance(one, Loss)] == [
        _("The look of the text is left out."),
        _("The explanation is left out."),
        _("Texts in other languages are left out."),
        _("Id, topic, difficulty, facts and standards are left out."),
    ]
    assert [one.place for one in lost if isinstance(one, NotTaken)] == ["T-2", "T-3"]
