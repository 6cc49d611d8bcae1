"""What the options of an item are and which are right, asked of its question type alone."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from certify.domain.question_type import QuestionType
from certify.errors import Refused
from certify.i18n import LANGUAGES
from certify.platform import Platform
from certify.services.bank import ItemContent, contents, guarded


@dataclass(frozen=True)
class Options:
    """The options of one item version; none where its answers are no choices."""

    offered: tuple[str, ...] = ()
    key: frozenset[str] = frozenset()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What an option says, by language, where line mode offers it alone."""


NO_OPTIONS = Options()


def options_of(
    session: Session, platform: Platform, version_ids: Iterable[int]
) -> dict[int, Options]:
    """The options by version id; without those whose question type is gone or fails."""
    versions = list(version_ids)
    with suppress(Refused):  # all at once; where one refuses, those before it are known
        contents(platform, session, versions)
    found = {}
    for version in versions:
        with suppress(Refused):  # the figures need no options; the log names what failed
            known = contents(platform, session, [version])[version]
            with guarded(known.type.name):
                found[version] = _options(known)
    return found


def _options(item: ItemContent) -> Options:
    kind, content = item.type, item.content
    by_kind: dict[str, dict[str, None]] = {}
    for sample in kind.sample_answers(content):
        if sample.kind != "invalid":
            answer = kind.answer_model.model_validate(dict(sample.answer))
            by_kind.setdefault(sample.kind, {}).update(dict.fromkeys(kind.choices(content, answer)))
    offered = tuple(sorted({one for chosen in by_kind.values() for one in chosen}))
    if not offered:
        return NO_OPTIONS
    return Options(offered, frozenset(by_kind.get("right", ())), _texts(kind, content))


def _texts(kind: QuestionType[Any, Any], content: Any) -> dict[str, dict[str, str]]:
    """What line mode offers, by the option that typing it chooses."""
    shown = kind.present(content, "")
    texts: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for typed, text in kind.line_form(shown, language):
            try:
                answer = kind.answer_model.model_validate(kind.from_line(shown, typed))
            except ValueError:
                continue  # not an answer by itself
            chosen = kind.choices(content, answer)
            if len(chosen) == 1:
                texts.setdefault(chosen[0], {})[language] = text
    return texts
