"""How alike two texts are, and which of many are nearly the same.

The measure is the Sørensen–Dice coefficient of the pairs of neighbouring characters of the folded
texts: 2 · common pairs / all pairs of both, a pair counted as often as it stands. It is 1 for
texts that differ in width, case, script, blanks and punctuation alone, and 0 where no pair is
common. One character changed in the middle of n costs 2 / (n − 1).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from operator import add

from certify.domain.folding import fold

OTHER_ANSWERS = Fraction(1, 4)
"""Where answers are less alike than this, one stem such as “Which is right?” asks two things."""


@dataclass(frozen=True, slots=True)
class Question:
    """What of an item is compared."""

    stem: str
    answers: str
    """Options, cells or lines one below the other; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two that are nearly the same, by their places; the first one stands before the second."""

    first: int
    second: int
    likeness: Fraction


def likeness(one: str, other: str) -> Fraction:
    """How alike two texts are: 0 to 1."""
    return _dice(_pairs(fold(one)), _pairs(fold(other)))


def near_duplicates(
    questions: Sequence[Question], threshold: Fraction, *, new_from: int = 0
) -> Iterator[Alike]:
    """For each question the first one found before it whose stem is at least so much alike.

    Pairs whose answers have next to nothing in common are left out. Every question is named at
    most once as the second one, so that a thousand of a kind make a list, not half a million.

    Args:
        threshold: from which likeness on, 1/2 to 1.
        new_from: only questions from this place on are looked at as the second one.
    """
    keys = _keys(fold(question.stem) for question in questions)
    search = _Search(questions, keys, threshold)
    index: dict[int, list[int]] = defaultdict(list)
    for place, grams in enumerate(keys):
        prefix = grams[: _prefix_length(len(grams), threshold)]
        if place >= new_from and (found := search.first_alike(place, prefix, index)):
            yield found
        for gram in prefix:
            index[gram].append(place)


class _Search:
    """Looks among earlier questions for one that is alike."""

    def __init__(
        self, questions: Sequence[Question], keys: Sequence[Sequence[int]], threshold: Fraction
    ) -> None:
        self.questions, self.keys, self.threshold = questions, keys, threshold
        self.signatures = [_signature(grams) for grams in keys]
        self.answers: dict[int, str] = {}
        """Folded, of those that were looked at: their pairs would take thirty times the room."""

    def first_alike(
        self, place: int, prefix: Sequence[int], index: Mapping[int, Sequence[int]]
    ) -> Alike | None:
        """The first one found that shares a rare pair and is alike."""
        keys, signatures, signature = self.keys, self.signatures, self.signatures[place]
        mine = frozenset(keys[place])
        part, whole = self.threshold.as_integer_ratio()
        least = part * len(mine) // (2 * whole - part)
        most = len(mine) * (2 * whole - part) // part + 1
        most_other = (whole - part) * (len(mine) + most) // whole
        tried: set[int] = set()
        for gram in prefix:
            near = [
                other
                for other in index.get(gram, ())
                if (signatures[other] ^ signature).bit_count() <= most_other
            ]
            for other in reversed(near):
                if other in tried:
                    continue
                tried.add(other)
                size = len(keys[other])
                if not least <= size <= most:
                    continue
                common, total = len(mine.intersection(keys[other])), len(mine) + size
                if 2 * whole * common >= part * total and self._ask_the_same(place, other):
                    return Alike(other, place, Fraction(2 * common, total))
        return None

    def _ask_the_same(self, place: int, other: int) -> bool:
        one, two = self.questions[place].answers, self.questions[other].answers
        if not one or not two or one == two:
            return True
        return _dice(self._answers(place), self._answers(other)) >= OTHER_ANSWERS

    def _answers(self, place: int) -> Counter[str]:
        if place not in self.answers:
            self.answers[place] = fold(self.questions[place].answers)
        return _pairs(self.answers[place])


def _keys(folded: Iterable[str]) -> list[list[int]]:
    """For each text its pairs, the second of a kind told from the first, the rarest ones first.

    Two texts that are alike enough then share a pair among their first few (prefix filtering), so
    that only those are compared.
    """
    known: dict[Hashable, int] = {}
    keys = [[known.setdefault(gram, len(known)) for gram in _numbered(text)] for text in folded]
    counts: Counter[int] = Counter()
    for grams in keys:
        counts.update(grams)
    order = {gram: rank for rank, (gram, _n) in enumerate(reversed(counts.most_common()))}
    for grams in keys:
        grams[:] = sorted(map(order.__getitem__, grams))
    return keys


def _numbered(text: str) -> list[Hashable]:
    pairs = _pairs(text)
    return [*pairs, *((pair, n) for pair, count in pairs.items() for n in range(1, count))]


def _signature(grams: Sequence[int]) -> int:
    """A number of 256 bits; two of them differ in at most as many bits as texts do in pairs.

    Each pair turns one bit over, so that most texts are told apart without comparing their pairs.
    """
    signature = 0
    for gram in grams:
        signature ^= 1 << gram % 256
    return signature


def _prefix_length(size: int, threshold: Fraction) -> int:
    """So many of the rarest pairs must hold one in common with anything alike enough."""
    return size - ceil(size * threshold / (2 - threshold)) + 1


def _grams(text: str) -> list[str]:
    """Neighbouring characters; a text of one character is its own pair."""
    return list(map(add, text, text[1:])) or [text]


def _pairs(text: str) -> Counter[str]:
    return Counter(_grams(text))


def _dice(one: Counter[str], other: Counter[str]) -> Fraction:
    return Fraction(2 * (one & other).total(), one.total() + other.total())
