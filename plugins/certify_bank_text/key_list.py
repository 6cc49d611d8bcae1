"""Lists of keys apart from their questions: `1-5 ABCDA`, `1.A 2.B`, `1、√ 2、×`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from certify.api import Remark, _
from certify_bank_text.draft import Draft, Section
from certify_bank_text.labels import segments_of
from certify_bank_text.line import folded

SIGN = r"[A-L√×✓✗✔✘对错TFYN]"
SPAN = re.compile(
    r"(?<![\dA-Za-z.])第?\s*(\d{1,4})\s*题?\s*(?:-|~|—|–|−|至|到)+\s*第?\s*(\d{1,4})\s*题?\s*[.:、)]?\s*"
)
BODY = re.compile(rf"(?:{SIGN}|正确|错误|[\s,;、。./|])+\Z")
WORD = (
    r"(?:[A-L](?:[\s、,]*[A-L])*(?![A-Za-z])|[√×✓✗✔✘]|正确|错误|对|错|[TFYN](?![A-Za-z])"
    r"|true\b|false\b)"
)
PAIR = re.compile(
    rf"\s*(?:第|\(|【|\[)?\s*(\d{{1,4}})\s*(?:题|\)|】|\])?\s*[.、:)。\-—]*\s*"
    rf"(?:答案\s*:?\s*)?(?P<key>{WORD})\s*[,;、。|.]*",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"(?:附|附件|附录)?\s*\d*\s*[:.、]?\s*(?:[《(]?.{0,30}?[》)]?)?(?:参考|标准|正确)?答案(?:(?:及|与|和)?(?:解析|评分标准|评分"
    r"细则|要点|详解))?(?:部分|页)?\s*:?\Z|answers?(?: key)?s?\s*:?\Z|key\s*:?\Z",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"题号\s*[:|]?((?:[\s|]+\d{1,4})+)[\s|]*\Z")
SIGNS = re.compile(r"(?:正确|参考)?答案\s*[:|]?((?:[\s|]+\S+)+)\s*\Z")


@dataclass(slots=True)
class Given:
    """One key of a list."""

    place: str
    number: int
    texts: list[str]
    section: Section | None
    """The section the list names, if it does."""
    turn: int
    """How often the numbers of the list began anew before it."""


@dataclass(slots=True)
class KeyList:
    """The keys of one list as they are read."""

    sections: Sequence[Section]
    """Those it may speak of."""
    given: list[Given] = field(default_factory=list)
    section: Section | None = None
    turn: int = 0
    numbers: list[int] = field(default_factory=list)
    """Of a grid, whose next row holds the keys."""
    is_compact: bool = True
    """Whether it held nothing yet but letters and signs."""
    flaws: list[Remark] = field(default_factory=list)

    def add(self, place: str, number: int, text: str) -> None:
        """Take one key."""
        if (
            self.given
            and number <= self.given[-1].number
            and self.given[-1].section is self.section
        ):
            self.turn += 1
        self.given.append(Given(place, number, [text] if text else [], self.section, self.turn))

    def knows(self, number: int) -> bool:
        """Whether a question of this number waits for its key."""
        return any(
            draft.number == number and not draft.keys
            for section in self.sections
            for draft in section.drafts
        )

    def take(self, place: str, plain: str) -> bool:
        """Read a line of letters and signs; False where it is none."""
        if found := NUMBERS.match(plain):
            self.numbers = [int(number) for number in re.findall(r"\d+", found[1])]
            return True
        if self.numbers and (found := SIGNS.match(plain)):
            signs = re.split(r"[\s|]+", found[1].strip(" |\t"))
            if len(signs) == len(self.numbers):
                for number, sign in zip(self.numbers, signs, strict=True):
                    self.add(place, number, sign)
            else:
                self._uneven(place, plain)
            self.numbers = []
            return True
        pairs = listed(plain)
        if pairs is None:
            return False
        if not pairs:
            self._uneven(place, plain)
        for number, key in pairs:
            self.add(place, number, key)
        return True

    def _uneven(self, place: str, plain: str) -> None:
        message = _("This list has more or fewer keys than numbers, so none was taken: “{text}”.")
        self.flaws.append(Remark(place, message.format(text=plain[:60])))

    def hand_out(self) -> Iterator[Remark]:
        """Give each question its key; says which keys found no question."""
        yield from self.flaws
        by_number: dict[tuple[int, int], list[Draft]] = {}
        holders: dict[int, list[int]] = {}
        for place, section in enumerate(self.sections):
            has_numbers = any(draft.number is not None for draft in section.drafts)
            for position, draft in enumerate(section.drafts, start=1):
                number = draft.number if has_numbers else position
                if number is not None:
                    by_number.setdefault((place, number), []).append(draft)
                    if place not in holders.setdefault(number, []):
                        holders[number].append(place)
        places = {id(section): place for place, section in enumerate(self.sections)}
        for one in self.given:
            own = places[id(one.section)] if one.section is not None else None
            where = holders.get(one.number, [])
            if own is None or own not in where:
                turn = one.turn if len(where) > 1 else 0
                own = where[turn] if turn < len(where) else None
            found = by_number.get((own, one.number), []) if own is not None else []
            if len(found) == 1:
                _give(found[0], one.texts)
            else:
                message = _("The list of keys names question {number}, of which there are {count}.")
                yield Remark(one.place, message.format(number=one.number, count=len(found)))


def _give(draft: Draft, texts: Sequence[str]) -> None:
    """Give a question its key, and the explanation where one stands with it."""
    parts: dict[str, list[str]] = {"key": [], "explanation": []}
    slot = "key"
    for text in texts:
        for segment in segments_of(folded(text)):
            if segment.kind in parts:
                slot = segment.kind
            if not segment.kind or segment.kind == slot:
                parts[slot].append(text[segment.start : segment.end].strip())
    draft.keys += ["\n".join(parts["key"]).strip()] if any(parts["key"]) else []
    draft.explanation += filter(None, parts["explanation"])


def listed(plain: str) -> list[tuple[int, str]] | None:
    """Number and key of all pairs of a line; empty where they do not add up, None if no list."""
    if not plain[:1] or len(plain) > 5000:
        return None
    spans = list(SPAN.finditer(plain))
    if spans and not plain[: spans[0].start()].strip(" :"):
        ends = [*(span.start() for span in spans[1:]), len(plain)]
        found: list[tuple[int, str]] = []
        for span, end in zip(spans, ends, strict=True):
            body = plain[span.end() : end]
            if not BODY.match(body) or not body.strip():
                return None
            first, last = int(span[1]), int(span[2])
            keys = _parted(body, last - first + 1)
            if keys is None:
                return []
            found += zip(range(first, last + 1), keys, strict=True)
        return found
    found, place = [], 0
    while place < len(plain):
        pair = PAIR.match(plain, place)
        if not pair:
            return None
        found.append((int(pair[1]), pair["key"]))
        place = pair.end()
    return found or None


def _parted(body: str, count: int) -> list[str] | None:
    """So many keys of a text; None where there are more or fewer."""
    for separator in (r"[\s,;、。./|]+", r"[\s;。/|]+"):
        parts = [part for part in re.split(separator, body) if part]
        if len(parts) == count:
            return parts
    signs = re.findall(rf"正确|错误|{SIGN}", body)
    return signs if len(signs) == count else None
