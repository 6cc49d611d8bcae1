"""One `question` of Moodle as an item of the bank."""

from collections.abc import Callable, Iterator, Mapping
from html import escape

from certify.api import ITEM_ID, N_, BankItem, ItemBlock, NotTaken, _, safe_xml, tidy_line
from certify_moodle.choices import SEVERAL, read_multichoice, read_truefalse
from certify_moodle.cloze import read_cloze
from certify_moodle.essays import read_essay
from certify_moodle.gaps import read_selection, read_shortanswer
from certify_moodle.languages import languages_in
from certify_moodle.numbers import read_numerical
from certify_moodle.pairs import read_matching, read_ordering
from certify_moodle.question import Question, Unfit, raw
from certify_moodle.tags import read_tags
from certify_moodle.wordings import as_wording

READERS: Mapping[str, Callable[[Question], tuple[str, ItemBlock]]] = {
    "multichoice": read_multichoice,
    **dict.fromkeys(SEVERAL, read_multichoice),
    "truefalse": read_truefalse,
    "shortanswer": read_shortanswer,
    "numerical": read_numerical,
    "matching": read_matching,
    "match": read_matching,
    "ddmatch": read_matching,
    "ordering": read_ordering,
    "essay": read_essay,
    "essayautograde": read_essay,
    "cloze": read_cloze,
    "multianswer": read_cloze,
    "gapselect": read_selection,
    "ddwtos": read_selection,
}
_MENDS = {
    **dict.fromkeys(
        ("calculated", "calculatedmulti", "calculatedsimple", "formulas", "stack"),
        N_("Work it out with one set of numbers and write it as a numerical or a choice question."),
    ),
    **dict.fromkeys(
        ("random", "randomsamatch"),
        N_("Export the category from which it draws; its questions are taken one by one."),
    ),
    **dict.fromkeys(
        ("ddimageortext", "ddmarker", "imageselect"),
        N_("Ask for the same in words, for instance by a matching."),
    ),
}
_START = 80
"""Characters by which a question is recognised."""


def read_question(
    element: safe_xml.Element, language: str, *, topic: str = "", many: bool = False
) -> BankItem | NotTaken:
    """The item that an element holds, or why it is none.

    Args:
        language: of the bank.
        topic: of the category before it.
        many: whether texts of this file may have parts in several languages.
    """
    place = f"{element.line}:{element.column}"
    kind = element.attributes.get("type", "").strip()
    question = Question(element, language, many=many)
    if kind == "description":
        reason = _("It is a text without a question.")
        return NotTaken(place, "skipped", _beginning(question), reason, source_type=kind)
    try:
        if kind not in READERS:
            raise _foreign(kind)
        if "questiontext" not in question.parts and not question.name():
            raise Unfit(
                _("It has no text."),
                _("Write the question in Moodle, and export it again."),
            )
        type_name, block = READERS[kind](question)
    except Unfit as problem:
        return NotTaken(place, "rejected", _beginning(question), problem.reason, problem.mend, kind)
    wordings = _wordings(question, type_name) if many else {}
    return _item(question, type_name, block, place, topic, wordings)


def _item(
    question: Question,
    type_name: str,
    block: ItemBlock,
    place: str,
    topic: str,
    wordings: Mapping[str, ItemBlock],
) -> BankItem:
    tags = read_tags(list(_tags(question)))
    if tags.others:
        question.lose(_("Tags that the bank does not know are left out."))
    if question.all("hint"):
        question.lose(_("Hints for a second try are left out."))
    if question.is_set("hidden"):
        question.lose(_("It was hidden in Moodle."))
    if question.value("image"):
        question.lose(_("A picture is lost."), is_serious=True)
    if not block.stem:
        question.lose(_("It has no text."), is_serious=True)
    code = question.value("idnumber")
    losses = question.all_losses(place)
    return BankItem(
        place,
        type_name,
        block,
        name=question.name(),
        source_type=question.kind,
        code=code if ITEM_ID.fullmatch(code) else "",
        topic=topic,
        difficulty=tags.difficulty,
        facts=tags.facts,
        standards=tags.standards,
        pool=tags.pool,
        wordings=wordings,
        losses=losses,
        source="".join(_source(question.element)) if losses else "",
    )


def _wordings(question: Question, type_name: str) -> dict[str, ItemBlock]:
    """The same in the other language, where texts have parts in both."""
    known = {
        language
        for part in question.element.within()
        if part.text
        for language in languages_in(part.text)
    }
    other = "en" if question.language == "zh" else "zh"
    if not {question.language, other} <= known:
        return {}
    second = Question(question.element, other, many=True)
    try:
        kind, block = READERS[question.kind](second)
    except Unfit as problem:
        question.lose(problem.reason, is_serious=True)
        return {}
    return {other: as_wording(kind, block)} if kind == type_name else {}


def _tags(question: Question) -> Iterator[str]:
    holder = question.parts.get("tags")
    for tag in holder.all("tag") if holder is not None else ():
        yield tidy_line(raw(tag))


def category(element: safe_xml.Element) -> str:
    """The topic that a category names: its own id, else the last part of its path."""
    named = element.child("idnumber")
    if named is not None and (code := tidy_line(raw(named))):
        return code
    holder = element.child("category")
    path = tidy_line(raw(holder)) if holder is not None else ""
    last = path.replace("//", "\0").split("/")[-1].replace("\0", "/").strip()
    return "" if last == "top" or (last[:1] == last[-1:] == "$") else last


def _foreign(kind: str) -> Unfit:
    if not kind:
        return Unfit(
            _("It does not say of which type it is."),
            _("Export it again from Moodle."),
        )
    return Unfit(
        _("Moodle's type “{name}” has no counterpart among our question types.").format(
            name=kind[:40]
        ),
        _(_MENDS[kind])
        if kind in _MENDS
        else _("Ask the same by a choice, a matching or a text in Moodle, and export it again."),
    )


def _beginning(question: Question) -> str:
    """Its name, else how its text begins."""
    text = question.name() or question.line(question.parts.get("questiontext"))
    return tidy_line(text)[:_START]


def _source(element: safe_xml.Element) -> Iterator[str]:
    """The XML of a question without the files in it."""
    given = "".join(f' {name}="{escape(text)}"' for name, text in element.attributes.items())
    yield f"<{element.tag}{given}>"
    if element.tag != "file":
        yield escape(element.text, quote=False)
        for child in element.children:
            yield from _source(child)
            yield escape(child.tail, quote=False)
    yield f"</{element.tag}>"
