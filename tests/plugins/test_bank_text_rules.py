"""Rules that hold for every bank: known items come back, nothing is lost, nothing crashes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from certify.api import BadInput, BankFile, BankItem, Entry, NotTaken, Remark, _, speaking
from certify.hooks import registry
from certify_bank_text import certify_register_item_formats
from certify_bank_text.facts import difficulty_of
from certify_bank_text.key_list import listed
from certify_bank_text.text_format import TextFormat

NUMBERS = (
    "{}. ",
    "{}.",
    "{}、",
    "{}．",
    "{}）",
    "({}) ",
    "（{}）",
    "第{}题 ",
    "第{}题：",
    "Q{}: ",
    "{} . ",
)
LETTERS = ("{}. ", "{}.", "{}、", "{}．", "{}) ", "({}) ", "（{}）", "{}：", "{}: ")
BETWEEN = ("    ", "\t", "  ", "\n", "\n\n")
LABELS = (
    "答案：",
    "正确答案：",
    "参考答案: ",
    "【答案】",
    "答案:",
    "标准答案：",
    "【正确答案】：",
    "Answer: ",
)
HEADS = (
    "{}、{}",
    "{}．{}（每题2分，共20分）",
    "第{}部分 {}",
    "（{}）{}：",
    "{}、{}（共5题）",
    "## {}、{}",
)
KINDS = {
    "single": ("单选题", "单项选择题", "选择题", "不定项选择题"),
    "multiple": ("多选题", "多项选择题", "选择题"),
    "truefalse": ("判断题", "是非题", "判断正误题"),
}
VERDICTS = (("√", "×"), ("对", "错"), ("正确", "错误"), ("T", "F"), ("✓", "✗"))
WORD = st.text("客户服务投诉回访电话礼仪安装维修送货退换提案标准流程", min_size=2, max_size=8)


@dataclass(frozen=True)
class Question:
    """What a question is, whatever it looks like."""

    type: str
    stem: str
    options: tuple[str, ...]
    key: str


@st.composite
def questions(draw: st.DrawFn, kind: str) -> Question:
    stem = f"关于{draw(WORD)}，下列说法符合{draw(WORD)}要求的"
    if kind == "truefalse":
        return Question(kind, stem, (), draw(st.sampled_from("√×")))
    options = tuple(draw(st.lists(WORD, min_size=3, max_size=7, unique=True)))
    letters = "ABCDEFG"[: len(options)]
    least, most = (1, 1) if kind == "single" else (2, len(options) - 1)
    chosen = draw(st.sets(st.sampled_from(letters), min_size=least, max_size=most))
    return Question(kind, stem, options, "".join(sorted(chosen)))


@st.composite
def banks(draw: st.DrawFn) -> tuple[str, list[Question]]:
    """A bank in one person's habits, and the questions in it."""
    one = st.sampled_from
    number, letter, label = draw(one(NUMBERS)), draw(one(LETTERS)), draw(one(LABELS))
    between, head, verdicts = draw(one(BETWEEN)), draw(one(HEADS)), draw(one(VERDICTS))
    place = draw(one(("bracket", "label", "list", "pairs")))
    is_spaced, is_restarted, has_notes = (draw(st.booleans()) for _switch in range(3))
    lines: list[str] = []
    keys: list[str] = []
    known: list[Question] = []
    count = 0
    for order, kind in zip("一二三", draw(st.permutations(list(KINDS))), strict=True):
        title = head.format(order, draw(one(KINDS[kind])))
        lines.append(title)
        keys.append(title.replace("## ", "").partition("（每")[0].partition("（共")[0])
        count = 0 if is_restarted else count
        given_keys: list[tuple[int, str]] = []
        for question in draw(st.lists(questions(kind), min_size=1, max_size=4)):
            count += 1
            key = verdicts["√×".index(question.key)] if kind == "truefalse" else question.key
            bracket = f"（ {key} ）" if place == "bracket" else "（ ）"
            lines.append(number.format(count) + question.stem + bracket + "。")
            texts = [
                letter.format("ABCDEFG"[position]) + text
                for position, text in enumerate(question.options)
            ]
            lines += [between.join(texts)] if texts else []
            lines += [label + key] if place == "label" else []
            lines += [f"解析：见{question.stem}", "难度：中"] if has_notes else []
            lines += [""] if is_spaced else []
            given_keys.append((count, key))
            known.append(question)
        if place == "list":
            signs = " ".join(key for _number, key in given_keys)
            keys.append(f"{given_keys[0][0]}-{count} {signs}")
        else:
            keys.append("  ".join(f"{number_}.{key}" for number_, key in given_keys))
    if place in ("list", "pairs"):
        lines += ["参考答案", *keys]
    return "\n".join(lines), known


