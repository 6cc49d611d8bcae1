"""One question of a sheet as an item, or why it is none."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from certify.api import (
    FACT_ID,
    ITEM_ID,
    STANDARD_NUMBER,
    BankItem,
    ItemBlock,
    Loss,
    NotTaken,
    _,
    clean,
    clean_line,
    tidy_line,
)
from certify_spreadsheet import answers, gaps, keys, kinds, options
from certify_spreadsheet.cells import NEEDED, Cells, picture_lost
from certify_spreadsheet.records import Record
from certify_spreadsheet.wrong import Wrong

_LEVELS = {
    1: "1 易 容易 简单 较易 很易 较简单 低 初级 基础 入门 ★ easy simple low basic beginner e l",
    2: "2 中 中等 一般 适中 普通 中级 ★★ medium moderate normal intermediate average m",
    3: "3 难 困难 较难 很难 高 高级 ★★★ hard difficult high advanced h",
}
LEVELS = {word: level for level, words in _LEVELS.items() for word in words.split()}
POOLS = {
    **dict.fromkeys(("practice", "练习", "练习题", "模拟", "自测"), "practice"),
    **dict.fromkeys(("exam", "考试", "考试题", "正式", ""), "exam"),
}
OTHER = {"zh": "en", "en": "zh"}


def read_item(record: Record, language: str) -> BankItem | NotTaken:
    """What a question becomes."""
    reading = _Reading(record, language)
    try:
        return reading.item()
    except Wrong as wrong:
        reached = reading.place(wrong.key, option=wrong.option)
        if reached is None and wrong.key == "key":
            reached = reading.place("stem")
        return reading.not_taken("rejected", record.at(reached), wrong.reason, wrong.mend)


class _Reading(Cells):
    """Makes an item of the cells of one question."""

    def __init__(self, record: Record, language: str) -> None:
        super().__init__(record)
        self.language = language

    def item(self) -> BankItem | NotTaken:
        stem = self.needed("stem")
        name = tidy_line(self.text("number") or self.text("id"))
        if not stem:
            return self._without_stem()
        if not self.is_markdown:
            number = options.without_number(stem)
            if number[1] and name in ("", number[1]):
                stem, name = number[0], number[1]
        given = self.options("")
        if not given and not self.is_markdown:
            stem, found = options.split_stem(stem)
            given = dict(enumerate(found))
        key = self.needed("key") or (options.key_in_stem(stem) if not self.is_markdown else "")
        type_name = self._type(given, key, stem)
        block = self._block(type_name, stem, given, key)
        wordings = self._wordings(type_name)
        self._rest()
        code = self.text("id")
        return BankItem(
            place=self.record.at(self.place("stem")),
            type=type_name,
            block=block,
            name="" if ITEM_ID.fullmatch(name) else name,
            source_type=self.source_type(),
            code=code if ITEM_ID.fullmatch(code) else "",
            topic=tidy_line(self.text("topic"))
            or ("" if self.place("topic") is not None else self.record.topic),
            difficulty=self._difficulty(),
            facts=self._codes("facts", FACT_ID),
            standards=self._codes("standards", STANDARD_NUMBER),
            pool=self._pool(),
            wordings=wordings,
            losses=tuple(self.losses),
        )

    def source_type(self) -> str:
        """The type as the file calls it."""
        return tidy_line(self.text("type")) or self.record.source_type

    def _type(self, given: Mapping[int, str], key: str, stem: str) -> str:
        said = self.text("type")
        name = kinds.type_of(said) if said else self._type_by_topic() or self.record.type_hint
        if said and not name:
            raise Wrong(
                _("“{type}” is no type that is known here.").format(type=clean_line(said)[:40]),
                _("Write 单选题, 多选题, 判断题, 填空题, 简答题, or single, multiple, truefalse …"),
                "type",
            )
        if name == "scenario":
            raise Wrong(
                _("A scenario does not fit into a table."),
                _("Write it as a scenario file."),
                "type",
            )
        if not key and not (name == "cloze" and gaps.has_gaps(stem)):
            raise Wrong(_("The key is missing."), _("Write the right answer in its column."))
        if name not in ("", "choice"):
            return name
        return self._derived(given, key, name)

    def _type_by_topic(self) -> str:
        """The type that a column of classes names, such as 单选题."""
        topic = self.text("topic")
        return kinds.type_of(topic) if topic.endswith("题") else ""

    def _derived(self, given: Mapping[int, str], key: str, name: str) -> str:
        """The type that follows from options and key, where only one can."""
        if len(given) > 1:
            truths = [keys.truth(text) for text in given.values()]
            if len(given) == 2 and not name and set(truths) == {True, False}:
                return "truefalse"
            return "multiple" if len(answers.places(given, key)) > 1 else "single"
        if name:
            raise self._no_options()
        if not given and keys.truth(key) is not None and not keys.bare(key).isdecimal():
            return "truefalse"
        raise Wrong(
            _("The type is not given, and does not follow from the key."),
            _("Write the type, such as 单选题 or single, in a column “题型”."),
        )

    @staticmethod
    def _no_options() -> Wrong:
        return Wrong(
            _("A choice has two options or more; they are missing."),
            _("Write each option in its own column, or all in one: A.…|B.…"),
            "option",
        )

    def _block(self, name: str, stem: str, given: Mapping[int, str], key: str) -> ItemBlock:
        explanation = self.needed("explanation")
        if name in ("single", "multiple", "ordering") and len(given) < 2:
            raise self._no_options()
        if name in ("single", "multiple", "truefalse") and not self.is_markdown:
            stem = options.without_key(stem, key)
        if name == "truefalse":
            key, reason = keys.verdict(key)
            explanation = (
                f"{reason}\n\n{explanation}" if reason and explanation else reason or explanation
            )
        if name in ("essay", "practical") and not answers.is_rubric(key):
            explanation = f"{key}\n\n{explanation}" if explanation else key
        if name == "cloze" and not gaps.has_gaps(stem):
            stem = gaps.filled(stem, key)
        head, tail = self.markdown(stem), self.markdown(explanation)
        if name in ("single", "multiple"):
            return answers.choice(name, head, tail, given, key)
        if name == "truefalse":
            return answers.truefalse(head, tail, given, key, self.language)
        if name == "ordering":
            return answers.ordering(head, tail, given, key)
        if name == "matching":
            return answers.matching(head, tail, key, self.language)
        if name in ("essay", "practical"):
            return answers.rubric(head, tail, key, self.language)
        if name == "cloze":
            return ItemBlock(head, (), tail)
        return answers.lines(head, tail, key)

    def markdown(self, text: str) -> str:
        """A stem or an explanation as Markdown."""
        return text if self.is_markdown else gaps.markdown(text)

    def _wordings(self, name: str) -> dict[str, ItemBlock]:
        """The texts in the other language, where the sheet has columns for them."""
        language = OTHER[self.language]
        stem = self.needed("stem", language)
        if not stem:
            return {}
        explanation = self.markdown(self.needed("explanation", language))
        key, head = self.needed("key", language), self.markdown(stem)
        found = tuple((text, None) for text in self.options(language).values())
        if name == "matching" and key:
            return {language: answers.matching(head, explanation, key, language)}
        if name in ("essay", "practical") and key:
            rows = answers.titles(key, language)
            return {language: ItemBlock(head, (), explanation, rows=rows)}
        if name == "numeric" and key:
            return {language: answers.lines(head, explanation, key)}
        return {language: ItemBlock(head, found, explanation)}

    def _rest(self) -> None:
        """What the bank has no place for, or a person must look at."""
        at = self.record.at(self.place("stem"))
        if self.text("note"):
            place = self.record.at(self.place("note"))
            self.losses.append(Loss(place, _("A note is not taken over.")))
        if self.record.is_hidden:
            self.losses.append(Loss(at, _("The row is hidden in the spreadsheet.")))
        if "<img" in self.text("stem").casefold():
            self.losses.append(Loss(at, picture_lost(), is_serious=True))
        if self.text("image"):
            place = self.record.at(self.place("image"))
            self.losses.append(Loss(place, picture_lost(), is_serious=True))
        self.losses.extend(
            Loss(at, picture_lost(), is_serious=True) for _number in range(self.record.pictures)
        )

    def _difficulty(self) -> int | None:
        text = unicodedata.normalize("NFKC", self.text("difficulty")).strip().casefold()
        level = LEVELS.get(text.removesuffix("题").removesuffix("度"))
        if text and level is None:
            place = self.record.at(self.place("difficulty"))
            self.losses.append(
                Loss(place, _("The difficulty is not one of 1 to 3; it is left out."))
            )
        return level

    def _codes(self, key: str, form: re.Pattern[str]) -> tuple[str, ...]:
        parts = [part for part in re.split(r"[,，;；、\s]+", self.text(key)) if part]
        found = tuple(part for part in parts if form.fullmatch(part))
        if len(found) < len(parts):
            place = self.record.at(self.place(key))
            message = _("What a source says in words is not taken over, only its number.")
            self.losses.append(Loss(place, message))
        return found

    def _pool(self) -> str:
        text = self.text("pool").casefold()
        if text not in POOLS:
            place = self.record.at(self.place("pool"))
            self.losses.append(Loss(place, _("The pool is neither exam nor practice; it is exam.")))
        return POOLS.get(text, "exam")

    def _without_stem(self) -> NotTaken:
        at = self.record.at(self.place("stem"))
        said = {
            one.key
            for place, one in self.record.columns.known.items()
            if one.key in NEEDED and self.record.text(place)
        }
        if not said and not any(
            cell.kind == "picture" for cells in self.record.cells.values() for _row, cell in cells
        ):
            return self.not_taken("skipped", at, _("This row has no question."))
        reason, mend = _("The stem is missing."), _("Write the question in its column.")
        if self.record.pictures or self.losses:
            reason, mend = _("The stem is a picture."), _("Write the question as text.")
        return self.not_taken("rejected", at, reason, mend)

    def not_taken(
        self, kind: Literal["skipped", "rejected"], place: str, reason: str, mend: str = ""
    ) -> NotTaken:
        """The entry of a row that does not become an item."""
        stem = self.text("stem") or next(
            (text for place in self.record.cells if (text := self.record.text(place))), ""
        )
        return NotTaken(place, kind, clean_line(clean(stem))[:80], reason, mend, self.source_type())
