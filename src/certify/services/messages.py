"""What a person must be told: results that changed, certificates revoked, time given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from certify.domain.message import PersonMessage
from certify.domain.permission import require_person
from certify.domain.person import Actor
from certify.errors import NotFound
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services.evaluation import told
from certify.services.inspection import reading
from certify.services.inspection.words import message_text
from certify.services.qualifying import told as qualifying_told
from certify.services.training import words as training_words
from certify.storage import messages


@dataclass(frozen=True)
class MessageView:
    """One message a person has not read yet."""

    id: int
    at: datetime
    kind: str
    facts: dict[str, Any]

    @property
    def attempt_id(self) -> int | None:
        """The attempt it is about."""
        found = self.facts.get("attempt")
        return found if isinstance(found, int) else None


def unread(platform: Platform, *, actor: Actor) -> list[MessageView]:
    """What the actor has still to read, oldest first."""
    with platform.database.read() as session:
        return [
            MessageView(one.id or 0, one.at, one.kind, one.facts)
            for one in messages.unread(session, actor.person_id)
        ]


def read(platform: Platform, *, actor: Actor, message_id: int) -> None:
    """Note that the actor has read a message of theirs.

    Raises:
        NotFound
    """
    require_person(actor)
    with platform.database.write() as session:
        found = session.get(PersonMessage, message_id)
        if found is None or found.person_id != actor.person_id:
            raise NotFound(_("There is no such message of yours."))
        found.read_at = found.read_at or platform.clock.now()
        reading.message_read(session, platform, actor, found)
        session.add(found)


def text(message: MessageView) -> str:
    """A message in words, whole, with the exam it is about."""
    exam = message.facts.get("exam")
    if not exam or message.kind == "retake-decided":  # that one names its exam itself
        return _said(message)
    return _("{exam}: {text}").format(exam=pick(exam), text=_said(message))


def _said(message: MessageView) -> str:
    facts = message.facts
    if message.kind == "result-changed":
        said = _("A result was corrected: {before} → {after}, {verdict}. Reason: {reason}").format(
            before=facts["before"] or "–",
            after=facts["after"] or "–",
            verdict=_("passed") if facts["passed"] else _("not passed"),
            reason=facts["reason"],
        )
        revoked = facts.get("revoked") or []
        lost = _("Revoked with it: {certificates}.").format(certificates=", ".join(revoked))
        return f"{said} {lost}" if revoked else said
    if message.kind == "retake-decided":
        said = _("You may sit “{exam}” once more. Reason: {reason}")
        if not facts["granted"]:
            said = _("It was decided against another attempt at “{exam}”. Reason: {reason}")
        return said.format(exam=pick(facts["exam"]), reason=facts["reason"])
    if message.kind == "exam-ended":
        return _("The invigilator ended this exam before its time; what you had answered counts.")
    if message.kind == "expiring":
        return _("The last valid day of “{title}” is {day}. Renew it in time.").format(
            title=pick(facts["title"]), day=facts["valid_to"]
        )
    if message.kind == "post-changed":
        return _("Your post is {post} now. It is not covered by: “{titles}”.").format(
            post=pick(facts["post"]),
            titles=_("”, “").join(pick(title) for title in facts["qualifications"]),
        )
    if message.kind == "refusal-decided":
        said = _("HR accepted why you refuse onboarding: {reason}")
        if not facts["accepted"]:
            said = _("HR did not accept why you refuse onboarding: {reason}")
        return said.format(reason=facts["reason"])
    if message.kind == "proposal-declined":
        return _("Your proposal {number} was declined: {reason}").format(
            number=facts["number"], reason=facts["reason"]
        )
    if message.kind == "delta-assigned":
        return _("{standard} “{item}” has a new text. Learn what changed until {day}.").format(
            standard=facts["standard"], item=pick(facts["item"]), day=facts["due_on"]
        )
    if message.kind in training_words.MESSAGES:
        return training_words.message_text(message.kind, facts)
    if message.kind == "re-marking-decided":
        return _("Your request for re-marking was answered: {answer}").format(
            answer=facts["answer"]
        )
    for words in (message_text, qualifying_told.said, told.said):
        if found := words(message.kind, facts):
            return found
    return str(facts.get("text", message.kind))
