"""People, departments, posts and roles (R-PPL-01 … R-PPL-03)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

from certify.domain.columns import named


class Role(StrEnum):
    """What a person may be; one person may hold several (R-PPL-02)."""

    LEARNER = "learner"
    TRAINER = "trainer"
    GUIDE = "guide"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    EVALUATOR = "evaluator"
    EXAMINER = "examiner"
    """Marks practicals and essays (考评员)."""
    HR = "hr"
    ADMINISTRATOR = "administrator"


class PersonStatus(StrEnum):
    """Leavers keep all history; a rehire reopens the same staff number (R-PPL-01)."""

    EMPLOYED = "employed"
    LEFT = "left"


class Organisation(SQLModel, table=True):
    """The one company this database belongs to."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    demo: bool = False
    """Whether this is the ready-made company, in which anyone may choose who to be."""


class Department(SQLModel, table=True):
    """Part of the company; the list of HR is sorted by its code."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    name_en: str = ""

    @property
    def names(self) -> dict[str, str]:
        """The name by language, where it has one."""
        return _names(self.name, self.name_en)


class Post(SQLModel, table=True):
    """The job a person fills; not the rank (R-PPL-03)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    name_en: str = ""
    track: str = "service"
    layer: str = "experienced-front-line"
    meets_customers: bool = True

    @property
    def names(self) -> dict[str, str]:
        """The name by language, where it has one."""
        return _names(self.name, self.name_en)


class Person(SQLModel, table=True):
    """Anybody with a staff number; leading zeros of it count."""

    id: int | None = Field(default=None, primary_key=True)
    staff_no: str = Field(unique=True)
    name: str
    department_id: int = Field(foreign_key="department.id", index=True)
    post_id: int = Field(foreign_key="post.id")
    supervisor_id: int | None = Field(default=None, foreign_key="person.id")
    hired_on: date
    status: PersonStatus = named(PersonStatus, PersonStatus.EMPLOYED)


class RoleGrant(SQLModel, table=True):
    """One role held by one person."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    role: Role = named(Role, primary_key=True)


class Guidance(SQLModel, table=True):
    """Who guides whom in on-site practice; a guide never marks the person guided (R-ASM-08)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    guide_id: int = Field(foreign_key="person.id")
    from_day: date
    to_day: date | None = None
    """Last day, inclusive; None: until it is ended."""


class Credential(SQLModel, table=True):
    """How a person proves who they are: an argon2id hash, never a password."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    password_hash: str
    must_change: bool = False
    """True while the person still has the start code HR gave them."""


@dataclass(frozen=True)
class ExamPass:
    """The code of a sitting, as somebody came in with it."""

    exam: str
    """Code of the exam to which it leads."""
    cohort_id: int
    kept: str
    """What was kept of it then: who is given another code comes no further with this one."""


@dataclass(frozen=True)
class Actor:
    """Who is doing something: the first argument of every use case."""

    person_id: int
    staff_no: str
    name: str
    roles: frozenset[Role]
    exam_pass: ExamPass | None = None
    """With what code of a sitting they came; then they have no roles, whatever they are else."""

    @property
    def is_console(self) -> bool:
        """Whether this is the command line itself, acting for nobody on the staff."""
        return self.person_id == 0


CONSOLE = Actor(
    person_id=0,
    staff_no="",
    name="certify",
    roles=frozenset({Role.ADMINISTRATOR, Role.HR, Role.TRAINER}),
)
"""Whoever may open the database file may run the command line without `--as`."""


def _names(zh: str, en: str) -> dict[str, str]:
    return {language: name for language, name in (("zh", zh), ("en", en)) if name}
