"""The first files of a new course: they check clean, and say where to go on."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from certify.courseware.plain_markdown import plain_markdown
from certify.courseware.scaffold_words import EXAM, ITEMS, LESSONS, METHODS
from certify.domain.course import CourseKind, Phase

LAYERS: Mapping[str, str] = {
    "onboarding": "new-front-line",
    "in-service": "experienced-front-line",
    "special": "experienced-front-line",
}
PREFIX_LENGTH = 4


@dataclass(frozen=True)
class NewCourse:
    """What a trainer says of a course that is to be made."""

    code: str
    kind: CourseKind
    phase: Phase | None
    language: str
    """The course's own language; where `title` has another one too, it gets files as well."""
    title: Mapping[str, str]
    topics: Sequence[Mapping[str, str]]
    """Names by language."""
    authors: Sequence[str] = ()
    """Staff numbers."""
    taken: Collection[str] = ()
    """Beginnings of item ids that other courses have."""

    @property
    def languages(self) -> list[str]:
        """The own language first."""
        return [self.language, *(name for name in self.title if name != self.language)]

    @property
    def topic_codes(self) -> list[str]:
        """Codes of the topics, made of their English names where they have one."""
        codes: list[str] = []
        for number, names in enumerate(self.topics, start=1):
            code = slug(names.get("en", "")) or slug(names[self.language]) or f"topic-{number}"
            codes.append(code if code not in codes else f"{code}-{number}")
        return codes

    @property
    def prefix(self) -> str:
        """How the ids of its items begin; no other course's do."""
        return next(one for one in _prefixes(self.code) if one not in self.taken)


def _prefixes(code: str) -> Iterator[str]:
    """The initials of the words of a code, its first letters, then these with a number."""
    initials = "".join(re.findall(r"(?:^|-)([a-z])", code)).upper()
    letters = re.sub("[^A-Z]", "", code.upper())
    if len(initials) > 1:
        yield initials[:PREFIX_LENGTH]
    yield (letters + "XX")[: max(2, min(3, len(letters)))]
    for number in count(2):
        yield f"{(letters or 'X')[:3]}{number}"


def slug(text: str) -> str:
    """A code made of a name: its Latin letters and digits in lower case; empty where none are."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60].strip("-")


def files(course: NewCourse) -> dict[str, str]:
    """The files of a new course: path in its folder → text."""
    found = {"course.toml": _manifest(course)}
    methods = METHODS if course.kind == "onboarding" else METHODS[:1]
    for number, method in enumerate(methods, start=1):
        for language in course.languages:
            path = f"{language}/{number:02d}-{method}.md"
            found[path] = _lesson(course, method, language)
    for language in course.languages:
        is_own = language == course.language
        name = "items/first.md" if is_own else f"items/first.{language}.md"
        found[name] = "\n".join(
            _item(course, place, language) for place in range(len(course.topics))
        )
    return found


def write(course: NewCourse, folder: Path) -> list[Path]:
    """Write the files into a folder that is not there yet, or is empty.

    Raises:
        OSError: the folder cannot be written.
    """
    written = []
    for name, text in files(course).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _manifest(course: NewCourse) -> str:
    lines = [
        "format = 1",
        f'code = "{course.code}"',
        'version = "0.1.0"',
        f'language = "{course.language}"',
        f'kind = "{course.kind}"',
        *([f'phase = "{course.phase}"'] if course.phase else []),
        'track = "service"',
        f'layer = "{LAYERS[course.kind]}"',
        f'module = "{course.code}"',
        "hours = 1",
        *([f"authors = [{', '.join(map(_quoted, course.authors))}]"] if course.authors else []),
        *_texts("[title]", course.title),
        *_texts("[summary]", {name: EXAM[name]["summary"] for name in course.languages}),
        *_texts("[[sources]]", {name: EXAM[name]["source"] for name in course.languages}, "H1"),
    ]
    for code, names in zip(course.topic_codes, course.topics, strict=True):
        known = {name: names.get(name) or names[course.language] for name in course.languages}
        lines += _texts("[[topics]]", known, code)
    titles = {name: EXAM[name]["title"].format(title=course.title[name]) for name in course.title}
    own = ", ".join(f"{name} = {_quoted(text)}" for name, text in titles.items())
    lines += ["", "[[exams]]", f'code = "{course.code}-written"', "minutes = 10"]
    lines += [f"title = {{ {own} }}"]
    for code in course.topic_codes:
        cell = (f'topic = "{code}"', 'type = "single"', "count = 1", "points = 1")
        lines += ["", "[[exams.blueprint]]", *cell]
    return "\n".join(lines) + "\n"


def _texts(head: str, texts: Mapping[str, str], code: str = "") -> list[str]:
    named = [f'code = "{code}"'] if code else []
    return ["", head, *named, *(f"{name} = {_quoted(text)}" for name, text in texts.items())]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _lesson(course: NewCourse, method: str, language: str) -> str:
    words = LESSONS[language][method]
    front = [f'id = "{method}"', f"title = {_quoted(words.title)}"]
    if language == course.language:
        topics = ", ".join(_quoted(code) for code in course.topic_codes)
        front += [f"topics = [{topics}]", f'method = "{method}"', "minutes = 10"]
        front += ['facts = ["H1-01"]']
    return "\n".join(["+++", *front, "+++", "", words.body, ""])


def _item(course: NewCourse, place: int, language: str) -> str:
    words, code = ITEMS[language], course.topic_codes[place]
    name = course.topics[place].get(language) or course.topics[place][course.language]
    is_own = language == course.language
    given = f" {{type=single difficulty=1 topic={code} fact=H1-01}}" if is_own else ""
    marks = ("[x] ", "[ ] ", "[ ] ") if is_own else ("", "", "")
    options = [f"- {mark}{text}" for mark, text in zip(marks, words.options, strict=True)]
    head = f"## {course.prefix}-{place + 1:03d}{given}"
    stem = words.stem.format(topic=plain_markdown(name))
    return "\n".join([head, "", stem, "", *options, "", f"> {words.explanation}", ""])
