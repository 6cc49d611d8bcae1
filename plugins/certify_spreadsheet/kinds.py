"""How banks call the types of their questions."""

import re
import unicodedata
from functools import lru_cache

NAMES = {
    "single": "单选题 单选 单项选择题 单项选择 单项 single singlechoice singleselect singleanswer "
    "radio 单选择题",
    "multiple": "多选题 多选 多项选择题 多项选择 多项 multiple multipleselect multipleresponse "
    "multipleanswer multianswer multiselect checkbox 多选择题",
    "choice": "选择题 选择 客观题 不定项选择题 不定项选择 不定项 不定项题 choice "
    "multiplechoice mcq multichoice 单选或多选",
    "truefalse": "判断题 判断 是非题 是非 对错题 对错 正误题 判断正误 判断对错 "
    "truefalse trueorfalse tf boolean judge judgement judgment yesno",
    "cloze": "填空题 填空 完形填空 cloze fillintheblank fillintheblanks fillinblank "
    "fillblank blank fillin fill gapfill fillinthegaps fillingaps",
    "ordering": "排序题 排序 ordering order sequence sequencing",
    "matching": "匹配题 匹配 连线题 连线 配对题 配对 matching match",
    "numeric": "数值题 数值 数字题 numeric numerical numericanswer number",
    "text": "文字题 短文本 短文本题 文本题 text shorttext",
    "essay": "简答题 简答 问答题 问答 论述题 论述 主观题 案例题 案例分析题 案例分析 分析题 综合题 "
    "计算题 名词解释 名词解释题 材料题 材料分析题 开放题 essay shortanswer openquestion open "
    "openended longanswer freetext 应用题 论述分析题",
    "practical": "实操题 实操 操作题 实践题 技能题 practical practicaltask",
    "scenario": "情景题 情景模拟 情景 scenario",
}
_WORDS = {word: name for name, words in NAMES.items() for word in words.split()}
_HINTS = {
    "single": ("单选", "单项选择", "singlechoice", "singleselect"),
    "multiple": ("多选", "多项选择", "multipleselect", "multipleresponse"),
    "choice": ("不定项",),
    "truefalse": ("判断题", "是非题", "对错题", "判断正误", "true/false", "truefalse"),
    "cloze": ("填空",),
    "ordering": ("排序题",),
    "matching": ("连线题", "匹配题", "配对题"),
    "essay": ("简答", "问答题", "论述", "案例分析", "名词解释", "计算题", "主观题"),
}
_NOISE = re.compile(r"[\s_\-/:：、.。()（）\[\]【】]+")
_SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十IVXivx\d]{1,4}(?:部分|大题|章|节)?[、.．:：\s)）]*)?"
    r"(?:[(（\[【]\s*)?(?P<word>[^\s（(：:，,。；;【\[\]】)）、.]{2,12})\s*[)）\]】]?\s*"
    r"(?:$|[（(【\[]|[:：，,、。；;]\s*(?:$|共|每|本|请|下列|以下|计|合计|将|在|根据|\d))"
)
_NO_QUESTION = re.compile(
    r"\s*[(（【\[*※]?\s*(?:填写说明|填表说明|说明|备注|注意|注|提示|合计|总计|制表|"
    r"note|instructions?|total)\s*(?:[:：)）】\]]|\d|事项|$)",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"(?:sheet|工作表|table|page|question|题库|试题|题目|试卷|考题|汇总|总表|全部|模板|questions|"
    r"items?|data|bank|template)+(?:库|表|模板)?[\s_()（）\d]*",
    re.IGNORECASE,
)
"""Names of sheets that say nothing of their questions."""


@lru_cache(maxsize=4_096)
def type_of(text: str) -> str:
    """The type that a cell names; empty for what is none that is known.

    `choice` leaves open whether one or several options are right.
    """
    if len(text) > 80:
        return ""
    plain = unicodedata.normalize("NFKC", text).casefold()
    word = _NOISE.sub("", plain)
    return _WORDS.get(word) or _WORDS.get(_NOISE.sub("", _without_brackets(plain))) or hint(text)


def hint(text: str) -> str:
    """The one type that a title such as `客服单选题100道` speaks of; empty where it is not one."""
    if len(text) > 80:
        return ""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())
    found = [name for name, words in _HINTS.items() if any(word in plain for word in words)]
    return found[0] if len(found) == 1 else ""


def section_type(text: str) -> str:
    """The type that a section's head such as `一、单选题（每题2分）` sets; else empty."""
    if len(text) > 80:
        return ""
    found = _SECTION.match(text.strip())
    return _WORDS.get(_NOISE.sub("", found["word"]).casefold(), "") if found else ""


def is_no_question(text: str) -> bool:
    """Whether a row with this text alone is a note or a sum rather than a question."""
    return _NO_QUESTION.match(text) is not None


def _without_brackets(text: str) -> str:
    return re.sub(r"[(\[【].*?[)\]】]", "", text)