def read(text: str, language: str = "zh") -> list[Entry]:
    return list(TextFormat().read(BankFile("bank.txt", text.encode()), language))


def items(text: str, language: str = "zh") -> list[BankItem]:
    return [one for one in read(text, language) if isinstance(one, BankItem)]


def known_again(item: BankItem) -> Question:
    options = tuple(text for text, _mark in item.block.options)
    if item.type == "truefalse":
        return Question(item.type, item.block.stem, (), "√" if item.block.options[0][1] else "×")
    key = "".join("ABCDEFG"[place] for place, one in enumerate(item.block.options) if one[1])
    return Question(item.type, item.block.stem, options, key)


@settings(max_examples=150)
@given(banks())
def test_every_habit_gives_exactly_the_questions_that_were_written(
    bank: tuple[str, list[Question]],
) -> None:
    text, known = bank
    expected = [Question(q.type, f"{q.stem}（ ）。", q.options, q.key) for q in known]
    assert [known_again(one) for one in items(text)] == expected
    assert not [one for one in read(text) if isinstance(one, NotTaken)]


PIECES = st.sampled_from(
    [
        "A. 甲",
        "B. 乙",
        "C. 丙",
        "D.",
        "A.是 B.否",
        "答案：A",
        "答案：",
        "答案：ABD",
        "正确答案：√",
        "（ ）",
        "解析：因为",
        "难度：易",
        "知识点：投诉",
        "还有一行。",
        "",
        "（A）",
        "A",
        "①甲②乙",
        "答案：见附件",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=7), min_size=1, max_size=8), st.booleans())
@example([["答案："], ["A. 甲"]], True)
def test_each_numbered_stem_is_one_entry(blocks: list[list[str]], has_head: bool) -> None:
    lines = ["一、单选题"] if has_head else []
    for number, pieces in enumerate(blocks, start=1):
        lines += [f"{number}. 这是第几个问题，请选择？（ ）", *pieces]
    found = [one for one in read("\n".join(lines)) if isinstance(one, BankItem | NotTaken)]
    stems = [one for one in found if "第几个问题" in _stem(one)]
    assert len(stems) == len(blocks)


def _stem(one: BankItem | NotTaken) -> str:
    return one.block.stem if isinstance(one, BankItem) else one.stem


