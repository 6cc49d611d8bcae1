"""One item of QTI as an item of the bank."""

from collections.abc import Callable, Collection, Mapping, Sequence

from certify.api import (
    ITEM_ID,
    BankItem,
    ItemBlock,
    NotTaken,
    _,
    plain_markdown,
    safe_xml,
    tidy_line,
)
from certify_qti.answers import Answers
from certify_qti.choices import computed, read_choice, read_order
from certify_qti.draft import Draft
from certify_qti.essays import by_rubric, read_essay
from certify_qti.gaps import GAPPED, read_gaps
from certify_qti.manifest import About
from certify_qti.marking import read_marking
from certify_qti.markup import mark
from certify_qti.names import INTERACTIONS, with_plain_names
from certify_qti.numbers import read_number
from certify_qti.pairs import read_associate, read_match
from certify_qti.response import Unfit, declared, one_line
from certify_qti.texts import is_text, read_text

BESIDE = ("endattemptinteraction", "mediainteraction")
"""Interactions that ask for no answer of their own."""
READERS: Mapping[str, Callable[[Draft, safe_xml.Element], Answers]] = {
    "associateinteraction": read_associate,
    "choiceinteraction": read_choice,
    "extendedtextinteraction": read_essay,
    "matchinteraction": read_match,
    "orderinteraction": read_order,
}
_COMPUTED = {"printedvariable", "templateblock", "templateinline", "setcorrectresponse"}
_PARTS = (
    "responsedeclaration",
    "outcomedeclaration",
    "itembody",
    "responseprocessing",
    "modalfeedback",
    "stylesheet",
)
"""What every item may have, and the bank holds."""
_START = 80
"""Characters of a stem by which a question is recognised."""


def read_item(
    root: safe_xml.Element,
    file: str,
    language: str,
    *,
    about: About,
    source: str,
    passage: Callable[[str], safe_xml.Element | None] = lambda _href: None,
) -> BankItem | NotTaken:
    """The item that an element holds, or why it cannot be one.

    Args:
        file: its name, for places.
        about: what the manifest says of it.
        source: its XML, kept beside the item where something is lost.
        passage: gives the text in another file that several items share; None where it cannot.
    """
    place = f"{file}:{root.line}:{root.column}"
    names = with_plain_names(root)
    body = root.child("itembody")
    interactions = [one for one in body.within() if one.tag.endswith("interaction")] if body else []
    title = tidy_line(root.attributes.get("title", ""))
    identifier = tidy_line(root.attributes.get("identifier", ""))
    asked = [one for one in interactions if one.tag not in BESIDE]
    kind = INTERACTIONS.get((asked or interactions or [root])[0].tag, "")
    if body is None or not interactions:
        reason = _("It asks for no answer.")
        return NotTaken(place, "skipped", title or identifier, reason, source_type=kind)
    draft = Draft(file, language, declared(root), read_marking(root))
    try:
        _refuse_foreign(names, asked or interactions)
        _lose_parts(draft, root, names, passage)
        answers = _answers(draft, asked)
        _lose_marking(draft, root, asked, answers)
        stem = _stem(draft, body, answers, title)
        answers = _by_rubric(draft, asked[0], answers)
        why = _explanation(draft, root)
    except Unfit as problem:
        begins = one_line(body.content())[:_START] or title or identifier
        return NotTaken(place, "rejected", begins, problem.reason, problem.mend, kind)
    return BankItem(
        place,
        answers.type,
        ItemBlock(stem, answers.options, why, answers.rows, answers.lines),
        name=title or identifier,
        source_type=kind,
        code=identifier if ITEM_ID.fullmatch(identifier) else "",
        topic=about.topic,
        difficulty=about.difficulty,
        facts=about.facts,
        standards=about.standards,
        pool=about.pool,
        losses=tuple(draft.losses.values()),
        source=source if draft.losses else "",
    )


def _by_rubric(draft: Draft, interaction: safe_xml.Element, answers: Answers) -> Answers:
    """The answers with what the notes for the scorers say, which only an essay can hold."""
    if answers.type == "essay":
        return by_rubric(draft, interaction, answers)
    if draft.rubrics:
        draft.lose(draft.rubrics[0], _("Notes for others than the candidate are left out."))
    return answers


