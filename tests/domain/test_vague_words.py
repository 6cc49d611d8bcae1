"""Vague words without a number are named, measures and bad examples are not (R-CAT-04)."""

import pytest

from certify.domain.vague_words import vague_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("收到投诉后尽快处理。", ["尽快"]),
        ("收到投诉后及时处理，尽快回访。", ["及时", "尽快"]),
        ("收到投诉后及时处理，24 小时内给出方案。", []),
        ("收到投诉后及时处理，２４小时内给出方案。", []),
        ("按照 CS-003 尽快处理。", ["尽快"]),
        ("考核响应及时率和及时送达率。", []),
        ("反例：尽快处理。", []),
        ("反例：尽快处理。实际要求：及时处理。", ["及时"]),
        ("Reply as soon as possible.", ["as soon as possible"]),
        ("Reply promptly, within 2 hours.", []),
        ("The timely delivery rate is reported.", []),
        ("Bad example: reply soon", []),
        ("Sooner or later impromptu answers come.", []),
    ],
)
def test_vague_words_without_a_number_are_named(text: str, words: list[str]) -> None:
    assert vague_words(text) == words
