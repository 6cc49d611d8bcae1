"""What a person is told of their qualifications, in words."""

from collections.abc import Mapping
from typing import Any

from certify.i18n import N_, _, pick
from certify.services.qualifying.words import reason_text

_CHANGED = {
    "suspended": N_("“{title}” is suspended from {day} on. Reason: {reason}"),
    "active": N_("“{title}” is given back, valid to {valid_to}. Reason: {reason}"),
    "revoked": N_("“{title}” is revoked from {day} on. Reason: {reason}"),
}


def said(kind: str, facts: Mapping[str, Any]) -> str | None:
    """A message in words; None for a kind of message that is not about qualifications."""
    if kind == "qualification-changed":
        return _(_CHANGED[facts["state"]]).format(
            title=pick(facts["title"]),
            day=facts["day"],
            valid_to=facts["valid_to"],
            reason=reason_text(facts["reason"]),
        )
    if kind == "qualification-extended":
        text = _("“{title}” was extended, valid to {valid_to}. Reason: {reason}")
        return text.format(
            title=pick(facts["title"]),
            valid_to=facts["valid_to"],
            reason=reason_text(facts["reason"]),
        )
    if kind == "certificate-reissued":
        text = _("Certificate {number} was issued anew as revision {revision}. Reason: {reason}")
        return text.format(
            number=facts["number"],
            revision=facts["revision"],
            reason=reason_text(facts["reason"]),
        )
    if kind == "remedial-assigned":
        text = _("Learn the course of “{title}” again and pass its exam until {day}.")
        return text.format(title=pick(facts["title"]), day=facts["due_on"])
    return None
