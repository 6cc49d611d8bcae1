"""Passwords: argon2id hashes; slow on purpose, so never on an event loop."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from certify.domain.person import Credential
from certify.errors import BadInput
from certify.i18n import _

MIN_LENGTH = 8
_hasher = PasswordHasher()
_DUMMY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
START_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def make_hash(password: str) -> str:
    """Hash a new password.

    Raises:
        BadInput: it is too short.
    """
    if len(password) < MIN_LENGTH:
        raise BadInput(
            _("The password is too short."),
            mend=_("Use at least {count} characters.").format(count=MIN_LENGTH),
        )
    return _hasher.hash(password)


def credential(person_id: int, hashed: str, *, must_change: bool = False) -> Credential:
    """What is kept of a password."""
    return Credential(person_id=person_id, password_hash=hashed, must_change=must_change)


def matches(kept: Credential | None, password: str) -> bool:
    """Whether a password is right; takes as long when there is nobody to compare with."""
    try:
        _hasher.verify(kept.password_hash if kept else _DUMMY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def start_code() -> str:
    """A code for a first sign-in that can be read aloud: no 0, O, 1 or I."""
    return "-".join("".join(secrets.choice(START_CODE_LETTERS) for _ in "1234") for _ in "123")
