"""What the headings of a question table mean, in whatever words and order they stand."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

WORDS = {
    "id": "题目编号 试题编号 题目id 试题id itemid questionid code 编号 id",
    "number": "题号 序号 题序 no number no. nr # 行号 编码 questionno questionnumber num",
    "type": "题型 题目类型 试题类型 题类 题目题型 试题题型 问题类型 questiontype itemtype type "
    "类型 题目种类 kind qtype questionkind",
    "stem": "题干 试题题目 试题题干 题目题干 题干内容 试题内容 题目内容 题目正文 问题内容 题目描述 "
    "题目 试题 问题 考题 测试题 question stem questiontext questionstem text 内容 标题 题目名称 "
    "试题名称 题目标题 questiontitle item title prompt questions "
    "statement",
    "options": "选项 备选答案 备选项 选项内容 答案选项 候选项 候选答案 可选项 待选项 题目选项 "
    "试题选项 所有选项 options choices answers alternatives 选择项",
    "key": "正确答案 标准答案 参考答案 答案 答案内容 正确选项 正确项 试题答案 题目答案 "
    "key answerkey correctanswer correct rightanswer answer correctoption correctanswers "
    "correctchoice solution ans",
    "explanation": "答案解析 试题解析 题目解析 解析 解释 详解 答案说明 解析说明 解答 答案详解 "
    "explanation answerexplanation rationale analysis feedback 答题解析 说明 "
    "generalfeedback 解题思路",
    "difficulty": "难度 难易度 难易程度 难度等级 难度系数 难易 试题难度 题目难度 difficulty level "
    "difficultylevel",
    "points": "分值 分数 题目分值 试题分数 每题分值 points score marks point mark 得分 本题分值 "
    "默认分值 默认分数 题目分数",
    "topic": "知识点 考点 题目分类 所属知识点 知识点名称 topic knowledgepoint 章节 所属章节 "
    "所属范围 分类 试题分类 类别 专业 主题 模块 科目 课程 category subject chapter section "
    "module 标签 tags tag",
    "facts": "事实 事实编号 出处 依据 来源 fact facts source reference references "
    "题目依据 命题依据",
    "standards": "标准 标准编号 standard standards 适用标准",
    "note": "备注 注释 remark remarks note notes comment comments 附注",
    "image": "图片 题目图片 试题图片 图片链接 图片地址 附图 配图 image images imagelink imageurl "
    "picture pictures attachment attachmenturl",
    "pool": "用途 题池 pool 使用范围",
    "form": "文字格式 文本格式 格式 textform format",
}
"""Key of a column → its headings, the surest first."""
_KNOWN = {
    word: (key, rank) for key, words in WORDS.items() for rank, word in enumerate(words.split())
}
_LANGUAGES = {
    **dict.fromkeys(("en", "英文", "英语", "english"), "en"),
    **dict.fromkeys(("zh", "中文", "汉语", "chinese"), "zh"),
}
_OPTION = re.compile(
    r"(?:(?:备选|候选|可选|待选)?(?:选项|答案|项)|option|opt|choice|answer|alternative)"
    r"([a-i1-9一二三四五六七八九])(?:内容)?"
    r"|([a-i])(?:选项|项|答案|option)?"
    r"|([1-9一二三四五六七八九])选项"
)
_CHINESE_DIGITS = "一二三四五六七八九"
_BRACKETS = re.compile(r"[(\[{【〔<《].*?[)\]}】〕>》]")
_BRACKET = re.compile(r"[()\[\]{}【】]")
_NOISE = re.compile(r"[\s:：*_\-·、.,，。'\"“”]+|&nbsp;")
_TAIL = re.compile(r"\s[-–—]\s.*", re.DOTALL)
"""What explains a heading, as in `Answer 1 - max 75 characters`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading means."""

    key: str
    """A key of `WORDS`, or `option`."""
    rank: int = 0
    """How sure the word is; 0 is the surest."""
    option: int = 0
    """Place of the option, from 0."""
    language: str = ""
    """The language that the heading names in brackets; empty for the bank's own."""


@lru_cache(maxsize=4_096)
def heading(text: str) -> Heading | None:
    """What a heading means; None for what is no known one."""
    if len(text) > 100:
        return None
    plain = unicodedata.normalize("NFKC", text).casefold()
    language = next(
        (
            _LANGUAGES[word]
            for found in _BRACKETS.findall(plain)
            if (word := found[1:-1].strip()) in _LANGUAGES
        ),
        "",
    )
    whole = _NOISE.sub("", _BRACKET.sub("", plain))
    if found := _OPTION.fullmatch(whole):
        return Heading("option", option=_place(found[1] or found[2] or found[3]))
    short = _TAIL.sub("", _BRACKETS.sub("", plain))
    word = _NOISE.sub("", short) or _NOISE.sub("", plain)
    word = word.strip("()[]{}【】") if len(word) > 1 else word
    if known := _KNOWN.get(word):
        return Heading(known[0], known[1], language=language)
    if found := _OPTION.fullmatch(word):
        place = _place(found[1] or found[2] or found[3])
        return Heading("option", option=place, language=language)
    return None


def _place(sign: str) -> int:
    if sign in _CHINESE_DIGITS:
        return _CHINESE_DIGITS.index(sign)
    return int(sign) - 1 if sign.isdecimal() else ord(sign) - ord("a")


@dataclass(frozen=True)
class Columns:
    """The columns of one block of rows: place → meaning."""

    known: dict[int, Heading]
    unknown: tuple[int, ...]
    """Places of headings that mean nothing here, or what another column says better."""

    index: dict[tuple[str, int, str], int]
    """Key, option and language → place."""

    def place(self, key: str, language: str = "", option: int = 0) -> int | None:
        """Where a column stands."""
        return self.index.get((key, option, language))


def columns_of(texts: Sequence[str], own: str) -> Columns | None:
    """The columns that a row of headings names; None where a row is none.

    Args:
        own: language of the bank; a heading that names it means the same without it.
    """
    found: dict[tuple[str, int, str], tuple[int, Heading]] = {}
    unknown = []
    for place, text in enumerate(texts):
        one = heading(text) if text else None
        if one is None:
            if text:
                unknown.append(place)
            continue
        language = "" if one.language == own else one.language
        one = Heading(one.key, one.rank, one.option, language)
        name = (one.key, one.option, language)
        if name in found and found[name][1].rank <= one.rank:
            unknown.append(place)
            continue
        if name in found:
            unknown.append(found[name][0])
        found[name] = (place, one)
    own_keys = {key for key, _option, language in found if not language}
    if "stem" not in own_keys or not own_keys & {"key", "option", "options", "type"}:
        return None
    known = dict(sorted(found.values(), key=lambda pair: pair[0]))
    index = {name: place for name, (place, _one) in found.items()}
    return Columns(known, tuple(sorted(unknown)), index)
