"""Who may look at the making of standards, and who approves them (R-STD-01)."""

from sqlmodel import Session

from certify.domain.permission import Action, may, require_person
from certify.domain.person import Actor, Person, PersonStatus, Post
from certify.domain.standard_change import StandardDraft
from certify.errors import NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.storage import standard_drafts


def is_top(session: Session, actor: Actor) -> bool:
    """Whether somebody is top management: employed on a post that leads, and under nobody.

    A newcomer whose supervisor is not named yet is not.
    """
    person = session.get(Person, actor.person_id) if actor.person_id else None
    if person is None or person.status is not PersonStatus.EMPLOYED:
        return False
    post = session.get_one(Post, person.post_id)
    return person.supervisor_id is None and post.layer.endswith("-management")


def require_top(session: Session, actor: Actor) -> None:
    """Refuse all but top management.

    Raises:
        NotPermitted
        Refused: the command line acts for nobody.
    """
    require_person(actor)
    if not is_top(session, actor):
        raise NotPermitted(
            _("Only top management decides this: on a post that leads, under no supervisor."),
            mend=_("Ask the general manager."),
        )


def require_catalogue(actor: Actor) -> None:
    """Refuse who works neither with the item bank nor with standards.

    Raises:
        NotPermitted
    """
    actions = (Action.SEE_BANK, Action.MANAGE_STANDARDS, Action.OPINE_STANDARD)
    if not any(may(actor, action) for action in actions):
        raise NotPermitted(
            _("You may not see the catalogue of standards."),
            mend=_("Ask HR or an administrator if you need to."),
        )


def require_reader(session: Session, actor: Actor) -> None:
    """Refuse who neither makes standards, nor gives opinions on them, nor approves them.

    Raises:
        NotPermitted
    """
    actions = (Action.MANAGE_STANDARDS, Action.OPINE_STANDARD)
    if not any(may(actor, action) for action in actions) and not is_top(session, actor):
        raise NotPermitted(
            _("You may not see drafts of standards."),
            mend=_("Ask HR or an administrator if you need to."),
        )


def found_draft(session: Session, draft_id: int, *, lock: bool = False) -> StandardDraft:
    """A draft by its number.

    Raises:
        NotFound
    """
    found = standard_drafts.by_id(session, draft_id, lock=lock)
    if found is None:
        raise NotFound(
            _("There is no draft {number}.").format(number=draft_id),
            mend=_("“certify standard drafts” shows all of them."),
        )
    return found


def refuse_own(draft: StandardDraft, actor: Actor) -> None:
    """Refuse who wrote the draft (R-PPL-02).

    Raises:
        Refused
    """
    if draft.drafted_by == actor.person_id:
        raise Refused(
            _("You wrote this draft; nobody judges their own work."),
            mend=_("Somebody else must do it."),
        )
