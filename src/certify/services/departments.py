"""Departments and posts: where a person can work, and as what (R-PPL-03)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from certify.domain.clean import clean_line, is_clean_name
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Department, Post
from certify.errors import BadInput, Refused
from certify.i18n import _, pick
from certify.platform import Platform
from certify.storage import ledger, people

TRACKS = ("service", "technical")
LAYERS = (
    "new-front-line",
    "experienced-front-line",
    "new-management",
    "experienced-management",
)


@dataclass(frozen=True)
class NamedCode:
    """A department or a post: what is typed, and its name by language."""

    code: str
    name: dict[str, str]


@dataclass(frozen=True)
class DepartmentsAndPosts:
    """Where a person can work and as what, each by code."""

    departments: tuple[NamedCode, ...]
    posts: tuple[NamedCode, ...]


def departments_and_posts(platform: Platform, *, actor: Actor) -> DepartmentsAndPosts:
    """Every department and post, to choose from.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_PEOPLE)
    with platform.database.read() as session:
        return DepartmentsAndPosts(
            departments=tuple(named(row) for row in people.departments(session)),
            posts=tuple(named(row) for row in people.posts(session)),
        )


def add_department(
    platform: Platform, *, actor: Actor, code: str, name: str, name_en: str = ""
) -> None:
    """Add a part of the company.

    Raises:
        NotPermitted
        BadInput: code or name cannot be used.
        Refused: the code is taken.
    """
    require(actor, Action.CHANGE_PEOPLE)
    check_names(code, name, *filter(None, [name_en]))
    row = Department(code=code, name=name, name_en=name_en)
    _add(platform, actor, "department-added", row)


def add_post(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    name: str,
    name_en: str = "",
    track: str = "service",
    layer: str = "experienced-front-line",
    meets_customers: bool = True,
) -> None:
    """Add a job that a person can fill.

    Raises:
        NotPermitted
        BadInput: a value cannot be used.
        Refused: the code is taken.
    """
    require(actor, Action.CHANGE_PEOPLE)
    check_names(code, name, *filter(None, [name_en]))
    for value, values in ((track, TRACKS), (layer, LAYERS)):
        if value not in values:
            raise BadInput(
                _("“{value}” is not possible here.").format(value=clean_line(value)),
                mend=_("Possible: {values}").format(values=", ".join(values)),
            )
    row = Post(code=code, name=name, name_en=name_en)
    row.track, row.layer, row.meets_customers = track, layer, meets_customers
    _add(platform, actor, "post-added", row)


def named(row: Department | Post) -> NamedCode:
    """A department or post as screens know it."""
    return NamedCode(row.code, row.names)


def possible(rows: Iterable[Department | Post]) -> str:
    """Known departments or posts, for the person who typed another one."""
    names = [f"{row.code} ({pick(row.names)})" for row in rows]
    return _("Possible: {values}").format(values=", ".join(names) or "–")


def check_names(*values: str) -> None:
    """Refuse what cannot be a code, a number or a name.

    Raises:
        BadInput
    """
    for value in values:
        if not is_clean_name(value):
            raise BadInput(
                _("“{value}” cannot be a name or number.").format(value=clean_line(value)),
                mend=_("Use 1 to 80 printable characters."),
            )


def taken(code: str) -> Refused:
    """The refusal of a code or number that is in use."""
    return Refused(_("“{code}” is taken.").format(code=code), mend=_("Choose another one."))


def _add(platform: Platform, actor: Actor, action: str, row: Department | Post) -> None:
    try:
        with platform.database.write() as session:
            session.add(row)
            session.flush()
            ledger.append(
                session,
                at=platform.clock.now(),
                actor_id=actor.person_id,
                action=action,
                subject=f"{action.removesuffix('-added')}:{row.code}",
                facts={},
            )
    except IntegrityError as problem:
        raise taken(row.code) from problem
