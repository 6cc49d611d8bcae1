"""Judges every question of a file before anything is written: what it becomes, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from certify.courseware.bank_ids import Ids
from certify.courseware.bank_writer import Unwritable, body, flattened, heading
from certify.courseware.finding import Finding
from certify.courseware.item_bank import ItemText
from certify.courseware.item_block import other_part, part_name
from certify.courseware.item_check import ItemRules, checked
from certify.courseware.item_content import WrongText, content_of
from certify.courseware.loaded_item import LoadedItem, load_item
from certify.domain.course import CourseManifest
from certify.domain.folding import fold
from certify.domain.item_format import BankItem, Loss, NotTaken
from certify.domain.question_type import ItemBlock
from certify.i18n import _
from certify.services.item_import_facts import Defaults, attributes, differences, language_of, tidy
from certify.services.item_import_report import Fate, Outcome
from certify.services.item_same import same_question

NOWHERE = Path("items")


class Rejected(ValueError):
    """A question cannot become an item: why, and what to do."""

    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Taken:
    """One item that is to be written."""

    item: LoadedItem
    texts: Mapping[str, str]
    """Its sections by language."""
    source: str
    is_new: bool


@dataclass
class Plan:
    """What a file would do to a course."""

    manifest: CourseManifest
    rules: ItemRules
    defaults: Defaults
    ids: Ids
    known: Mapping[str, LoadedItem]
    """The items of the course by code."""
    outcomes: list[Outcome] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    unknown_topics: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.own: str = self.manifest.language
        self.seen = {
            same_question(one.type, one.text.block): code for code, one in self.known.items()
        }
        self.topics = topics_of(self.manifest)

    def refuse(self, entry: NotTaken) -> None:
        """Note a question that the reader could not take."""
        self.outcomes.append(
            Outcome(
                entry.place,
                entry.kind,
                entry.stem,
                source_type=entry.source_type,
                reason=entry.reason,
                mend=entry.mend,
            )
        )

    def take(self, entry: BankItem) -> None:
        """Judge one question, and keep it where it is to be written."""
        try:
            self.outcomes.append(self._judged(entry, self.known.get(entry.code)))
        except Rejected as problem:
            self.outcomes.append(
                _outcome(entry, "rejected", entry.losses, reason=str(problem), mend=problem.mend)
            )

    def _judged(self, entry: BankItem, known: LoadedItem | None) -> Outcome:
        code = known.code if known else self.ids.next(self.defaults.prefix)
        given, lost = attributes(entry, known, self.defaults, self._topic(entry))
        blocks, bodies, more = self._written(entry, known)
        losses = (*entry.losses, *lost, *more)
        where = known.text if known else ItemText(code, NOWHERE, 1, {}, entry.block)
        has_loss = any(loss.is_serious for loss in losses)
        item, missing = self._item(where, given, blocks, has_loss)
        if known is not None and item.fingerprint == known.fingerprint:
            reason = _("Nothing of it changes.")
            return _outcome(entry, "skipped", losses, code=code, reason=reason)
        if known is not None and item.is_draft and not known.is_draft:
            reason = _("The item of the course would lack something: {what}")
            what = [*missing, *(loss.message for loss in losses if loss.is_serious)]
            raise Rejected(reason.format(what=" ".join(what)), _("Complete it in the file."))
        key = same_question(item.type, item.text.block)
        if (other := self.seen.get(key, code)) != code:
            reason = _("The same question as {code}.").format(code=other)
            return _outcome(entry, "skipped", losses, reason=reason)
        self.seen[key] = code
        if known is None:
            self.ids.take(code)
        texts = {
            language: heading(code, given if language == self.own else {}) + text
            for language, text in bodies.items()
        }
        self.taken.append(Taken(item, texts, entry.source, known is None))
        reason = differences(known, item) if known else ""
        fate: Fate = "changed" if known else "new"
        return _outcome(entry, fate, losses, code=code, reason=reason, lacks=missing)

    def _topic(self, entry: BankItem) -> str:
        if not entry.topic:
            return ""
        code = self.topics.get(fold(entry.topic), "")
        if not code:
            self.unknown_topics[entry.topic] += 1
        return code

    def _written(
        self, entry: BankItem, known: LoadedItem | None
    ) -> tuple[dict[str, ItemBlock], dict[str, str], list[Loss]]:
        """Its blocks and bodies by language as the bank can hold them, and what that loses.

        Raises:
            Rejected: nothing reads back alike.
        """
        losses: list[Loss] = []
        given: dict[str, ItemBlock] = {self.own: entry.block}
        if known is not None:  # a file in one language leaves the wordings there are
            given |= {language_of(one): one.block for one in known.others}
        given |= {name: text for name, text in entry.wordings.items() if name != self.own}
        blocks: dict[str, ItemBlock] = {}
        bodies: dict[str, str] = {}
        for language, block in given.items():
            block, is_clean = tidy(block)
            if not is_clean:
                message = _("Control characters were replaced by “�”.")
                losses.append(Loss(entry.place, message))
            try:
                bodies[language] = body(block, has_keys=language == self.own)
            except Unwritable:
                message = _("A list, a table or a quotation in the stem became plain lines.")
                losses.append(Loss(entry.place, message))
                block = flattened(block)
                bodies[language] = self._flat(block, language)
            blocks[language] = block
        return blocks, bodies, losses

    def _flat(self, block: ItemBlock, language: str) -> str:
        try:
            return body(block, has_keys=language == self.own)
        except Unwritable as problem:
            raise Rejected(str(problem), _("Write it by hand.")) from problem

    def _item(
        self,
        where: ItemText,
        given: dict[str, str],
        blocks: Mapping[str, ItemBlock],
        has_loss: bool,
    ) -> tuple[LoadedItem, tuple[str, ...]]:
        """The item, and what it lacks; a draft where it lacks anything.

        Raises:
            Rejected: it is no item of its type.
        """
        kind = self.rules.types.get(given["type"])
        if kind is None:
            raise Rejected(_("Question type “{name}” is not known.").format(name=given["type"]))
        code = where.code
        texts = {
            language: ItemText(
                code, where.path, where.line, given if language == self.own else {}, block
            )
            for language, block in blocks.items()
        }
        for block in blocks.values():
            if part := other_part(block, kind.form):
                message = _("Type “{type}” takes {wanted}, not {part}.")
                wanted = part_name(kind.form)
                raise Rejected(message.format(type=kind.name, wanted=wanted, part=part))
        try:
            item = load_item(texts, content_of(kind, texts))
        except WrongText as problem:
            raise Rejected(str(problem)) from problem
        found = checked(item, self.rules, is_proved=False)
        if found.wrong:
            raise Rejected(_said(found.wrong[0], code), found.wrong[0].mend)
        missing = tuple(dict.fromkeys(_said(one, code) for one in found.lacking))
        if missing or has_loss:
            given["state"] = "draft"
            item = replace(item, is_draft=True)
        return item, missing


def topics_of(manifest: CourseManifest) -> dict[str, str]:
    """Codes of a course's topics by their names, folded: in each language, and the code itself."""
    return {
        fold(name): topic.code
        for topic in manifest.topics
        for name in (topic.zh, topic.en, topic.code)
        if name
    }


def _said(finding: Finding, code: str) -> str:
    return finding.message.removeprefix(code).lstrip(":： ")


def _outcome(
    entry: BankItem,
    fate: Fate,
    losses: Sequence[Loss],
    *,
    code: str = "",
    reason: str = "",
    mend: str = "",
    lacks: Sequence[str] = (),
) -> Outcome:
    return Outcome(
        entry.place,
        fate,
        entry.block.stem,
        entry.type,
        entry.source_type,
        entry.name,
        code,
        reason,
        mend,
        lacks,
        losses,
    )
