"""Takes the items of a course out into a file of another program; keys leave the house here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from certify.courseware.checker import check_course
from certify.courseware.loader import LoadedItem
from certify.domain.item import ItemVersion
from certify.domain.item_format import BankItem, ItemFormat, Loss, NotTaken
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.question_type import ContentError, ItemBlock, QuestionType
from certify.errors import BadInput, NotFound
from certify.i18n import LANGUAGES, _, pick
from certify.platform import Platform
from certify.services import item_formats, own_exam, review_item
from certify.services.item_folder import course_folder
from certify.services.item_import_report import LossGroup, grouped
from certify.services.whole_file import whole_file
from certify.storage import courses, item_rows, ledger


@dataclass(frozen=True)
class ExportWish:
    """What somebody wants of an export."""

    course: str
    """Code of the course, or its folder."""
    format: str
    language: str = ""
    """Empty: the course's own."""
    in_use: bool = False
    """Only items in use, each as it is drawn now; else all that are not retired."""


@dataclass(frozen=True)
class ExportReport:
    """What was written: `found` is `written` and those that could not be."""

    path: Path
    found: int
    not_written: tuple[NotTaken, ...]
    losses: tuple[LossGroup, ...]

    @property
    def written(self) -> int:
        return self.found - len(self.not_written)


@dataclass(frozen=True)
class _Bank:
    """The items of one course, whence they may come."""

    code: str
    title: str
    language: str
    items: Iterable[BankItem | NotTaken]


def export_items(
    platform: Platform, *, actor: Actor, wish: ExportWish, path: Path | None = None
) -> ExportReport:
    """Write the items of a course to a file for its owner alone, all of it or nothing.

    Args:
        path: None: in the exports of the home.
    Raises:
        NotPermitted, NotFound
        Refused: the actor sits an exam of the course.
        BadInput: there is no such format or language, or the place cannot be written.
    """
    require(actor, Action.SEE_BANK)
    require(actor, Action.WRITE_ITEMS)
    writer = item_formats.by_name(platform, wish.format, to_write=True)
    bank = _bank(platform, wish)
    own_exam.refuse_course(platform, actor, bank.code)
    exports = platform.settings.home.exports
    path = path or exports / f"{bank.code}{writer.suffixes[0]}"

    def record(found: int, lost: int) -> None:
        with platform.database.write() as session:
            courses.lock_loading(session)
            review_item.keep_seen(session, platform, actor, bank.code)
            ledger.append(
                session,
                at=platform.clock.now(),
                actor_id=actor.person_id,
                action="items-exported",
                subject=f"course:{bank.code}",
                facts={
                    "format": wish.format,
                    "language": bank.language,
                    "items": found - lost,
                    "not_written": lost,
                },
            )

    with whole_file(path, exports) as out:
        return write_bank(writer, bank.items, out, path, bank.title, bank.language, record)


def write_bank(
    writer: ItemFormat,
    items: Iterable[BankItem | NotTaken],
    out: BinaryIO,
    path: Path,
    title: str,
    language: str,
    record: Callable[[int, int], None],
) -> ExportReport:
    """Write items with a format, and say what of them it could not hold.

    Args:
        record: told how many there are and how many could not be written, before the file counts.
    """
    refused: list[NotTaken] = []
    found = 0

    def writable() -> Iterator[BankItem]:
        nonlocal found
        for item in items:
            found += 1
            if isinstance(item, NotTaken):
                refused.append(item)
            else:
                yield item

    lost = list(writer.write(writable(), out, title=title, language=language))
    refused += [one for one in lost if isinstance(one, NotTaken)]
    losses = grouped(one for one in lost if isinstance(one, Loss))
    record(found, len(refused))
    return ExportReport(path, found, tuple(refused), tuple(losses))


def _bank(platform: Platform, wish: ExportWish) -> _Bank:
    if wish.language not in ("", *LANGUAGES):
        raise BadInput(
            _("There is no language “{name}”.").format(name=wish.language),
            mend=_("Possible: {values}").format(values=", ".join(LANGUAGES)),
        )
    try:
        folder = course_folder(platform, wish.course)
    except NotFound:
        return _stored(platform, wish)
    installed = {one.absolute() for one in platform.plugins.course_folders}
    if wish.in_use or folder in installed:
        return _stored(platform, wish)
    loaded = check_course(folder, platform.plugins.question_types)
    if loaded.manifest is None:
        raise BadInput(loaded.findings[0].message, place=str(folder))
    language = wish.language or loaded.manifest.language
    return _Bank(
        loaded.manifest.code,
        pick(dict(loaded.manifest.title), language),  # type: ignore[arg-type]
        language,
        [
            bank_item(platform.plugins.question_types[item.type], item, language)
            for item in loaded.items
        ],
    )


def _stored(platform: Platform, wish: ExportWish) -> _Bank:
    """The items as the database has them.

    Raises:
        NotFound: the course was never loaded.
    """
    with platform.database.read() as session:
        course = courses.by_code(session, wish.course) or courses.by_code(
            session, Path(wish.course).name
        )
        if course is None:
            raise NotFound(
                _("There is no course “{course}”.").format(course=wish.course),
                mend=_("“certify course list” shows all of them; a folder can be named too."),
            )
        rows = list(item_rows.whole_versions(session, course.id or 0, is_all=not wish.in_use))
        items = [
            _of_version(platform, code, pool, version, wish.language)
            for code, pool, version in rows
        ]
        own = next(iter(rows[0][2].content.get("stem", {})), "zh") if rows else "zh"
        language = wish.language or own
        return _Bank(course.code, pick(course.title, language), language, items)


def _of_version(
    platform: Platform, code: str, pool: str, version: ItemVersion, wanted: str
) -> BankItem | NotTaken:
    kind = platform.plugins.question_types.get(version.type)
    stem = pick(version.content.get("stem", {}), wanted)
    if kind is None:
        message = _("The plugin of question type “{type}” is not installed.")
        return NotTaken(code, "rejected", stem, message.format(type=version.type))
    content = kind.content_model.model_validate(version.content)
    facts = (code, version.topic, version.difficulty, version.facts, version.standards, pool)
    return _written(kind, content, wanted, *facts)


def bank_item(kind: QuestionType[Any, Any], item: LoadedItem, wanted: str) -> BankItem | NotTaken:
    """An item of a course folder in a language, with its key and its other wordings."""
    facts = (item.code, item.topic, item.difficulty, item.facts, item.standards, item.pool)
    return _written(kind, item.content, wanted, *facts)


def _written(
    kind: QuestionType[Any, Any],
    content: Any,
    wanted: str,
    code: str,
    topic: str,
    difficulty: int,
    facts: Iterable[str],
    standards: Iterable[str],
    pool: str,
) -> BankItem | NotTaken:
    """One item in a language with its key, and its other wordings without."""
    stem: dict[str, str] = getattr(content, "stem", {})
    language = wanted if wanted in stem else next(iter(stem), wanted)
    try:
        block: ItemBlock = kind.to_markdown(content, language)
        others = {
            name: kind.to_markdown(content, name, with_key=False)
            for name in stem
            if name != language
        }
    except ContentError as problem:
        return NotTaken(code, "rejected", pick(stem, wanted), str(problem))
    return BankItem(
        place=code,
        type=kind.name,
        block=block,
        name=code,
        code=code,
        topic=topic,
        difficulty=difficulty,
        facts=tuple(facts),
        standards=tuple(standards),
        pool=pool,
        wordings=others,
    )