def _refuse_foreign(names: set[str], asked: Sequence[safe_xml.Element]) -> None:
    """Refuse what has no counterpart here.

    Raises:
        Unfit: an interaction is none of ours, or the question is made anew for each candidate.
    """
    if any(one.tag not in (*READERS, *GAPPED) for one in asked):
        raise Unfit(
            _("“{name}” has no counterpart among our question types.").format(name=_named(asked)),
            _("Ask the same by a choice, a matching or a text in the program it comes from."),
        )
    if not names.isdisjoint(_COMPUTED):
        raise computed()


def _answers(draft: Draft, asked: Sequence[safe_xml.Element]) -> Answers:
    """The answers of an item.

    Raises:
        Unfit: its interactions and its key do not make one of our types.
    """
    one = asked[0]
    if len(asked) == 1 and one.tag in READERS:
        return READERS[one.tag](draft, one)
    if len(asked) == 1 and is_text(one):
        return read_text(draft, one)
    if len(asked) == 1 and one.tag == "textentryinteraction" and draft.response(one).is_number:
        return read_number(draft, one)
    if all(one.tag in GAPPED for one in asked):
        return read_gaps(draft, asked)
    raise Unfit(
        _("It asks several things at once: {names}.").format(names=_named(asked)),
        _("Split it into several questions in the program it comes from."),
    )


def _named(asked: Sequence[safe_xml.Element]) -> str:
    return ", ".join(dict.fromkeys(INTERACTIONS.get(one.tag, one.tag) for one in asked))


def _lose_parts(
    draft: Draft,
    root: safe_xml.Element,
    names: Collection[str],
    passage: Callable[[str], safe_xml.Element | None],
) -> None:
    """Say which parts of an item the bank does not know; a shared text goes before the stem."""
    for part in root.children:
        if part.tag == "assessmentstimulusref":
            if shared := passage(part.attributes.get("href", "")):
                draft.passages.append(shared)
            else:
                draft.lose(part, _("The text that it shares with others is lost."), is_serious=True)
        elif part.tag == "cataloginfo":
            draft.lose(part, _("Help for people with impairments is left out."))
        elif part.tag not in _PARTS:
            draft.lose(part, _("Parts that our bank does not know are left out."))
    if root.attributes.get("adaptive") == "true":
        draft.lose(root, _("Here the item is answered once, not in several tries."))
    if "include" in names:
        draft.lose(root, _("A part that lies in another file is lost."), is_serious=True)


def _lose_marking(
    draft: Draft, root: safe_xml.Element, asked: Sequence[safe_xml.Element], answers: Answers
) -> None:
    """Say that the file's own rules of marking are lost, where it has any."""
    names = {one.attributes.get("responseidentifier", "").strip() for one in asked}
    if answers.type not in ("essay", "text") and not draft.marking.goes_by_key(names):
        draft.lose(
            root.child("responseprocessing") or root,
            _("Rules of marking of its own are left out; our rules mark by the key."),
            is_serious=bool(names - set(draft.marking.keyed)),
        )


def _stem(draft: Draft, body: safe_xml.Element, answers: Answers, title: str) -> str:
    """The text that a candidate sees, with the gaps in it."""
    draft.marks = {key: mark(number) for number, key in enumerate(answers.gaps)}
    html = "".join(map(draft.inside, (*draft.passages, body)))
    stem = draft.markdown(body, html, answers.form)
    if answers.form == "stem":
        stem = stem.replace("{{", r"\{\{").replace("}}", r"\}\}")
        gaps = enumerate(answers.gaps.values())
        return stem.translate({ord(mark(number)): f"{{{{{gap}}}}}" for number, gap in gaps})
    paragraphs = stem.split("\n\n")
    own = (mark(0), f"{mark(0)} {plain_markdown(answers.unit)}")
    paragraphs = [one for one in paragraphs if one not in own]
    stem = "\n\n".join(paragraphs).replace(mark(0), "＿＿")
    if not stem and title:
        draft.lose(body, _("It has no text; its title stands for it."), is_serious=True)
        return plain_markdown(title)
    return stem


def _explanation(draft: Draft, root: safe_xml.Element) -> str:
    """What is said after the answer: feedback in the order of the file, each text once."""
    of_item = [draft.inside(part) for part in root.all("modalfeedback")]
    texts = [draft.markdown(root, html) for html in (*of_item, *draft.feedback)]
    said = [text for text in dict.fromkeys(texts) if text]
    if len(said) > 1:
        draft.lose(root, _("Feedback that depended on the answer stands together."))
    return "\n\n".join(said)
