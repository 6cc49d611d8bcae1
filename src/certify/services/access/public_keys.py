"""SSH public keys: a way in that nobody can guess and no failed password shuts.

A key belongs to one person for good: one that was revoked, or is somebody else's, is not taken
again, because whoever has the private half would come in by it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.access import PublicKey
from certify.domain.clean import clean, tidy_line
from certify.domain.overseers import require_may_give
from certify.domain.permission import Action, require_person
from certify.domain.person import Actor, Person, PersonStatus
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import sign_in
from certify.services.recording import record
from certify.services.sign_in import SignedIn
from certify.services.typed import person_for
from certify.storage import access, people

if TYPE_CHECKING:
    from asyncssh import SSHKey

LEAST_RSA_BITS = 2048
MOST_KEYS = 20
MOST_CHARACTERS = 16_384
KINDS = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)


@dataclass(frozen=True)
class KeyView:
    """One key of a person."""

    fingerprint: str
    kind: str
    """Its algorithm, as OpenSSH names it."""
    label: str
    added_at: datetime
    revoked_at: datetime | None


def add(
    platform: Platform, *, actor: Actor, line: str, staff_no: str | None = None, label: str = ""
) -> KeyView:
    """Add a key by which a person may sign in from now on.

    Args:
        line: as in a `.pub` file: algorithm, key, comment.
        staff_no: whose; None for one's own.
        label: what it is called in lists; empty takes the comment.

    Raises:
        BadInput: it is no public key, or a weak one.
        Refused: somebody has or had it, or there are too many.
        NotPermitted, NotFound
    """
    require_person(actor)
    key, comment = _read(line)
    kind = key.get_algorithm()
    fingerprint = key.get_fingerprint()
    try:
        with platform.database.write() as session:
            person = _whose(session, actor, staff_no)
            if access.key(session, fingerprint) is not None:
                raise _taken()
            held = [one for one in access.keys_of(session, person.id or 0) if not one.revoked_at]
            if len(held) >= MOST_KEYS:
                raise Refused(
                    _("Nobody may have more than {count} keys.").format(count=MOST_KEYS),
                    mend=_("Revoke one that is not used any more."),
                )
            kept = PublicKey(
                person_id=person.id or 0,
                key=" ".join(key.export_public_key().decode().split()[:2]),
                fingerprint=fingerprint,
                label=tidy_line(label or comment)[:80],
                added_by=actor.person_id,
                added_at=platform.clock.now(),
            )
            session.add(kept)
            session.flush()
            record(
                session,
                platform,
                actor,
                "key-added",
                f"person:{person.id}",
                fingerprint=fingerprint,
                algorithm=kind,
            )
            return _view(kept)
    except IntegrityError as problem:  # somebody added it a moment ago
        raise _taken() from problem


def keys(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> list[KeyView]:
    """A person's keys in the order in which they were added, also those revoked.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.MANAGE_ACCESS)
        return [_view(one) for one in access.keys_of(session, person.id or 0)]


def revoke(
    platform: Platform, *, actor: Actor, fingerprint: str, staff_no: str | None = None
) -> None:
    """Let nobody in by a key any more, from this moment on; sessions that are open go on.

    Args:
        fingerprint: `SHA256:…`, or enough of its beginning.

    Raises:
        NotPermitted
        NotFound: the person has no such key.
        BadInput: it is the beginning of several.
    """
    with platform.database.write() as session:
        person = _whose(session, actor, staff_no)
        wanted = fingerprint if fingerprint.startswith("SHA256:") else f"SHA256:{fingerprint}"
        found = [
            one
            for one in access.keys_of(session, person.id or 0)
            if one.revoked_at is None and one.fingerprint.startswith(wanted)
        ]
        if not found or wanted == "SHA256:":
            raise NotFound(
                _("There is no key “{fingerprint}”.").format(fingerprint=fingerprint),
                mend=_("“certify person key list” shows all of them."),
            )
        if len(found) > 1:
            raise BadInput(
                _("Several keys begin with “{fingerprint}”.").format(fingerprint=fingerprint),
                mend=_("Write more of it."),
            )
        found[0].revoked_at = platform.clock.now()
        session.add(found[0])
        record(
            session,
            platform,
            actor,
            "key-revoked",
            f"person:{person.id}",
            fingerprint=found[0].fingerprint,
        )


def holder(platform: Platform, *, staff_no: str, fingerprint: str) -> SignedIn | None:
    """Whom a key lets in, once they have proved that it is theirs; None for nobody.

    Whoever has a start code still chooses a password first: the key says who they are, but not
    that they ever had a password of their own.
    """
    with platform.database.read() as session:
        person = access.owner_of_key(session, clean(staff_no), fingerprint)
        if person is None or person.status is PersonStatus.LEFT:
            return None
        kept = people.credential(session, person.id or 0)
        actor = sign_in.actor_of(session, person)
        return SignedIn(actor, bool(kept and kept.must_change), key=fingerprint)


def _whose(session: Session, actor: Actor, staff_no: str | None) -> Person:
    """Raises:
    NotPermitted: also where somebody would give a way in to those who oversee them.
    """
    person = person_for(session, actor, staff_no, Action.MANAGE_ACCESS)
    if person.id != actor.person_id:
        require_may_give(actor, people.roles_of(session, person.id or 0))
    return person


def _read(line: str) -> "tuple[SSHKey, str]":
    """A key that may be used, and its comment.

    Raises:
        BadInput
    """
    import asyncssh  # slow to import, and only needed here

    text = line.strip()
    if "PRIVATE KEY" in text:
        raise BadInput(
            _("This is a private key, which nobody but its owner may ever see."),
            mend=_("Give the file that ends in .pub, and make a new pair if this one was sent."),
        )
    kind = text.partition(" ")[0]
    if kind not in KINDS or len(text) > MOST_CHARACTERS or "\n" in text:
        raise BadInput(
            _("This is no public key that can be used."),
            mend=_("Give one line as in id_ed25519.pub; “ssh-keygen -t ed25519” makes one."),
        )
    try:
        key = asyncssh.import_public_key(text)
    except (asyncssh.KeyImportError, ValueError) as problem:
        raise BadInput(
            _("This public key is damaged."), mend=_("Copy the whole line of the .pub file.")
        ) from problem
    bits = getattr(getattr(key, "pyca_key", None), "key_size", LEAST_RSA_BITS)
    if kind == "ssh-rsa" and bits < LEAST_RSA_BITS:
        raise BadInput(
            _("This RSA key has {bits} bits, which is too few.").format(bits=bits),
            mend=_("“ssh-keygen -t ed25519” makes one that is good."),
        )
    if key.get_algorithm() != kind:
        raise BadInput(
            _("This public key is damaged."), mend=_("Copy the whole line of the .pub file.")
        )
    return key, key.get_comment() or ""


def _taken() -> Refused:
    return Refused(
        _("This key is, or was, already used here."),
        mend=_("Make a new one with “ssh-keygen -t ed25519”."),
    )


def _view(key: PublicKey) -> KeyView:
    return KeyView(
        key.fingerprint, key.key.partition(" ")[0], key.label, key.added_at, key.revoked_at
    )
