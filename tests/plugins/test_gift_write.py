"""What is written as GIFT is read back equal, or named."""

import io
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certify.api import BankFile, BankItem, ItemBlock, Loss, NotTaken, _, plain_markdown
from certify_gift.gift import Gift
from certify_gift.words import WORDS


def write(*items: BankItem, language: str = "en") -> tuple[str, list[Loss | NotTaken]]:
    """The file, and what it cannot hold."""
    out = io.BytesIO()
    lost = list(Gift().write(items, out, title="Tea [id:x]\nand more", language=language))
    return out.getvalue().decode(), lost


def back(*items: BankItem, language: str = "en") -> list[BankItem]:
    """Items written and read again, all of them, with places and read losses left out."""
    text, lost = write(*items, language=language)
    assert not lost
    entries = list(Gift().read(BankFile("bank.gift", text.encode()), language))
    assert all(isinstance(entry, BankItem) for entry in entries), (text, entries)
    return [
        replace(entry, place="", losses=(), source_type="")
        for entry in entries
        if isinstance(entry, BankItem)
    ]


def item(type_: str, block: ItemBlock, **facts: object) -> BankItem:
    return BankItem("", type_, block, **facts)  # type: ignore[arg-type]


SIGNS = ["~", "=", "#", "####", "{", "}", ":", "::", "\\", "\\n", "%50%", "->", "//", "[html]"]
MARKUP = [
    "<b>x</b>",
    "&amp;",
    "$$a_{1}$$",
    "\\(x\\)",
    "**x**",
    "_",
    "`",
    "![p](q)",
    "|",
    "1. ",
    "- ",
]
NORMAL = ["T", "eq", "abla", "茶", "，", "！", " ", "a", "B 2", "'", '"', "*", "$CATEGORY:", "/"]
NASTY = st.sampled_from([*SIGNS, *MARKUP, *NORMAL])
LINES = st.lists(NASTY, min_size=1, max_size=8).map(lambda parts: " ".join("".join(parts).split()))
LINES = LINES.filter(bool)
PLAIN = st.lists(LINES, min_size=1, max_size=3).map("\n".join).map(plain_markdown)
MARKDOWN = st.one_of(
    PLAIN,
    st.sampled_from(["**bold** and *soft*", "one\n\ntwo `=` x", "a\\\nb", "5 \\* 3 \\[x\\]"]),
    st.sampled_from(["[page](https://example.org/?a=b) x", "AT&T &lt; a", "x\n\n```\n{=}\n```"]),
)
OPTIONS = st.lists(LINES, min_size=3, max_size=6, unique=True)
EXPLANATIONS = st.one_of(st.just(""), MARKDOWN, st.just("- one\n- two"))


@st.composite
def choices(draw: st.DrawFn) -> BankItem:
    texts = draw(OPTIONS)
    count = draw(st.integers(1, len(texts) - 1))
    options = tuple((text, place < count) for place, text in enumerate(texts))
    block = ItemBlock(draw(MARKDOWN), options, draw(EXPLANATIONS))
    return item("single" if count == 1 else "multiple", block)


@st.composite
def matchings(draw: st.DrawFn) -> BankItem:
    rights = draw(OPTIONS)
    lefts = [*draw(st.lists(LINES, min_size=2, max_size=2, unique=True)), "", "", "", ""]
    rows = (WORDS["en"].heads, *zip(lefts, rights, strict=False))
    return item("matching", ItemBlock(draw(MARKDOWN), (), draw(EXPLANATIONS), rows=rows))


@st.composite
def others(draw: st.DrawFn) -> BankItem:
    stem, explanation = draw(MARKDOWN), draw(EXPLANATIONS)
    is_true = draw(st.booleans())
    line = draw(st.sampled_from(["= 24", "= 24 ± 0.5", "= -3.50 ± 0", "= 1000000 ± 1"]))
    return draw(
        st.sampled_from(
            [
                item(
                    "truefalse",
                    ItemBlock(stem, (("True", is_true), ("False", not is_true)), explanation),
                ),
                item("numeric", ItemBlock(stem, (), explanation, lines=(line,))),
                item("essay", ItemBlock(stem, (), explanation, rows=WORDS["en"].rubric)),
                item("text", ItemBlock(stem, (), explanation, lines=("= sorry | a -> b",))),
            ]
        )
    )


@given(st.lists(st.one_of(choices(), matchings(), others()), min_size=1, max_size=4))
@example([item("essay", ItemBlock("//\\\nT", (), "", rows=WORDS["en"].rubric))])
@example([item("single", ItemBlock("a\nneq", (("[html]x", True), ("%5%", False)), ""))])
def test_what_gift_can_hold_comes_back_equal(items: list[BankItem]) -> None:
    assert back(*items) == items


