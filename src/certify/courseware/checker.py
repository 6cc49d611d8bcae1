"""`certify course check`: everything that is wrong with a course, all at once (R-PLT-06)."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from certify.courseware import course_file
from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse, LoadedItem, Types, load_course, own_front
from certify.courseware.toml_place import line_of
from certify.domain.blueprint import shortages
from certify.domain.course import CourseManifest
from certify.i18n import _
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
        course.findings += _exams(course, course.manifest)
    course.findings.sort()
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
            message = _("{code}: topic “{topic}” is not among [[topics]].").format(
                code=item.code, topic=item.topic
            )
            yield Finding(path, line, message, _("Every item has a topic (R-CAT-08)."))
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
    if not item.text.block.explanation:
        message = _("{code}: the explanation is missing.").format(code=item.code)
        yield Finding(path, line, message, _("Add a quote that begins with “>”."))
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


def _exams(course: LoadedCourse, manifest: CourseManifest) -> Iterator[Finding]:
    path = course.folder / course_file.NAME
    text = path.read_text(encoding="utf-8-sig")
    drawable = [item for item in course.items if item.pool == "exam"]
    for place, exam in enumerate(manifest.exams):
        for short in shortages(exam.blueprint, drawable):
            row = exam.blueprint.index(short.cell)
            message = _(
                "Exam {exam}: topic “{topic}”, type “{type}” needs {count} items, "
                "the bank has {available}."
            ).format(
                exam=exam.code,
                topic=short.cell.topic,
                type=short.cell.type,
                count=short.cell.count,
                available=short.available,
            )
            line = line_of(text, ("exams", place, "blueprint", row))
            yield Finding(path, line, message, _("Write more items or ask for fewer."))
