"""`certify course check`: everything that is wrong with a course, all at once (R-PLT-06)."""

from collections.abc import Iterator
from pathlib import Path

from certify.courseware import course_file
from certify.courseware.finding import Finding
from certify.courseware.item_check import FACT, check_item, rules_of
from certify.courseware.lesson import LessonFront, LessonText
from certify.courseware.loader import LoadedCourse, Types, load_course, own_front
from certify.courseware.scenario_file import FOLDER as SCENARIOS
from certify.courseware.self_check import self_check_findings
from certify.courseware.toml_place import line_of
from certify.domain.blueprint import shortages
from certify.domain.course import CourseManifest, ExamEntry
from certify.domain.must_cover import MUST_COVER
from certify.i18n import _, _n


def check_course(folder: Path, types: Types) -> LoadedCourse:
    """Load a course and add every finding on its meaning to those on its form."""
    course = load_course(folder, types)
    if course.manifest is not None:
        course.findings += _prerequisites(course, course.manifest)
        course.findings += _lessons(course, course.manifest)
        course.findings += _items(course, course.manifest, types)
        course.findings += self_check_findings(course)
        course.findings += _exams(course, course.manifest, types)
    course.findings = sorted(set(course.findings))
    return course


def _prerequisites(course: LoadedCourse, manifest: CourseManifest) -> Iterator[Finding]:
    """A course that waits for itself can never be begun (R-CAT-07)."""
    if manifest.code in manifest.prerequisites:
        toml = course.folder / course_file.NAME
        line = line_of(toml.read_text(encoding="utf-8-sig"), ("prerequisites",))
        message = _("The course is its own prerequisite: {code} → {code}.")
        yield Finding(toml, line, message.format(code=manifest.code), _("Delete it there."))


def _lessons(course: LoadedCourse, manifest: CourseManifest) -> Iterator[Finding]:
    toml = course.folder / course_file.NAME
    if not course.lessons:
        yield Finding(
            toml,
            1,
            _("The course has no lessons."),
            _("Add {folder}/01-….md.").format(folder=manifest.language),
        )
        return
    topics = {topic.code for topic in manifest.topics}
    seen: dict[str, Path] = {}
    for texts in course.lessons:
        own = next(iter(texts.values()))
        front = own_front(texts)
        if front.id in seen:
            message = _("Lesson id “{id}” is used twice.").format(id=front.id)
            yield Finding(own.path, 2, message, _("Give each lesson its own id."))
        seen[front.id] = own.path
        for topic in sorted(set(front.topics) - topics):
            message = _("Topic “{topic}” is not among [[topics]].").format(topic=topic)
            yield Finding(own.path, 2, message, _("Add it or correct it."))
        yield from _covers(own, front, manifest)
        for fact in front.facts:
            if not FACT.fullmatch(fact):
                yield Finding(own.path, 2, _("“{fact}” is no fact id.").format(fact=fact))
        for text in texts.values():
            if text.front.id != front.id:
                message = _("The translation has another id than {path}.").format(
                    path=own.path.name
                )
                yield Finding(text.path, 2, message, _("Give both the same id."))
            if text.block_count != own.block_count:
                message = _("{count} blocks here, {other} in the other language.").format(
                    count=text.block_count, other=own.block_count
                )
                mend = _("Keep headings, paragraphs, lists and tables in the same order.")
                yield Finding(text.path, 1, message, mend, "warning")
            if not text.body.strip():
                yield Finding(text.path, 1, _("The lesson is empty."), _("Write it."))
    if manifest.kind == "onboarding":
        methods = {own_front(texts).method for texts in course.lessons}
        for method in sorted({"lecture", "case", "simulation"} - methods):
            message = _("No lesson has method “{method}” (R-LRN-04).").format(method=method)
            yield Finding(toml, 1, message, _("Onboarding needs lecture, case and simulation."))


