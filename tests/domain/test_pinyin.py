"""People are found by name, number or pinyin."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.pinyin import _sounds, finder, spells


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("zhangsan", "张三"),
        ("zs", "张三"),
        ("zhs", "张三"),
        ("zhangs", "张三"),
        ("zsan", "张三"),
        ("zhang san", "张三"),
        ("ZHANG", "张三"),
        ("san", "张三"),
        ("zha", "张三"),
        ("ｚｓ", "张三"),
        ("xian", "西安"),
        ("xi'an", "西安"),
        ("shanmei", "单梅"),
        ("danmei", "单梅"),
        ("zengguofan", "曾国藩"),
        ("zgf", "曾国藩"),
        ("cgf", "曾国藩"),
        ("lvbu", "吕布"),
        ("lubu", "吕布"),
        ("lyubu", "吕布"),
        ("ouyangxx", "欧阳小小"),
        ("wangpeter", "王Peter"),
        ("wpet", "王Peter"),
        ("peter", "王Peter"),
        ("alymmt", "阿丽亚·买买提"),
    ],
)
def test_a_name_is_found_by_how_it_is_spelled(wanted: str, name: str) -> None:
    assert finder(wanted)(name)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("zhangsi", "张三"), ("sz", "张三"), ("zhngs", "张三"), ("zs", "Zoe Smith"), ("zs1", "张三")],
)
def test_another_name_is_not_found(wanted: str, name: str) -> None:
    assert not finder(wanted)(name)


def test_a_part_of_the_name_or_the_number_finds_too() -> None:
    assert finder("三")("张三", "E0042")
    assert finder("004")("张三", "E0042")
    assert finder("e0042")("张三", "E0042")
    assert not finder("李")("张三", "E0042")


def test_nothing_typed_finds_everybody() -> None:
    assert finder("")("张三", "E0042")
    assert finder("   ")("张三", "E0042")


def test_what_is_not_ascii_is_no_pinyin() -> None:
    assert not finder("张s")("张三")
    assert not finder("zhāng")("张三")


@given(st.text(alphabet="张三单曾吕行长乐重阿安恩嗯西𠮷㐂", min_size=1, max_size=12), st.data())
def test_first_letters_and_full_spelling_of_any_part_find_it(
    name: str, data: st.DataObject
) -> None:
    _firsts, characters = _sounds(name)
    start = data.draw(st.integers(0, len(characters) - 1))
    end = data.draw(st.integers(start + 1, len(characters)))
    typed = ""
    for sounds in characters[start:end]:
        if not sounds:
            return
        sound, parts = data.draw(st.sampled_from(sounds))
        typed += data.draw(st.sampled_from([sound, *parts]))
    assert spells(typed, name)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_may_be_typed_and_any_name_looked_at(wanted: str, name: str) -> None:
    found = finder(wanted)
    assert found(name) in (True, False)
    assert finder(name.strip())(name) or not name.casefold().isascii()


def test_a_long_hostile_name_takes_no_time() -> None:
    name, wanted = "安嗯" * 40, "an" * 79 + "q"
    began = time.perf_counter()
    assert not finder(wanted)(name)
    assert time.perf_counter() - began < 1
