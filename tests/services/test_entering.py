"""The one door: what locks it, for whom, how long, and whom it never keeps out (G17)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import func, select

from certify.clock import SetClock
from certify.domain.access import FailedSignIn
from certify.domain.ledger import LedgerEntry
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.policy.access import AccessPolicy
from certify.services import exam_codes, passwords
from certify.services.access import entering, public_keys, throttle
from certify.services.access.throttle import DoorShut
from certify.services.sign_in import SignedIn
from tests.platforms import NOON, actor, with_policy
from tests.server.serving import PASSWORD, give_password
from tests.services.test_cohorts import cohort

HERE, THERE = "10.0.0.7", "10.0.0.8"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take a millisecond: here they are counted, not measured."""
    from argon2 import PasswordHasher

    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_DUMMY", quick.hash("nobody's"))


@pytest.fixture
def door(platform: Platform) -> Platform:
    """E1001 and E1002 have a password; three failures shut a door."""
    give_password(platform, "E1001", "E1002")
    return with_access(platform, failures=3)


def with_access(platform: Platform, **values: Any) -> Platform:
    """The same platform with other rules for its door."""
    rules = AccessPolicy(**{**platform.policy.access.model_dump(), **values})
    return with_policy(platform, platform.policy.model_copy(update={"access": rules}))


def enter(
    platform: Platform, staff_no: str = "E1001", password: str = PASSWORD, address: str = HERE
) -> SignedIn:
    return entering.enter(platform, staff_no=staff_no, password=password, address=address)


def fail(platform: Platform, times: int, staff_no: str = "E1001", address: str = HERE) -> None:
    for _each in range(times):
        with pytest.raises(Refused) as refused:
            enter(platform, staff_no, "not this one", address)
        assert not isinstance(refused.value, DoorShut)


def kept(platform: Platform) -> int:
    with platform.database.read() as session:
        return session.exec(select(func.count()).select_from(FailedSignIn)).one()


def events(platform: Platform, action: str) -> list[LedgerEntry]:
    with platform.database.read() as session:
        return list(session.exec(select(LedgerEntry).where(LedgerEntry.action == action)).all())


def test_after_so_many_failures_the_right_password_is_refused_until_they_are_past(
    door: Platform, clock: SetClock
) -> None:
    fail(door, 3)
    with pytest.raises(DoorShut) as shut:
        enter(door)
    assert shut.value.until == NOON + timedelta(minutes=15)
    assert "12:15" in shut.value.message
    clock.set(NOON + timedelta(minutes=14, seconds=59))
    with pytest.raises(DoorShut):
        enter(door)
    clock.set(NOON + timedelta(minutes=15))
    assert enter(door).actor.staff_no == "E1001"


def test_tries_at_a_shut_door_do_not_keep_it_shut_for_longer(
    door: Platform, clock: SetClock
) -> None:
    fail(door, 3)
    for minute in range(1, 15):
        clock.set(NOON + timedelta(minutes=minute))
        with pytest.raises(DoorShut) as shut:
            enter(door, password="not this one")
        assert shut.value.until == NOON + timedelta(minutes=15)
    assert kept(door) == 3


def test_a_failure_from_anywhere_counts_for_the_person(door: Platform) -> None:
    for place in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        fail(door, 1, address=place)
    with pytest.raises(DoorShut):
        enter(door, address="10.0.0.4")
    assert enter(door, "E1002", address="10.0.0.4").actor.staff_no == "E1002"


def test_an_address_that_tries_many_numbers_is_shut_for_all_of_them(door: Platform) -> None:
    for staff_no in ("E1001", "E1002", "S0001"):
        fail(door, 1, staff_no)
    with pytest.raises(DoorShut):
        enter(door, "E1002")
    assert enter(door, "E1002", address=THERE).actor.staff_no == "E1002"


def test_a_place_that_is_shut_says_so_and_tells_nothing_of_the_number(door: Platform) -> None:
    for staff_no in ("A1", "A2", "S0001"):
        fail(door, 1, staff_no)
    told = set()
    for staff_no in ("E1001", "E1002", "nobody"):
        with pytest.raises(DoorShut) as shut:
            enter(door, staff_no)
        assert shut.value.is_place
        told.add((shut.value.message, shut.value.mend))
    [(message, mend)] = told
    assert message == _(
        "Too many sign-ins failed at this place. Passwords are taken here from {time} on."
    ).format(time="12:15")
    assert mend != DoorShut(door, NOON).mend
    again = shut.value.again()
    assert (again.message, again.mend, again.until) == (message, mend, shut.value.until)


def test_of_two_locks_the_one_that_opens_last_is_named(door: Platform, clock: SetClock) -> None:
    fail(door, 3, "E1001", THERE)
    clock.set(NOON + timedelta(minutes=5))
    fail(door, 3, "E1002", HERE)
    for staff_no, place, is_place in (
        ("E1001", THERE, False),  # both, at the same moment
        ("E1001", HERE, True),
        ("E1002", THERE, False),
        ("nobody", THERE, True),
    ):
        with pytest.raises(DoorShut) as shut:
            enter(door, staff_no, address=place)
        assert shut.value.is_place is is_place
        late = 5 if staff_no == "E1002" or place == HERE else 0
        assert shut.value.until == NOON + timedelta(minutes=15 + late)


def test_addresses_of_one_network_of_version_6_are_one(door: Platform) -> None:
    for last in ("1", "2:3", "ffff:0:1"):
        fail(door, 1, f"X{last}", f"2001:db8:0:1::{last}")
    with pytest.raises(DoorShut):
        enter(door, address="2001:db8:0:1::9")
    enter(door, address="2001:db8:0:2::9")


