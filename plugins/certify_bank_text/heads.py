"""The words for kinds of question: in the heads of sections and in a question's own line."""

import re
from dataclasses import dataclass

WORDS = {
    "multiple": r"多项选择|多选|X型|multiple[ -](?:response|answers?|select)|select all that apply",
    "choice": r"不定项选择|不定项|不定向选择|单多选|选择|multiple[ -]?choice|choice",
    "single": r"单项选择|单选|最佳选择|A[12]?型|single[ -](?:choice|answer|response)|best answer",
    "truefalse": r"判断正误|正误判断|判断对错|判断改错|判断说明|是非判断|判断|是非|对错"
    r"|true\s*(?:or|/|and|-)?\s*false|T\s*/\s*F|yes\s*(?:or|/)\s*no",
    "cloze": r"填空|完形填空|fill[ -]in(?:[ -]the)?[ -]blanks?|fill[ -]in|gap[ -]fill(?:ing)?",
    "ordering": r"排序|排列顺序|ordering|sequencing|put in order",
    "matching": r"连线|匹配|配对|配伍选择|配伍|matching",
    "essay": r"名词解释|简答|问答|论述|简述|案例分析|案例|分析|计算|综合|应用|材料分析|情景分析"
    r"|情景|主观|实操|操作|写作|作文|思考|解答|辨析|阐述|short[ -]answers?|essays?|open questions?"
    r"|case (?:study|studies|analysis)|definitions?|explain(?: the)? terms?",
}
NUMERAL = "[一二三四五六七八九十]{1,3}"
PREFIX = (
    rf"(?:第(?:{NUMERAL}|\d+)(?:大题|大部分|部分|题型|章|节|题)?[、.,:\s-]*|{NUMERAL}\s*[、.,:)\s]\s*"
    rf"|\({NUMERAL}\)\s*[、.,:]?\s*|题型\s*(?:{NUMERAL}|\d+)?\s*:\s*"
    r"|(?:part|section)\s+(?:[IVX]+|\d+|[A-Z]|one|two|three|four|five|six)\b[.:,)\s-]*"
    r"|[IVX]{1,4}\s*[.、:)]\s*|[■●◆★▲◎□☆※]\s*)"
)
KINDS = "|".join(f"(?P<{kind}>{words})" for kind, words in WORDS.items())
HEAD = re.compile(
    rf"(?P<prefix>(?:{PREFIX})*)(?P<word>{KINDS})(?P<suffix>(?:试|类)?题(?:型|目|库)?"
    r"|\s*(?:questions?|items?|statements?)\b|s\b)?(?P<rest>.*)",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"(?:\([^()]*\)|\[[^\]]*\]|【[^】]*】|[-—:,;.。、\s*=]"
    r"|(?:本大?题|每|共|合计|总计|计|满分)[^?]{0,40}|\d+\s*(?:小?题|道|分|points?|marks?)[^?]{0,20}"
    r"|答案)*\Z",
    re.IGNORECASE,
)
"""What may follow the word in a head that has no numeral before it."""
NO_HEAD = re.compile(r"的|中|是|时|在|(?:.*[^题)。:])?\?|.*_{2}")
OWN = re.compile(
    rf"_?[\[【(<]\s*(?P<word>{KINDS})(?:题|questions?)?(?:[,:、\s]*(?:本题|每题)?\s*[\d.]+\s*分)?\s*"
    rf"[\]】)>]_?\s*[:.、]?\s*",
    re.IGNORECASE,
)
OWN_BARE = re.compile(
    rf"(?P<word>{KINDS})题\s*(?:\(\s*[\d.]+\s*分\s*\)\s*)?(?:[::]\s*|\Z)", re.IGNORECASE
)
CHAPTER = re.compile(
    rf"(?:第\s*(?:{NUMERAL}|\d+)\s*(?:章|节|单元|模块|篇|讲)|(?:chapter|unit)\s+\d+)"
    r"(?:[、.,:\s-]*(.{1,40}))?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a section."""

    kind: str
    """A question type, or `choice` where one or several may be right."""
    title: str
    """As the file calls the kind, such as `单项选择题`."""
    rest: str
    """What follows the word, in half-width characters."""
    order: str = ""
    """Its Chinese numeral, such as 一."""


def kind_in(found: re.Match[str]) -> str:
    """The kind whose word was found."""
    return next(kind for kind in WORDS if found[kind] is not None)


def head_of(plain: str) -> Head | None:
    """The head that a line is; None where it is none."""
    found = HEAD.match(plain)
    if not found or len(plain) > 200:
        return None
    rest = found["rest"].strip()
    if found["prefix"]:
        if NO_HEAD.match(rest) or not (found["suffix"] or TAIL.match(rest) or rest[:2] == "下列"):
            return None
    elif not TAIL.match(found["rest"]) or not (found["suffix"] or not rest or rest[0] in "(:【["):
        return None
    order = re.search(NUMERAL, found["prefix"])
    title = f"{found['word']}{found['suffix'] or ''}"
    return Head(kind_in(found), title, rest, order[0] if order else "")


def own_kind(plain: str) -> tuple[str, str, int]:
    """Kind, word and end of the mark by which a line says its type; empty and 0 if none."""
    found = OWN.match(plain) or OWN_BARE.match(plain)
    return (kind_in(found), found["word"], found.end()) if found else ("", "", 0)


def kind_at_end(plain: str) -> tuple[str, str, int]:
    """The same for a mark at the end of a line; the number is where the mark begins."""
    start = max(plain.rfind(sign) for sign in "[【(")
    if start <= 0:
        return "", "", 0
    found = OWN.fullmatch(plain[start:].rstrip("。.* "))
    return (kind_in(found), found["word"], start) if found else ("", "", 0)


def kind_named(text: str) -> str:
    """The kind that a word such as `单选题` names; empty if none."""
    found = re.match(rf"(?:{KINDS})", text.strip(), re.IGNORECASE)
    return kind_in(found) if found else ""
