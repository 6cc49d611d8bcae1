"""Banks as platforms and Markdown files write them: what stands there beside the questions."""

import pytest

from certify.api import BankFile, BankItem, NotTaken
from certify_bank_text.text_format import TextFormat


def _read(text: str) -> tuple[list[BankItem], list[NotTaken]]:
    entries = list(TextFormat().read(BankFile("bank.txt", text.encode()), "zh"))
    taken = [one for one in entries if isinstance(one, BankItem)]
    return taken, [one for one in entries if isinstance(one, NotTaken)]


def _right(item: BankItem) -> list[str]:
    return [text for text, is_right in item.block.options if is_right]


@pytest.mark.parametrize(
    ("sign", "right"), [("✅", "正确"), ("✔️", "正确"), ("❌", "错误"), ("❎", "错误")]
)
@pytest.mark.parametrize(
    "both", ["", "   true. 正确\n   false. 错误\n", "对\n错\n", "○正确\n○错误\n"]
)
def test_a_verdict_may_be_a_coloured_sign_and_its_two_lines_are_no_text(
    sign: str, right: str, both: str
) -> None:
    [item], refused = _read(f"1. 上门前要先打电话。（ ）\n{both}参考答案：{sign}\n")
    assert (item.type, _right(item), refused) == ("truefalse", [right], [])
    assert item.block.stem == "上门前要先打电话。（ ）"


def test_two_lines_that_say_the_same_stay_in_the_stem() -> None:
    [item], _refused = _read("1. 判断下面的话是否通顺。\n对\n对\n答案：正确\n")
    assert "对\\\n对" in item.block.stem


def test_a_statement_without_number_begins_behind_a_key_that_is_closed() -> None:
    text = (
        "回访由谁做？\nA. 客服\nB. 工程师\n答案：A\n\n"
        "上门前要先打电话。\n解析：见手册。\n答案：对\n\n"
        "服务态度好就够了。\n难度：易\n解析：还要解决问题。\n答案：错\n"
    )
    items, refused = _read(text)
    assert [(one.type, _right(one)) for one in items] == [
        ("single", ["客服"]),
        ("truefalse", ["正确"]),
        ("truefalse", ["错误"]),
    ]
    assert refused == []


def test_a_written_answer_goes_on_behind_an_empty_line() -> None:
    [item], refused = _read("简述六步法。\n答案：先收集需求。\n\n再执行与回访。\n解析：见手册。\n")
    assert "再执行与回访" in item.block.explanation
    assert refused == []


def test_what_somebody_answered_and_earned_is_no_part_of_a_question() -> None:
    text = (
        "1. (填空题) 回访电话是____，时限____天。\n"
        "我的答案:\n(1) 110\n(2) 9\n正确答案:\n(1) 400\n(2) 3\n1.0分\n"
        "2. (单选题) 升级的时限是？\nA. 2 小时\nB. 24 小时\n"
        "我的答案:A正确答案:B\n答案解析：\n知识点：\n3.0分\n"
        "3. (单选题) 谁回访？\nA. 客服\nB. 工程师\n我的答案: A:客服;正确答案: B:工程师;\n0分\n"
    )
    items, refused = _read(text)
    assert items[0].block.stem == "回访电话是{{400}}，时限{{3}}天。"
    assert [_right(one) for one in items[1:]] == [["24 小时"], ["工程师"]]
    assert refused == []


def test_an_option_below_its_letter_may_look_like_a_page_number() -> None:
    [item], _refused = _read("1. 找不到网页时的状态码是？\nA.\n200\nB.\n404\n答案：B\n")
    assert [text for text, _mark in item.block.options] == ["200", "404"]


def test_options_of_a_form_have_circles_for_letters() -> None:
    text = (
        "1.升级的时限是？[单选题]*\n○2 小时\n○24 小时(正确答案)\n\n"
        "2.六步法包括？ [多选题] *\n□收集需求(正确答案)\n□回访(正确答案)\n□拖延\n\n"
        "3.上门前要先打电话。[判断题]*\n对(正确答案)\n错\n"
    )
    items, refused = _read(text)
    assert [(one.type, _right(one)) for one in items] == [
        ("single", ["24 小时"]),
        ("multiple", ["收集需求", "回访"]),
        ("truefalse", ["正确"]),
    ]
    assert [one.block.stem for one in items] == [
        "升级的时限是？",
        "六步法包括？",
        "上门前要先打电话。",
    ]
    assert refused == []


def test_markdown_ticks_options_and_unfolds_keys() -> None:
    text = (
        "**1. 六步法包括？**\n\n- [x] A. 收集需求\n- [ ] B. 拖延\n- [x] C. 回访\n\n"
        "2. 谁回访？\n\n   A. 客服\n\n   B. 工程师\n\n"
        "   <details>\n   <summary>查看答案</summary>\n\n"
        "   答案：A\n\n   解析：见手册。\n\n   </details>\n\n"
        "3. 时限是？\n\n   A. 2 小时\n\n   B. 24 小时\n\n"
        "   <details><summary>答案</summary>B</details>\n"
    )
    items, refused = _read(text)
    assert [_right(one) for one in items] == [["收集需求", "回访"], ["客服"], ["24 小时"]]
    assert items[1].block.options[1] == ("工程师", False)
    assert refused == []
    assert items[1].block.explanation == "见手册。"


def test_an_explanation_may_stand_below_its_bare_word() -> None:
    text = (
        "QUESTION 1\nWho calls back?\nA. The agent\nB. The engineer\nCorrect Answer: A\n"
        "Section: (none)\nExplanation\n\nExplanation/Reference:\nSee the handbook.\n"
    )
    [item], refused = _read(text)
    assert (_right(item), item.block.explanation, refused) == (
        ["The agent"],
        "See the handbook.",
        [],
    )


def test_a_chapter_without_a_title_is_the_topic_of_its_questions() -> None:
    text = (
        "第一章\n\n1. 谁回访？\nA. 客服\nB. 工程师\n答案：A\n\n"
        "第二章 升级\n\n1. 升级的时限写在第几章？\n答案：\n第二章\n"
    )
    items, refused = _read(text)
    assert [one.topic for one in items] == ["第一章", "升级"]
    assert refused == []
    assert "第二章" in items[1].block.explanation


def test_markdown_of_others_is_read_as_text_and_our_own_bank_is_not() -> None:
    foreign = BankFile("bank.md", "### 1. 谁回访？\n- A. 客服\n- B. 工程师\n\n> 答案：A\n".encode())
    own = BankFile("bank.md", "# 题库\n\n## CMP-014 单选题\n\n谁回访？答案：见下\n".encode())
    assert foreign.name.endswith(TextFormat.suffixes)
    notes = BankFile("notes.md", "# 会议\n\n没有题目\n".encode())
    assert [TextFormat().recognises(one) for one in (foreign, own, notes)] == [True, False, False]
    [item] = [one for one in TextFormat().read(foreign, "zh") if isinstance(one, BankItem)]
    assert _right(item) == ["客服"]


def test_points_and_bullets_of_a_written_question_stay() -> None:
    text = (
        "一、简答题\n1. 简述六步法，包括：\n○ 前三步\n○ 后三步\n答案：收集需求\n2.5分\n回访\n2分\n"
    )
    [item], refused = _read(text)
    assert "○ 后三步" in item.block.stem
    assert "2.5分" in item.block.explanation
    assert refused == []
