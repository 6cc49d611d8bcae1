"""Printed lists: every word is there, on any machine, and the same list gives the same bytes."""

import io
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certify import i18n
from certify.api import Column, Sheet
from certify.paper.breaking import lines
from certify.paper.columns import A4, MARGIN, planned
from certify.paper.font import MISSING, printable, width
from certify.paper.table import write_table
from tests.paper.pages import fonts, sizes, texts

HEADER = (
    ("number", "编号", "EXP-2024-000001"),
    ("time", "时间", "2024-03-04T12:00:00+08:00"),
    ("author", "制表人", "H0001 人事"),
    ("purpose", "用途", "年度审核"),
)
PAYLOADS = (
    "=1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1",
    '=HYPERLINK("http://evil.example","click")',
    "\x1b[31mred\x1b]52;c;AAAA\x07",
    "\u202eright to left\u2066",
    "\ufeffmark",
    "\ufffe\uffff",
    "half a \ud800 pair",
    "<b>&amp;</b><font size=99>",
    "(a) \\ ) Tj ET",
    "עברית العربية",
    "👨‍👩‍👧 ❤️ 𠮷",
    "e\u0301 Å",
    "x" * 500,
    "字" * 500,
    "\n\n\n",
    "",
)


def sheet(
    rows: Iterable[Sequence[str]], columns: int = 3, title: str = "上岗资格认证名单"
) -> Sheet:
    return Sheet(title, HEADER, [Column(f"c{one}", f"列{one}") for one in range(columns)], rows)


def printed(what: Sheet) -> bytes:
    out = io.BytesIO()
    write_table(what, out)
    assert not out.closed
    return out.getvalue()


def flat(pdf: bytes) -> str:
    """All text without blanks and breaks."""
    return "".join("".join(texts(pdf)).split())


def test_every_page_says_whose_list_it_is_and_how_many_pages_there_are() -> None:
    pdf = printed(sheet((f"{one:05}", "王小兰", "客服部") for one in range(200)))

    found = texts(pdf)
    assert len(found) > 3
    with i18n.speaking("zh"):
        said = i18n._("Page {page} of {pages}")
    for number, text in enumerate(found, start=1):
        for _key, _label, value in HEADER:
            assert value in text
        assert said.format(page=number, pages=len(found)) in text.replace("\r\n", "")
        assert "列0" in text
    everything = "".join(found)
    assert all(f"{one:05}" in everything for one in range(200))


def test_the_letters_are_in_the_file_and_chinese_can_be_read_out_of_it() -> None:
    characters = "".join(chr(0x4E00 + one) for one in range(900))
    pdf = printed(sheet([(characters, "Ärger – “quoted”", "①②③")]))

    assert fonts(pdf) == {"NotoSansSC-Regular": True}
    assert pdf.count(b"/FontFile2") > 3, "more characters than one part of a font holds"
    assert len(pdf) < 1_000_000, "only the letters that are used"
    assert characters in flat(pdf)
    assert "Ärger–“quoted”" in flat(pdf)


def test_the_same_list_gives_the_same_bytes() -> None:
    rows = [(f"{one}", "王小兰", "x" * one) for one in range(120)]

    assert printed(sheet(rows)) == printed(sheet(iter(rows)))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_anywhere_neither_breaks_the_page_nor_reaches_it(payload: str) -> None:
    header = [(key, payload, payload) for key in ("number", "author", "time", "purpose", "filter")]
    columns = [Column(payload, payload), Column("b", "乙")]
    pdf = printed(Sheet(payload, header, columns, [(payload, "b"), ("a", payload)] * 30))

    text = "".join(texts(pdf))
    allowed = set("\r\n\ufffe\x02")  # how the reader writes line ends and cut words
    assert not [one for one in text if one < " " and one not in allowed]
    assert not set(text) & set("\u202e\u2066\ufeff\ud800\x1b")
    assert all(fonts(pdf).values())


def test_a_character_that_the_font_does_not_have_is_shown_as_one() -> None:
    assert printable("a🙂b") == f"a{MISSING}b"
    assert printable("x\ufe0f\u200dy") == "xy", "what only says how its neighbours look goes"
    assert printable("e\u0301") == "é"
    assert MISSING in flat(printed(sheet([("🙂", "", "")])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.floats(20, 300),
    st.sampled_from([5.5, 8.5]),
)
def test_no_line_is_wider_than_its_room_and_no_character_is_lost(
    text: str, room: float, size: float
) -> None:
    text = printable(text)
    found = lines(text, room, size)

    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(width(line, size) <= room or len(line) == 1 for line in found)


def test_a_line_neither_begins_with_a_full_stop_nor_ends_with_an_opening_mark() -> None:
    found = lines("《上岗资格认证名单》。（《服务标准》）每月一次。" * 5, 61, 8.5)

    assert len(found) > 5
    assert not [line for line in found if line[0] in "。》）" or line[-1] in "《（"]


def test_a_wide_list_lies_across_and_a_narrow_one_stands() -> None:
    assert sizes(printed(sheet([("1", "2", "3")]))) == [(595, 842)]
    assert sizes(printed(sheet([["客服专员（华东）"] * 12], columns=12))) == [(842, 595)]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 40).flatmap(
        lambda count: st.lists(
            st.lists(st.text("一二x 。", max_size=30), min_size=count, max_size=count),
            min_size=1,
            max_size=6,
        )
    )
)
def test_columns_fill_the_page_exactly(rows: list[list[str]]) -> None:
    plan = planned(rows)

    assert sum(plan.widths) == pytest.approx(plan.page[0] - 2 * MARGIN)
    assert plan.page in (A4, (A4[1], A4[0]))
    assert min(plan.widths) > 0


def test_a_cell_longer_than_a_page_goes_on_on_the_next() -> None:
    words = [f"w{one:05}" for one in range(5000)]
    pdf = printed(sheet([("1", " ".join(words), "last"), ("2", "after", "")]))

    text = flat(pdf)
    assert len(texts(pdf)) > 5
    assert all(word in text for word in words)
    assert "after" in text


def test_a_list_without_rows_is_one_page_with_headings() -> None:
    (text,) = texts(printed(sheet([])))
    assert "列2" in text


def test_headings_longer_than_a_page_leave_room_for_rows() -> None:
    columns = [Column("a", "长标题" * 3000), Column("b", "乙")]
    pdf = printed(Sheet("t", HEADER, columns, [("1", "2")] * 50))

    assert 1 < len(texts(pdf)) < 60


def test_rows_are_drawn_as_they_come() -> None:
    """Beside the compressed pages nothing grows with the list."""

    def many(count: int) -> Iterator[Sequence[str]]:
        for one in range(count):
            yield (f"{one:06}", "王小兰", "客服部 客服专员")

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            printed(sheet(many(count)))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # the font is loaded once
    few, more = peak(1_000), peak(4_000)
    assert more - few < 6_000_000, "3,000 more rows"
