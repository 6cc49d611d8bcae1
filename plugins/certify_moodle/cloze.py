"""`cloze`: questions inside a text, such as `{1:SHORTANSWER:=Paris#Yes~%50%paris}`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from certify.api import ItemBlock, _
from certify_moodle.gaps import MARK, STAR, chosen_gap, no_gap, typed_gap, unstarred, with_gaps
from certify_moodle.numbers import held, number_line
from certify_moodle.question import Question, Unfit, is_full, number

_START = re.compile(
    r"\{\s*(?P<weight>[0-9]*)\s*:\s*(?:(?P<number>NUMERICAL|NM)|"
    r"(?P<choice>(?:MULTICHOICE|MC)(?:_?[VHS]{1,2})?)|"
    r"(?P<several>(?:MULTIRESPONSE|MR)(?:_?[VHS]{1,2})?)|"
    r"(?P<text>(?:SHORTANSWER|SA|MW)(?:_?C)?))\s*:"
)
_CLOSE = re.compile(r"\\.|\}", re.DOTALL)
_SIGN = re.compile(r"\\.|[~}#]", re.DOTALL)
_ENTITY_END = re.compile(r"&(?:amp;)?\Z")
_SHARE = re.compile(r"\s*(?:%(-?[0-9]+(?:[.,][0-9]*)?)%|(=))")
_ESCAPED = re.compile(r"""\\([\\{}~#/"'=%:])""")
_LONGEST = 20_000
"""Characters of one gap."""


@dataclass(frozen=True)
class Answer:
    """One answer of a gap, as HTML."""

    text: str
    share: Decimal
    feedback: str


@dataclass(frozen=True)
class Gap:
    """A question inside the text."""

    kind: str
    weight: str
    answers: tuple[Answer, ...]
    is_strict: bool
    """Whether capitals count."""


def read_cloze(question: Question) -> tuple[str, ItemBlock]:
    """`cloze`; a single number with a tolerance makes a `numeric`."""
    kind, text = question.asked()
    text, found = cut(text.replace("\ue000", "").replace("\ue001", ""))
    if not found:
        raise no_gap()
    if len({gap.weight or "1" for gap in found}) > 1:
        question.lose(_("The gaps earned different marks; here they earn the same."))
    if len(found) == 1 and found[0].kind == "number" and _tolerance(found[0]):
        return "numeric", _numeric(question, kind, text, found[0])
    gaps = [_gap(question, place, gap) for place, gap in enumerate(found, start=1)]
    return "cloze", with_gaps(question, kind, text, gaps)


def cut(text: str) -> tuple[str, list[Gap]]:
    """A text with its gaps marked, and the gaps; what is no whole gap stays text."""
    parts: list[str] = []
    found: list[Gap] = []
    place = close = 0
    while start := _START.search(text, place):
        if close < start.end():
            close = _closing(text, start.end())
        if not 0 <= close - start.end() <= _LONGEST:
            if close < 0:
                break
            parts.append(text[place : start.end()])
            place = start.end()
            continue
        kind = next(name for name in ("number", "choice", "several", "text") if start[name])
        strict = kind == "text" and start["text"].endswith("C")
        parts += (text[place : start.start()], MARK.format(len(found)))
        answers = _answers(text, start.end(), close + 1)
        found.append(Gap(kind, start["weight"], answers, strict))
        place = close + 1
    return "".join((*parts, text[place:])), found


def _closing(text: str, place: int) -> int:
    """Where the next brace without a backslash closes; -1 where none does."""
    return next((one.start() for one in _CLOSE.finditer(text, place) if one[0] == "}"), -1)


def _answers(text: str, place: int, stop: int) -> tuple[Answer, ...]:
    """The answers of a gap, whose brace is the last character before `stop`."""
    answers: list[Answer] = []
    begin, hash_at = place, -1
    for sign in _SIGN.finditer(text, place, stop):
        if sign[0] == "#":
            before = text[max(begin, sign.start() - 5) : sign.start()]
            if hash_at < 0 and not _ENTITY_END.search(before):
                hash_at = sign.start()
        elif sign[0] in "~}":
            end = sign.start()
            body = text[begin : end if hash_at < 0 else hash_at]
            said = "" if hash_at < 0 else text[hash_at + 1 : end]
            if (share := _SHARE.match(body)) is not None:
                body = body[share.end() :]
            if body.strip() or share:
                answers.append(Answer(_plain(body).strip(), _earned(share), _plain(said).strip()))
            begin, hash_at = sign.end(), -1
    return tuple(answers)


def _earned(share: re.Match[str] | None) -> Decimal:
    if share is None:
        return Decimal(0)
    return Decimal(100) if share[2] else number(share[1]) or Decimal(0)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _gap(question: Question, place: int, gap: Gap) -> str:
    """What stands between the braces."""
    texts = [question.line_of(answer.text) for answer in gap.answers]
    _say(question, place, gap, texts)
    right = [text for text, one in zip(texts, gap.answers, strict=True) if is_full(one.share)]
    if gap.kind == "several":
        right = [text for text, one in zip(texts, gap.answers, strict=True) if one.share > 0]
    if not right:
        raise Unfit(
            _("Gap {number} has no answer that is fully right.").format(number=place),
            _("Mark the right answer with “=” in Moodle, and export it again."),
        )
    if gap.kind in ("choice", "several"):
        if len(right) > 1:
            raise Unfit(
                _("Gap {number} has several right choices.").format(number=place),
                _("Leave one right choice, or make questions of their own, and export it again."),
            )
        return chosen_gap(list(dict.fromkeys(texts)), right[0])
    if gap.kind == "number":
        values = [text.split(":")[0] for text in right if not STAR.search(text)]
        if no_number := [value for value in values if number(value) is None]:
            raise Unfit(
                _("Its right answer is no number: “{text}”.").format(text=no_number[0][:40]),
                _("Give the right answer in digits in Moodle, and export it again."),
            )
        if _tolerance(gap):
            question.lose(
                _("A gap takes the exact number; the tolerance is lost."), is_serious=True
            )
        right = [held(text.split(":")[0]) or text for text in right]
    if gap.is_strict:
        question.lose(_("Capitals and small letters make no difference."))
    if kept := [unstarred(text) for text in right if not STAR.search(text)]:
        if len(kept) < len(right):
            question.lose(_("An answer with “*” for any text is left out."), is_serious=True)
        return typed_gap(question, kept)
    raise Unfit(
        _("Its right answer has “*” for any text."),
        _("Write out what a right reply is, and export it again."),
    )


def _say(question: Question, place: int, gap: Gap, texts: list[str]) -> None:
    for text, answer in zip(texts, gap.answers, strict=True):
        if said := question.line_of(answer.feedback):
            question.say(f"({place}) {text}", said)
        if answer.share > 0 and not is_full(answer.share) and gap.kind != "several":
            question.lose(_("Half-right answers count as wrong."))


def _tolerance(gap: Gap) -> Decimal:
    """The largest tolerance of the numbers that are fully right."""
    parts = [one.text.split(":") for one in gap.answers if is_full(one.share)]
    found = [number(part[1]) for part in parts if len(part) > 1 and part[1].strip()]
    return max((abs(one) for one in found if one is not None), default=Decimal(0))


def _numeric(question: Question, kind: str, text: str, gap: Gap) -> ItemBlock:
    _say(question, 1, gap, [one.text for one in gap.answers])
    parts = [one.text.partition(":") for one in gap.answers if is_full(one.share)]
    line = number_line(question, [(value, tolerance) for value, _colon, tolerance in parts])
    if kind == "plain":
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    stem = question.from_html(text.replace(MARK.format(0), "＿＿"), "lines")
    return question.block("lines", stem=stem, lines=[line])
