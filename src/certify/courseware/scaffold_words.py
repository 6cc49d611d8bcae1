"""The texts of a new course, in the languages of courses rather than of the screen."""

from collections.abc import Mapping
from dataclasses import dataclass

METHODS = ("lecture", "case", "simulation")
"""An onboarding course has at least one lesson of each (R-LRN-04)."""


@dataclass(frozen=True)
class LessonWords:
    """Title and body of a lesson."""

    title: str
    body: str


@dataclass(frozen=True)
class ItemWords:
    """One item; the first option is right."""

    stem: str
    options: tuple[str, str, str]
    explanation: str


EXAM: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "summary": "用一两句话写明学完能做什么。",
        "source": "本公司工作手册",
        "title": "{title} · 笔试",
    },
    "en": {
        "summary": "Say in a sentence or two what people can do afterwards.",
        "source": "Our Work Manual",
        "title": "{title} · written exam",
    },
}

LESSONS: Mapping[str, Mapping[str, LessonWords]] = {
    "zh": {
        "lecture": LessonWords(
            "要点讲解",
            "## 从一件小事说起\n\n"
            "先写一件真实的小事：谁、在什么时候、遇到了什么。\n\n"
            "## 规定是什么\n\n"
            "再写规定本身，注明出处，例如《本公司工作手册》。\n\n"
            "- 一条规定写一行；\n"
            "- 数字写明单位。",
        ),
        "case": LessonWords(
            "一个案例",
            "## 经过\n\n"
            "写一个完整的案例，删去客户的姓名、电话和地址。\n\n"
            "## 想一想\n\n"
            "问学员：换作你，第一句话说什么？",
        ),
        "simulation": LessonWords(
            "模拟演练",
            "## 情景\n\n"
            "写明客户是谁、想要什么、情绪如何。\n\n"
            "## 两人一组\n\n"
            "一人扮客户，一人接待，五分钟后互换。",
        ),
    },
    "en": {
        "lecture": LessonWords(
            "The main points",
            "## It begins with something small\n\n"
            "Tell something that really happened: who, when, and what was the matter.\n\n"
            "## What the rule says\n\n"
            "Then give the rule itself and name its source, such as Our Work Manual.\n\n"
            "- One rule, one line;\n"
            "- a number has its unit.",
        ),
        "case": LessonWords(
            "A case",
            "## What happened\n\n"
            "Write one whole case, without the customer's name, number or address.\n\n"
            "## Think it over\n\n"
            "Ask: what would your first sentence have been?",
        ),
        "simulation": LessonWords(
            "Simulation",
            "## The situation\n\n"
            "Say who the customer is, what they want and how they feel.\n\n"
            "## In pairs\n\n"
            "One plays the customer, one serves; after five minutes change places.",
        ),
    },
}

ITEMS: Mapping[str, ItemWords] = {
    "zh": ItemWords(
        "（示例，请改写）关于“{topic}”，依据《本公司工作手册》，哪一种做法正确？",
        ("按手册的规定去做", "凭自己的习惯去做", "等别人提醒再做"),
        "写明为什么对，以及另外两项错在哪里。",
    ),
    "en": ItemWords(
        "(Example, to be rewritten) On “{topic}”: what is right under Our Work Manual?",
        ("Do as the manual says", "Do as you are used to", "Wait until somebody reminds you"),
        "Say why it is right, and what is wrong with the other two.",
    ),
}
