"""How somebody signs in, for themselves: password, public keys, and who tried lately.

Nobody else's: whoever looks after others has `certify person key` and `certify person unlock`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services.access import public_keys, throttle
from certify.services.access.public_keys import KeyView
from certify.storage import access, people

MOST_SIGN_INS = 10
"""Sign-ins that are shown."""
MOST_LOOKED_AT = 1000
"""Sign-ins among which the last one by a key is looked for."""


class Password(StrEnum):
    """What there is of a password."""

    NONE = "none"
    START_CODE = "start-code"
    """HR gave a code with which one is to be chosen."""
    OWN = "own"


@dataclass(frozen=True)
class KeyUse:
    """A public key that still lets its owner in."""

    key: KeyView
    used_at: datetime | None
    """When it last did; None where that is not known."""
    is_own: bool
    """Whether the person added it themselves."""


@dataclass(frozen=True)
class SignIn:
    """One time the person came in."""

    at: datetime
    key: str
    """What the key is called with which they came, or its fingerprint; empty without one."""


@dataclass(frozen=True)
class Failure:
    """One time that somebody failed to come in as the person."""

    at: datetime
    address: str
    """Where it came from; empty for the terminal of the machine itself."""


@dataclass(frozen=True)
class WaysIn:
    """All ways in of one person."""

    password: Password
    password_since: datetime | None
    """When it was chosen, or the start code given; None where that is not known."""
    keys: tuple[KeyUse, ...]
    """Those that were not revoked, in the order in which they were added."""
    sign_ins: tuple[SignIn, ...]
    """The last ones, the newest first."""
    failures: tuple[Failure, ...]
    """Those that are kept, the newest first: a sign-in by password or key forgets them, and so does
    the next failure of anybody what no longer counts."""


def own(platform: Platform, *, actor: Actor) -> WaysIn:
    """The ways in of the actor.

    Raises:
        NotPermitted: they came with the code of a sitting, which others may have seen.
        Refused: it is nobody of the staff.
    """
    require_person(actor)
    require(actor, Action.MANAGE_ACCESS, owner=actor.person_id)
    held = [one for one in public_keys.keys(platform, actor=actor) if one.revoked_at is None]
    with platform.database.read() as session:
        kept = people.credential(session, actor.person_id)
        stored = {one.fingerprint: one for one in access.keys_of(session, actor.person_id)}
        changes = access.entered(
            session, actor.person_id, "password-changed", "start-code-given", most=1
        )
        entered = access.entered(session, actor.person_id, "signed-in", most=MOST_LOOKED_AT)
        failed = access.failed(session, throttle.account_of(actor.staff_no))
    used: dict[str, datetime] = {}
    for one in entered:
        used.setdefault(str(one.facts.get("key", "")), one.at)
    password = Password.NONE
    if kept is not None:
        password = Password.START_CODE if kept.must_change else Password.OWN
    names = {mark: one.label or mark for mark, one in stored.items()}
    return WaysIn(
        password=password,
        password_since=changes[0].at if changes and kept is not None else None,
        keys=tuple(
            KeyUse(
                one, used.get(one.fingerprint), stored[one.fingerprint].added_by == actor.person_id
            )
            for one in held
        ),
        sign_ins=tuple(
            SignIn(one.at, names.get(str(one.facts.get("key", "")), ""))
            for one in entered[:MOST_SIGN_INS]
        ),
        failures=tuple(Failure(one.at, one.address) for one in failed),
    )
