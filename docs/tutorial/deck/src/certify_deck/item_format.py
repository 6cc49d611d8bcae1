"""Index cards: `[topic] question | right | wrong | wrong # why`, one on each line."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from certify.api import (
    BankFile,
    BankItem,
    Entry,
    ItemBlock,
    ItemFormat,
    Loss,
    NotTaken,
    decode,
    plain_markdown,
)


class Deck(ItemFormat):
    """Lines of a text; empty ones and notes are no questions."""

    name = "deck"
    label = "Index cards"
    suffixes = (".deck",)
    can_write = True

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        """One entry for each card, in the order of the file: taken, or not and why."""
        text, _encoding = decode(file.data)
        for number, line in enumerate(text.split("\n"), start=1):
            card = line.strip()
            if card and not card.startswith("#"):
                yield _entry(f"{number}:1", card)

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        """Write each item that a card can hold; name the others, and what a card leaves out."""
        for item in items:
            kept = BankItem("1:1", item.type, _right_first(item.block), topic=item.topic)
            card = _card(kept).encode()
            if list(self.read(BankFile("", card), language)) != [kept]:
                reason, mend = "A card cannot hold it.", "Write it as “gift” or “xlsx”."
                yield NotTaken(item.place, "rejected", item.block.stem, reason, mend)
                continue
            out.write(card + b"\n")
            if kept != replace(item, place="1:1"):
                yield Loss(item.place, "A card keeps topic, question, answers and why, no more.")


def _entry(place: str, card: str) -> BankItem | NotTaken:
    """What one card means."""
    card, _sign, why = card.partition("#")
    topic, bracket = "", "]"
    if card.startswith("["):
        topic, bracket, card = card[1:].partition("]")
    if not bracket:
        reason, mend = "The bracket of the topic stays open.", "Write “]” after the topic."
        return NotTaken(place, "rejected", topic, reason, mend)
    question, *answers = (part.strip() for part in card.split("|"))
    if slip := _slip(question, answers):
        return NotTaken(place, "rejected", question, *slip)
    options = tuple((answer, number == 0) for number, answer in enumerate(answers))
    block = ItemBlock(plain_markdown(question), options, plain_markdown(why))
    return BankItem(place, "single", block, topic=topic.strip())


def _slip(question: str, answers: list[str]) -> tuple[str, str] | None:
    """What is wrong with a card and how to mend it; None where nothing is."""
    if not question:
        return "The question is missing.", "Write it before the first “|”."
    if len(answers) < 2:
        return "A card needs a right answer and a wrong one.", "Write: question | right | wrong"
    if not all(answers):
        return "An answer is empty.", "Write it, or take one “|” away."
    return None


def _right_first(block: ItemBlock) -> ItemBlock:
    """The same question with its right answer in front, as cards have it."""
    options = sorted(block.options, key=lambda option: not option[1])
    return replace(block, options=tuple(options))


def _card(item: BankItem) -> str:
    """The line that means an item; its right answer stands in front."""
    card = " | ".join([item.block.stem, *(text for text, _is_right in item.block.options)])
    topic = f"[{item.topic}] " if item.topic else ""
    why = f" # {item.block.explanation}" if item.block.explanation else ""
    return f"{topic}{card}{why}"
