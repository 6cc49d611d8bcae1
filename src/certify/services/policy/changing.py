"""Changes of the company's rules: dated, in the ledger, by somebody and for a reason (R-PLT-05)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from certify.domain.indicator_scheme import adapted
from certify.domain.permission import Action, require, require_person
from certify.domain.person import CONSOLE, Actor
from certify.domain.policy_change import Change, changes, digest, plain
from certify.domain.policy_version import PolicyVersion
from certify.domain.sealing import sealed
from certify.errors import NotSaved
from certify.i18n import _
from certify.platform import Platform
from certify.policy import Policy
from certify.services.policy.reading import PolicyFile, read
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.services.whole_file import whole_file
from certify.storage import people, policy_versions


@dataclass(frozen=True)
class VersionView:
    """The rules from a moment on, and what they changed."""

    number: int
    at: datetime
    staff_no: str
    """Who changed them; empty where the file was found changed when certify started."""
    name: str
    reason: str
    digest: str
    changes: tuple[Change, ...]
    """Against the rules before; the first one against the defaults of the program."""


def difference(platform: Platform, *, path: Path) -> list[Change]:
    """What a file would change in the rules in force.

    Raises:
        BadInput: the file cannot be used; everything wrong is named.
    """
    return changes(plain(platform.policy), plain(_fitting(platform, path)[1]))


def apply(platform: Platform, *, actor: Actor, path: Path, reason: str) -> list[Change]:
    """Make a file the policy of this home; gives what it changes.

    The file takes its place whole, with its comments, as the last thing before the record is
    committed. Whoever loses power between the two finds the new rules in force, and the next
    start records them as found changed: what is recorded last is always what holds.

    Raises:
        NotPermitted
        Refused: nobody of the staff acts.
        BadInput: the file cannot be used, the reason is missing, or the home cannot be written.
        NotSaved: the rules are as they were.
    """
    require_person(actor)
    require(actor, Action.CHANGE_POLICY)
    reason = checked_text(reason, _("reason"))
    file, policy = _fitting(platform, path)
    home = platform.settings.home
    before = home.policy.read_bytes() if home.policy.is_file() else None
    is_replaced = False
    try:
        with platform.database.write() as session:
            people.lock(session)
            found = _keep(session, platform, actor, policy, reason)
            home.root.mkdir(parents=True, exist_ok=True)
            with whole_file(home.policy, home.exports) as out:
                out.write(file.data)
            is_replaced = True
    except BaseException:
        if is_replaced:  # the record was not taken: neither is the file
            _put_back(home.policy, home.exports, before)
        raise
    return found


def notice(platform: Platform) -> None:
    """Record that the policy is another one than was recorded last: its file was changed by hand.

    Called whenever a home is opened: one query for one digest. Several that open at once record
    it once. Where the database takes no change now, the next opening records it.
    """
    now = digest(plain(platform.policy))
    with platform.database.read() as session:
        if policy_versions.latest_digest(session) == now:
            return
    with suppress(NotSaved), platform.database.write() as session:
        people.lock(session)
        _keep(session, platform, CONSOLE, platform.policy, "")


def history(platform: Platform, *, actor: Actor) -> list[VersionView]:
    """Every change of the rules, the latest first.

    Raises:
        NotPermitted
    """
    require(actor, Action.CHANGE_POLICY)
    with platform.database.read() as session:
        rows = policy_versions.every(session)
        views, before = [], plain(Policy())
        for version, staff_no, name in rows:
            views.append(
                VersionView(
                    number=version.id or 0,
                    at=version.at,
                    staff_no=staff_no or "",
                    name=name or "",
                    reason=version.reason,
                    digest=version.digest,
                    changes=tuple(changes(before, version.values)),
                )
            )
            before = version.values
    return views[::-1]


def _keep(
    session: Session, platform: Platform, actor: Actor, policy: Policy, reason: str
) -> list[Change]:
    """Record a policy where it is another one than the last; inside a transaction that locked."""
    last = policy_versions.latest(session)
    values: dict[str, Any] = plain(policy)
    hashed = digest(values)
    found = changes(last.values if last else plain(Policy()), values)
    if last is not None and last.digest == hashed:
        return []
    version = PolicyVersion(
        at=platform.clock.now(),
        digest=hashed,
        values=values,
        changed_by=actor.person_id,
        reason=reason,
    )
    session.add(version)
    session.flush()
    record(
        session,
        platform,
        actor,
        "policy-changed",
        f"policy:{version.id}",
        digest=hashed,
        reason=reason,
        seals=sealed(version),
        changes=[{"name": one.name, "old": one.old, "new": one.new} for one in found],
    )
    return found


def _fitting(platform: Platform, path: Path) -> tuple[PolicyFile, Policy]:
    """A file whose rules also fit the indicator schemes there are."""
    file = read(path)
    policy = file.wanted()
    for scheme in platform.plugins.evaluation_schemes.values():
        adapted(scheme, policy.evaluation)
    return file, policy


def _put_back(path: Path, exports: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
        return
    with whole_file(path, exports) as out:
        out.write(before)
