"""The company's signing keys: the public half in the database, the private one in a file.

A backup of the database therefore signs nothing; the folder of keys is kept apart (see
`Settings.keys`).
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from sqlmodel import Session

from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.sealing import sealed
from certify.domain.signing import SigningKey, key_id
from certify.errors import HomeUnusable
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import signing_keys


@dataclass(frozen=True)
class KeyView:
    """A key as people see it."""

    id: str
    made_at: datetime
    retired_at: datetime | None
    is_here: bool
    """Whether its private half lies in this installation's folder."""


class Signer:
    """Signs with the company's newest key."""

    def __init__(self, key: str, private: Ed25519PrivateKey) -> None:
        self.key_id = key
        """The public key as a multibase text: `z6Mk…`."""
        self._private = private

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature, 64 bytes; the same data give the same bytes."""
        return self._private.sign(data)


def signer(session: Session, platform: Platform, actor: Actor) -> Signer:
    """Who signs now, inside the transaction that signs; the first call makes the first key.

    Raises:
        HomeUnusable: the private key is not in the folder of keys, or cannot be read or written.
    """
    found = signing_keys.newest(session)
    if found is None:
        return _make(session, platform, actor, "signing-key-made")
    path = _file(platform, found.id)
    try:
        private = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError) as problem:
        raise HomeUnusable(
            _("The private signing key cannot be read ({reason}).").format(reason=problem),
            place=str(path),
            mend=_("Put the file back, or make a new key: certify certificate key rotate."),
        ) from problem
    if not isinstance(private, Ed25519PrivateKey) or _name(private) != found.id:
        raise HomeUnusable(
            _("This file holds another key than its name says."),
            place=str(path),
            mend=_("Put the file back, or make a new key: certify certificate key rotate."),
        )
    return Signer(found.id, private)


def rotate(platform: Platform, *, actor: Actor, reason: str) -> KeyView:
    """Retire the key that signs and make a new one; what was signed before stays valid.

    Raises:
        NotPermitted
        BadInput: no reason.
        HomeUnusable: the new key cannot be written.
    """
    if not actor.is_console:  # who holds the machine holds the keys
        require(actor, Action.MANAGE_KEYS)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        old = signing_keys.newest(session)
        if old is not None:
            old.retired_at = platform.clock.now()
            session.add(old)
            session.flush()
        made = _make(session, platform, actor, "signing-key-rotated", reason, old)
        return _view(platform, session.get_one(SigningKey, made.key_id))


def keys(platform: Platform, *, actor: Actor) -> list[KeyView]:
    """Every key there ever was, the newest first; they are public.

    Raises:
        NotPermitted
    """
    if not actor.is_console:
        require(actor, Action.SEE_LEDGER)
    with platform.database.read() as session:
        return [_view(platform, row) for row in signing_keys.every(session)]


def _make(
    session: Session,
    platform: Platform,
    actor: Actor,
    action: str,
    reason: str = "",
    retired: SigningKey | None = None,
) -> Signer:
    private = Ed25519PrivateKey.generate()
    name = _name(private)
    path = _file(platform, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # On the disk before the database names it; a key that nobody names harms nobody.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as out:
            out.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            out.flush()
            os.fsync(handle)
    except OSError as problem:
        raise HomeUnusable(
            _("The signing key cannot be written ({reason}).").format(reason=problem.strerror),
            place=str(path),
            mend=_("Get the right to write there, or name another folder in the setting “keys”."),
        ) from problem
    made = SigningKey(id=name, made_at=platform.clock.now(), made_by=actor.person_id)
    session.add(made)
    session.flush()
    seals = sealed(made, *([retired] if retired else []))
    record(session, platform, actor, action, f"key:{name}", reason=reason, seals=seals)
    return Signer(name, private)


def _view(platform: Platform, row: SigningKey) -> KeyView:
    return KeyView(row.id, row.made_at, row.retired_at, _file(platform, row.id).is_file())


def _name(private: Ed25519PrivateKey) -> str:
    return key_id(private.public_key().public_bytes_raw())


def _file(platform: Platform, key: str) -> Path:
    return platform.settings.keys_folder / f"{key}.pem"
