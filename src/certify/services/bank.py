"""The item bank as the exam sees it: what can be drawn, and the content of what was."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from certify.domain.question_type import QuestionType
from certify.errors import CertifyError, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.storage import items

log = logging.getLogger("certify.bank")


@dataclass(frozen=True)
class DrawnItem:
    """An item in use: what a blueprint needs to know of it, and its version."""

    code: str
    topic: str
    type: str
    difficulty: int
    version_id: int


@dataclass(frozen=True)
class ItemContent:
    """A version's parsed content and the question type that understands it. Holds the key."""

    type: QuestionType[Any, Any]
    topic: str
    content: Any


def bank_of(session: Session, course_id: int, *, without: Collection[str] = ()) -> list[DrawnItem]:
    """The items of a course that an exam may draw; those for practice never.

    Args:
        without: codes of items that are stale (R-STD-04).
    """
    found = (DrawnItem(*facts) for facts in items.in_use(session, course_id, pool="exam"))
    return [one for one in found if one.code not in without]


def contents(
    platform: Platform, session: Session, version_ids: Iterable[int]
) -> dict[int, ItemContent]:
    """Content by version id; read once per run, since a version never changes.

    Raises:
        Refused: a question type's plugin is not installed any more.
    """
    wanted = list(version_ids)
    known = platform.item_contents
    missing = [version_id for version_id in wanted if version_id not in known]
    for version_id, version in items.versions(session, missing).items() if missing else ():
        question_type = platform.plugins.question_types.get(version.type)
        if question_type is None:
            raise Refused(
                _("The plugin of question type “{type}” is not installed.").format(
                    type=version.type
                ),
                mend=_("Tell an administrator; your answers are kept."),
            )
        with guarded(version.type):
            content = question_type.content_model.model_validate(version.content)
        known[version_id] = ItemContent(question_type, version.topic, content)
    return {version_id: known[version_id] for version_id in wanted}


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Let a fault of a question type's plugin be a refusal that tells nothing of the item (G14).

    Args:
        name: of the question type.
    Raises:
        Refused: anything but a `CertifyError` was raised inside.
    """
    try:
        yield
    except CertifyError:
        raise
    except Exception as problem:
        # The type alone: a message or a traceback could tell an item or an answer.
        log.error("question type %s failed: %s", name, type(problem).__name__)
        raise Refused(
            _("The question type “{type}” failed at an item.").format(type=name),
            mend=_("Tell an administrator; your answers are kept."),
        ) from None
