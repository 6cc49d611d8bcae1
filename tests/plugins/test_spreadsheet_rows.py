"""Tables of questions as people write them: headings, types and keys of every kind."""

import pytest

from certify.api import BadInput
from tests.plugins.sheets import (
    HEADINGS,
    SINGLE,
    key_of,
    not_taken,
    only,
    read_csv,
    refused,
    remarks,
    taken,
    xlsx,
)

BARE = ["题干", "A", "B", "C", "D", "答案"]
STEM = "首次响应时限是多少？"
FOUR = ["1 小时", "2 小时", "4 小时", "8 小时"]


def test_a_row_becomes_an_item_with_its_place() -> None:
    item = only(xlsx(HEADINGS, SINGLE))

    assert (item.place, item.type, item.source_type) == ("Sheet1!B2", "single", "单选题")
    assert item.block.stem == "多少小时内给出方案？"
    assert [text for text, _mark in item.block.options] == SINGLE[2:6]
    assert key_of(item) == "B"
    assert item.block.explanation == "见标准。"


@pytest.mark.parametrize(
    "headings",
    [
        ["序号", "试题类型", "题目", "选项A", "选项B", "选项C", "选项D", "正确答案"],
        ["题号：", "*题型", "题干（必填）", "A选项", "B选项", "C选项", "D选项", "标准答案*"],
        ["编号", "类型", "问 题", "选项1", "选项2", "选项3", "选项4", "参考答案："],
        ["ID", "type", "question", "Option (A)", "Option (B)", "Option (C)", "Option (D)", "ans"],
        ["No.", "Type", "Question", "Option A", "Option B", "Option C", "Option D", "Answer"],
        [
            "ID",
            "Question type",
            "STEM",
            "answerA",
            "answerB",
            "answerC",
            "answerD",
            "Correct answer",
        ],
        ["序号", "题型", "试题内容", "Ａ", "Ｂ", "Ｃ", "Ｄ", "【答案】"],
        ["题序", "题目类型", "题目内容\n（必填）", "选项一", "选项二", "选项三", "选项四", "Key"],
    ],
)
def test_headings_are_understood_in_many_words(headings: list[str]) -> None:
    item = only(xlsx(headings, [7, "单选题", STEM, *FOUR, "C"]))

    assert (item.name, item.block.stem, key_of(item)) == ("7", STEM, "C")
    assert [text for text, _mark in item.block.options] == FOUR


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("A", "A"),
        ("b", "B"),
        ("Ｄ", "D"),
        ("（C）", "C"),
        ("答案：C", "C"),
        ("选项B", "B"),
        ("ABD", "ABD"),
        ("A,B、D", "ABD"),
        ("A；C", "AC"),
        ("D C", "CD"),
        ("1", "A"),
        ("2/3", "BC"),
        (3, "C"),
        (134, "ACD"),
        ("4 小时", "C"),
        ("C. 4 小时", "C"),
        ("1小时；8小时", "AD"),
        ("1 小时\n8 小时", "AD"),
    ],
)
def test_a_key_is_understood_in_many_forms_and_tells_the_type(key: object, read: str) -> None:
    item = only(xlsx(BARE, [STEM, *FOUR, key]))

    assert key_of(item) == read
    assert item.type == ("single" if len(read) == 1 else "multiple")


@pytest.mark.parametrize("key", ["E", "5", "9 小时", "见解析", "A. 2 小时", "431", ""])
def test_a_key_that_names_no_option_is_never_guessed(key: str) -> None:
    assert refused(xlsx(BARE, [STEM, *FOUR, key])).place in ("Sheet1!F2", "Sheet1!A2")


def test_a_key_that_is_the_text_of_one_option_and_the_number_of_another_is_rejected() -> None:
    one = refused(xlsx(BARE, ["几天？", 2, 3, 4, 5, 3]))

    assert one.place == "Sheet1!F2"


@pytest.mark.parametrize(
    ("key", "is_true"),
    [
        (word, True)
        for word in ("√", "✓", "对", "正确", "T", "true", "是", "Y", "Yes", "（√）", True)
    ]
    + [
        (word, False)
        for word in ("×", "✗", "错", "错误", "F", "FALSE", "否", "N", "no", "X", False)
    ],
)
@pytest.mark.parametrize("name", ["判断题", ""])
def test_a_truefalse_is_known_by_its_key(key: object, is_true: bool, name: str) -> None:
    item = only(xlsx(HEADINGS, [name, "投诉要当天登记。", "", "", "", "", key, ""]))

    assert item.type == "truefalse"
    assert item.block.options == (("正确", is_true), ("错误", not is_true))


