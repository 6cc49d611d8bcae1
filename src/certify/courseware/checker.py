"""`certify course check`: everything that is wrong with a course, all at once (R-PLT-06)."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from certify.courseware import course_file
from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse, LoadedItem, Types, load_course, own_front
from certify.courseware.scenario_file import FOLDER as SCENARIOS
from certify.courseware.toml_place import line_of
from certify.domain.blueprint import shortages
from certify.domain.course import CourseManifest, ExamEntry
from certify.i18n import _, _n
from certify.policy import ExamPolicy

FACT = re.compile(r"[A-Z]\d*-(?:[A-Z]+\d*-)?\d{2}(?:\(\d+\))?")
POOLS = ("exam", "practice")
STANDARD = re.compile(r"[A-Z]{2,6}-\d{3}")


def check_course(folder: Path, types: Types) -> LoadedCourse:
    """Load a course and add every finding on its meaning to those on its form."""
    course = load_course(folder, types)
    if course.manifest is not None:
        course.findings += _prerequisites(course, course.manifest)
        course.findings += _lessons(course, course.manifest)
        course.findings += _items(course, course.manifest, types)
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


def _items(course: LoadedCourse, manifest: CourseManifest, types: Types) -> Iterator[Finding]:
    topics = {topic.code for topic in manifest.topics}
    names = [name for one in manifest.sources for name in (one.zh, one.en) if name]
    seen: set[str] = set()
    for item in course.items:
        path, line = item.text.path, item.text.line
        if item.code in seen:
            message = _("Item id {code} is used twice.").format(code=item.code)
            yield Finding(path, line, message, _("Give each item its own id; never reuse one."))
        seen.add(item.code)
        if item.topic not in topics:
            message = _("{code}: topic “{topic}” is not among [[topics]].")
            if not item.topic:
                message = _("{code}: the topic is missing (R-CAT-08).")
            mend = _("Write topic=…; possible: {values}").format(values=", ".join(sorted(topics)))
            yield Finding(path, line, message.format(code=item.code, topic=item.topic), mend)
        if item.pool not in POOLS:
            message = _("{code}: “{pool}” is no pool.").format(code=item.code, pool=item.pool)
            yield Finding(path, line, message, _("Write pool=exam or pool=practice."))
        yield from _references(item, names, types)
        for problem in types[item.type].check(item.content):
            yield Finding(path, line, f"{item.code}: {problem}")
        yield from _samples(item, types)


def _references(item: LoadedItem, sources: list[str], types: Types) -> Iterator[Finding]:
    path, line = item.text.path, item.text.line
    if not item.facts and not item.standards:
        message = _("{code}: no fact or standard is cited.").format(code=item.code)
        yield Finding(path, line, message, _("Add fact=… or standard=…."))
    wrong = [fact for fact in item.facts if not FACT.fullmatch(fact)]
    wrong += [standard for standard in item.standards if not STANDARD.fullmatch(standard)]
    for reference in wrong:
        message = _("{code}: “{reference}” is no fact or standard id.").format(
            code=item.code, reference=reference
        )
        yield Finding(path, line, message, _("Write it like S2-CP-04 or CS-003."))
    for text in (item.text, *item.others):
        if not text.block.explanation:
            message = _("{code}: the explanation is missing.").format(code=item.code)
            yield Finding(text.path, text.line, message, _("Add a quote that begins with “>”."))
    if types[item.type].asks_number(item.content):
        stems: dict[str, str] = getattr(item.content, "stem", {})
        for language, stem in stems.items():
            if not any(name in stem for name in (*item.standards, *sources)):
                message = _(
                    "{code} ({language}): asks for a number and names no source (R-CAT-02)."
                ).format(code=item.code, language=language)
                mend = _("Begin with the standard or source, for instance “Under CS-001, …”.")
                yield Finding(path, line, message, mend)


def _samples(item: LoadedItem, types: Types) -> Iterator[Finding]:
    """Mark the type's sample answers: every item of every course proves its own key."""
    kind = types[item.type]
    for sample in kind.sample_answers(item.content):
        try:
            answer = kind.answer_model.model_validate(sample.answer)
            kind.check_answer(item.content, answer)
            score = kind.score(item.content, answer, ExamPolicy())
            if score is None and not kind.rubric(item.content):
                message = _("{code}: a person must mark it, and it has no criteria.")
                mend = _("Add a table of criteria and points, or use another type.")
                yield Finding(item.text.path, item.text.line, message.format(code=item.code), mend)
                return
            share, fatal = (score.share, score.fatal) if score else (None, False)
            holds = sample.kind != "invalid" and (share, fatal) == (sample.share, sample.fatal)
        except (ValidationError, ValueError):
            holds = sample.kind == "invalid"
        if not holds:
            message = _("{code}: the sample answer “{kind}” is not marked as expected.").format(
                code=item.code, kind=sample.kind
            )
            yield Finding(item.text.path, item.text.line, message)


def _exams(course: LoadedCourse, manifest: CourseManifest, types: Types) -> Iterator[Finding]:
    path = course.folder / course_file.NAME
    text = path.read_text(encoding="utf-8-sig")
    drawable = [item for item in course.items if item.pool == "exam"]
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