def _covers(text: LessonText, front: LessonFront, manifest: CourseManifest) -> Iterator[Finding]:
    """What a lesson says it holds of the contents that onboarding must have (R-LRN-02)."""
    line = next((n for n, one in enumerate(_lines(text.path), 1) if one.startswith("covers")), 2)
    for code in front.covers:
        if code not in MUST_COVER:
            message = _("“{code}” is no content that onboarding must have.").format(code=code)
            mend = _("Possible: {values}").format(values=", ".join(MUST_COVER))
            yield Finding(text.path, line, message, mend)
    if front.covers and manifest.kind != "onboarding":
        message = _("Only lessons of onboarding courses count as covering these contents.")
        yield Finding(text.path, line, message, _("Delete “covers”."), "warning")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").split("\n")


def _items(course: LoadedCourse, manifest: CourseManifest, types: Types) -> Iterator[Finding]:
    rules = rules_of(manifest, types)
    seen: set[str] = set()
    for item in course.items:
        if item.code in seen:
            message = _("Item id {code} is used twice.").format(code=item.code)
            mend = _("Give each item its own id; never reuse one.")
            yield Finding(item.text.path, item.text.line, message, mend)
        seen.add(item.code)
        yield from check_item(item, rules)


def _exams(course: LoadedCourse, manifest: CourseManifest, types: Types) -> Iterator[Finding]:
    path = course.folder / course_file.NAME
    text = path.read_text(encoding="utf-8-sig")
    drawable = [item for item in course.items if item.pool == "exam" and not item.is_draft]
    unread = _unread(course)
    for place, exam in enumerate(manifest.exams):
        for row, cell in enumerate(exam.blueprint):
            line = line_of(text, ("exams", place, "blueprint", row, "type"))
            yield from _cell_type(path, line, exam, cell.type, types)
        if exam.part == "written" and all(
            cell.type in types and types[cell.type].is_observed for cell in exam.blueprint
        ):
            message = _("Exam {exam} is written and draws practical tasks alone.")
            mend = _('If an examiner opens it, write part = "practical" in it.')
            line = line_of(text, ("exams", place))
            yield Finding(path, line, message.format(exam=exam.code), mend, "warning")
        for short in shortages(exam.blueprint, drawable):
            if short.available + unread >= short.cell.count or short.cell.type not in types:
                continue
            row = exam.blueprint.index(short.cell)
            message = _n(
                "Exam {exam}: topic “{topic}”, type “{type}” needs {count} item, "
                "the bank has {available}.",
                "Exam {exam}: topic “{topic}”, type “{type}” needs {count} items, "
                "the bank has {available}.",
                short.cell.count,
            ).format(
                exam=exam.code,
                topic=short.cell.topic,
                type=short.cell.type,
                count=short.cell.count,
                available=short.available,
            )
            line = line_of(text, ("exams", place, "blueprint", row))
            yield Finding(path, line, message, _("Write more items or ask for fewer."))


def _unread(course: LoadedCourse) -> int:
    """At most so many items are there and wait for their own mend: no shortage of the bank yet."""
    places = {(one.path, one.line) for one in course.errors if one.path.parent != course.folder}
    return sum(path.parent.name in ("items", SCENARIOS) for path, _line in places)


def _cell_type(
    path: Path, line: int, exam: ExamEntry, name: str, types: Types
) -> Iterator[Finding]:
    """A practical exam draws what an examiner can watch, and only that (R-ASM-05)."""
    if name not in types:
        message = _("Question type “{name}” is not known.").format(name=name)
        mend = _("Possible: {values}").format(values=", ".join(sorted(types)))
        yield Finding(path, line, message, mend)
    elif exam.part == "practical" and not types[name].is_observed:
        message = _("Exam {exam} is practical, but nobody can watch type “{type}”.")
        mend = _("Let it draw items of type “practical” alone.")
        yield Finding(path, line, message.format(exam=exam.code, type=name), mend)