@pytest.mark.parametrize(
    ("first", "second", "key", "is_true"),
    [
        ("对", "错", "A", True),
        ("错误", "正确", "A", False),
        ("√", "×", "B", False),
        ("是", "否", "否", False),
    ],
)
def test_a_truefalse_may_have_its_options_in_either_order(
    first: str, second: str, key: str, is_true: bool
) -> None:
    item = only(xlsx(HEADINGS, ["", "投诉要当天登记。", first, second, "", "", key, ""]))

    assert (item.type, item.block.options[0]) == ("truefalse", ("正确", is_true))


def test_a_truefalse_with_a_letter_and_no_options_is_rejected() -> None:
    assert (
        refused(xlsx(HEADINGS, ["判断题", "要登记。", "", "", "", "", "A", ""])).place
        == "Sheet1!G2"
    )


def test_a_verdict_may_have_its_reason_beside_it() -> None:
    item = only(xlsx(["题型", "题干", "答案"], ["判断题", "要 48 小时。", "错误，应为 24 小时"]))

    assert item.block.options == (("正确", False), ("错误", True))
    assert item.block.explanation == "应为 24 小时"


def test_a_column_of_pictures_is_a_serious_loss_where_it_is_filled() -> None:
    entries = xlsx(["题干", "答案", "图片"], ["要登记。", "√", "a.png"], ["不必。", "×", ""])

    assert [[loss.is_serious for loss in item.losses] for item in taken(entries)] == [[True], []]


@pytest.mark.parametrize(
    ("name", "key", "place"),
    [
        ("单选题", "AB", "Sheet1!G2"),
        ("多选题", "A", "Sheet1!G2"),
        ("看图题", "A", "Sheet1!A2"),
        ("情景题", "A", "Sheet1!A2"),
    ],
)
def test_a_type_that_does_not_fit_is_rejected_with_its_cell(
    name: str, key: str, place: str
) -> None:
    assert refused(xlsx(HEADINGS, [name, STEM, *FOUR, key, ""])).place == place


@pytest.mark.parametrize("key", ["24", "两小时"])
def test_without_options_and_type_nothing_is_certain(key: str) -> None:
    assert refused(xlsx(HEADINGS, ["", STEM, "", "", "", "", key, ""])).place == "Sheet1!G2"


@pytest.mark.parametrize(
    "cell",
    [
        "A.1 小时|B.2 小时|C.4 小时|D.8 小时",
        "A、1 小时\nB、2 小时\nC、4 小时\nD、8 小时",
        "Ａ．1 小时；Ｂ．2 小时；Ｃ．4 小时；Ｄ．8 小时",
        "(A) 1 小时 (B) 2 小时 (C) 4 小时 (D) 8 小时",
        "1 小时;2 小时;4 小时;8 小时",
        "1 小时\n2 小时\n4 小时\n8 小时",
        "A.1 小时B.2 小时C.4 小时D.8 小时",
    ],
)
def test_all_options_may_stand_in_one_cell(cell: str) -> None:
    item = only(xlsx(["题干", "选项", "答案"], [STEM, cell, "C"]))

    assert [text for text, _mark in item.block.options] == FOUR
    assert key_of(item) == "C"


def test_options_may_stand_below_the_stem_in_its_cell() -> None:
    stem = f"{STEM}（　）\nA. 1 小时\nB. 2 小时\nC. 4 小时"

    item = only(xlsx(["题型", "题目", "答案"], ["单选", stem, "B"]))

    assert item.block.stem == f"{STEM}（　）"
    assert key_of(item) == "B"


def test_letters_before_options_and_numbers_before_stems_are_no_part_of_them() -> None:
    item = only(xlsx(BARE, [f"12、{STEM}", "A. 一", "B、二", "C 三", "D）四", "A"]))

    assert (item.name, item.block.stem) == ("12", STEM)
    assert [text for text, _mark in item.block.options] == ["一", "二", "C 三", "四"]


def test_a_key_in_the_brackets_of_the_stem_is_not_shown_with_it() -> None:
    shown = only(xlsx(BARE, ["时限是（ C ）。", *FOUR, "C"]))
    alone = only(xlsx(BARE, ["时限是（ C ）。", *FOUR, ""]))

    assert shown.block.stem == alone.block.stem == "时限是（　）。"
    assert key_of(alone) == "C"


