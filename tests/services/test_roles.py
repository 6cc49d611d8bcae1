"""Roles are given and taken by whom they may be; somebody always administers."""

import pytest

from certify.domain.person import CONSOLE, PersonStatus, Role
from certify.errors import NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import ledger, roles
from certify.services.placing import changing
from tests.platforms import actor
from tests.services.learning_steps import grant


def change(platform: Platform, who: str, staff_no: str, **roles_: list[Role]) -> frozenset[Role]:
    return roles.change_roles(platform, actor=actor(platform, who), staff_no=staff_no, **roles_)


def test_hr_makes_a_trainer_and_takes_it_back(platform: Platform) -> None:
    assert change(platform, "H0001", "E1001", give=[Role.TRAINER]) == {Role.LEARNER, Role.TRAINER}
    assert Role.TRAINER in actor(platform, "E1001").roles
    assert change(platform, "H0001", "E1001", give=[Role.TRAINER]) == {Role.LEARNER, Role.TRAINER}
    assert change(platform, "H0001", "E1001", take=[Role.TRAINER]) == {Role.LEARNER}
    assert ledger.verify(platform, actor=CONSOLE).first_false is None


@pytest.mark.parametrize("role", [Role.HR, Role.ADMINISTRATOR])
def test_hr_makes_no_overseers_not_even_of_themselves(
    sqlite_platform: Platform, role: Role
) -> None:
    grant(sqlite_platform, "E1002", role)
    for staff_no, wanted in (("E1001", {"give": [role]}), ("E1002", {"take": [role]})):
        with pytest.raises(NotPermitted):
            # 0001 founded the company and administers it; H0001 is HR alone.
            change(sqlite_platform, "H0001", staff_no, **wanted)

    assert role in change(sqlite_platform, "0001", "E1001", give=[role])


@pytest.mark.parametrize("who", ["E1001", "S0001"])
def test_nobody_else_gives_roles(sqlite_platform: Platform, who: str) -> None:
    with pytest.raises(NotPermitted):
        change(sqlite_platform, who, "E1001", give=[Role.TRAINER])
    assert actor(sqlite_platform, "E1001").roles == {Role.LEARNER}


def test_somebody_always_administers(sqlite_platform: Platform) -> None:
    with pytest.raises(Refused):
        change(sqlite_platform, "0001", "0001", take=[Role.ADMINISTRATOR])
    change(sqlite_platform, "0001", "E1001", give=[Role.ADMINISTRATOR])

    assert Role.ADMINISTRATOR not in change(
        sqlite_platform, "0001", "0001", take=[Role.ADMINISTRATOR]
    )


def test_what_makes_no_sense_is_refused_and_nothing_changes(sqlite_platform: Platform) -> None:
    with pytest.raises(NotFound):
        change(sqlite_platform, "H0001", "9999", give=[Role.TRAINER])
    with pytest.raises(Refused):
        change(sqlite_platform, "H0001", "E1001", give=[Role.TRAINER], take=[Role.TRAINER])
    with pytest.raises(Refused):
        change(sqlite_platform, "H0001", "E1001", take=[Role.LEARNER])
    hr = actor(sqlite_platform, "H0001")
    changing.change_person(sqlite_platform, actor=hr, staff_no="E1001", status=PersonStatus.LEFT)
    with pytest.raises(Refused):
        change(sqlite_platform, "H0001", "E1001", give=[Role.TRAINER])
