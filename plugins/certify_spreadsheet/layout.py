"""The table that certify writes: its columns, their headings and what they are explained by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from certify.api import BankItem
from certify_spreadsheet.keys import LETTERS

SHEETS = {"zh": "题库", "en": "Questions"}
HELP = {"zh": "填写说明", "en": "Help"}
HELP_SHEETS = tuple(HELP.values())
LEAST_OPTIONS = 6


class Words(NamedTuple):
    """Heading and explanation of a column."""

    heading: str
    meaning: str


COLUMNS = {
    "id": {
        "zh": Words("题目编号", "可空。题库给的编号，如 CMP-014；改题时保留它，新题留空。"),
        "en": Words(
            "Item id", "May be empty. The bank's id, such as CMP-014; keep it when editing."
        ),
    },
    "type": {
        "zh": Words("题型", "从列表中选。"),
        "en": Words("Type", "Choose from the list."),
    },
    "stem": {
        "zh": Words("题干", "必填。填空题把每处空写成 {{24|二十四}}，或写 ____ 并在“答案”里填。"),
        "en": Words(
            "Stem",
            "Needed. A gap of a cloze is {{24|twenty-four}}, or ____ with its answer in the key.",
        ),
    },
    "option": {
        "zh": Words("选项", "每列一个选项，2 至 9 个；判断题留空。"),
        "en": Words("Option ", "One option in each column, 2 to 9; none for true or false."),
    },
    "key": {
        "zh": Words(
            "答案",
            "必填。单选 B；多选 ABD；判断 √ 或 ×；排序按正确次序 BDAC；填空用“；”隔开；"
            "数值 24 ± 0.5 小时 | h；"
            "匹配每行一对：左 = 右；简答写参考答案，或每行一个评分点：评分点 = 分值。",
        ),
        "en": Words(
            "Key",
            "Needed. Single B; multiple ABD; true or false √ or ×; ordering BDAC; cloze parted by "
            "“；”; numeric 24 ± 0.5 hours | h; matching a line for each pair: left = right; essay "
            "a reference answer, or a line for each criterion: criterion = points.",
        ),
    },
    "explanation": {
        "zh": Words("解析", "说明为什么对，答完才显示。"),
        "en": Words("Explanation", "Why it is right; shown after answering."),
    },
    "difficulty": {
        "zh": Words("难度", "1 易，2 中，3 难。"),
        "en": Words("Difficulty", "1 easy, 2 medium, 3 hard."),
    },
    "topic": {
        "zh": Words("知识点", "课程中知识点的代码或名称。"),
        "en": Words("Topic", "Code or name of a topic of the course."),
    },
    "facts": {
        "zh": Words("出处", "事实编号，如 S2-CP-04，用逗号隔开。"),
        "en": Words("Facts", "Numbers of facts, such as S2-CP-04, parted by commas."),
    },
    "standards": {
        "zh": Words("标准", "标准编号，如 CS-003，用逗号隔开。"),
        "en": Words("Standards", "Numbers of standards, such as CS-003, parted by commas."),
    },
    "pool": {
        "zh": Words("用途", "考试或练习；空白为考试。"),
        "en": Words("Pool", "exam or practice; empty means exam."),
    },
    "form": {
        "zh": Words("文字格式", "一般留空；写 markdown 时题干和解析按 Markdown 读。"),
        "en": Words(
            "Text form", "Mostly empty; markdown has stem and explanation read as Markdown."
        ),
    },
}
TYPES = {
    "single": ("单选题", "single"),
    "multiple": ("多选题", "multiple"),
    "truefalse": ("判断题", "truefalse"),
    "cloze": ("填空题", "cloze"),
    "ordering": ("排序题", "ordering"),
    "matching": ("匹配题", "matching"),
    "numeric": ("数值题", "numeric"),
    "text": ("文字题", "text"),
    "essay": ("简答题", "essay"),
    "practical": ("实操题", "practical"),
}
"""Type → how it is called in Chinese and in English."""
POOLS = {"exam": ("考试", "exam"), "practice": ("练习", "practice")}
DIFFICULTIES = ("1", "2", "3")
BEFORE = ("id", "type", "stem")
AFTER = ("key", "explanation", "difficulty", "topic", "facts", "standards", "pool", "form")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the table."""

    key: str
    option: int = 0
    language: str = ""
    """Empty for the bank's own."""

    def heading(self, language: str) -> str:
        """What stands above it."""
        word = COLUMNS[self.key][language].heading
        letter = LETTERS[self.option] if self.key == "option" else ""
        return f"{word}{letter} ({self.language})" if self.language else f"{word}{letter}"


def fields_for(items: Iterable[BankItem]) -> list[Field]:
    """The columns that items need, in the order in which they stand."""
    most, other, others = LEAST_OPTIONS, 0, dict[str, None]()
    for item in items:
        most = max(most, len(item.block.options))
        others.update(dict.fromkeys(item.wordings))
        other = max([other, *(len(block.options) for block in item.wordings.values())])
    own = [*map(Field, BEFORE), *(Field("option", place) for place in range(most))]
    fields = [*own, *map(Field, AFTER)]
    for language in others:
        fields.append(Field("stem", language=language))
        fields.extend(Field("option", place, language) for place in range(other))
        fields.extend(Field(key, language=language) for key in ("key", "explanation"))
    return fields


def help_rows(language: str) -> list[Sequence[str]]:
    """The sheet that explains the columns, in both languages."""
    rows: list[Sequence[str]] = [
        ("列", "填写方法", "Column", "What to write")
        if language == "zh"
        else ("Column", "What to write", "列", "填写方法")
    ]
    second = "en" if language == "zh" else "zh"
    for words in COLUMNS.values():
        rows.append((*words[language], *words[second]))
    place = 0 if language == "zh" else 1
    for both in (*TYPES.values(), *POOLS.values()):
        rows.append((both[place], "", both[1 - place], ""))
    return rows