def test_an_empty_option_between_others_is_rejected_with_its_cell() -> None:
    assert refused(xlsx(BARE, [STEM, "一", "", "三", "四", "A"])).place == "Sheet1!C2"


def test_options_that_a_question_does_not_have_may_be_dashes() -> None:
    item = only(xlsx(BARE, [STEM, "一", "二", "三", "/", "A"]))

    assert len(item.block.options) == 3


def test_difficulty_topic_sources_and_pool_are_taken_over() -> None:
    headings = [*BARE, "难度", "知识点", "出处", "标准", "用途", "备注", "分值", "命题人"]
    row = [
        STEM,
        *FOUR,
        "A",
        "中等",
        "投诉处理",
        "S2-CP-04，S2-CP-05",
        "CS-003",
        "练习",
        "看一下",
        2,
        "王",
    ]

    entries = xlsx(headings, row)
    item = only(entries)

    assert (item.difficulty, item.topic, item.pool) == (2, "投诉处理", "practice")
    assert (item.facts, item.standards) == (("S2-CP-04", "S2-CP-05"), ("CS-003",))
    assert [loss.place for loss in item.losses] == ["Sheet1!L2"]
    assert {remark.place for remark in remarks(entries)} == {"Sheet1!M1", "Sheet1!N1"}


def test_what_is_not_understood_of_them_is_a_loss() -> None:
    item = only(xlsx([*BARE, "难度", "依据"], [STEM, *FOUR, "A", "0.65", "见手册第三章"]))

    assert (item.difficulty, item.facts) == (None, ())
    assert [loss.place for loss in item.losses] == ["Sheet1!G2", "Sheet1!H2"]


def test_what_stands_in_columns_without_heading_is_said_once() -> None:
    entries = xlsx(["题干", "", "答案"], ["甲。", "x", "√", "y"], ["乙。", "x", "√", "y"])

    assert len(taken(entries)) == 2
    assert {remark.place for remark in remarks(entries)} == {"Sheet1!B2", "Sheet1!D2"}


def test_of_two_columns_that_mean_the_same_the_surer_word_is_read() -> None:
    entries = xlsx(["内容", "题干", "A", "B", "答案"], ["别的", STEM, "一", "二", "A"])

    assert only(entries).block.stem == STEM
    assert [remark.place for remark in remarks(entries)] == ["Sheet1!A1"]


@pytest.mark.parametrize(
    ("stem", "key", "filled"),
    [
        ("时限是____小时。", "24", "时限是{{24}}小时。"),
        (
            "时限是（  ）小时，回访是（  ）天。",
            "24；2",
            "时限是（{{24}}）小时，回访是（{{2}}）天。",
        ),
        ("____、____和____", "甲|乙|丙", "{{甲}}、{{乙}}和{{丙}}"),
        ("先____，再____。", "听、说", "先{{听}}，再{{说}}。"),
        ("先____，再____。", "1. 听 2. 说", "先{{听}}，再{{说}}。"),
        ("先____，再____。", "（1）听；（2）说", "先{{听}}，再{{说}}。"),
        ("时限是{{24|二十四}}小时。", "", "时限是{{24|二十四}}小时。"),
        ("时限是多少？", "24 小时|一天", "时限是多少？ {{24 小时|一天}}"),
    ],
)
def test_blanks_are_filled_by_the_answers(stem: str, key: str, filled: str) -> None:
    item = only(xlsx(["题型", "题干", "答案"], ["填空题", stem, key]))

    assert (item.type, item.block.stem) == ("cloze", filled)


@pytest.mark.parametrize(("stem", "key"), [("____和____", "甲"), ("____", "甲；乙"), ("a____", "")])
def test_blanks_and_answers_of_another_number_are_rejected(stem: str, key: str) -> None:
    refused(xlsx(["题型", "题干", "答案"], ["填空题", stem, key]))


def test_an_essay_has_the_reference_answer_as_explanation_and_one_criterion() -> None:
    item = only(xlsx(["题型", "题干", "参考答案"], ["简答题", "怎样道歉？", "1. 先听\n2. 再说"]))

    assert item.type == "essay"
    assert [row[1] for row in item.block.rows] == ["分值", "10"]
    assert "先听" in item.block.explanation


def test_an_essay_with_criteria_has_these() -> None:
    item = only(xlsx(["题型", "题干", "答案"], ["论述", "怎样道歉？", "先听 = 4分\n再说 = 6"]))

    assert item.block.rows == (("评分点", "分值"), ("先听", "4"), ("再说", "6"))


