"""Downtime of the server: known by its missing signs of life, given back by rule (G7, R-ASM-07).

Only servers give signs of life. Who closes their own terminal, or runs the screens on their own
machine, earns no time. An outage is counted from the last sign of life of any server to the first
one after it, so it is known to within `sitting.beat_seconds`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.sitting_rules import outage_credit
from certify.domain.sitting_time import Beat, GrantKind, Outage
from certify.platform import Platform
from certify.policy import SittingPolicy
from certify.services.deadline import move
from certify.storage import attempts, beats, ledger, sitting_time

REMEMBERED = timedelta(days=1)
"""How long the name of a server that ended is not given again: attempts that were connected to
it must not seem to be connected to another one."""


def beat(platform: Platform, *, node: str) -> int:
    """A server's sign of life; called every `sitting.beat_seconds`, first of all at its start.

    The first one after an outage gives every attempt that was open then its time back, before
    anything can close it. Any number of servers may notice the same outage: one of them counts.

    Args:
        node: name of the server, unique among those that share the database.
    Returns:
        How many attempts were given time.
    """
    with platform.database.write() as session:
        return _sign(session, platform, sitting_time.beats(session, lock=True), node)


def join(platform: Platform, *, name: str) -> str:
    """The first sign of life of a server, which gets a name that no other has or had lately.

    Two that begin at once may choose the same name: the one that finds it taken chooses again.

    Args:
        name: what its name begins with, such as that of the machine.
    Returns:
        Its name: `name-1`, or the next number.
    """
    while True:
        try:
            with platform.database.write() as session:
                known = sitting_time.beats(session, lock=True)
                node = f"{name}-{1 + max((_number(one.node, name) for one in known), default=0)}"
                _sign(session, platform, known, node)
                last = max((one.at for one in known), default=platform.clock.now())
                beats.forget(session, last - REMEMBERED)
                return node
        except IntegrityError:
            continue


def leads(platform: Platform, *, node: str) -> bool:
    """Whether this server is the one that does what one of them has to do: the first one alive.

    It spares work and decides nothing: two that both think so do no harm.
    """
    now, rules = platform.clock.now(), platform.policy.sitting
    alive_from = now - timedelta(seconds=3 * rules.beat_seconds)
    with platform.database.read() as session:
        known = sitting_time.beats(session)
        alive = [one.node for one in known if not one.stopped and one.at >= alive_from]
    return node <= min(alive, default=node)


def open_attempts(platform: Platform) -> int:
    """How many attempts are being sat; the lightest question that shows the database answers."""
    with platform.database.read() as session:
        return beats.open_attempts(session)


def _sign(session: Session, platform: Platform, known: Sequence[Beat], node: str) -> int:
    now, rules = platform.clock.now(), platform.policy.sitting
    began_at = silent_since(known, now, rules)
    own = next((one for one in known if one.node == node), None) or Beat(node=node, at=now)
    own.at, own.stopped = now, False
    session.add(own)
    session.flush()
    if began_at is None:
        return 0
    return _credit(session, platform, Outage(began_at=began_at, ended_at=now, node=node))


def _number(node: str, name: str) -> int:
    """The number in a server's name; 0 where it is not one of these."""
    head, _dash, number = node.rpartition("-")
    return int(number) if head == name and number.isdecimal() else 0


def stop(platform: Platform, *, node: str) -> None:
    """A server is being stopped in order, which is no outage: planned work is announced."""
    with platform.database.write() as session:
        sitting_time.beats(session, lock=True)
        own = session.get(Beat, node) or Beat(node=node, at=platform.clock.now())
        own.at, own.stopped = platform.clock.now(), True
        session.add(own)


def silent_since(known: Sequence[Beat], now: datetime, rules: SittingPolicy) -> datetime | None:
    """Since when no server has been alive, if that is an outage; None while it is none.

    It is none when the servers that were alive last were all stopped in order.
    """
    last = max((one.at for one in known), default=now)
    if (now - last).total_seconds() <= rules.credit_from_seconds:
        return None
    alive_from = last - timedelta(seconds=2 * rules.beat_seconds)
    if all(one.stopped for one in known if one.at >= alive_from):
        return None
    return last


def not_held_back(session: Session, platform: Platform, late: Sequence[int]) -> Sequence[int]:
    """Which of the attempts whose time is over may be closed now.

    While no server is alive, those whose time ran out in the outage wait for their credit, as long
    as there can be any.
    """
    now, rules = platform.clock.now(), platform.policy.sitting
    since = silent_since(sitting_time.beats(session), now, rules) if late else None
    if since is None:
        return late
    most = timedelta(minutes=rules.max_credit_minutes)
    return [
        id_
        for id_ in late
        if (attempt := session.get_one(Attempt, id_)).deadline <= since
        or attempt.deadline + most <= now
    ]


def _credit(session: Session, platform: Platform, outage: Outage) -> int:
    """Write an outage down and give each open attempt what it took."""
    current = sitting_time.every_open(session)  # locked before the ledger, as everywhere
    session.add(outage)
    session.flush()
    credited = [one for one in current if _give(session, platform, one, outage)]
    ledger.append(
        session,
        at=outage.ended_at,
        actor_id=0,
        action="outage-credited",
        subject=f"outage:{outage.id}",
        facts={
            "last_sign_of_life": outage.began_at.isoformat(),
            "first_sign_of_life": outage.ended_at.isoformat(),
            "node": outage.node,
            "attempts": len(credited),
        },
    )
    return len(credited)


def _pauses(session: Session, attempt: Attempt, now: datetime) -> list[tuple[datetime, datetime]]:
    """When an invigilator had stopped an attempt."""
    found = [
        (one.at - timedelta(seconds=one.seconds), one.at)
        for one in sitting_time.grants(session, attempt.id or 0)
        if one.kind is GrantKind.PAUSE
    ]
    return found if attempt.paused_at is None else [*found, (attempt.paused_at, now)]


def _give(session: Session, platform: Platform, attempt: Attempt, outage: Outage) -> bool:
    most = platform.policy.sitting.max_credit_minutes * 60
    taken = outage_credit(
        began_at=outage.began_at,
        ended_at=outage.ended_at,
        last_heard=attempts.last_moment(session, attempt),
        deadline=attempt.deadline,
        pauses=_pauses(session, attempt, outage.ended_at),
    )
    kind = GrantKind.OUTAGE
    seconds = min(taken, most - sitting_time.granted(session, attempt.id or 0, kind))
    if seconds <= 0:
        return False
    if attempt.break_began_at is not None:  # the break stood still, too
        attempt.break_began_at += timedelta(seconds=seconds)
    move(session, platform, attempt, kind, seconds, "", outage_id=outage.id)
    return True