SCRAPS = st.lists(
    st.sampled_from(
        [
            "1.",
            "2、",
            "（3）",
            "①",
            "A.",
            "B、",
            "（",
            "）",
            "【",
            "】",
            "____",
            "答案：",
            "答案",
            "解析：",
            "√",
            "×",
            "对",
            "AB",
            "1-5 ABCDA",
            "一、单选题",
            "判断题",
            "填空题",
            "排序题",
            "连线题",
            "简答题",
            "\n",
            "\n",
            "\n\n",
            "\t",
            "　",
            " ",
            "甲",
            "Answer:",
            "Part I",
            "True or false",
            "难度：",
            "（2分）",
            "/",
            "；",
            "|",
            "{{",
            "}}",
            "=",
            "\\",
            "*",
            "#",
            "\x00",
            "\u202e",
            "参考答案",
            "题号 1 2",
            "题型：",
            "题干：",
            "第1题",
        ]
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(SCRAPS, st.sampled_from(["zh", "en"]))
def test_no_text_makes_the_reader_crash(scraps: list[str], language: str) -> None:
    for entry in read("".join(scraps), language):
        line, _colon, column = entry.place.partition(":")
        assert int(line) >= 1 <= int(column)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_crash(data: bytes) -> None:
    assert isinstance(list(TextFormat().read(BankFile("x.txt", data), "zh")), list)


def test_reading_takes_a_time_that_grows_with_the_file_alone() -> None:
    block = "{}. 关于客户投诉，下列说法正确的是（ B ）\nA. 甲\nB. 乙\nC. 丙\n解析：见规范\n"

    def taken(count: int) -> float:
        text = "".join(block.format(number % 9000 + 1) for number in range(count))
        begin = time.process_time()
        assert len(items(text)) == count
        return time.process_time() - begin

    few = min(taken(300) for _round in range(5))
    assert min(taken(3000) for _round in range(3)) < 30 * few


@pytest.mark.parametrize(
    "piece", ["_", "A. ", "A.x B.y ", "（", "答案：", "【答案】A", " ", "1.A ", "、"]
)
def test_a_nasty_line_does_not_hold_the_reader_up(piece: str) -> None:
    begin = time.process_time()
    read("一、填空题\n1. " + piece * (5000 // len(piece)))
    assert time.process_time() - begin < 2


def test_a_line_longer_than_any_question_is_skipped_and_said() -> None:
    first, second = read("甲" * 7000 + "\n1. 对吗？（√）")
    assert isinstance(first, NotTaken)
    assert (first.kind, first.place) == ("skipped", "1:1")
    assert isinstance(second, BankItem)


def test_the_encoding_is_said_where_it_was_guessed() -> None:
    data = "1. 客户第一，服务至上。（√）".encode("gb18030")
    remark, item = TextFormat().read(BankFile("a.txt", data), "zh")
    assert isinstance(remark, Remark)
    assert "gb18030" in remark.message
    assert isinstance(item, BankItem)


def test_an_english_bank_has_english_options_and_rows() -> None:
    text = "1. It rings. (T)\nSection B: Short answer\n2. Why?\nAnswer: because\nof this\n"
    statement, essay = items(text, "en")
    assert [one for one, _mark in statement.block.options] == ["True", "False"]
    assert essay.block.rows[0] == ("Criterion", "Points")
    assert essay.block.explanation == "because\\\nof this"


def test_facts_of_a_question_are_kept() -> None:
    text = (
        "1. 选哪个？（2分）\nA. 甲\nB. 乙\nC. 丙\n答案：A\n解析：第一行\n第二行\n"
        "难度：难\n知识点：投诉处理\n出处：CS-003\n分值：2分"
    )
    (item,) = items(text)
    assert (item.name, item.difficulty, item.topic) == ("1", 3, "投诉处理")
    assert item.block.stem == "选哪个？"
    assert item.block.explanation == "第一行\\\n第二行\\\n出处：CS-003"
    assert [loss.message for loss in item.losses] == [
        _("The exam gives the points of a question; those of the file were left out.")
    ]


def test_a_chapter_is_the_topic_of_the_questions_below_it() -> None:
    text = "第一章 投诉处理\n1. 对吗？（√）\n第二章 电话礼仪\n1. 错吗？（×）"
    assert [one.topic for one in items(text)] == ["投诉处理", "电话礼仪"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("易", 1),
        ("较易", 1),
        ("简单", 1),
        ("中", 2),
        ("中等", 2),
        ("一般", 2),
        ("难", 3),
        ("较难", 3),
        ("★★★★★", 3),
        ("★★", 1),
        ("3", 2),
        ("0.85", 1),
        ("0.5", 2),
        ("0.2", 3),
        ("看情况", None),
    ],
)
def test_difficulties_are_understood(text: str, level: int | None) -> None:
    assert difficulty_of(text) == level


def test_a_difficulty_that_says_nothing_is_a_loss() -> None:
    (item,) = items("1. 对吗？（√）\n难度：看情况")
    assert [loss.message for loss in item.losses] == [
        _("Its difficulty cannot be understood and was left out.")
    ]


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("1-5 ABCDA", [(1, "A"), (2, "B"), (3, "C"), (4, "D"), (5, "A")]),
        ("1～3：A B C", [(1, "A"), (2, "B"), (3, "C")]),
        ("1-2 AB,ACD", [(1, "AB"), (2, "ACD")]),
        ("1-2 AB 3-4：√×", [(1, "A"), (2, "B"), (3, "√"), (4, "×")]),
        ("1.A 2.B 3.ABD", [(1, "A"), (2, "B"), (3, "ABD")]),
        ("1、√ 2、×", [(1, "√"), (2, "×")]),
        ("(1)A；(2)B", [(1, "A"), (2, "B")]),
        ("1A 2B", [(1, "A"), (2, "B")]),
        ("1.正确 2.错误", [(1, "正确"), (2, "错误")]),
        ("1-5 ABC", []),
        ("1. 客户", None),
        ("ABCD", None),
    ],
)
def test_lists_of_keys_are_read(line: str, pairs: list[tuple[int, str]] | None) -> None:
    from certify_bank_text.line import folded

    assert listed(folded(line)) == pairs


def test_a_list_whose_keys_do_not_add_up_gives_none() -> None:
    found = read("1. 甲？\nA. 一 B. 二\n2. 乙？\nA. 一 B. 二\n答案：1-2 ABA")
    assert [one.kind for one in found if isinstance(one, NotTaken)] == ["rejected", "rejected"]
    assert any(isinstance(one, Remark) and one.place == "5:1" for one in found)


def test_a_key_for_a_question_that_is_not_there_is_said() -> None:
    found = read("1. 甲？\nA. 一 B. 二\n2. 乙？\nA. 一 B. 二\n参考答案\n1.A 2.B 3.C")
    assert sum(isinstance(one, BankItem) for one in found) == 2
    assert [one.place for one in found if isinstance(one, Remark)] == ["6:1"]


def test_what_may_be_a_question_without_number_is_skipped_by_name() -> None:
    found = read("一、判断题\n客户是不是第一？\n1. 对吗？（√）")
    assert any(isinstance(one, NotTaken) for one in found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_a_reason_and_a_mend(language: str) -> None:
    from tests.plugins.bank_samples import SAMPLES

    with speaking(language):
        for text, _expected in SAMPLES.values():
            for one in read(text):
                if isinstance(one, NotTaken) and one.kind == "rejected":
                    assert one.reason
                    assert one.mend


def test_the_stem_shows_as_it_was_written() -> None:
    (item,) = items("1. 2*3*4 = 24，_a_ 与 [b] 对吗？（√）")
    assert item.block.stem == "2\\*3\\*4 = 24，\\_a\\_ 与 \\[b\\] 对吗？（ ）"


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("1. 甲？\nA. 一\nB. 二\n答案：A", True),
        ("一、单选题\n甲", True),
        ("1. What?\nA. a\nB. b\nANSWER: A", True),
        ("What?\nA. a\nB. b\nANSWER: A\n", False),
        ("::Q1:: What? {=a ~b}", False),
        ("// a comment\nWhat? {T}", False),
    ],
)
def test_formats_that_programs_write_are_left_to_their_readers(text: str, is_ours: bool) -> None:
    assert TextFormat().recognises(BankFile("a.txt", text.encode())) is is_ours


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certify_bank_text.text_format.MOST", 10)
    with pytest.raises(BadInput) as refused:
        read("1. 这是一个很长的题目")
    assert refused.value.mend


def test_the_plugin_registers_both_formats() -> None:
    formats = certify_register_item_formats()
    assert [one.name for one in formats] == ["text", "docx"]
    assert hasattr(registry, "load")


def rejected(found: Sequence[Entry]) -> list[str]:
    return [one.reason for one in found if isinstance(one, NotTaken)]


def test_two_different_keys_are_refused_and_two_alike_are_one() -> None:
    assert len(items("1. 选？（A）\nA. 甲\nB. 乙\n答案：A")) == 1
    assert rejected(read("1. 选？（A）\nA. 甲\nB. 乙\n答案：B")) == [
        _("The question has two different keys: “{one}” and “{other}”.").format(one="B", other="A")
    ]
