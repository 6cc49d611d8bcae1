"""Lines of text fit their width, whatever the script."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from certify.cli.text import bar, cells, table, wrap

WORDS = st.text(alphabet="ab 依据客户，。！？“”(CS-003)，é\n", max_size=200)


@given(WORDS, st.integers(min_value=12, max_value=80))
def test_no_line_is_wider_than_asked_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, "* ", "  ")

    assert all(cells(line) <= width for line in lines)
    kept = "".join(lines).removeprefix("*").replace(" ", "")
    assert kept == text.replace("\n", "").replace(" ", "")


def test_no_line_begins_with_a_closing_mark() -> None:
    lines = wrap("收到客户投诉后，最迟多少小时内给出方案？请选择。" * 4, 20)

    assert all(line[0] not in "，。？" for line in lines)


def test_columns_are_aligned_by_display_width() -> None:
    lines = table(["工号", "Name", "x"], [["001001", "王小兰", "1"], ["2", "Anna Smith", "2"]])

    assert [cells(line[: line.rindex(line[-1])]) for line in lines] == [20, 20, 20]


def test_only_a_whole_share_fills_the_bar() -> None:
    assert bar(Fraction(1), 4) == "####"
    assert bar(Fraction(99, 100), 4) == "###."
    assert bar(Fraction(0), 4) == "...."
