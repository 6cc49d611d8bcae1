"""What may be data of a customer is found, with its place; ordinary sentences are left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certify.domain.customer_data import DataKind, find

EXAMPLES = [
    ("请回电 13812345678。", DataKind.PHONE, "13812345678"),
    ("手机138-1234-5678", DataKind.PHONE, "138-1234-5678"),
    ("手机 138 1234 5678 找他", DataKind.PHONE, "138 1234 5678"),
    ("１３８１２３４５６７８", DataKind.PHONE, "１３８１２３４５６７８"),
    ("打 +86 13812345678", DataKind.PHONE, "+86 13812345678"),
    ("座机 010-87654321", DataKind.PHONE, "010-87654321"),
    ("座机（0571）87654321", DataKind.PHONE, "（0571）87654321"),
    ("call +44 20 7946 0958 now", DataKind.PHONE, "+44 20 7946 0958"),
    ("身份证 110105199003071234", DataKind.ID_CARD, "110105199003071234"),
    ("证号11010519900307123X，", DataKind.ID_CARD, "11010519900307123X"),
    ("写信到 wang.lan@example.com 即可", DataKind.EMAIL, "wang.lan@example.com"),
    ("车牌京A12345停在门口", DataKind.PLATE, "京A12345"),
    ("车牌沪A·D12345", DataKind.PLATE, "沪A·D12345"),
    ("订单号：SO20240304", DataKind.ORDER, "订单号：SO20240304"),
    ("她的订单 2024030412 还没到", DataKind.ORDER, "订单 2024030412"),
    ("order no. 4471-9920 was late", DataKind.ORDER, "order no. 4471-9920"),
    ("王先生很生气", DataKind.NAME, "王先生"),
    ("李小兰女士来电", DataKind.NAME, "李小兰女士"),
    ("欧阳女士来电", DataKind.NAME, "欧阳女士"),
    ("客户姓名：张伟，", DataKind.NAME, "姓名：张伟"),
    ("Mrs. Smith called", DataKind.NAME, "Mrs. Smith"),
    ("住在人民路12号3单元502室", DataKind.ADDRESS, "住在人民路12号3单元502室"),
    ("地址：阳光花园3栋2单元501室", DataKind.ADDRESS, "阳光花园3栋2单元501室"),
    ("at 12 Baker Street in town", DataKind.ADDRESS, "12 Baker Street"),
]
HARMLESS = [
    "客户来电说洗衣机第三次漏水，我们先道歉，再约时间上门。",
    "依据 CS-003，24 小时内给出方案，5 个工作日内处理完毕并回访。",
    "满意度从 85 % 升到 92.5 %，2024-03-04 复盘。",
    "这位先生说话很急，另一位女士在等。",
    "A customer called twice; we answered within 30 seconds (CS-001).",
    "第 12 次培训，60 人参加，10 号前交总结。",
]


@pytest.mark.parametrize(("text", "kind", "found"), EXAMPLES)
def test_data_of_a_customer_is_found_where_it_stands(text: str, kind: DataKind, found: str) -> None:
    [one] = find(f"第一行\n{text}")
    assert (one.kind, one.text, one.line) == (kind, found, 2)
    assert text[one.column - 1 :].startswith(one.text)


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_sentences_hold_none(text: str) -> None:
    assert find(text) == []


def test_several_in_one_line_are_all_found_in_order() -> None:
    text = "王先生（13812345678，京A12345）住人民路12号，订单号 SO20240304"
    kinds = [one.kind for one in find(text)]
    assert kinds == ["name", "phone", "plate", "address", "order"]


@given(some.text(alphabet="王先生李女士路12号栋A-@. 8\n京单", max_size=80))
def test_what_is_found_stands_there_and_nothing_is_found_twice(text: str) -> None:
    lines = text.split("\n")
    ends: dict[int, int] = {}
    for one in find(text):
        start = one.column - 1
        assert lines[one.line - 1][start : start + len(one.text)] == one.text
        assert start >= ends.get(one.line, 0)
        ends[one.line] = start + len(one.text)


@pytest.mark.parametrize("piece", ["1", "王", "a.", "1-", "路1", "+1 ", "一栋", "A ", "订单"])
def test_no_text_takes_long(piece: str) -> None:
    begun = time.perf_counter()
    find(piece * (20_000 // len(piece)))
    assert time.perf_counter() - begun < 2


HIDDEN = [
    "1 3 8 1 2 3 4 5 6 7 8",
    "1-3-8-1-2-3-4-5-6-7-8",
    "138  1234  5678",
    "138\u206012345678",
    "138�12345678",
    "幺三八一二三四五六七八",
    "壹叁捌壹贰叁肆伍陆柒捌",
    "①③⑧①②③④⑤⑥⑦⑧",
    "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
    "138**1234**5678",
    "138\\_12345678",
    "138<b></b>12345678",
    "138[](x)12345678",
    "&#49;&#51;&#56;12345678",
    "110101 19900307 123X",
    "li (at) qq.com",
    "wang@例子.中国",
    "王 先生",
    "王\u200b先生",
    "京 A 12345",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_is_hidden_by_signs_that_a_reader_does_not_see_or_reads_over(text: str) -> None:
    found = find(f"请联系 {text}。")
    assert "".join(one.text for one in found) in text
    assert len(max((one.text for one in found), key=len)) >= len(text) - 1


def test_a_list_of_steps_and_a_long_line_of_signs_are_nothing_of_a_customer() -> None:
    assert find("第一步：1、2、3、4、5、6、7、8、9、10。") == []
    for sign in ("&", "<", "[", "]", "*", "�", "一二、"):
        assert find(sign * 3000) == []
