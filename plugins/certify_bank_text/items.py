"""Makes items of questions; what cannot be one says why and how to mend it."""

import re
from dataclasses import dataclass, field

from certify.api import BankItem, ItemBlock, Loss, NotTaken, _, plain_markdown
from certify_bank_text import choice, facts, gaps, heads, keys, rubric, sequence
from certify_bank_text.draft import Draft
from certify_bank_text.joining import one_line
from certify_bank_text.line import folded
from certify_bank_text.trouble import Trouble, no_key, two_keys, unclear_key

VERDICTS = {"zh": ("正确", "错误"), "en": ("True", "False")}
SURE = ({"对", "错"}, {"正确", "错误"}, {"√", "×"}, {"true", "false"}, {"t", "f"}, {"真", "假"})
"""Pairs of options that make a statement of a question, whatever its head."""
MAYBE = (
    {"是", "否"},
    {"yes", "no"},
    {"y", "n"},
    {"right", "wrong"},
    {"正确", "不正确"},
    {"是", "不是"},
)
"""Pairs that do so where the file calls it one."""
NOTHING = ("略", "无", "暂无", "none", "n/a", "略。")


@dataclass(slots=True)
class Made:
    """What a question became."""

    type: str
    stem: str
    """Plain text, but for a cloze."""
    options: list[tuple[str, bool | None]] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the key says more; it goes before the explanation."""
    losses: list[str] = field(default_factory=list)


def entry_of(draft: Draft, language: str, declared: frozenset[str]) -> BankItem | NotTaken:
    """The item that a question is.

    Args:
        declared: forms, such as `bold`, that the head of the file declares to mark the key.
    """
    kind_name = draft.kind_name or draft.section.title
    try:
        made = _made(draft, language, declared)
        if not made.stem.strip():
            raise Trouble(_("The question has no text."), _("Write its stem behind its number."))
    except Trouble as trouble:
        stem = one_line(draft.stem_text)[:80]
        return NotTaken(draft.place, "rejected", stem, trouble.reason, trouble.mend, kind_name)
    difficulty = facts.difficulty_of(draft.difficulty) if draft.difficulty else None
    stem = made.stem if made.type == "cloze" else plain_markdown(made.stem)
    block = ItemBlock(
        stem, made.options, _explanation(draft, made, language), made.rows, made.lines
    )
    return BankItem(
        place=draft.place,
        type=made.type,
        block=block,
        name=str(draft.number) if draft.number is not None else "",
        source_type=kind_name,
        code=draft.code,
        topic=draft.topic or draft.section.topic,
        difficulty=difficulty,
        losses=(*draft.losses, *_losses(draft, made, difficulty)),
    )


def _losses(draft: Draft, made: Made, difficulty: int | None) -> list[Loss]:
    messages = [(message, False) for message in made.losses]
    if draft.points and not made.losses:
        messages.append((points_note(), False))
    if draft.difficulty and difficulty is None:
        messages.append((_("Its difficulty cannot be understood and was left out."), False))
    if draft.is_shared:
        note = _("A text stands before it that may belong to it; it is no part of the item.")
        messages.append((note, True))
    return [Loss(draft.place, message, serious) for message, serious in messages]


def points_note() -> str:
    """What is said where a question names its points."""
    return _("The exam gives the points of a question; those of the file were left out.")


def _explanation(draft: Draft, made: Made, language: str) -> str:
    source = ""
    if draft.source:
        source = {"zh": "出处：", "en": "Source: "}[language] + draft.source
    parts = [*made.notes, *draft.explanation, source]
    return plain_markdown("\n".join(part.strip() for part in parts if part.strip()))


def _made(draft: Draft, language: str, declared: frozenset[str]) -> Made:
    stem, has_points = facts.without_points(draft.stem_text)
    line = len(stem.partition("\n")[0])
    for end in (len(stem), line):
        end_kind, end_name, cut = heads.kind_at_end(folded(stem[:end]))
        if end_kind:
            stem = f"{stem[:cut].rstrip()}{stem[end:]}"
            break
    if end_kind:
        draft.kind = draft.kind or end_kind
        draft.kind_name = draft.kind_name or end_name
    if has_points:
        draft.points = draft.points or "?"
    draft.keys = [key for key in draft.keys if key.strip() and key.strip().lower() not in NOTHING]
    kind = _kind(draft, stem)
    if kind == "truefalse":
        return _truefalse(draft, stem, language)
    if kind == "cloze":
        return _cloze(draft, stem)
    if kind == "essay":
        return _essay(draft, stem, language)
    if kind == "ordering" or kind == "matching":
        return _put_together(draft, stem, kind, language)
    return _choice(draft, stem, kind, declared)


def _kind(draft: Draft, stem: str) -> str:
    """The type of a question: by its own mark, its head, or what it has."""
    kind = draft.kind or draft.section.kind
    pair = {one_line(folded(option.text)).lower().strip("。. ") for option in draft.options}
    is_letters = bool(draft.keys) and keys.letters_of(draft.keys[0], ()) is not None
    if draft.options:
        if kind in ("truefalse", ""):
            if pair in SURE or (kind and pair in MAYBE):
                return "truefalse"
            return "choice"
        if kind in ("essay", "cloze") and (is_letters or keys.letters_in(stem)):
            return "choice"
        if kind in ("essay", "cloze"):
            _options_back(draft)
        if kind == "ordering" and is_letters and len(_letters(draft.keys[0])) == 1:
            return "choice"
        return kind
    if kind:
        return kind
    verdict = keys.verdict_of(draft.keys[0]) if draft.keys else None
    if (verdict and not verdict[1]) or keys.verdicts_in(stem) or draft.before:
        return "truefalse"
    if gaps.has_gaps(stem) and draft.keys and not is_letters:
        return "cloze"
    if draft.keys and not is_letters:
        return "essay"
    return "choice" if is_letters else ""


def _letters(text: str) -> str:
    found = keys.letters_of(text, ())
    return found[0] if found else ""


def _options_back(draft: Draft) -> None:
    """Lettered lines of a question without choice are part of its stem."""
    draft.stem += [f"{option.letter}. {option.text}" for option in draft.options]
    draft.options = []


def _choice(draft: Draft, stem: str, kind: str, declared: frozenset[str]) -> Made:
    if not draft.options and not draft.keys and not kind:
        raise no_key()
    letters, texts, ticked = choice.checked_options(draft.options)
    right, stem, rest = choice.chosen(draft, stem, letters, texts, ticked, declared)
    if kind == "single" and len(right) > 1:
        raise Trouble(
            _("This is a single choice, but its key “{key}” has several letters.").format(
                key=right
            ),
            _("Correct the key, or put the question under “多选题”."),
        )
    if kind == "multiple" and len(right) == 1:
        raise Trouble(
            _("This is a multiple choice, but its key “{key}” has one letter only.").format(
                key=right
            ),
            _("Correct the key, or put the question under “单选题”."),
        )
    marked = [(text, letter in right) for letter, text in zip(letters, texts, strict=True)]
    name = "multiple" if len(right) > 1 else "single"
    return Made(name, stem, options=list(marked), notes=[rest] if rest else [])


def _truefalse(draft: Draft, stem: str, language: str) -> Made:
    said: list[tuple[str, bool]] = []
    notes = []
    by_letter = {option.letter: option for option in draft.options}
    stem, ticked_lines = (stem, []) if draft.options else keys.without_both(stem)
    for text in filter(None, (draft.before, *draft.keys, *ticked_lines)):
        letter = _letters(text)
        if letter in by_letter and len(letter) == 1 and not re.fullmatch("[TF]", folded(text)):
            text = by_letter[letter].text
        found = keys.verdict_of(text)
        if found is None:
            raise unclear_key(text)
        said.append((text, found[0]))
        notes += [found[1]] if found[1] else []
    ticked = [one for one in draft.options if choice.TICK.search(one.text) and len(one.text) > 1]
    for one in [*(o for o in draft.options if o.is_ticked), *ticked]:
        if found := keys.verdict_of(choice.TICK.sub("", one.text)):
            said.append((one.text, found[0]))
    stem = _held_verdict(draft, stem, said)
    if not said:
        raise no_key()
    for text, verdict in said[1:]:
        if verdict != said[0][1]:
            raise two_keys(said[0][0], text)
    true, false = VERDICTS[language]
    right = said[0][1]
    return Made("truefalse", stem, options=[(true, right), (false, not right)], notes=notes)


def _held_verdict(draft: Draft, stem: str, said: list[tuple[str, bool]]) -> str:
    """Take the verdict in the stem's brackets, or the letter that stands for it; gives the stem."""
    if re.search(r"[(（\[【]\s*[)）\]】]", stem):
        return stem
    held = keys.verdicts_in(stem)
    if not held and draft.options:
        by_letter = {option.letter: option.text for option in draft.options}
        held = keys.letters_in(stem)
        for one in held:
            found = keys.verdict_of(by_letter.get(one.value.upper(), ""))
            if found is None:
                raise unclear_key(one.value)
            said.append((one.value, found[0]))
    else:
        if len({keys.verdict_of(one.value) for one in held}) > 1:
            if said:
                return stem
            raise two_keys(held[0].value, held[-1].value)
        for one in held:
            found = keys.verdict_of(one.value)
            said += [(one.value, found[0])] if found else []
    for one in reversed(held):
        stem = keys.emptied(stem, one)
    return stem


