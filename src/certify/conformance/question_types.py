"""What a question type promises: it marks exactly, tells no key, and never falls over an answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from certify.conformance.fault import Fault
from certify.courseware.finding import Finding
from certify.courseware.item_bank import ItemText, read_bank_file
from certify.courseware.item_content import WrongText, content_of
from certify.courseware.scenario_file import read_scenarios
from certify.domain.question_type import ContentError, QuestionType, SampleAnswer
from certify.hooks.registry import Plugins
from certify.i18n import LANGUAGES, _
from certify.policy import ExamPolicy

SEED = "conformance"
PAPERS = 8
"""So many seeds are tried where an answer fits some papers only, as where a story begins there."""
NONSENSE: Sequence[Any] = (None, 5, "", [], {}, [[["a"]]], {"a": 1}, "\x1b[2J", "x" * 100_000)
"""What somebody might send in the place of an answer who does not use our screens."""
Kind = QuestionType[Any, Any]


def check(plugins: Plugins, names: Sequence[str], samples: Path | None) -> Iterator[Fault]:
    """Every fault of these question types, on the items of the samples."""
    widgets = plugins.question_widgets()
    findings: list[Finding] = []
    paths = sorted(samples.glob("*.md")) if samples else []
    scenarios = read_scenarios(samples.parent, findings) if samples else {}
    texts = [
        _with_scenario(text, scenarios)
        for path in paths
        for text in read_bank_file(path, has_keys=True, findings=findings)
    ]
    yield from (Fault(str(finding.path), str(finding)) for finding in findings)
    for name in names:
        mine = [text for text in texts if text.attributes.get("type") == name]
        if not mine:
            message = _("There is no item of this type in “samples/*.md”, so nothing was tried.")
            yield Fault(name, message, _("Write two or three as a trainer would."))
        if name not in widgets:
            yield Fault(name, _("No widget shows it."), _("Give it one in “widget.py”."))
        for text in mine:
            yield from _item(plugins.question_types[name], text)


def _with_scenario(text: ItemText, scenarios: Mapping[str, dict[str, Any] | None]) -> ItemText:
    """The item with what its scenario file holds; those lie beside the samples, in `scenarios`."""
    data = scenarios.get(text.attributes.get("scenario", ""))
    return replace(text, block=replace(text.block, data=data)) if data else text


def _item(kind: Kind, text: ItemText) -> Iterator[Fault]:
    where = f"{kind.name} {text.path.name}:{text.line}"
    try:
        content = content_of(kind, {"zh": text})
    except WrongText as wrong:
        yield Fault(where, str(wrong), _("Mend the sample, or what reads it."))
        return
    samples = list(kind.sample_answers(content))
    kinds = {sample.kind for sample in samples}
    # Where all options are right, an answer can only be incomplete.
    missing = {"right", "invalid"} - kinds | (
        {"wrong"} if not kinds & {"wrong", "partial"} else set()
    )
    if kind.is_observed:
        missing = set()
    if missing:
        message = _("There is no sample answer of kind {kinds}.")
        yield Fault(where, message.format(kinds=", ".join(sorted(missing))))
    for sample in samples:
        yield from _sample(where, kind, content, sample)
    yield from _shown(where, kind, content)
    yield from _kept(where, kind, content)
    yield from _written(where, kind, content)
    for sample in samples:
        if sample.kind == "right":
            yield from _nonsense(where, kind, content, sample.answer)
            if not kind.is_observed:
                yield from _line_mode(where, kind, content, sample.answer)


def _sample(where: str, kind: Kind, content: BaseModel, sample: SampleAnswer) -> Iterator[Fault]:
    try:
        answer = kind.answer_model.model_validate(dict(sample.answer))
        kind.check_answer(content, answer)
    except (ValidationError, ValueError):
        if sample.kind != "invalid":
            message = _("It refuses its own sample answer {answer}.")
            yield Fault(where, message.format(answer=dict(sample.answer)))
        return
    if sample.kind == "invalid":
        message = _("It takes the answer {answer}, which it calls invalid.")
        yield Fault(where, message.format(answer=dict(sample.answer)))
        return
    rules = ExamPolicy()
    try:
        scores = [kind.score(content, answer, rules) for _time in range(2)]
    except Exception as problem:
        message = _("It cannot mark {answer}: {problem}")
        named = f"{type(problem).__name__}: {problem}"[:120]
        said = message.format(answer=dict(sample.answer), problem=named)
        yield Fault(where, said, _("Marks are exact: give Score a Fraction from 0 to 1."))
        return
    if scores[0] != scores[1]:
        yield Fault(where, _("It marks the same answer in two ways."), _("Keep no state."))
    score = scores[0]
    share = score.share if score is not None else None
    if share != sample.share:
        message = _("It marks {answer} with {share}; the sample says {expected}.")
        yield Fault(
            where, message.format(answer=dict(sample.answer), share=share, expected=sample.share)
        )
    if score is None and not kind.rubric(content):
        yield Fault(where, _("A person must mark it, and it has no rubric."))
    for language in () if kind.is_observed else LANGUAGES:
        if not kind.answer_text(content, answer, language):
            yield Fault(where, _("An answer has no words ({language}).").format(language=language))


def _shown(where: str, kind: Kind, content: BaseModel) -> Iterator[Fault]:
    """What a candidate may see is plain data, always the same for a seed, and holds no key."""
    first, again = (kind.present(content, SEED) for _time in range(2))
    if first != again:
        yield Fault(where, _("The same seed shows two things."), _("Use the seed alone."))
    try:
        text = json.dumps(first, ensure_ascii=False)
    except (TypeError, ValueError) as problem:
        yield Fault(where, _("What it shows is no JSON: {reason}").format(reason=problem))
        return
    for language, said in kind.explanation(content).items():
        if said and said in text:
            message = _("What it shows holds the explanation ({language}).")
            yield Fault(where, message.format(language=language), _("Leave it out of “present”."))
    for name in ("key", "explanation", "answer", "correct"):
        if name in first:
            message = _("What it shows has a field “{name}”.").format(name=name)
            yield Fault(where, message, _("Candidates must never get the key (G14)."))


def _kept(where: str, kind: Kind, content: BaseModel) -> Iterator[Fault]:
    """Content comes back from the database as it went in."""
    stored = json.loads(json.dumps(content.model_dump(mode="json")))
    if kind.content_model.model_validate(stored) != content:
        yield Fault(where, _("Its content is another one when it comes back from storage."))


def _written(where: str, kind: Kind, content: BaseModel) -> Iterator[Fault]:
    """An item written out as Markdown makes the same item again, and a wording tells no key."""
    try:
        block = kind.to_markdown(content, "zh")
        again = kind.from_markdown({"zh": block})
        wording = kind.to_markdown(content, "zh", with_key=False)
    except ContentError:
        return
    if again != content:
        yield Fault(where, _("Written as Markdown it becomes another item."))
    if any(mark is not None for _text, mark in wording.options):
        yield Fault(where, _("Its wording holds the key."), _("Without “with_key” mark nothing."))


def _nonsense(
    where: str, kind: Kind, content: BaseModel, right: Mapping[str, Any]
) -> Iterator[Fault]:
    """Whatever comes in, it is refused or marked; nothing else may happen."""
    parts = [{**right, name: value} for name in right for value in NONSENSE]
    for sent in (*NONSENSE, *parts, {**right, "more": 1}):
        try:
            answer = kind.answer_model.model_validate(sent)
            kind.check_answer(content, answer)
            kind.score(content, answer, ExamPolicy())
        except (ValidationError, ValueError):
            continue
        except Exception as problem:
            message = _("It fails at a senseless answer: {problem}")
            named = f"{type(problem).__name__}: {problem}"[:120]
            yield Fault(where, message.format(problem=named), _("Refuse it with ValueError."))
            return


def _line_mode(
    where: str, kind: Kind, content: BaseModel, answer: Mapping[str, Any]
) -> Iterator[Fault]:
    """An answer typed in line mode means what it meant, on one of the papers that seeds make."""
    whole = kind.answer_model.model_validate(dict(answer)).model_dump(mode="json")
    reason: ValueError | None = None
    for number in range(PAPERS):
        shown = kind.present(content, f"{SEED}-{number}")
        try:
            back = kind.from_line(shown, kind.to_line(shown, whole))
        except NotImplementedError:
            return
        except ValueError as problem:
            reason = problem
            continue
        if kind.answer_model.model_validate(back) != kind.answer_model.model_validate(whole):
            message = _("Line mode makes {back} of {answer}.").format(back=back, answer=whole)
            yield Fault(where, message)
        return
    yield Fault(where, _("Line mode refuses the right answer: {reason}").format(reason=reason))