def test_ordering_matching_numeric_and_text_are_read() -> None:
    entries = xlsx(
        ["题型", "题干", "A", "B", "C", "答案"],
        ["排序题", "排好", "一", "二", "三", "C→A→B"],
        ["连线题", "配好", "", "", "", "登记 = 专员\n分派 = 主管\n = 仓库"],
        ["数值题", "几小时？", "", "", "", "24 ± 0.5 小时 | h"],
        ["文字题", "第一句？", "", "", "", "抱歉 | 对不起\n!冷静"],
    )

    ordering, matching, numeric, text = taken(entries)
    assert ordering.block.options == (("三", None), ("一", None), ("二", None))
    assert matching.block.rows[1:] == (("登记", "专员"), ("分派", "主管"), ("", "仓库"))
    assert numeric.block.lines == ("= 24 ± 0.5 小时 | h",)
    assert text.block.lines == ("= 抱歉 | 对不起", "! 冷静")


@pytest.mark.parametrize(
    ("name", "key"), [("排序题", "AB"), ("排序题", "AAB"), ("匹配题", "A-1"), ("匹配题", "甲 = 乙")]
)
def test_an_order_or_pairs_that_are_not_whole_are_rejected(name: str, key: str) -> None:
    refused(xlsx(["题型", "题干", "A", "B", "C", "答案"], [name, "排", "一", "二", "三", key]))


def test_section_rows_set_the_type_and_notes_are_skipped() -> None:
    entries = xlsx(
        ["客服知识竞赛题库"],
        [],
        ["序号", "题目", "A", "B", "C", "答案"],
        ["一、判断题（每题2分，共2题）"],
        [1, "要登记。", "", "", "", "T"],
        [2, "不必登记。", "", "", "", "1"],
        ["二、多项选择题"],
        [1, "哪些对？", "一", "二", "三", "A"],
        ["注：答案以标准为准"],
        [3],
    )

    assert [item.type for item in taken(entries)] == ["truefalse", "truefalse"]
    kinds = [(entry.kind, entry.place) for entry in not_taken(entries)]
    assert kinds == [
        ("skipped", "Sheet1!A4"),
        ("skipped", "Sheet1!A7"),
        ("rejected", "Sheet1!F8"),
        ("skipped", "Sheet1!A9"),
        ("skipped", "Sheet1!B10"),
    ]


def test_a_sheet_may_have_several_blocks_with_their_own_headings() -> None:
    entries = xlsx(
        ["一、判断题"],
        ["题目", "答案"],
        ["要登记。", "√"],
        ["二、单选题"],
        ["答案", "题目", "选项A", "选项B"],
        ["B", "几小时？", "12", "24"],
    )

    first, second = taken(entries)
    assert (first.type, second.type, key_of(second)) == ("truefalse", "single", "B")


def test_rows_without_headings_are_no_table() -> None:
    with pytest.raises(BadInput) as bad:
        xlsx(["这是什么", "不知道"], ["一", "二"])
    assert bad.value.mend


def test_stems_are_plain_text_whatever_signs_they_hold() -> None:
    item = only(xlsx(BARE, ["# 1 * 2 = **几**？\n第二行", *FOUR, "A"]))

    assert item.block.stem == "\\# 1 \\* 2 = \\*\\*几\\*\\*？\\\n第二行"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_every_form(delimiter: str, encoding: str) -> None:
    text = delimiter.join(BARE) + "\r\n" + delimiter.join([f'"{STEM}"', *FOUR, "B"]) + "\r\n"

    entries = read_csv(text.encode(encoding))

    assert (only(entries).place, key_of(only(entries))) == ("A2", "B")
    assert bool(remarks(entries)) == (encoding in ("gb18030", "utf-16"))


def test_a_csv_file_may_name_its_delimiter_in_the_way_of_excel() -> None:
    assert only(read_csv(f"sep=;\n题干;答案\n{STEM};√\n")).place == "A3"


@pytest.mark.parametrize(
    "text", ["<html><table>", '题干,答案\n"x,A\n', "", "%PDF-1.7", "题干\n有吗\n"]
)
def test_what_is_no_table_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        read_csv(text)


def test_an_english_bank_has_english_answers() -> None:
    entries = read_csv("Question,Answer\nIt is recorded.,Yes\n", language="en")

    assert only(entries).block.options == (("True", True), ("False", False))
