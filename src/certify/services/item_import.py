"""Takes a question-bank file into the Markdown bank of a course: a trial run first (R-ASM-13).

`found = new + changed + skipped + rejected`, always; all of a file is taken or nothing, unless
somebody says to leave out what is rejected.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from sqlmodel import Session

from certify.courseware import bank_files, bank_ids
from certify.courseware.bank_ids import Ids
from certify.courseware.item_check import rules_of
from certify.courseware.loaded_item import LoadedItem
from certify.courseware.loader import LoadedCourse, source_hash
from certify.domain.folding import fold
from certify.domain.item_format import BankFile, BankItem, Entry, NotTaken, Remark
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput, Refused
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services import course_sync, item_alike, item_formats, own_exam, review_item
from certify.services.cycles import no_search_for_cycles
from certify.services.item_folder import writable_course
from certify.services.item_import_facts import Defaults, language_of
from certify.services.item_import_files import Files
from certify.services.item_import_plan import Plan, topics_of
from certify.services.item_import_report import ImportReport, counted
from certify.storage import courses, item_rows, ledger

MOST_BYTES = 100_000_000


@dataclass(frozen=True)
class ImportWish:
    """What somebody wants of an import."""

    course: str
    """Code of the course, or its folder."""
    format: str = ""
    """Empty: told from the file."""
    defaults: Defaults = field(default_factory=Defaults)
    skip_rejected: bool = False
    """Whether to take the good ones although others are rejected."""
    apply: bool = False


def import_items(
    platform: Platform, *, actor: Actor, file: BankFile, wish: ImportWish
) -> ImportReport:
    """Check a question-bank file and, where it is wanted, take it into a course.

    Raises:
        NotPermitted, NotFound
        Refused: the course belongs to a plugin, or was changed at the same moment; or the actor
            sits an exam of it.
        BadInput: the file is none of its kind, or the course has errors.
    """
    require(actor, Action.WRITE_ITEMS)
    if len(file.data) > MOST_BYTES:
        raise BadInput(
            _("The file is too large: at most {size} MB.").format(size=MOST_BYTES // 1_000_000),
            place=file.name,
            mend=_("Split it into several files."),
        )
    with no_search_for_cycles():
        return _imported(platform, actor, file, wish)


def _imported(platform: Platform, actor: Actor, file: BankFile, wish: ImportWish) -> ImportReport:
    loaded = writable_course(platform, wish.course)
    if loaded.manifest is not None:  # a trial tells whether a guess at a key is right
        own_exam.refuse_course(platform, actor, loaded.manifest.code)
    reader = (
        item_formats.by_name(platform, wish.format)
        if wish.format
        else item_formats.told(platform, file)
    )
    plan = _plan(platform, actor, loaded, wish.defaults)
    remarks = _judge(plan, reader.read(file, plan.own))
    _keep_seen(platform, actor, plan)
    files = _files(loaded, plan, file.name)
    fresh = {one.item.code: one.item for one in plan.taken}
    plan.taken.clear()  # their texts are in the files now, and need not be held twice
    report = ImportReport(
        file=file.name,
        format=reader.name,
        course=plan.manifest.code,
        outcomes=plan.outcomes,
        remarks=remarks,
        near_duplicates=item_alike.of_import(platform, loaded, plan, fresh),
        unknown_topics=plan.unknown_topics.most_common(),
        files=sorted(files.contents),
        counts=counted(plan.outcomes),
    )
    may_apply = wish.apply and (wish.skip_rejected or not report.count("rejected"))
    if may_apply and fresh:
        _apply(platform, actor, loaded, fresh, files, report, bank_files.digest(file.data))
    return replace(report, applied=may_apply)


def _keep_seen(platform: Platform, actor: Actor, plan: Plan) -> None:
    """Keep whose keys a trial tells: that nothing of an item changes says that a guess is right."""
    told = {one.code for one in plan.outcomes if one.code in plan.known}
    if told:
        with platform.database.write() as session:
            review_item.keep_seen(session, platform, actor, plan.manifest.code, told)


def _judge(plan: Plan, entries: Iterable[Entry]) -> list[Remark]:
    """Judge every entry of a file; gives what is to be said of the file as a whole."""
    remarks = []
    for entry in entries:
        if isinstance(entry, BankItem):
            plan.take(entry)
        elif isinstance(entry, NotTaken):
            plan.refuse(entry)
        else:
            remarks.append(entry)
    return remarks


def _plan(platform: Platform, actor: Actor, loaded: LoadedCourse, defaults: Defaults) -> Plan:
    manifest = loaded.manifest
    assert manifest is not None  # noqa: S101  only a course without errors is written to
    topic = topics_of(manifest).get(fold(defaults.topic), "") if defaults.topic else ""
    if defaults.topic and not topic:
        names = (f"{one.code} {pick(one.texts)}".strip() for one in manifest.topics)
        raise BadInput(
            _("Topic “{topic}” is not among [[topics]].").format(topic=defaults.topic),
            mend=_("Possible: {values}").format(values=_("; ").join(names)),
        )
    ids = Ids(_used(platform, loaded.folder))
    prefix = defaults.prefix or _prefix(loaded, ids)
    if not bank_ids.PREFIX.fullmatch(prefix):
        raise BadInput(
            _("“{prefix}” cannot begin an id.").format(prefix=prefix),
            mend=_("Two to eight capital letters or digits, the first a letter."),
        )
    # A course that names this person alone says it already; beside others they must be named.
    is_said = list(manifest.authors) == [actor.staff_no]
    author = "" if actor.is_console or is_said else actor.staff_no
    return Plan(
        manifest,
        rules_of(manifest, platform.plugins.question_types),
        replace(
            defaults,
            prefix=prefix,
            topic=topic,
            author=author,
            course_authors=manifest.authors,
        ),
        ids,
        {item.code: item for item in loaded.items},
    )


def _used(platform: Platform, folder: Path) -> Iterator[tuple[str, int]]:
    """Every id there is or was: in the database, in all course folders, in this one's record."""
    with platform.database.read() as session:
        yield from bank_ids.split(item_rows.codes(session))
    for one in {folder, *(path.absolute() for path in course_sync.folders(platform))}:
        yield from bank_ids.used_in(one)