@pytest.mark.parametrize(
    "stem",
    [
        "投诉应在{{24|二十四}}小时内答复。",
        "两个加两个是{{4}}",
        "Tea is {{green|not -> black}} today.",
        "Tea is {{green}}",
        "Read **this**.\n\nTea is {{a*b}}",
        "{{Tea}} is green.",
        "What is it?\n\n{{tea}}",
    ],
)
def test_a_typed_gap_comes_back_where_it_was(stem: str) -> None:
    gap = item("cloze", ItemBlock(stem, (), "Because {it} is = so."))
    assert back(gap, language="zh") == [gap]


def test_ids_tags_topics_and_names_come_back() -> None:
    block = ItemBlock("Is tea green?", (("True", True), ("False", False)), "")
    items = [
        item("truefalse", block, code="TEA-001", topic="green", difficulty=3, facts=("S1]", "S2")),
        item("truefalse", block, name="A: b", topic="a/b", standards=("CS-1",), pool="practice"),
        item("truefalse", block, code="TEA-003", name="Third"),
        item("truefalse", block),
    ]
    assert back(*items) == items


def test_the_file_is_readable_for_people() -> None:
    block = ItemBlock("Which?", (("a", True), ("b", False)), "Because.")
    text, _lost = write(item("single", block, code="TEA-001", difficulty=2, topic="tea"))
    assert text == (
        "// Tea [id:x] and more\n\n$CATEGORY: $course$/top\n\n$CATEGORY: $course$/top/tea\n\n"
        "// [id:TEA-001] [tag:difficulty:2]\n::TEA-001::Which?{\n\t=a\n\t~b\n\t####Because.\n}\n\n"
    )


def test_weights_of_right_options_add_up_to_100() -> None:
    options = (("a", True), ("b", True), ("c", True), ("d", False))
    text, _lost = write(item("multiple", ItemBlock("Which?", options, "")))
    assert text.count("~%33.33333%") == 3
    assert text.count("~%-100%") == 1


def test_what_gift_cannot_hold_is_named() -> None:
    block = ItemBlock("Put in order.", (("a", None), ("b", None), ("c", None)), "")
    gaps = ItemBlock("{{a}} and {{b}}", (), "")
    elements = ItemBlock("Say it.", (), "", lines=("= a", "= b"))
    forbidden = ItemBlock("Say it.", (), "", lines=("= a", "! b"))
    numbers = ItemBlock("How long?", (), "", lines=("= 24 hours", "= 1 day"))
    for type_, held in (
        ("ordering", block),
        ("scenario", block),
        ("practical", block),
        ("cloze", gaps),
        ("text", elements),
        ("text", forbidden),
        ("numeric", numbers),
    ):
        text, (lost,) = write(BankItem("TEA-001", type_, held))
        assert isinstance(lost, NotTaken)
        assert (lost.place, lost.kind) == ("TEA-001", "rejected")
        assert lost.reason
        assert lost.mend
        assert "{" not in text


def test_parts_that_are_left_out_are_losses() -> None:
    rubric = (("Criterion", "Points"), ("Polite", "4"), ("Right", "6"))
    rows = (("Cup", "Tea"), ("a", "b"), ("c", "d"))
    cases = {
        _("The criteria of a rubric are left out."): item("essay", ItemBlock("W?", (), "", rubric)),
        _("The heads of the columns are left out."): item("matching", ItemBlock("M", (), "", rows)),
        _("The unit of a number is left out."): item(
            "numeric", ItemBlock("N?", (), "", lines=("= 24 ± 0.5 小时 | h",))
        ),
        _("A gap with choices becomes a choice question with a blank."): item(
            "cloze", ItemBlock("Tea is {{a|=b|c}}.", (), "")
        ),
        _("Texts in other languages are left out."): item(
            "numeric",
            ItemBlock("N?", (), "", lines=("= 24",)),
            wordings={"zh": ItemBlock("N？", (), "")},
        ),
    }
    for message, one in cases.items():
        text, (lost,) = write(one)
        assert isinstance(lost, Loss)
        assert lost.message == message
        assert len(list(Gift().read(BankFile("a", text.encode()), "en"))) == 1


def test_a_gap_with_choices_reads_back_as_a_choice() -> None:
    text, _lost = write(item("cloze", ItemBlock("Tea is {{a|=b|c}} now.", (), "")))
    (entry,) = Gift().read(BankFile("a", text.encode()), "en")
    assert isinstance(entry, BankItem)
    assert entry.block.stem == "Tea is _____ now."
    assert entry.block.options == (("a", False), ("b", True), ("c", False))