def _cloze(draft: Draft, stem: str) -> Made:
    if draft.keys and not gaps.has_gaps(stem):
        lines = [f"= {' | '.join(words)}" for words in gaps.words(draft.keys)]
        return Made("text", stem, lines=lines)
    return Made("cloze", gaps.with_gaps(stem, draft.keys))


def _essay(draft: Draft, stem: str, language: str) -> Made:
    answer = "\n".join(draft.keys)
    if not answer:
        raise no_key()
    rows, has_own = rubric.rubric(answer, language)
    losses = [] if has_own else [rubric.points_note()]
    return Made("essay", stem, rows=list(rows), notes=[answer], losses=losses)


def _put_together(draft: Draft, stem: str, kind: str, language: str) -> Made:
    letters: list[str] = []
    texts: list[str] = []
    if draft.options:
        letters, texts, _ticked = choice.checked_options(draft.options)
    if kind == "matching":
        stem, rows = sequence.pairs(draft, stem, letters, texts, language)
        return Made("matching", stem, rows=rows)
    if not draft.keys and (held := keys.letters_in(stem)) and letters:
        draft.keys = [held[-1].value]
        stem = keys.emptied(stem, held[-1])
    stem, lines = sequence.in_order(draft, stem, letters, texts)
    return Made("ordering", stem, options=[(line, None) for line in lines])