def _prefix(loaded: LoadedCourse, ids: Ids) -> str:
    """How the ids of the course begin mostly; else the initials of its code, if they are free."""
    own = Counter(item.code.rpartition("-")[0] for item in loaded.items)
    own.update(prefix for prefix, _number in bank_ids.used_in(loaded.folder))
    if own:
        return own.most_common(1)[0][0]
    assert loaded.manifest is not None  # noqa: S101
    words = loaded.manifest.code.upper().split("-")
    initials = "".join(word[0] for word in words if word[0].isalpha())[:5] or "IT"
    initials = initials if len(initials) > 1 else f"{initials}Q"
    names = (initials if number == 1 else f"{initials}{number}" for number in count(1))
    return next(name for name in names if name not in ids.highest)


def _files(loaded: LoadedCourse, plan: Plan, name: str) -> Files:
    files = Files(loaded.folder, plan.own)
    wordings = {
        item.code: {language_of(text): text.path for text in item.others} for item in loaded.items
    }
    files.edit((one for one in plan.taken if not one.is_new), wordings)
    files.add([one for one in plan.taken if one.is_new], name)
    files.keep(plan.taken, plan.ids)
    return files


def _apply(
    platform: Platform,
    actor: Actor,
    loaded: LoadedCourse,
    fresh: dict[str, LoadedItem],
    files: Files,
    report: ImportReport,
    file_hash: str,
) -> None:
    """Write the files and load the course, which is not read again: what was written reads back."""
    items = {item.code: item for item in loaded.items} | fresh
    after = replace(loaded, items=[*items.values()])
    with platform.database.write() as session:
        courses.lock_loading(session)
        if source_hash(loaded.folder) != loaded.source_hash:
            raise Refused(
                _("The course was changed at the same moment."),
                mend=_("Nothing was imported. Import the file again."),
            )
        if findings := course_sync.claims(session, after):
            raise BadInput(findings[0].message, mend=findings[0].mend)
        bank_files.write(loaded.folder, files.contents, files.before)
        after.source_hash = source_hash(loaded.folder)
        if _is_loaded_here(platform, loaded.folder):
            course_sync.store(session, platform, actor, after)
        _record(session, platform, actor, report, file_hash)


def _is_loaded_here(platform: Platform, folder: Path) -> bool:
    return folder in {one.absolute() for one in course_sync.folders(platform)}


def _record(
    session: Session, platform: Platform, actor: Actor, report: ImportReport, file_hash: str
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action="items-imported",
        subject=f"file:{file_hash}",
        facts={
            "course": report.course,
            "format": report.format,
            "found": report.found,
            **{name: report.count(name) for name in ("new", "changed", "skipped", "rejected")},
            "drafts": report.drafts,
        },
    )