def test_where_many_share_an_address_only_the_person_counts(door: Platform) -> None:
    hall = with_access(door, shared_networks=("10.0.0.0/24",))
    for staff_no in ("A1", "A2", "A3", "A4"):
        fail(hall, 1, staff_no)
    enter(hall)
    fail(hall, 3)
    with pytest.raises(DoorShut):
        enter(hall)
    enter(hall, "E1002")


def test_a_sign_in_forgets_what_the_person_failed_before(door: Platform) -> None:
    for _each in range(4):
        fail(door, 2)
        enter(door)
    assert kept(door) == 0


def test_old_failures_are_deleted(door: Platform, clock: SetClock) -> None:
    fail(door, 1)
    fail(door, 1, "E1002")
    clock.set(NOON + timedelta(minutes=15))
    fail(door, 1, "S0001")
    assert kept(door) == 1


def test_a_number_that_nobody_has_is_locked_in_the_same_words(door: Platform) -> None:
    told = []
    for staff_no, place in (("E1001", "10.0.1.1"), ("nobody", "10.0.1.2")):
        fail(door, 3, staff_no, place)
        with pytest.raises(DoorShut) as shut:
            enter(door, staff_no, address=place)
        told.append(str(shut.value))
    assert told[0] == told[1]


def test_what_was_typed_as_a_number_is_not_kept(door: Platform) -> None:
    fail(door, 1, PASSWORD)
    with door.database.read() as session:
        (one,) = session.exec(select(FailedSignIn)).all()
    assert PASSWORD not in repr(one)
    assert one.account == throttle.account_of(PASSWORD)


def test_each_lock_stands_once_in_the_ledger_without_an_address(door: Platform) -> None:
    fail(door, 3)
    for _each in range(3):
        with pytest.raises(DoorShut):
            enter(door)
    found = [(one.subject, one.facts) for one in events(door, "door-locked")]
    person = actor(door, "E1001").person_id
    assert found == [(f"person:{person}", {"to": "person"}), ("door", {"to": "address"})]


def test_a_key_opens_a_door_that_is_shut_to_passwords(door: Platform) -> None:
    asyncssh = pytest.importorskip("asyncssh")
    line = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    added = public_keys.add(door, actor=actor(door, "E1001"), line=line)
    fail(door, 3)
    found = public_keys.holder(door, staff_no="E1001", fingerprint=added.fingerprint)
    assert found is not None
    entering.note_entered(door, found)
    assert enter(door).actor.staff_no == "E1001"


def test_hr_opens_the_door_again_and_nobody_else_does(door: Platform) -> None:
    fail(door, 3)
    with pytest.raises(NotPermitted):
        throttle.unlock(door, actor=actor(door, "E1002"), staff_no="E1001")
    with pytest.raises(NotPermitted):
        throttle.unlock(door, actor=actor(door, "E1001"), staff_no="E1001")
    assert throttle.unlock(door, actor=actor(door, "H0001"), staff_no="E1001") == 3
    enter(door)
    assert len(events(door, "door-unlocked")) == 1


@pytest.mark.parametrize(("staff_no", "checks"), [("E1001", 1), ("nobody", 1)])
def test_a_password_is_checked_once_whether_or_not_there_is_a_person(
    door: Platform, monkeypatch: pytest.MonkeyPatch, staff_no: str, checks: int
) -> None:
    seen = []
    verify: Callable[..., bool] = passwords._hasher.verify

    class Counting:
        def verify(self, *given: str) -> bool:
            seen.append(given)
            return verify(*given)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    fail(door, 1, staff_no)
    assert len(seen) == checks


def test_who_has_left_is_refused_like_a_wrong_password(door: Platform) -> None:
    from certify.domain.person import PersonStatus
    from certify.storage import people

    with door.database.write() as session:
        person = people.by_staff_no(session, "E1001")
        assert person is not None
        person.status = PersonStatus.LEFT
        session.add(person)
    fail(door, 1)


def test_many_at_once_get_no_more_tries_than_one(platform: Platform) -> None:
    from concurrent.futures import ThreadPoolExecutor

    strict = with_access(platform, failures=3)

    def once(number: int) -> bool:
        try:
            enter(strict, password="not this one", address=f"10.1.0.{number}")
        except DoorShut:
            return False
        except Refused:
            return True
        raise AssertionError("it let somebody in")

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(once, range(24))) == 3


def test_the_code_of_a_sitting_does_not_forget_failed_passwords(door: Platform) -> None:
    number = cohort(door, "E1001", opens_at=NOON, closes_at=NOON + timedelta(hours=1))
    (given,) = exam_codes.issue(door, actor=actor(door, "H0001"), cohort_id=number)
    fail(door, 2)
    assert enter(door, password=given.code).only_exam
    fail(door, 1)
    assert enter(door, password=given.code).only_exam
    with pytest.raises(DoorShut):
        enter(door)


@pytest.mark.parametrize("staff_nos", [["E1001"] * 24, [f"A{number}" for number in range(24)]])
def test_a_lock_stands_once_in_the_ledger_however_many_fail_at_once(
    platform: Platform, staff_nos: list[str]
) -> None:
    """As several servers count that share a database, and no turns."""
    from concurrent.futures import ThreadPoolExecutor

    strict = with_access(platform, failures=5)

    def note(number: int) -> None:
        address = HERE if len(set(staff_nos)) > 1 else f"10.2.0.{number}"
        throttle.note_failure(strict, staff_no=staff_nos[number], address=address)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(note, range(24)))
    assert len(events(strict, "door-locked")) == 1
    assert kept(strict) == 24
