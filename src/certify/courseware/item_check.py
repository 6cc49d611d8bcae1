"""What is wrong with one item beyond its form; a draft may lack what its author still owes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from certify.courseware.finding import Finding
from certify.courseware.loaded_item import LoadedItem, Types
from certify.domain.course import CourseManifest
from certify.domain.question_type import QuestionType
from certify.domain.standard import NUMBER
from certify.i18n import _
from certify.policy import ExamPolicy

FACT = re.compile(r"[A-Z]\d*-(?:[A-Z]+\d*-)?\d{2}(?:\(\d+\))?")
POOLS = ("exam", "practice")
STANDARD = re.compile(NUMBER)
_USUAL = ExamPolicy()


@dataclass(frozen=True)
class ItemRules:
    """What the items of one course are held against."""

    types: Types
    topics: Sequence[str]
    """Codes of its topics."""
    sources: Sequence[str]
    """Names of the documents it rests on, in every language."""


def rules_of(manifest: CourseManifest, types: Types) -> ItemRules:
    """The rules for the items of a course."""
    return ItemRules(
        types,
        sorted(topic.code for topic in manifest.topics),
        [name for one in manifest.sources for name in (one.zh, one.en) if name],
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found on one item."""

    wrong: list[Finding]
    """What no item may have, a draft neither."""
    lacking: list[Finding]
    """What it needs before it is used; a draft may lack it."""


def check_item(item: LoadedItem, rules: ItemRules) -> Iterator[Finding]:
    """Every finding on an item; what a draft lacks is a warning that says so."""
    found = checked(item, rules)
    yield from found.wrong
    for lack in found.lacking:
        if item.is_draft:
            mend = _("{mend} As a draft it is loaded without and not drawn.").format(mend=lack.mend)
            yield replace(lack, mend=mend.strip(), severity="warning")
        else:
            yield lack


def checked(item: LoadedItem, rules: ItemRules, *, is_proved: bool = True) -> Checked:
    """Every finding on an item, as an error.

    Args:
        is_proved: False where ten thousand are looked at in a moment: sample answers are then
            not marked. That they are marked as expected is a promise of the question type, which
            its property tests and the conformance suite hold it to for whatever content it makes;
            `course check` proves it again for each item. Only types that a person marks are
            asked, since what they promise depends on the item's criteria.
    """
    misjudged: Sequence[str] = ()
    waits_for_nobody = False
    if is_proved or type(rules.types[item.type]).rubric is not QuestionType.rubric:
        misjudged, waits_for_nobody = _proof(item, rules)
    lacking = [*_lacks(item, rules)]
    if waits_for_nobody:
        message = _("{code}: a person must mark it, and it has no criteria.").format(code=item.code)
        mend = _("Add a table of criteria and points, or use another type.")
        lacking.append(Finding(item.text.path, item.text.line, message, mend))
    return Checked([*_wrong(item, rules, misjudged)], lacking)


def _wrong(item: LoadedItem, rules: ItemRules, misjudged: Sequence[str]) -> Iterator[Finding]:
    def found(message: str, mend: str = "") -> Finding:
        return Finding(item.text.path, item.text.line, message, mend)

    if item.topic and item.topic not in rules.topics:
        message = _("{code}: topic “{topic}” is not among [[topics]].")
        yield found(message.format(code=item.code, topic=item.topic), _topic_mend(rules))
    if item.pool not in POOLS:
        message = _("{code}: “{pool}” is no pool.").format(code=item.code, pool=item.pool)
        yield found(message, _("Write pool=exam or pool=practice."))
    wrong = [fact for fact in item.facts if not FACT.fullmatch(fact)]
    wrong += [standard for standard in item.standards if not STANDARD.fullmatch(standard)]
    for reference in wrong:
        message = _("{code}: “{reference}” is no fact or standard id.")
        message = message.format(code=item.code, reference=reference)
        yield found(message, _("Write it like S2-CP-04 or CS-003."))
    for problem in rules.types[item.type].check(item.content):
        yield found(f"{item.code}: {problem}")
    for sample in misjudged:
        message = _("{code}: the sample answer “{kind}” is not marked as expected.")
        yield found(message.format(code=item.code, kind=sample))


def _lacks(item: LoadedItem, rules: ItemRules) -> Iterator[Finding]:
    path, line, kind = item.text.path, item.text.line, rules.types[item.type]
    if not item.topic:
        message = _("{code}: the topic is missing (R-CAT-08).").format(code=item.code)
        yield Finding(path, line, message, _topic_mend(rules))
    if "difficulty" not in item.text.attributes:
        message = _("{code}: the difficulty is missing.").format(code=item.code)
        yield Finding(path, line, message, _("Add difficulty=1, 2 or 3."))
    if not item.facts and not item.standards:
        message = _("{code}: no fact or standard is cited.").format(code=item.code)
        yield Finding(path, line, message, _("Add fact=… or standard=…."))
    for text in (item.text, *item.others):
        if not text.block.explanation:
            message = _("{code}: the explanation is missing.").format(code=item.code)
            yield Finding(text.path, text.line, message, _("Add a quote that begins with “>”."))
    if kind.asks_number(item.content):
        stems: dict[str, str] = getattr(item.content, "stem", {})
        for language, stem in stems.items():
            if not any(name in stem for name in (*item.standards, *rules.sources)):
                message = _(
                    "{code} ({language}): asks for a number and names no source (R-CAT-02)."
                ).format(code=item.code, language=language)
                mend = _("Begin with the standard or source, for instance “Under CS-001, …”.")
                yield Finding(path, line, message, mend)


def _topic_mend(rules: ItemRules) -> str:
    return _("Write topic=…; possible: {values}").format(values=", ".join(rules.topics))


def _proof(item: LoadedItem, rules: ItemRules) -> tuple[list[str], bool]:
    """Mark the sample answers of its type: every item of every course proves its own key.

    Returns:
        the kinds of those that it marks wrongly, and whether a person must mark it and has
        nothing to mark it by: then no sample says anything.
    """
    kind = rules.types[item.type]
    has_rubric = bool(kind.rubric(item.content))
    misjudged = []
    for sample in kind.sample_answers(item.content):
        try:
            answer = kind.answer_model.model_validate(sample.answer)
            kind.check_answer(item.content, answer)
            score = kind.score(item.content, answer, _USUAL)
            if score is None and not has_rubric:
                return [], True
            share, fatal = (score.share, score.fatal) if score else (None, False)
            holds = sample.kind != "invalid" and (share, fatal) == (sample.share, sample.fatal)
        except ValueError:
            holds = sample.kind == "invalid"
        if not holds:
            misjudged.append(sample.kind)
    return misjudged, False
