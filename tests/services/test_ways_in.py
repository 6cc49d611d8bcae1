"""Everybody sees how they sign in themselves and who tried to, and nobody sees that of others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from certify.clock import SetClock
from certify.domain.person import CONSOLE, Actor, ExamPass
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import sign_in
from certify.services.access import entering, public_keys, throttle, ways_in
from certify.services.access.ways_in import Password, WaysIn
from tests.platforms import NOON, actor
from tests.services.test_public_keys import made

MINUTE = timedelta(minutes=1)
SECRET = "correct horse"


def own(platform: Platform, staff_no: str = "E1001") -> WaysIn:
    return ways_in.own(platform, actor=actor(platform, staff_no))


def test_nothing_is_there_at_first(platform: Platform) -> None:
    assert own(platform) == WaysIn(Password.NONE, None, (), (), ())


def test_a_start_code_and_ones_own_password_are_told_apart_with_their_moments(
    platform: Platform, clock: SetClock
) -> None:
    sign_in.give_start_code(platform, actor=actor(platform, "H0001"), staff_no="E1001")
    found = own(platform)
    assert (found.password, found.password_since) == (Password.START_CODE, NOON)
    clock.advance(MINUTE)
    sign_in.change_password(platform, actor=actor(platform, "E1001"), password=SECRET)

    found = own(platform)
    assert (found.password, found.password_since) == (Password.OWN, NOON + MINUTE)
    assert own(platform, "E1002").password is Password.NONE


def test_a_key_says_when_it_last_let_its_owner_in(platform: Platform, clock: SetClock) -> None:
    her = actor(platform, "E1001")
    one = public_keys.add(platform, actor=her, line=made(), label="laptop")
    hr = actor(platform, "H0001")
    public_keys.add(platform, actor=hr, staff_no="E1001", line=made())
    clock.advance(MINUTE)
    entered = public_keys.holder(platform, staff_no="E1001", fingerprint=one.fingerprint)
    assert entered is not None
    entering.note_entered(platform, entered)

    found = own(platform)
    assert [(key.used_at, key.is_own) for key in found.keys] == [
        (NOON + MINUTE, True),
        (None, False),
    ]
    assert [(came.at, came.key) for came in found.sign_ins] == [(NOON + MINUTE, "laptop")]
    public_keys.revoke(platform, actor=her, fingerprint=one.fingerprint)
    assert [key.key.label for key in own(platform).keys] == ["her laptop"]


def test_failures_are_told_with_their_address_until_one_comes_in(platform: Platform) -> None:
    her = actor(platform, "E1001")
    sign_in.change_password(platform, actor=her, password=SECRET)
    for staff_no in ("E1001", "E1002"):
        with pytest.raises(Refused):
            entering.enter(platform, staff_no=staff_no, password="guess", address="10.0.0.7")

    assert [(one.at, one.address) for one in own(platform).failures] == [(NOON, "10.0.0.7")]
    entering.enter(platform, staff_no="E1001", password=SECRET, address="10.0.0.8")

    found = own(platform)
    assert found.failures == ()
    assert [(came.at, came.key) for came in found.sign_ins] == [(NOON, "")]
    assert len(own(platform, "E1002").failures) == 1


def test_the_newest_sign_ins_come_first_and_are_not_endless(
    platform: Platform, clock: SetClock
) -> None:
    entered = sign_in.SignedIn(actor(platform, "E1001"), must_change=False)
    for _time in range(ways_in.MOST_SIGN_INS + 2):
        clock.advance(MINUTE)
        entering.note_entered(platform, entered)

    found = own(platform).sign_ins
    assert len(found) == ways_in.MOST_SIGN_INS
    assert found[0].at == clock.now()
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)


def test_nobody_sees_what_is_not_their_own(platform: Platform) -> None:
    others = ("E1002", "S0001", "H0001")
    her = actor(platform, "E1001")
    sign_in.change_password(platform, actor=her, password=SECRET)
    mark = public_keys.add(platform, actor=her, line=made()).fingerprint
    entering.enter(platform, staff_no="E1001", password=SECRET, address="")

    for staff_no in others:
        assert own(platform, staff_no) == WaysIn(Password.NONE, None, (), (), ())
        with pytest.raises(Refused):
            public_keys.revoke(platform, actor=actor(platform, staff_no), fingerprint=mark)
    for nobody in (CONSOLE, _with_code(her)):
        with pytest.raises(Refused):
            ways_in.own(platform, actor=nobody)


def test_a_code_of_a_sitting_shows_no_ways_in(platform: Platform) -> None:
    with pytest.raises(NotPermitted):
        ways_in.own(platform, actor=_with_code(actor(platform, "E1001")))


def _with_code(who: Actor) -> Actor:
    return replace(who, roles=frozenset(), exam_pass=ExamPass("sample-written", 1, "kept"))


def test_another_way_in_wants_the_present_password_and_counts_wrong_ones(
    platform: Platform,
) -> None:
    her = actor(platform, "E1001")
    entering.confirm(platform, actor=her, password="", address="")  # there is none yet
    sign_in.change_password(platform, actor=her, password=SECRET)
    entering.confirm(platform, actor=her, password=SECRET, address="")

    for _try in range(platform.policy.access.failures):
        with pytest.raises(Refused) as refused:
            entering.confirm(platform, actor=her, password="guess", address="10.0.0.7")
        assert refused.value.message == _("This is not your present password.")
    with pytest.raises(throttle.DoorShut):
        entering.confirm(platform, actor=her, password=SECRET, address="10.0.0.7")
