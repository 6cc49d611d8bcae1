"""Whatever a GIFT file holds, it is read to its end, in time, and every question is counted."""

import contextlib
import time
import warnings
from io import StringIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certify.api import BadInput, BankFile, BankItem, Entry, NotTaken
from certify_gift.gift import Gift

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pygiftparser import parser as peer  # type: ignore[import-untyped]


def read(source: str | bytes) -> list[Entry]:
    data = source if isinstance(source, bytes) else source.encode(errors="replace")
    return list(Gift().read(BankFile("bank.gift", data), "en"))


FRAMES = ["{}", "Q {{={} ~b}}", "::t:: [markdown]{} {{=a ~b}}", "Q {{#{}}}"]
OURS = ["{", "}", "=", "~", "#", "%50%", "::", "\\", "\n", "\n\n", "->", "//", "$CATEGORY:", "####"]
OTHERS = ["T", "F", "a", "1", "..", ":", " ", "<b", "&#39;", "$$", "^", "[id:x]", "[html]", "*"]
SIGNS = st.sampled_from([*OURS, *OTHERS])


@given(st.lists(SIGNS, max_size=40).map("".join))
@example("Q {=a :{ ~b}")
@example("::a::\n\n{")
@example("{\n\n}{\n\n}")
def test_no_mixture_of_signs_breaks_the_reader(source: str) -> None:
    for entry in read(source):
        line, column = map(int, entry.place.split(":"))
        assert 1 <= line <= source.count("\n") + 1
        assert column >= 1
        if isinstance(entry, NotTaken):
            assert entry.reason


@given(st.one_of(st.text(max_size=200).map(str.encode), st.binary(max_size=200)))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with contextlib.suppress(BadInput):
        read(data)


WORDS = st.text("abcxyz 茶水", min_size=1, max_size=12).map(str.strip).filter(bool)
STEMS = WORDS.map(lambda words: f"Which {words}?")
ANSWERS = st.one_of(
    st.lists(WORDS, min_size=2, max_size=5, unique=True).map(
        lambda words: f"{{={words[0]}{''.join(f' ~{word}' for word in words[1:])}}}"
    ),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda words: f"{{{' '.join(f'={word}' for word in words)}}}"
    ),
    st.sampled_from(["{T}", "{FALSE}", "{}", "{#3}", "{#1:0.5}", "{#1..5}"]),
    st.lists(WORDS, min_size=2, max_size=4).map(
        lambda words: f"{{\n{''.join(f'={word} -> {word}x' + chr(10) for word in words)}}}"
    ),
)
QUESTIONS = st.tuples(st.booleans(), STEMS, ANSWERS)
BREAKS = st.sampled_from(["\n\n", "\n \n", "\n\n\n", "\n\n// between\n\n", "\n// between\n\n"])


def _text(questions: list[tuple[bool, str, str]], between: str) -> str:
    return between.join(
        f"{f'::T{number}::' if titled else ''}{stem} {answers}"
        for number, (titled, stem, answers) in enumerate(questions)
    )


@given(st.lists(QUESTIONS, max_size=8), BREAKS)
def test_as_many_entries_come_out_as_questions_were_written(
    questions: list[tuple[bool, str, str]], between: str
) -> None:
    entries = read(_text(questions, between))
    assert len(entries) == len(questions)
    assert all(isinstance(entry, BankItem) for entry in entries)


@given(st.lists(QUESTIONS, min_size=1, max_size=8), st.integers(0, 7), BREAKS)
def test_one_open_brace_costs_one_question(
    questions: list[tuple[bool, str, str]], place: int, between: str
) -> None:
    place %= len(questions)
    titled, stem, answers = questions[place]
    questions[place] = titled, stem, answers.rstrip("}") or "{"
    entries = read(_text(questions, between))
    assert len(entries) == len(questions)
    assert [isinstance(entry, NotTaken) for entry in entries] == [
        number == place for number in range(len(questions))
    ]


PEER_TYPES = {
    "SelectSet": ("single",),
    "MultipleChoicesSet": ("multiple",),
    "TrueFalseSet": ("truefalse",),
    "ShortSet": ("cloze", "text"),
    "NumericAnswerSet": ("numeric",),
    "MatchingSet": ("matching",),
    "Essay": ("essay",),
}


@given(st.lists(QUESTIONS, max_size=8))
def test_types_and_stems_are_those_of_another_parser(
    questions: list[tuple[bool, str, str]],
) -> None:
    text = _text(questions, "\n\n") + "\n"
    theirs: list[Any] = peer.parseFile(StringIO(text))
    ours = [entry for entry in read(text) if isinstance(entry, BankItem)]
    assert len(theirs) == len(ours)
    for their, our in zip(theirs, ours, strict=True):
        if their.valid:
            assert our.type in PEER_TYPES[type(their.answers).__name__]
            assert our.block.stem.startswith(their.text)
            assert our.name == their.title


@pytest.mark.parametrize(
    "part",
    [
        "{",
        "}",
        "~",
        "=",
        "#",
        "\\",
        ":",
        "::",
        "%",
        "{=",
        "{\n",
        "{=\n",
        "Q {\n\n",
        "{\n\n",
        "} Q {\n\n",
        "text\n\n={\n\n",
        "text\n\n{\n\n",
        "Q {T}\n",
        "Q {=a ~b}\n\n",
        "::a::\n",
        "::a::\n\n",
        "//x\n",
        "//x\n\n",
        "[id:",
        "[tag:x",
        " ",
        "\n",
        " \n",
        "\n ",
        "$CATEGORY:",
        "$CATEGORY: a\n",
        "$$",
        "{1}",
        "x^{1}",
        "\\frac{1}{2}",
        "{=a}{",
        "<b",
        '<b a="',
        '="',
        "&#",
        "a->b",
        "####",
        "<p>",
        "_x_ ",
        "**",
        "`",
        "[",
        "![](",
        "{{",
        "1",
    ],
)
@pytest.mark.parametrize("around", FRAMES)
def test_no_repetition_takes_more_than_its_share_of_time(part: str, around: str) -> None:
    def taken(count: int) -> float:
        source = around.format(part * count)
        begun = time.process_time()
        read(source)
        return time.process_time() - begun

    # The best of three: a search for garbage in between belongs to the tests before this one.
    short, long = (min(taken(count) for _round in range(3)) for count in (1_000, 4_000))
    # Twice what is linear, and time for what a machine does besides.
    assert long < 8 * short + 0.2, (short, long)
