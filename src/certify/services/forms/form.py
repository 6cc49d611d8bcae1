"""What a form is: its name, who may take it away, what it asks for, and the table it makes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from certify.domain.exchange import Column
from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.errors import BadInput, NotPermitted
from certify.i18n import N_, _
from certify.platform import Platform

EVERY_STATE = "all"
"""The state of a list that leaves none out."""


NO_LEVEL = "-"
"""The level of who holds none."""


@dataclass(frozen=True)
class Filter:
    """One thing that a form may be asked for."""

    option: str
    """How it is typed, without its dashes."""
    label: str
    """English source text, marked with `N_`."""
    metavar: str
    help: str
    """English source text, marked with `N_`."""
    may_name: bool = False
    """Whether it may hold a name: then the ledger says only that it was used."""


FILTERS: dict[str, Filter] = {
    "as_of": Filter(
        "as-of", N_("As of"), "DATE", N_("As it was on this day; today when not given.")
    ),
    "first": Filter("from", N_("From"), "DATE", N_("From this day on, inclusive.")),
    "last": Filter("to", N_("To"), "DATE", N_("Up to this day, inclusive.")),
    "days": Filter("days", N_("Within days"), "NUMBER", N_("What ends within so many days.")),
    "state": Filter("state", N_("State"), "STATE", N_("Only this state; “all” for every one.")),
    "department": Filter("department", N_("Department"), "CODE", N_("Only this department.")),
    "process": Filter("process", N_("Process"), "CODE", N_("Only this process.")),
    "post": Filter("post", N_("Post"), "CODE", N_("Only people on this post.")),
    "level": Filter("level", N_("Level"), "CODE", N_("Only people of this level.")),
    "supervisor": Filter(
        "supervisor",
        N_("Direct supervisor"),
        "STAFF_NO",
        N_("Only people of this direct supervisor."),
        may_name=True,
    ),
    "role": Filter("role", N_("Role"), "CODE", N_("Only people who hold this role.")),
    "status": Filter("status", N_("Status"), "STATUS", N_("Only people of this status.")),
    "search": Filter(
        "search", N_("Search"), "TEXT", N_("Part of a name or number."), may_name=True
    ),
    "session": Filter("session", N_("Session"), "CODE", N_("The training session.")),
    "year": Filter("year", N_("Year"), "YEAR", N_("The year of the plan.")),
    "plan": Filter("plan", N_("Plan"), "CODE", N_("The ad-hoc plan.")),
    "number": Filter("number", N_("No."), "NUMBER", N_("Only the notice or form of this number.")),
    "draft": Filter("draft", N_("Draft"), "NUMBER", N_("The draft of a standard.")),
}
"""Field of `Wanted` → how it is asked for."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a form; a field left empty asks for nothing."""

    as_of: date | None = None
    first: date | None = None
    last: date | None = None
    days: int | None = None
    state: str = ""
    """Value of a `QualificationState`, or `EVERY_STATE`; empty for what the form usually lists."""
    department: str = ""
    process: str = ""
    post: str = ""
    level: str = ""
    """Code of a level, or `NO_LEVEL`."""
    supervisor: str = ""
    """Staff number."""
    role: str = ""
    """Value of a `Role`."""
    status: str = ""
    """Value of a `PersonStatus`."""
    search: str = ""
    session: str = ""
    year: int | None = None
    plan: str = ""
    number: str = ""
    draft: int | None = None

    @property
    def given(self) -> dict[str, str]:
        """The fields that ask for something, as text."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: text
            for name, value in values.items()
            if value is not None and (text := str(value).strip())
        }


@dataclass(frozen=True)
class Table:
    """What one form says, before it has a number."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    """Given one by one, and once only."""
    about: Sequence[tuple[str, str, str]] = ()
    """Lines of the head that the form itself has: key, label and value."""
    words: Mapping[str, str] = field(default_factory=dict)
    """A filter in words, where its own value says less."""


@dataclass(frozen=True)
class Form:
    """One form; its service decides what of it somebody sees."""

    name: str
    label: str
    """English source text, marked with `N_`."""
    make: Callable[[Platform, Actor, Wanted], Table]
    actions: frozenset[Action]
    """One of these is needed to take it away; none: its service alone says who may."""
    takes: tuple[str, ...] = ()
    """Fields of `Wanted` that it may be asked for."""
    needs: tuple[str, ...] = ()
    """Those of them that it cannot do without."""
    is_personal: bool = True
    """Whether it says something about named people (R-FRM-04)."""

    @property
    def options(self) -> tuple[str, ...]:
        """What it takes, as it is typed."""
        return tuple(FILTERS[name].option for name in self.takes)

    @property
    def usage(self) -> str:
        """The same as on the command line; in brackets what it can do without."""
        options = ((name, f"--{FILTERS[name].option}") for name in self.takes)
        return " ".join(one if name in self.needs else f"[{one}]" for name, one in options)

    def may_export(self, actor: Actor) -> bool:
        """Whether somebody may take this form away at all."""
        return not self.actions or any(may(actor, action) for action in self.actions)

    def check(self, actor: Actor, wanted: Wanted) -> None:
        """Refuse whom it is not for, and what it would ignore or misses.

        Raises:
            NotPermitted, BadInput
        """
        if not self.may_export(actor):
            raise NotPermitted(
                _("You may not export the form “{form}”.").format(form=_(self.label)),
                mend=_("Ask HR or an administrator if you need to."),
            )
        self.check_filters(wanted)

    def check_filters(self, wanted: Wanted) -> None:
        """Refuse what it would ignore or misses.

        Raises:
            BadInput
        """
        given = wanted.given
        mend = _("Possible: {values}").format(values=", ".join(self.options) or "–")
        for name in given:
            if name not in self.takes:
                raise BadInput(
                    _("The form “{form}” has no filter “{name}”.").format(
                        form=self.name, name=FILTERS[name].option
                    ),
                    mend=mend,
                )
        for name in self.needs:
            if name not in given:
                raise BadInput(
                    _("The form “{form}” needs --{name}.").format(
                        form=self.name, name=FILTERS[name].option
                    ),
                    mend=mend,
                )

    def said(self, wanted: Wanted, table: Table) -> str:
        """What was wanted, in words."""
        texts = {**wanted.given, **table.words}
        known = [(one.label, texts.get(name, "")) for name, one in FILTERS.items()]
        return "; ".join(f"{_(label)}: {text}" for label, text in known if text)
