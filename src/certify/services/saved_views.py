"""Named filters of list pages: each person keeps their own, under names of their own choice."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.permission import require_person
from certify.domain.person import Actor, Person
from certify.domain.saved_view import SavedView
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.typed import checked_text
from certify.storage import saved_views

MOST = 30
"""Views that a person may keep of one page."""
MOST_NAME = 40


@dataclass(frozen=True)
class KeptView:
    """One named set of values of a page."""

    name: str
    values: dict[str, str]
    is_default: bool
    """Whether the page begins with it."""


def kept(platform: Platform, *, actor: Actor, page: str) -> tuple[KeptView, ...]:
    """What the actor keeps of a page, by name."""
    with platform.database.read() as session:
        found = saved_views.of_page(session, actor.person_id, page)
        views = [KeptView(one.name, dict(one.values), one.is_default) for one in found]
    return tuple(sorted(views, key=lambda one: one.name))


def keep(
    platform: Platform, *, actor: Actor, page: str, name: str, values: Mapping[str, str]
) -> str:
    """Keep values under a name; what was kept under it before gives way. Gives the name.

    Raises:
        NotPermitted: nobody in particular keeps nothing.
        BadInput: no name, or too long a one.
        Refused: too many are kept already.
    """
    require_person(actor)
    name = checked_text(name, _("name"), MOST_NAME)
    with platform.database.write() as session:
        views = _views(session, actor, page)
        if name not in views and len(views) >= MOST:
            raise Refused(
                _("{count} views are kept already.").format(count=len(views)),
                mend=_("Delete one of them first."),
            )
        view = views.get(name) or SavedView(person_id=actor.person_id, page=page, name=name)
        view.values = dict(values)
        session.add(view)
    return name


def rename(platform: Platform, *, actor: Actor, page: str, name: str, to: str) -> str:
    """Give a view another name; gives that name.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: another one has that name.
    """
    require_person(actor)
    to = checked_text(to, _("name"), MOST_NAME)
    with platform.database.write() as session:
        views = _views(session, actor, page)
        view = _named(views, name)
        if to != name and to in views:
            raise Refused(_("You keep another view under “{name}”.").format(name=to))
        view.name = to
        session.add(view)
    return to


def delete(platform: Platform, *, actor: Actor, page: str, name: str) -> None:
    """Keep a view no longer.

    Raises:
        NotPermitted, NotFound
    """
    require_person(actor)
    with platform.database.write() as session:
        session.delete(_named(_views(session, actor, page), name))


def begin_with(platform: Platform, *, actor: Actor, page: str, name: str | None) -> None:
    """Let a page begin with a view; with none of them when None is given.

    Raises:
        NotPermitted, NotFound
    """
    require_person(actor)
    with platform.database.write() as session:
        views = _views(session, actor, page)
        chosen = None if name is None else _named(views, name)
        for view in views.values():
            view.is_default = view is chosen
            session.add(view)


def _views(session: Session, actor: Actor, page: str) -> dict[str, SavedView]:
    """The actor's views by name; two terminals of one person take turns."""
    session.get(Person, actor.person_id, with_for_update=True)
    return {one.name: one for one in saved_views.of_page(session, actor.person_id, page)}


def _named(views: Mapping[str, SavedView], name: str) -> SavedView:
    if name not in views:
        raise NotFound(_("You keep no view “{name}”.").format(name=name))
    return views[name]
