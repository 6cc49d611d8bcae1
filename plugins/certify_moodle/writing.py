"""Items of the bank as XML that Moodle imports."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from certify.api import (
    BankItem,
    Loss,
    NotTaken,
    _,
    html_to_line,
    html_to_markdown,
    markdown_to_html,
)
from certify_moodle.tags import tags_of
from certify_moodle.written_gaps import cloze, short_text
from certify_moodle.written_numbers import numerical
from certify_moodle.written_parts import Draft, choice, essay, matching, ordering, truefalse
from certify_moodle.xml_text import element, html, plain, wrapped

WRITERS: Mapping[str, Callable[[Draft], None]] = {
    "single": choice,
    "multiple": choice,
    "truefalse": truefalse,
    "ordering": ordering,
    "matching": matching,
    "numeric": numerical,
    "cloze": cloze,
    "text": short_text,
    "essay": essay,
}
"""Each sets the type and the body of the question."""
_BOTH_LANGUAGES = ("single", "multiple", "truefalse", "ordering")
"""Types of which every text may hold parts in several languages."""


def write_items(
    items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
) -> list[Loss | NotTaken]:
    """Write all items, one by one; see `ItemFormat.write`."""
    said: list[Loss | NotTaken] = []
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
    topic: str | None = None
    for item in items:
        if item.type not in WRITERS:
            said.append(_not_taken(item))
            continue
        draft = Draft(item, language)
        WRITERS[item.type](draft)
        if draft.refusal:
            said.append(_not_taken(item, draft.refusal))
            continue
        if item.topic != topic:
            topic = item.topic
            out.write(_category(title, topic).encode())
        out.write("".join(_question(draft)).encode())
        place = item.code or item.place
        said += (Loss(place, message, serious) for message, serious in draft.losses.items())
    out.write(b"</quiz>\n")
    return said


def _category(title: str, topic: str) -> str:
    names = (name.replace("/", "//") for name in (title, topic) if name)
    path = "/".join(("$course$", "top", *names))
    return (
        f'  <question type="category">\n{wrapped("category", path)}'
        f"{element('idnumber', topic)}  </question>\n"
    )


def _question(draft: Draft) -> Iterator[str]:
    item = draft.item
    yield f'  <question type="{draft.kind}">\n'
    yield wrapped("name", item.name or item.code or _beginning(draft))
    if draft.kind == "cloze":
        yield html("questiontext", draft.stem)
        yield html("generalfeedback", markdown_to_html(item.block.explanation))
    else:
        yield html("questiontext", _both(draft, "stem"))
        yield html("generalfeedback", _both(draft, "explanation"))
    yield element("defaultgrade", "1")
    yield element("penalty", "0")
    yield element("hidden", "0")
    yield element("idnumber", item.code)
    yield from draft.body
    if tags := list(tags_of(item)):
        yield "    <tags>\n"
        yield from (f"      <tag><text>{plain(tag)}</text></tag>\n" for tag in tags)
        yield "    </tags>\n"
    yield "  </question>\n"


def _both(draft: Draft, name: str) -> str:
    """Stem or explanation in all languages that its type can hold."""
    item = draft.item
    text = draft.stem if name == "stem" else item.block.explanation
    texts = {draft.language: text}
    if item.wordings and item.type in _BOTH_LANGUAGES:
        texts |= {language: getattr(block, name) for language, block in item.wordings.items()}
    elif item.wordings and name == "stem":
        draft.lose(_("Its wording in another language is left out."))
    written = {language: markdown_to_html(one) for language, one in texts.items()}
    for language, one in texts.items():
        if html_to_markdown(written[language])[0] != one:
            draft.lose(_("Its Markdown is written in another way; it shows the same."))
    return draft.in_languages(written)


def _beginning(draft: Draft) -> str:
    return html_to_line(markdown_to_html(draft.item.block.stem))[0][:80]


def _not_taken(item: BankItem, reason: str = "") -> NotTaken:
    reason = reason or _("Moodle has no type for it.")
    beginning = html_to_line(markdown_to_html(item.block.stem))[0][:80]
    return NotTaken(item.code or item.place, "rejected", beginning, reason, "", item.type)
