"""What could steer a terminal is refused where it comes in and replaced where it goes out (G13)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.clean import clean, clean_line, clean_pasted, is_clean, is_clean_name

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
wild = st.text(
    st.characters() | st.characters(max_codepoint=0xA0) | st.sampled_from(["\ud800", *sorted(BIDI)])
)


def steers(character: str) -> bool:
    """Whether a terminal may take a character for a command or for a change of direction."""
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or character in BIDI
        or unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI")
    )


@given(wild)
def test_cleaned_text_holds_no_control_and_no_bidirectional_mark(text: str) -> None:
    assert not any(steers(character) for character in clean(text) if character != "\n")
    assert not any(steers(character) for character in clean_line(text))


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(wild)
def test_cleaning_keeps_the_length_and_cleaning_again_changes_nothing(text: str) -> None:
    assert len(clean(text)) == len(text)
    assert clean(clean(text)) == clean(text)


@given(wild)
def test_a_clean_name_is_never_changed_by_cleaning(text: str) -> None:
    if is_clean_name(text):
        assert clean_line(text) == text


@pytest.mark.parametrize("name", ["王小兰", "O'Neil, Jr.", "E0012", "Žofie", "李·雷", "a" * 80])
def test_names_of_people_are_accepted(name: str) -> None:
    assert is_clean_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " 王",
        "王 ",
        "王\n兰",
        "王\t兰",
        "\x1b]0;owned\x07",
        "\x9b31m",
        "abc\u202ecba",
        "\u200b",
        "E1001\u200b",
        "E1001\u00ad",
        "\ue000",
        "\ud800",
        "---",
        "a" * 81,
    ],
)
def test_what_cannot_be_read_aloud_or_told_apart_is_no_name(name: str) -> None:
    assert not is_clean_name(name)


@given(wild)
def test_what_is_pasted_keeps_its_lines_and_tabs_and_no_order_to_a_terminal(text: str) -> None:
    pasted = clean_pasted(text)

    assert is_clean(pasted)
    assert len(pasted) <= len(text)
    assert clean_pasted("1\t2\r\n3\x9b31m") == "1\t2\n3�31m"
