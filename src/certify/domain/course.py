"""Courses, lessons, exams, enrolment and progress (R-CAT-01, R-CAT-08, R-LRN-03)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic import Field as Limit
from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.blueprint import Cell
from certify.domain.clean import refuse_controls
from certify.domain.columns import json

Code = Annotated[str, Limit(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Shown = Annotated[str, AfterValidator(refuse_controls)]
"""Text for the eye; a TOML escape could hide a control character from a look at the file."""
Texts = dict[Literal["zh", "en"], Annotated[Shown, Limit(min_length=1, max_length=400)]]
CourseKind = Literal["onboarding", "in-service", "special"]
Phase = Literal["head-office", "department", "on-site-practice"]
Method = Literal["lecture", "case", "simulation", "role-play", "self-study", "discussion"]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceEntry(_Entry):
    """A document the course rests on and the name by which items cite it."""

    code: Annotated[str, Limit(pattern=r"^[A-Z][A-Z0-9]*$")]
    zh: Shown = ""
    en: Shown = ""


class TopicEntry(_Entry):
    """One topic (知识点); results are reported by it."""

    code: Code
    zh: Shown = ""
    en: Shown = ""

    @property
    def texts(self) -> dict[str, str]:
        """The name by language, without the languages it lacks."""
        return {name: text for name, text in (("zh", self.zh), ("en", self.en)) if text}


class ProcessEntry(TopicEntry):
    """The process that a pass qualifies a person to run (R-QUA-03)."""


class ChangeEntry(_Entry):
    """What a version of the course changed, for its readers."""

    version: Annotated[str, Limit(pattern=r"^\d+\.\d+\.\d+$")]
    zh: Shown = ""
    en: Shown = ""

    @property
    def texts(self) -> dict[str, str]:
        """The text by language, without the languages it lacks."""
        return {name: text for name, text in (("zh", self.zh), ("en", self.en)) if text}


class ExamEntry(_Entry):
    """One exam of a course: its time and its blueprint."""

    code: Code
    part: Literal["written", "practical"] = "written"
    """Written and practical parts of one process are passed each for itself (R-ASM-05)."""
    registered_only: bool = False
    """Whether only members of a cohort may sit it, within its window."""
    minutes: Annotated[int, Limit(ge=1, le=480)]
    title: Texts
    process: ProcessEntry | None = None
    blueprint: Annotated[tuple[Cell, ...], Limit(min_length=1)]


class CourseManifest(_Entry):
    """`course.toml`, format 1 (see the reference page of the course format)."""

    format: Literal[1]
    code: Code
    version: Annotated[str, Limit(pattern=r"^\d+\.\d+\.\d+$")]
    language: Literal["zh", "en"] = "zh"
    kind: CourseKind
    phase: Phase | None = None
    track: Literal["service", "technical"]
    layer: Literal[
        "new-front-line", "experienced-front-line", "new-management", "experienced-management"
    ]
    module: Code
    mode: Literal["internal", "external", "online"] = "online"
    hours: Annotated[Decimal, Limit(gt=0, le=1000)]
    prerequisites: tuple[Code, ...] = ()
    authors: tuple[Annotated[Shown, Limit(min_length=1, max_length=40)], ...] = ()
    """Staff numbers of those who wrote it; they do not mark its exams (R-PPL-02)."""
    title: Texts
    summary: Texts
    sources: tuple[SourceEntry, ...] = ()
    topics: Annotated[tuple[TopicEntry, ...], Limit(min_length=1)]
    exams: tuple[ExamEntry, ...] = ()
    changes: tuple[ChangeEntry, ...] = ()
    """The changelog, newest first."""


class Course(SQLModel, table=True):
    """A course as last loaded from its plugin; it outlives the plugin (R-PLT-01)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    version: str
    kind: str
    phase: str = ""
    """Phase of onboarding; empty for other kinds."""
    track: str = ""
    layer: str = ""
    module: str = ""
    mode: str = ""
    is_own: bool = False
    """Whether it lies in the home, where trainers write it; else a plugin brought it."""
    title: dict[str, str] = json(dict)
    summary: dict[str, str] = json(dict)
    topics: dict[str, dict[str, str]] = json(dict)
    """Names of topics by code and language."""
    hours: str
    prerequisites: list[str] = json(list)
    authors: list[str] = json(list)
    source_hash: str
    revised_at: datetime | None = None
    """When what it holds last changed (R-LRN-08)."""
    available: bool = True
    """False while its plugin is gone or broken; records on it stay readable."""


class Lesson(SQLModel, table=True):
    """One Markdown reading unit in every language it has."""

    __table_args__ = (UniqueConstraint("course_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    code: str
    position: int
    method: str
    minutes: int
    topics: list[str] = json(list)
    covers: list[str] = json(list)
    """Which contents that onboarding must have it holds, by code (R-LRN-02)."""
    title: dict[str, str] = json(dict)
    body: dict[str, str] = json(dict)
    revised_at: datetime | None = None
    """When its text last changed; who finished it before that read an older one."""
    available: bool = True


class CourseRevision(SQLModel, table=True):
    """What one loading changed in a course, for those already enrolled and for the audit."""

    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    version: str
    at: datetime
    notes: dict[str, str] = json(dict)
    """What its changelog says of the version, by language."""
    changes: dict[str, Any] = json(dict)
    """Codes of lessons and items that were `added`, `changed`, `removed`; exams likewise."""


class Exam(SQLModel, table=True):
    """One exam of a course; attempts refer to it."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    title: dict[str, str] = json(dict)
    part: str = "written"
    registered_only: bool = False
    minutes: int
    process_code: str = ""
    process: dict[str, str] = json(dict)
    blueprint: list[dict[str, object]] = json(list)
    available: bool = True


class Enrolment(SQLModel, table=True):
    """A person joined to a course, with the day it is due when it is mandatory."""

    __table_args__ = (UniqueConstraint("person_id", "course_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    course_id: int = Field(foreign_key="course.id")
    enrolled_at: datetime
    due_on: date | None = None
    assigned_by: int | None = Field(default=None, foreign_key="person.id")


class LessonProgress(SQLModel, table=True):
    """How far a person read a lesson and when they last finished it."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    lesson_id: int = Field(primary_key=True, foreign_key="lesson.id")
    block: int = 0
    """Paragraph reached, counted from 0: the same place in every language."""
    opened_at: datetime
    finished_at: datetime | None = None
