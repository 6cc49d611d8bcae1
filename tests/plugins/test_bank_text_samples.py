"""Each sample bank gives exactly its questions, and each item is one its question type takes."""

from collections.abc import Sequence
from typing import Any

import pytest

from certify.api import BankFile, BankItem, Entry, NotTaken, QuestionType
from certify_bank_text.text_format import TextFormat
from certify_choice import certify_register_question_types as choice_types
from certify_order import certify_register_question_types as order_types
from certify_rubric import certify_register_question_types as rubric_types
from certify_written import certify_register_question_types as written_types
from tests.plugins.bank_samples import SAMPLES

TYPES: dict[str, QuestionType[Any, Any]] = {
    one.name: one
    for types in (choice_types, order_types, rubric_types, written_types)
    for one in types()
}


def read(text: str, language: str = "zh") -> list[Entry]:
    return list(TextFormat().read(BankFile("bank.txt", text.encode()), language))


def told(entry: BankItem | NotTaken) -> str:
    """An entry in one line."""
    if isinstance(entry, NotTaken):
        return f"{entry.kind} {entry.place}"
    block = entry.block
    head = f"{entry.type} {entry.name} "
    serious = "!" if any(loss.is_serious for loss in entry.losses) else ""
    if entry.type == "truefalse":
        return head + ("√" if block.options[0][1] else "×") + serious
    if entry.type == "ordering":
        return head + ">".join(text for text, _mark in block.options) + serious
    if entry.type == "matching":
        return head + " ".join(f"{left}={right}" for left, right in block.rows[1:]) + serious
    if entry.type == "essay":
        return head + " ".join(points for _text, points in block.rows[1:]) + serious
    if entry.type == "text":
        return head + " ".join(block.lines) + serious
    if entry.type == "cloze":
        return head + block.stem + serious
    right = "".join("ABCDEFGHI"[place] for place, one in enumerate(block.options) if one[1])
    return f"{head}{right}/{len(block.options)}{serious}"


def questions(found: Sequence[Entry]) -> list[BankItem | NotTaken]:
    return [
        one
        for one in found
        if isinstance(one, BankItem) or (isinstance(one, NotTaken) and one.kind == "rejected")
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_bank_gives_its_questions(name: str) -> None:
    text, expected = SAMPLES[name]
    assert [told(one) for one in questions(read(text))] == expected


@pytest.mark.parametrize("name", SAMPLES)
def test_every_item_is_one_its_type_takes(name: str) -> None:
    for one in read(SAMPLES[name][0]):
        if isinstance(one, BankItem) and len(one.block.options) not in (2, 9):
            assert TYPES[one.type].from_markdown({"zh": one.block})


@pytest.mark.parametrize("name", SAMPLES)
def test_windows_line_ends_and_indents_change_nothing_but_places(name: str) -> None:
    text, expected = SAMPLES[name]
    moved = "\r\n".join(f"  {line} " for line in text.split("\n"))
    places = [line.replace(":1", ":3") if "rejected" in line else line for line in expected]
    assert [told(one) for one in questions(read(moved))] == places
