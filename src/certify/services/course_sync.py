"""Loads course folders into the database; a broken one is named and the rest works (R-PLT-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from sqlmodel import Session

from certify.courseware import course_file
from certify.courseware.checker import check_course
from certify.courseware.course_order import circle_findings, needs_on_disk
from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse, own_front, source_hash
from certify.domain.course import Course, CourseManifest, CourseRevision, Exam, Lesson
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.i18n import _
from certify.platform import Platform
from certify.services import course_changes, item_claims, item_store, standard_import
from certify.storage import courses, ledger


@dataclass(frozen=True)
class SyncedCourse:
    """What became of one course folder."""

    folder: Path
    code: str
    change: str
    """`unchanged`, `loaded` or `refused`."""
    findings: tuple[Finding, ...] = ()


def folders(platform: Platform) -> list[Path]:
    """The course folders of all plugins, then those in the home."""
    own = sorted(path.parent for path in platform.settings.home.courses.glob("*/course.toml"))
    return [*platform.plugins.course_folders, *own]


def sync_courses(platform: Platform, *, actor: Actor) -> list[SyncedCourse]:
    """Load every course that changed; one transaction a course, refused ones change nothing.

    Courses whose folder is gone are marked unavailable and keep all their records (R-PLT-01).
    """
    require(actor, Action.SYNC_COURSES)
    standard_import.load_registered(platform)
    with platform.database.read() as session:
        known = {course.code: course for course in courses.every(session)}
    results: list[SyncedCourse] = []
    for folder in folders(platform):
        taken = {result.code for result in results if result.code}
        results.append(_sync_one(platform, actor, folder, known, taken))
    present = {result.code for result in results}
    gone = [c for c in known.values() if c.available and c.code not in present]
    # A folder too broken to say which course it is may be any of them: then none counts as gone.
    if gone and all(result.code or result.change != "refused" for result in results):
        with platform.database.write() as session:
            courses.lock_loading(session)
            for course in gone:
                session.get_one(Course, course.id).available = False
    return results


def _sync_one(
    platform: Platform, actor: Actor, folder: Path, known: dict[str, Course], taken: set[str]
) -> SyncedCourse:
    try:
        fresh = source_hash(folder)
    except (OSError, ValueError):
        fresh = ""
    for course in known.values():
        if course.available and course.source_hash == fresh and course.code not in taken:
            return SyncedCourse(folder, course.code, "unchanged")
    loaded = check_course(folder, platform.plugins.question_types)
    code = loaded.manifest.code if loaded.manifest else ""
    findings = list(loaded.errors)
    if code and code in taken:
        findings.append(_twice(folder, _("Course code “{code}” is taken.").format(code=code)))
    findings += circle_findings(loaded, _needs(platform, loaded, known))
    if not findings and loaded.manifest is not None:
        with platform.database.write() as session:
            courses.lock_loading(session)
            stored = courses.by_code(session, code)
            if stored and stored.available and stored.source_hash == loaded.source_hash:
                # Another start loaded it since we looked.
                return SyncedCourse(folder, code, "unchanged")
            findings = claims(session, loaded)
            if not findings:
                store(session, platform, actor, loaded)
    if findings:
        own = code or folder.name  # a manifest may be too broken to say whose it is
        kept = own if own in known and own not in taken else ""
        return SyncedCourse(folder, kept, "refused", tuple(findings))
    return SyncedCourse(folder, code, "loaded")


def _needs(
    platform: Platform, loaded: LoadedCourse, known: dict[str, Course]
) -> dict[str, Sequence[str]]:
    """The prerequisites of every course, as its folder says now, else as it was loaded."""
    if loaded.manifest is None or not loaded.manifest.prerequisites:
        return {}  # without prerequisites it closes no circle
    stored = {code: course.prerequisites for code, course in known.items() if course.available}
    return {**stored, **needs_on_disk(folders(platform))}


def _twice(path: Path, message: str) -> Finding:
    return Finding(path / course_file.NAME, 1, message, _("Choose another code."))


def claims(session: Session, loaded: LoadedCourse) -> list[Finding]:
    """Items and exams whose codes belong to another course, and items that changed their pool."""
    manifest = _manifest(loaded)
    course = courses.by_code(session, manifest.code)
    course_id = course.id if course else None
    findings = list(item_claims.claims(session, loaded, course_id))
    for entry in manifest.exams:
        exam = courses.exam(session, entry.code)
        if exam is not None and exam.course_id != course_id:
            message = _("Exam code “{code}” belongs to another course.").format(code=entry.code)
            findings.append(_twice(loaded.folder, message))
    return findings


def store(session: Session, platform: Platform, actor: Actor, loaded: LoadedCourse) -> None:
    """Keep a course without errors, in the transaction of the session; `claims` found nothing."""
    manifest = _manifest(loaded)
    now = platform.clock.now()
    known = courses.by_code(session, manifest.code)
    changes = course_changes.compare(session, known, loaded)
    course = known or Course(code=manifest.code, version="", kind="", hours="", source_hash="")
    course.version, course.kind = manifest.version, manifest.kind
    course.title = cast(dict[str, str], manifest.title)
    course.summary = cast(dict[str, str], manifest.summary)
    course.topics = {topic.code: topic.texts for topic in manifest.topics}
    course.phase, course.track, course.layer = manifest.phase or "", manifest.track, manifest.layer
    course.module, course.mode = manifest.module, manifest.mode
    course.is_own = loaded.folder.parent == platform.settings.home.courses.absolute()
    if changes or course.revised_at is None:
        course.revised_at = now
    course.hours, course.prerequisites = str(manifest.hours), list(manifest.prerequisites)
    course.authors = list(manifest.authors)
    course.source_hash, course.available = loaded.source_hash, True
    session.add(course)
    session.flush()
    course_id = course.id or 0
    _store_lessons(session, course_id, loaded, now)
    item_store.store(session, platform, course, loaded, now)
    _store_exams(session, course_id, manifest)
    notes = next((one.texts for one in manifest.changes if one.version == manifest.version), {})
    session.add(
        CourseRevision(
            course_id=course_id,
            version=manifest.version,
            at=now,
            notes=notes,
            changes=changes.as_json(),
        )
    )
    ledger.append(
        session,
        at=now,
        actor_id=actor.person_id,
        action="course-loaded",
        subject=f"course:{course.code}",
        facts={"version": course.version, "source_hash": course.source_hash},
    )


def _manifest(loaded: LoadedCourse) -> CourseManifest:
    assert loaded.manifest is not None  # noqa: S101  else it has errors
    return loaded.manifest


def _store_lessons(session: Session, course_id: int, loaded: LoadedCourse, now: datetime) -> None:
    known = courses.all_lessons(session, course_id)
    for lesson in known.values():
        lesson.available = False
    for position, texts in enumerate(loaded.lessons):
        front = own_front(texts)
        lesson = known.get(front.id) or Lesson(
            course_id=course_id, code=front.id, position=0, method="", minutes=0
        )
        lesson.position, lesson.method, lesson.minutes = position, front.method, front.minutes
        lesson.topics, lesson.available = list(front.topics), True
        lesson.covers = list(front.covers)
        lesson.title = {name: text.front.title for name, text in texts.items()}
        body = {name: text.body for name, text in texts.items()}
        if lesson.body != body:
            lesson.body, lesson.revised_at = body, now
        session.add(lesson)


def _store_exams(session: Session, course_id: int, manifest: CourseManifest) -> None:
    known = {exam.code: exam for exam in courses.exams(session, course_id)}
    for exam in known.values():
        exam.available = False
    for entry in manifest.exams:
        exam = known.get(entry.code) or Exam(code=entry.code, course_id=course_id, minutes=0)
        exam.minutes, exam.available = entry.minutes, True
        exam.part, exam.registered_only = entry.part, entry.registered_only
        exam.title = cast(dict[str, str], entry.title)
        exam.process_code = entry.process.code if entry.process else ""
        exam.process = entry.process.texts if entry.process else {}
        exam.blueprint = [cell.model_dump(mode="json") for cell in entry.blueprint]
        session.add(exam)
