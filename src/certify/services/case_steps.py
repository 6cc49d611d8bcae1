"""Writing, publishing and withdrawing cases; each step is in the ledger (R-LRN-06)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import Session

from certify.domain.case_story import CaseStory
from certify.domain.clean import tidy_text
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.cases import digest_of, finding_text, findings_of, no_case
from certify.services.typed import checked_text
from certify.storage import cases, courses, ledger

MOST_CHARACTERS = 20_000
MOST_TITLE = 120


def write(
    platform: Platform,
    *,
    actor: Actor,
    title: str,
    body: str,
    lessons: Sequence[tuple[str, str]] = (),
) -> str:
    """Write a case, as a draft that only its author and publishers see; gives its code.

    Args:
        body: Markdown, as in lessons.
        lessons: course and lesson codes it is linked to.
    Raises:
        NotPermitted, BadInput
        NotFound: no such lesson.
    """
    require_person(actor)
    require(actor, Action.WRITE_CASE)
    title, body = checked_text(title, _("title"), MOST_TITLE), _checked_body(body)
    with platform.database.write() as session:
        _check_lessons(session, lessons)
        case_ = CaseStory(
            code=cases.next_code(session),
            title=title,
            body=body,
            lessons=[list(one) for one in lessons],
            author_id=actor.person_id,
            written_at=platform.clock.now(),
        )
        session.add(case_)
        _record(session, platform, actor, "case-written", case_)
        return case_.code


def rewrite(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    title: str,
    body: str,
    lessons: Sequence[tuple[str, str]] = (),
) -> None:
    """Write an own draft anew; a published case is withdrawn and written again instead.

    Args:
        lessons: course and lesson codes it is linked to; empty: it keeps those it has.
    Raises:
        BadInput
        NotFound: no such draft or lesson.
        Refused: it is published or withdrawn.
    """
    require_person(actor)
    title, body = checked_text(title, _("title"), MOST_TITLE), _checked_body(body)
    with platform.database.write() as session:
        found = _locked(session, code)
        if found.author_id != actor.person_id:
            raise no_case(code)
        if found.published_at or found.withdrawn_at:
            raise Refused(_("Only a draft can be changed."))
        found.title, found.body = title, body
        if lessons:
            _check_lessons(session, lessons)
            found.lessons = [list(one) for one in lessons]
        _record(session, platform, actor, "case-rewritten", found)


def publish(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    digest: str,
    harmless: Mapping[str, str] | None = None,
) -> None:
    """Publish a draft of somebody else, having read it.

    Args:
        digest: of the text that was read; see `digest_of`.
        harmless: by text of a finding, why it is no data of a customer.
    Raises:
        NotPermitted: also for the author.
        NotFound
        Refused: it is no draft, was changed since it was read, or holds what may be data of a
            customer; each place is named.
    """
    require_person(actor)
    require(actor, Action.PUBLISH_CASE)
    reasons = {text: checked_text(why, _("reason")) for text, why in (harmless or {}).items()}
    with platform.database.write() as session:
        found = _locked(session, code)
        if found.author_id == actor.person_id:
            raise NotPermitted(
                _("Somebody else than the author publishes a case."),
                mend=_("Ask another trainer or HR to read it."),
            )
        if found.published_at or found.withdrawn_at:
            raise Refused(_("Only a draft can be published."))
        if digest != digest_of(found.title, found.body):
            raise Refused(_("The case was changed since you read it."), mend=_("Read it again."))
        left = [one for one in findings_of(found.title, found.body) if one.text not in reasons]
        if left:
            raise Refused(
                _("This may be data of a customer:") + "\n" + "\n".join(map(finding_text, left)),
                mend=_("Have the author remove it, or say why it is none."),
            )
        found.published_at, found.published_by = platform.clock.now(), actor.person_id
        _record(
            session, platform, actor, "case-published", found, harmless=sorted(reasons.values())
        )


def withdraw(platform: Platform, *, actor: Actor, code: str, reason: str) -> None:
    """Take a case out of the library: its author, or who may publish.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it is withdrawn already.
    """
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        found = _locked(session, code)
        if found.author_id != actor.person_id:
            require(actor, Action.PUBLISH_CASE)
        if found.withdrawn_at:
            raise Refused(_("This case is withdrawn already."))
        found.withdrawn_at = platform.clock.now()
        _record(session, platform, actor, "case-withdrawn", found, reason=reason)


def read_file(path: Path) -> tuple[str, str]:
    """Title and body of a Markdown file whose first line is its heading.

    Raises:
        BadInput
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(str(problem), place=str(path)) from problem
    first, _feed, body = text.lstrip().partition("\n")
    if not first.startswith("#") or not body.strip():
        raise BadInput(
            _("The file does not begin with a heading, followed by the case."),
            place=f"{path}:1",
            mend=_("Write “# ” and the title, an empty line, and the text."),
        )
    return first.lstrip("# "), body


def _checked_body(body: str) -> str:
    body = tidy_text(body)
    if not body or len(body) > MOST_CHARACTERS:
        raise BadInput(
            _("A case has 1 to {count} characters.").format(count=MOST_CHARACTERS),
            mend=_("Write it, or make it shorter."),
        )
    return body


def _check_lessons(session: Session, lessons: Sequence[tuple[str, str]]) -> None:
    for course, code in lessons:
        found = courses.by_code(session, course)
        if found is None or courses.lesson(session, found.id or 0, code) is None:
            raise NotFound(_("There is no lesson “{lesson}”.").format(lesson=f"{course}/{code}"))


def _locked(session: Session, code: str) -> CaseStory:
    found = cases.by_code(session, code, lock=True)
    if found is None:
        raise no_case(code)
    return found


def _record(
    session: Session, platform: Platform, actor: Actor, action: str, one: CaseStory, **more: object
) -> None:
    facts = {"digest": digest_of(one.title, one.body), **more}
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"case:{one.code}",
        facts=facts,
    )
