"""Every use case of the services, found by looking, and arguments with which each can be called."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

import asyncssh
from sqlmodel import Session, col, select

import certify.services
from certify.courseware.table_row import Row
from certify.domain.certificate import Certificate
from certify.domain.correction import CorrectionKind
from certify.domain.exchange import Sheet
from certify.domain.item_format import BankFile
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Actor
from certify.domain.training import TrainingMode
from certify.platform import Platform
from certify.services import catalogue, learning
from certify.services.certificates import handing_out
from certify.services.correcting import Wish
from certify.services.credentials.verifying import Trust
from certify.services.forms.form import Wanted as WantedForm
from certify.services.item_export import ExportWish
from certify.services.item_import import ImportWish
from certify.services.listing import ListFilter
from certify.services.standard_life.drafting import Wanted as WantedText
from certify.services.training.arranging import NewSession
from certify.services.training.planning import Planned
from certify.storage.database import Database
from tests.platforms import NOON, actor, read_course, sit

DAY = date(2024, 3, 4)
KEY = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
WHOSE = {"own": "S0001", "report": "E1001", "other": "H0001"}
"""Whose thing a call is about, seen from S0001, whom E1001 reports to."""
OBJECTS: dict[type, Callable[[], object]] = {
    ExportWish: lambda: ExportWish("sample", "markdown"),
    ImportWish: lambda: ImportWish("sample"),
    BankFile: lambda: BankFile("bank.md", b""),
    ListFilter: lambda: ListFilter(DAY),
    NewSession: lambda: NewSession(NOON, NOON + timedelta(hours=1), title="x"),
    Planned: lambda: Planned("x", "x"),
    Row: lambda: Row(1, ()),
    Trust: Trust,
    WantedForm: WantedForm,
    WantedText: lambda: WantedText("SVC-001", {}, DAY, "x"),
    Wish: lambda: Wish("sample-written", CorrectionKind.VOID, "x", "x"),
    TrainingMode: lambda: TrainingMode.INTERNAL,
    Fraction: lambda: Fraction(1),
    Path: lambda: None,
    date: lambda: DAY,
    datetime: lambda: datetime(2024, 3, 4, 4, tzinfo=UTC),
    bool: lambda: True,
    BinaryIO: BytesIO,
    int: lambda: 1,
    str: lambda: "x",
}
"""A value of each type that use cases take, from the narrowest to the widest."""


def use_cases() -> dict[str, Callable[..., Any]]:
    """By module and name: what takes the platform first and an actor, and opens its own session."""
    found: dict[str, Callable[..., Any]] = {}
    root = "certify.services."
    for module in pkgutil.walk_packages(certify.services.__path__, root):
        for name, one in vars(importlib.import_module(module.name)).items():
            if not inspect.isfunction(one) or one.__module__ != module.name:
                continue
            parameters = list(inspect.signature(one).parameters)
            is_inner = {"session", "connection"} & set(parameters)
            is_use_case = parameters[:1] == ["platform"] and "actor" in parameters
            if is_use_case and not is_inner and not name.startswith("_"):
                found[f"{module.name.removeprefix(root)}.{name}"] = one
    return found


class Undone:
    """A database on which every change is made and undone again."""

    def __init__(self, real: Database) -> None:
        self._real = real
        with real.read() as session:
            self._kept = len(session.exec(select(LedgerEntry.sequence)).all())
        self.written: list[str] = []
        """What would stand in the ledger by now."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    @contextmanager
    def write(self) -> Iterator[Session]:
        with suppress(_Undo), self._real.write() as session:
            yield session
            session.flush()
            told = select(LedgerEntry.action).order_by(col(LedgerEntry.sequence))
            self.written += session.exec(told).all()[self._kept :]
            raise _Undo

    def save(self, work: Callable[[Any], Any]) -> Any:
        found: list[Any] = []

        def undone(connection: Any) -> None:
            found.append(work(connection))
            raise _Undo

        with suppress(_Undo):
            self._real.save(undone)
        return found[0]


class _Undo(Exception):
    """Ends a transaction that nobody wants."""


@dataclass(frozen=True)
class World:
    """A platform that stays as it is, on which three people have each passed an exam."""

    platform: Platform
    folder: Path
    attempts: dict[str, int]
    certificates: dict[str, str]
    lesson: str

    def arguments(self, use_case: Callable[..., Any], staff_no: str) -> dict[str, Any]:
        """What a call about this person needs; nothing of what it may leave out but whose."""
        known = {
            "staff_no": staff_no,
            "attempt_id": self.attempts[staff_no],
            "exam": "sample-written",
            "course": "sample",
            "lesson": self.lesson,
            "level": "L1",
            "year": 2024,
            "folder": self.folder,
            "path": self.folder / "file",
            "format_name": "csv",
            "form": "people-list",
            "password": "a long password",
            "line": KEY,
        }
        if use_case is catalogue.level:
            known["code"] = "L1"
        if use_case is handing_out.export:
            known["format_name"] = "json"
        hints = get_type_hints(use_case)
        made: dict[str, Any] = {}
        for name, one in inspect.signature(use_case).parameters.items():
            if name in ("platform", "actor"):
                continue
            if name == "number" and hints[name] is str:
                made[name] = self.certificates[staff_no]
            elif one.default is one.empty or name in ("staff_no", "attempt_id"):
                made[name] = known[name] if name in known else _some(hints[name])
        return made

    def call(self, use_case: Callable[..., Any], who: Actor, staff_no: str) -> object:
        """Call it as somebody, about somebody; its errors are the caller's."""
        given = {"actor": who, **self.arguments(use_case, staff_no)}
        placed = []
        for name, one in inspect.signature(use_case).parameters.items():
            if name != "platform" and one.kind is one.POSITIONAL_OR_KEYWORD and name in given:
                placed.append(given.pop(name))
        return use_case(self.platform, *placed, **given)


def takes_whom(use_case: Callable[..., Any]) -> bool:
    """Whether a call names a person, an attempt or a certificate."""
    hints = get_type_hints(use_case)
    return "staff_no" in hints or "attempt_id" in hints or hints.get("number") is str


def world(platform: Platform, folder: Path) -> World:
    """The three of `WHOSE`, each with a read course, a passed exam and a certificate."""
    attempts = {}
    for staff_no in WHOSE.values():
        read_course(platform, actor(platform, staff_no))
        attempts[staff_no] = sit(platform, actor(platform, staff_no))
    with platform.database.read() as session:
        rows = session.exec(select(Certificate)).all()
        certificates = {str(one.facts["staff_no"]): one.number for one in rows}
    lessons = learning.course_view(
        platform, actor=actor(platform, "E1001"), course="sample"
    ).lessons
    still = replace(platform, database=Undone(platform.database))  # type: ignore[arg-type]
    return World(still, folder, attempts, certificates, lessons[0].code)


def _some(hint: Any) -> Any:
    """A value of a type, made up."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if hint in OBJECTS:
        return OBJECTS[hint]()
    text = str(hint)
    if text.startswith("typing.Literal"):
        return hint.__args__[0]
    for name in ("Mapping", "dict"):
        if name in text.split("[")[0]:
            return {}
    for name in ("Sequence", "Collection", "Iterable", "list", "tuple", "set"):
        if name in text.split("[")[0]:
            return []
    for kind in (*OBJECTS, Sheet):
        if kind in getattr(hint, "__args__", ()):
            return OBJECTS[kind]()
    return None
