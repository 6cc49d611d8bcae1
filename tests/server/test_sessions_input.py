"""What a terminal sends is bounded, and what people type comes through whole."""

from hypothesis import given
from hypothesis import strategies as st

from certify.server.typed_input import (
    BEGIN,
    END,
    KEYS_AT_ONCE,
    MOST_PASTED,
    MOST_WAITING,
    TypedInput,
)


def taken(typed: TypedInput, seconds: float = 0.0) -> str:
    """All that can be had, as much later as it needs."""
    found = ""
    while not typed.is_empty:
        given_now = typed.take(seconds)
        typed.spend(len(given_now))
        found += given_now
        seconds += 1
    return found + typed.take_rest()


@given(st.lists(st.text(st.sampled_from("\x1b[2015~aB漢"), max_size=9), max_size=30))
def test_ordinary_text_comes_through_whole_however_it_is_cut(pieces: list[str]) -> None:
    typed, found = TypedInput(), ""
    for piece in pieces:
        typed.add(piece)
        found += taken(typed)
    assert found == "".join(pieces)


@given(st.integers(1, 7), st.text(st.sampled_from("ab漢\n"), max_size=40))
def test_a_paste_comes_through_whole_however_it_is_cut(size: int, text: str) -> None:
    typed, found, whole = TypedInput(), "", f"x{BEGIN}{text}{END}y"
    for start in range(0, len(whole), size):
        typed.add(whole[start : start + size])
        while not typed.is_empty:
            found += typed.take(0)
    assert found + typed.take_rest() == whole


def test_a_paste_without_end_keeps_no_more_than_its_room() -> None:
    typed, found = TypedInput(), 0
    typed.add(BEGIN)
    found -= len(typed.take(0))
    for _piece in range(100):
        typed.add("a" * 10_000)
        while not typed.is_empty:
            found += len(typed.take(0))
    assert found == MOST_PASTED - len(BEGIN)
    typed.add(f"{END}q")
    assert typed.take(0) == END
    assert typed.take(0) == "q"


def test_what_waits_is_bounded() -> None:
    typed = TypedInput()
    for _piece in range(100):
        typed.add("k" * 10_000)
    assert len(taken(typed)) == MOST_WAITING


def test_keys_come_no_faster_than_anybody_types() -> None:
    typed, at_once = TypedInput(), 0
    typed.add("k" * 60_000)
    while found := typed.take(0):
        typed.spend(len(found))
        at_once += len(found)
    assert KEYS_AT_ONCE <= at_once <= KEYS_AT_ONCE + 64
    assert typed.take(10)
