"""How many failed sign-ins are too many, and until when a door stays shut then (G17).

Failures are counted in the database, so any number of servers share them. They are counted twice:
for the staff number that was typed, and for the address it came from. `policy.access.failures` of
either within `policy.access.within_minutes` shut the door to passwords: of that person, or from
that address. Tries at a shut door are refused without a look at the password and are not counted,
so the moment at which the door opens does not move.

Somebody who wants to keep an examinee out could type that person's number with wrong passwords all
day. So passwords alone are locked, which can be guessed: a public key and the code of a sitting,
which cannot, open a door that is shut to passwords, and whoever may manage ways in may open it for
passwords too (`certify person unlock`). Where many people share one address, as a whole hall
behind one router does, a few who mistype would shut out everybody: such networks are named in
`policy.access.shared_networks`, and there only the person counts.
"""

from datetime import datetime, timedelta
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from zoneinfo import ZoneInfo

from sqlmodel import Session

from certify.domain.access import FailedSignIn
from certify.domain.clean import clean
from certify.domain.permission import Action, require
from certify.domain.person import CONSOLE, Actor
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.policy.access import AccessPolicy
from certify.services.recording import record
from certify.services.typed import person_of
from certify.storage import access, people


class DoorShut(Refused):
    """Passwords are not taken until a moment: of a person, or from a place."""

    def __init__(self, platform: Platform, until: datetime, *, is_place: bool = False) -> None:
        """Args:
        is_place: it is the address that is shut, whoever comes from there.
        """
        there = until.astimezone(ZoneInfo(platform.policy.organisation.time_zone))
        whole = there.replace(second=0, microsecond=0)
        opens = whole if whole == there else whole + timedelta(minutes=1)
        words, mend = _of_place() if is_place else _of_person()
        super().__init__(words.format(time=f"{opens:%H:%M}"), mend=mend)
        self.until, self.is_place = until, is_place
        self._platform = platform

    def again(self) -> "DoorShut":
        """The same in the language that is spoken now."""
        return DoorShut(self._platform, self.until, is_place=self.is_place)


def _of_person() -> tuple[str, str]:
    return (
        _("Too many sign-ins failed. Passwords are taken again from {time} on."),
        _("An exam code or a public key works all the same; HR can open the door sooner."),
    )


def _of_place() -> tuple[str, str]:
    return (
        _("Too many sign-ins failed at this place. Passwords are taken here from {time} on."),
        _(
            "This is not about your staff number: an exam code, a public key or another place "
            "works all the same. If many share this address, tell the administrator."
        ),
    )


def account_of(staff_no: str) -> str:
    """Digest of what was typed as a staff number: somebody may have typed their password there."""
    return blake2b(clean(staff_no).encode(), digest_size=16, person=b"certify door").hexdigest()


def place_of(address: str) -> str:
    """What counts as one address: of IPv6 the network that one customer has for themselves."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found if isinstance(found, IPv4Address) else found.ipv4_mapped)


def is_shared(rules: AccessPolicy, address: str) -> bool:
    """Whether many people share an address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in ip_network(one) for one in rules.shared_networks)


def require_open(platform: Platform, session: Session, *, account: str, address: str) -> None:
    """Refuse while the door is shut, for the person or for the address.

    Raises:
        DoorShut: saying when it opens and which of the two it is, in the same words for numbers
            that nobody has. If both are shut, what opens last is named.
    """
    rules = platform.policy.access
    within = timedelta(minutes=rules.within_minutes)
    since, last = platform.clock.now() - within, rules.failures - 1
    person = access.latest_but(session, last, since=since, account=account)
    place = None
    if address and not is_shared(rules, address):
        place = access.latest_but(session, last, since=since, address=place_of(address))
    if place is not None and (person is None or place > person):
        raise DoorShut(platform, place + within, is_place=True)
    if person is not None:
        raise DoorShut(platform, person + within)


def note_failure(platform: Platform, *, staff_no: str, address: str) -> None:
    """Count a failed sign-in, forget what is too old, and note it once when a door shuts."""
    rules, now = platform.policy.access, platform.clock.now()
    since = now - timedelta(minutes=rules.within_minutes)
    account, place = account_of(staff_no), place_of(address)
    with platform.database.write() as session:
        access.lock_counting(session)
        access.forget_failures_until(session, since)
        session.add(FailedSignIn(account=account, address=place, at=now))
        session.flush()
        person = people.by_staff_no(session, staff_no)
        if access.failures(session, since=since, account=account) == rules.failures:
            subject = f"person:{person.id}" if person else "door"
            record(session, platform, CONSOLE, "door-locked", subject, to="person")
        if (
            place
            and not is_shared(rules, address)
            and access.failures(session, since=since, address=place) == rules.failures
        ):
            record(session, platform, CONSOLE, "door-locked", "door", to="address")


def unlock(platform: Platform, *, actor: Actor, staff_no: str) -> int:
    """Forget a person's failed sign-ins, so that passwords are taken again at once.

    Returns:
        How many there were.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.MANAGE_ACCESS)
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no)
        count = access.forget_failures(session, account_of(person.staff_no))
        subject = f"person:{person.id}"
        record(session, platform, actor, "door-unlocked", subject, failures=count)
    return count
