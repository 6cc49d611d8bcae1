"""What a question of GIFT becomes in the bank.

Its type follows from the signs of its answers, as in Moodle: `#` first is `numeric`, any `~` a
choice, `->` after every `=` a `matching`, T or F a `truefalse`, `=` alone a short answer, nothing
at all an `essay`. Answers within the sentence (missing word) leave a blank in the stem. Feedback
on single answers, which the bank does not know, stands in the explanation.
"""

import re
from collections.abc import Callable, Sequence

from certify.api import BankItem, ItemBlock, Loss, _, plain_markdown
from certify_gift.answers import Answer, Unusable, cut_answers, cut_first, cut_general
from certify_gift.choices import choice
from certify_gift.comments import without_remark
from certify_gift.escapes import unescaped
from certify_gift.numbers import number_answers, number_line
from certify_gift.scan import Question
from certify_gift.short import short_answer
from certify_gift.texts import BLANK, Form, Texts
from certify_gift.words import Words

_TRUE = re.compile(r"T|TRUE|True|true")
_FALSE = re.compile(r"F|FALSE|False|false")
KINDS = {
    "single": "multichoice",
    "multiple": "multichoice",
    "truefalse": "truefalse",
    "matching": "match",
    "numeric": "numerical",
    "cloze": "shortanswer",
    "text": "shortanswer",
    "essay": "essay",
}
"""How Moodle calls what the types of the bank come from."""


def item(question: Question, words: Words) -> BankItem:
    """The item of a question.

    Raises:
        Unusable: it cannot become one; says why and what to do.
    """
    head, tail = question.head, question.tail
    if tail and (tail.isspace() or tail.lstrip().startswith("//")):
        tail = ""
    has_text = bool(tail or head) and not (head.isspace() and not tail)
    texts = Texts(head if has_text else question.title)
    if not texts.head and not tail:
        raise Unusable(_("The question has no text."), _("Write the question before the answers."))
    if not has_text:
        texts.losses[_("It has no text; its title stands for it.")] = True
    answers, general = cut_general(question.answers)
    type_, block = _read(texts, tail, answers, general, words)
    facts, name = question.facts, question.title
    if name:
        name = " ".join(unescaped(name).split())
    if facts.others:
        texts.losses[_("Tags are left out.")] = False
    if facts.id and facts.code != facts.id:
        name = f"{name} ({facts.id})" if name else facts.id
    losses = texts.losses
    return BankItem(
        place=question.place,
        type=type_,
        block=block,
        name="" if name == facts.code else name,
        source_type=KINDS[type_],
        code=facts.code,
        topic=question.topic,
        difficulty=facts.difficulty,
        facts=tuple(facts.facts),
        standards=tuple(facts.standards),
        pool=facts.pool,
        losses=tuple(Loss(question.place, *lost) for lost in losses.items()) if losses else (),
    )


def _read(
    texts: Texts, tail: str, answers: str, general: str, words: Words
) -> tuple[str, ItemBlock]:
    """The type and the parts of an item."""

    def stem(form: Form) -> str:
        return texts.stem(tail, BLANK, form)

    def because(given: Sequence[tuple[str, str]]) -> str:
        return _explanation(texts, general, given, words)

    first = answers[:1]
    if not answers:
        lost = _("It has no criteria with points; one of {points} points stands for all.")
        texts.losses[lost.format(points=words.rubric[1][1])] = True
        return "essay", ItemBlock(stem("rows"), (), because(()), rows=words.rubric)
    if first == "#":
        numbers = number_answers(answers[1:])
        line = number_line(numbers, texts)
        return "numeric", ItemBlock(stem("lines"), (), because(_given(numbers)), lines=(line,))
    if first not in ("=", "~"):
        text, one, two = cut_first(answers)
        verdict = without_remark(text)
        is_true = bool(_TRUE.fullmatch(verdict))
        if not (is_true or _FALSE.fullmatch(verdict)):
            return _short([Answer("=", "", text, one)], texts, tail, because)
        right, wrong = words.truth if is_true else words.truth[::-1]
        options = tuple((option, option == right) for option in words.truth)
        said = because(((wrong, one), (right, two)))
        return "truefalse", ItemBlock(stem("options"), options, said)
    cut = cut_answers(answers)
    if any(answer.sign == "~" for answer in cut):
        kind, marked = choice(cut, texts)
        return kind, ItemBlock(stem("options"), tuple(marked), because(_given(cut)))
    if any("->" in answer.text for answer in cut):
        rows = (words.heads, *(_pair(answer, texts) for answer in cut))
        return "matching", ItemBlock(stem("rows"), (), because(_given(cut)), rows=rows)
    return _short(cut, texts, tail, because)


def _short(
    cut: Sequence[Answer],
    texts: Texts,
    tail: str,
    because: Callable[[Sequence[tuple[str, str]]], str],
) -> tuple[str, ItemBlock]:
    type_, stem, line = short_answer(cut, tail, texts)
    return type_, ItemBlock(stem, (), because(_given(cut)), lines=(line,) if line else ())


def _pair(answer: Answer, texts: Texts) -> tuple[str, str]:
    """One row of a matching; nothing on the left where the right one is a distractor.

    Raises:
        Unusable: it is no pair.
    """
    left, arrow, right = answer.text.partition("->")
    pair = texts.line(left), " ".join(unescaped(right).split())
    if not arrow or not pair[1]:
        raise Unusable(
            _("One line of the matching is no pair."), _("Write each as “=left -> right”.")
        )
    return pair


def _given(answers: Sequence[Answer]) -> list[tuple[str, str]]:
    """Answers that have feedback, and that feedback."""
    return [(answer.text, answer.feedback) for answer in answers if answer.feedback]


def _explanation(texts: Texts, general: str, given: Sequence[tuple[str, str]], words: Words) -> str:
    """The general feedback, and below it that on single answers, each with its answer."""
    parts = [texts.markdown(general)] if general else []
    for answer, feedback in given:
        if said := texts.line(feedback):
            shown = words.feedback.format(answer=texts.line(answer) or "*", feedback=said)
            parts.append(plain_markdown(shown))
            texts.losses[_("Feedback on single answers stands in the explanation.")] = False
    return "\n\n".join(parts)


def kind_of(answers: str) -> str:
    """How Moodle calls a question with such answers, whether or not they can be taken."""
    text, _general = cut_general(answers)
    if not text:
        return "essay"
    if text[0] == "#":
        return "numerical"
    if "~" in text:
        return "multichoice"
    if "=" in text and "->" in text:
        return "match"
    is_truth = _TRUE.match(text) or _FALSE.match(text)
    return "truefalse" if is_truth and "=" not in text else "shortanswer"
