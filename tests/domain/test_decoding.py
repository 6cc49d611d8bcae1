"""The encoding of a file is told from its bytes."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.decoding import decode

CHINESE = "依据 CS-003，收到客户投诉后最迟多少小时内给出解决方案？{=24 ~48}"
FRENCH = "Où est né l'élève ? {=à Nîmes ~à Évian}"
COMMON = st.sampled_from(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
)


@pytest.mark.parametrize("text", [CHINESE, FRENCH, "plain\nlines\n", "", "é", "对"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
    ],
)
def test_a_mark_at_the_beginning_or_utf_8_gives_the_text_back(
    text: str, mark: bytes, encoding: str
) -> None:
    assert decode(mark + text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", [CHINESE, "对", "是", "下列 A 对", "答：①②③", "１、选 Ａ"])
def test_chinese_of_old_windows_is_read_however_short(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@given(st.text(COMMON, min_size=1, max_size=40), st.text("abc {=~}\n", max_size=20))
def test_common_characters_are_never_taken_for_western_letters(text: str, around: str) -> None:
    # 一 and a few more by themselves are letters of UTF-8 too; 的 is none.
    text += "的"
    assert decode((around + text).encode("gb18030")) == (around + text, "gb18030")


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        "prêt",
        "déjà vu",
        "Größe in °C",
        "“quoted” – it’s 50 €",
        "señor ½ café",
        "Straße",
    ],
)
def test_western_letters_are_not_taken_for_rare_characters(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "windows-1252")


def test_every_kind_of_line_break_becomes_a_line_feed() -> None:
    assert decode(b"one\r\ntwo\rthree\nfour\r\n\r\n")[0] == "one\ntwo\nthree\nfour\n\n"
    assert decode(codecs.BOM_UTF16_LE + "一\r\n二".encode("utf-16-le"))[0] == "一\n二"


def test_utf_16_without_a_mark_is_known_by_its_zeros() -> None:
    assert decode("Which one? {=a ~b}".encode("utf-16-le")) == ("Which one? {=a ~b}", "utf-16-le")
    assert decode("Which one? {=a ~b}".encode("utf-16-be")) == ("Which one? {=a ~b}", "utf-16-be")


@pytest.mark.parametrize(
    ("line", "other", "name"),
    [
        ("déjà vu", "cp1252", "utf-8+windows-1252"),
        ("这一行是另存的", "gb18030", "utf-8+gb18030"),
    ],
)
def test_a_line_pasted_from_another_file_is_read_by_itself(
    line: str, other: str, name: str
) -> None:
    data = f"{CHINESE}\n{CHINESE}\n".encode() + line.encode(other) + f"\n{CHINESE}".encode()
    assert decode(data) == (f"{CHINESE}\n{CHINESE}\n{line}\n{CHINESE}", name)


def test_a_text_cut_off_within_a_letter_loses_that_letter_alone() -> None:
    text, encoding = decode(CHINESE.encode()[:-10] + "小".encode()[:2])
    assert encoding == "utf-8"
    assert text.startswith("依据 CS-003，收到客户投诉后")
    assert text.endswith("�")
    damaged = CHINESE.encode("gb18030").replace("户".encode("gb18030"), b"\xff")
    assert decode(damaged)[1] == "gb18030"
    assert "投诉后最迟多少小时" in decode(damaged)[0]


@given(st.binary(max_size=200))
def test_no_bytes_are_refused(data: bytes) -> None:
    text, encoding = decode(data)
    assert "\r" not in text
    assert encoding
