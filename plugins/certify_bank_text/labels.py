"""The labels below a question: 答案：, 解析：, 难度： and their like, one or several on a line."""

import re
from dataclasses import dataclass

NAMES = {
    "mine": r"(?:你|您|我|学生|考生|用户|本人)的?(?:答案|作答|选择)|your answer",
    "explanation": r"(?:答案|试题|题目|本题|名师|专家|考点|答题|参考)?"
    r"(?:解析|详解|分析|解释|说明|点评|点拨|思路)"
    r"|答案解析|答案说明|explanation(?:/reference)?|rationale|feedback|analysis|reason",
    "key": r"(?:正确|参考|标准|本题|试题|题目|最佳|客观题)?的?答案(?:是|为)?|正确(?:选项|项)"
    r"|答|解|解答|(?:参考|答题|答案|评分)要点|评分标准|得分点|标准答复"
    r"|(?:correct |model |suggested |sample |right )?answers?(?: key)?|keys?|ans"
    r"|correct(?: option| choice)?",
    "difficulty": r"难度(?:系数|等级|级别)?|难易(?:程?度)?|difficulty(?: level)?",
    "points": r"(?:本题|每题|试题)?分值|分数|本题得分|得分|points?|marks?|score",
    "topic": r"(?:所属|相关)?(?:知识点|章节|考点)|考查点|知识模块|(?:所属)?分类|类别|标签|模块"
    r"|topic|chapter|section|category|tags?|knowledge points?",
    "source": r"(?:题目|试题|答案)?(?:出处|来源|依据)|教材页码|参考(?:资料|文献|依据)"
    r"|source|reference|ref",
    "type": r"题型|(?:题目|试题)类型|(?:question )?type",
    "stem": r"题干|题目|试题|(?:试题|题目)内容|问题|question|stem",
    "options": r"备选答案|备选项|(?:答案)?选项|options|choices",
    "code": r"(?:试题|题目)?编号|题号|id|code",
}
NAMED = "|".join(f"(?P<{kind}>{words})" for kind, words in NAMES.items())
NAMED_BEFORE_COLON = NAMED.replace("(?P<", "(?P<_")
LABEL = re.compile(
    rf"\**\s*(?:[\[【(<]\s*(?:{NAMED})\s*:?\s*[\]】)>]\s*\**\s*[:.]?|"
    rf"(?:{NAMED_BEFORE_COLON})\s*\**\s*[:=])\s*\**\s*",
    re.IGNORECASE,
)
BARE_KEY = re.compile(
    r"(?:正确|参考|标准)?答案(?:是|为)?\s*\**(?=\s|[A-L]{1,9}\s*(?:\Z|[。;,\s])|[√×✓✗✔✘✅❌]|[对错]\s*\Z|\Z)"
)
"""A key may stand behind its word without a colon."""
BARE_EXPLANATION = re.compile(r"(?:答案|试题|题目)?解析\Z|explanation\Z", re.IGNORECASE)
"""So may an explanation, on the next line."""
INLINE = ("mine", "explanation", "key", "difficulty", "points", "topic", "source", "type")
"""Kinds that may also stand within a line, after a blank or a stop."""
ONE_SIGN = re.compile(r"\**\s*(?:答|解)\s*\**\s*[:=]")
BRACKETED = re.compile(
    r"[\[【(]\s*(?P<name>(?:正确|参考|标准)?答案|answer|key|解析|难度|知识点|考点)\s*:\s*(?P<value>[^()\[\]【】]+)"
    r"[\])】]\s*[。.]?\s*\Z",
    re.IGNORECASE,
)
GLUED = re.compile(
    r"(?:正确|参考|标准)?答案\s*:\s*(?=(?:[A-L]{1,9}|[√×✓✗✔✘✅❌对错]|正确|错误)\s*(?:\Z|[。;,\s]))"
)
MAYBE = re.compile(r"[:=\[【]|答案|^.{0,4}解析\Z|^explanation\Z", re.IGNORECASE)
NEAR = re.compile(r"[:=\]】)>]")
FARTHEST = 30
"""Characters of a label within which its colon or bracket stands."""
BREAK = re.compile(r"[\s;。,)\]】?!_】]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line: what stands before the first label has the kind ``."""

    kind: str
    start: int
    """Where its text begins."""
    end: int
    begin: int = 0
    """Where the label itself begins."""


def label_at(plain: str, place: int = 0) -> tuple[str, int]:
    """Kind of the label at a place and the end of it; empty and 0 where there is none."""
    found = LABEL.match(plain, place)
    if found:
        kind = next(kind for kind in NAMES if found[kind] or found["_" + kind])
        return kind, found.end()
    if found := BARE_KEY.match(plain, place):
        return "key", len(plain) - len(plain[found.end() :].lstrip())
    if found := BARE_EXPLANATION.match(plain, place):
        return "explanation", found.end()
    return "", 0


def segments_of(plain: str) -> list[Segment]:
    """A line cut at its labels, in order; one segment without kind where it has none."""
    if not MAYBE.search(plain):
        return [Segment("", 0, len(plain))]
    cuts: list[tuple[int, str, int]] = []
    place = 0
    if found := BRACKETED.search(plain):
        kind, _end = label_at(found["name"] + ":")
        rest = segments_of(plain[: found.start()])
        return [*rest, Segment(kind, found.start("value"), found.end("value"), found.start())]
    kind, end = label_at(plain)
    if kind:
        cuts.append((0, kind, end))
        place = end
    for found in re.finditer(
        r"(?=[【\[*]|(?:答案|解析|难度|知识点|考点))|(?<=[\s;。,)\]】?!_])", plain
    ):
        at = found.start()
        if at < place or at in (0, len(plain)) or not NEAR.search(plain, at, at + FARTHEST):
            continue
        kind, end = label_at(plain, at)
        is_free = at == 0 or plain[at] in "【[*" or BREAK.match(plain[at - 1])
        if kind not in INLINE or not (is_free or GLUED.match(plain, at)):
            continue
        if ONE_SIGN.match(plain, at):
            continue
        cuts.append((at, kind, end))
        place = end
    if not cuts:
        return [Segment("", 0, len(plain))]
    found_all = [Segment("", 0, cuts[0][0])] if cuts[0][0] else []
    ends = [*(at for at, _kind, _end in cuts[1:]), len(plain)]
    for (at, kind, end), stop in zip(cuts, ends, strict=True):
        found_all.append(Segment(kind, min(end, stop), stop, at))
    return found_all
