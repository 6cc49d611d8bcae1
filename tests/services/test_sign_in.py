"""Founding a home, signing in, passwords and start codes."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from certify.domain.person import CONSOLE, Credential, Department, Organisation, Person, Role
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import founding, passwords, sign_in
from certify.services.access import entering
from tests.platforms import actor
from tests.services.steps import check_books, count

PASSWORD = "correct horse"


def found(platform: Platform, **changed: str | None) -> None:
    facts: dict[str, str | None] = {
        "name": "公司",
        "staff_no": "0042",
        "person_name": "王五",
        "password": PASSWORD,
    }
    founding.found_organisation(platform, **(facts | changed))  # type: ignore[arg-type]


def test_the_first_start_makes_a_company_and_an_administrator_who_can_sign_in(
    empty_platform: Platform,
) -> None:
    assert founding.organisation(empty_platform) is None

    found(empty_platform)

    assert founding.organisation(empty_platform) == founding.OrganisationView("公司", False)
    signed_in = entering.enter(empty_platform, staff_no="0042", password=PASSWORD, address="")
    assert not signed_in.must_change
    assert signed_in.actor.staff_no == "0042"
    assert signed_in.actor.roles == {Role.ADMINISTRATOR, Role.HR, Role.LEARNER}
    check_books(empty_platform)


def test_a_home_cannot_be_founded_twice(empty_platform: Platform) -> None:
    found(empty_platform)

    with pytest.raises(Refused):
        found(empty_platform, name="另一家", staff_no="0043")

    assert founding.organisation(empty_platform) == founding.OrganisationView("公司", False)
    assert (count(empty_platform, Person), count(empty_platform, Department)) == (1, 1)


def test_a_founding_with_a_name_or_password_that_cannot_be_changes_nothing(
    empty_platform: Platform,
) -> None:
    wrong: list[dict[str, str | None]] = [
        {"name": ""},
        {"name": " "},
        {"name": "a\nb"},
        {"name": "\x1b[31m"},
        {"staff_no": ""},
        {"staff_no": " 42"},
        {"staff_no": "4\u200b2"},
        {"person_name": "x" * 81},
        {"person_name": "abc\u202e"},
        {"password": "short"},
        {"password": ""},
    ]
    for changed in wrong:
        with pytest.raises(BadInput):
            found(empty_platform, **changed)

    assert count(empty_platform, Organisation) == count(empty_platform, Person) == 0


def test_a_password_is_kept_as_a_hash_only(empty_platform: Platform) -> None:
    found(empty_platform)

    with empty_platform.database.read() as session:
        (kept,) = session.exec(select(Credential)).all()

    assert kept.password_hash.startswith("$argon2id$")
    assert PASSWORD not in kept.password_hash


def test_neither_a_wrong_number_nor_a_wrong_password_is_told_apart(platform: Platform) -> None:
    code = sign_in.give_start_code(platform, actor=CONSOLE, staff_no="E1001")
    told = set()
    for staff_no, password in (
        ("E1001", "wrong password"),
        ("E1001", ""),
        ("E1001", code.lower()),
        ("E1002", code),  # has no password yet
        ("E1002", ""),
        ("nobody", code),
        ("", ""),
        ("\x00", "\x00"),
    ):
        with pytest.raises(Refused) as refused:
            entering.enter(platform, staff_no=staff_no, password=password, address="")
        told.add(str(refused.value))

    assert len(told) == 1


def test_a_start_code_signs_in_once_it_is_given_and_asks_for_a_password_of_ones_own(
    platform: Platform,
) -> None:
    code = sign_in.give_start_code(platform, actor=actor(platform, "H0001"), staff_no="E1001")
    first = entering.enter(platform, staff_no="E1001", password=code, address="")
    assert first.must_change

    sign_in.change_password(platform, actor=first.actor, password=PASSWORD)

    assert not entering.enter(platform, staff_no="E1001", password=PASSWORD, address="").must_change
    with pytest.raises(Refused):
        entering.enter(platform, staff_no="E1001", password=code, address="")
    check_books(platform)


def test_a_new_start_code_ends_the_old_password_and_the_old_code(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    first = sign_in.give_start_code(platform, actor=hr, staff_no="E1001")
    second = sign_in.give_start_code(platform, actor=hr, staff_no="E1001")

    with pytest.raises(Refused):
        entering.enter(platform, staff_no="E1001", password=first, address="")
    assert entering.enter(platform, staff_no="E1001", password=second, address="").must_change


def test_a_password_that_is_too_short_is_refused_and_the_old_one_stays(
    platform: Platform,
) -> None:
    who = actor(platform, "E1001")
    sign_in.change_password(platform, actor=who, password=PASSWORD)

    with pytest.raises(BadInput):
        sign_in.change_password(platform, actor=who, password="1234567")

    assert entering.enter(platform, staff_no="E1001", password=PASSWORD, address="").actor == who


@pytest.mark.parametrize("who", ["E1001", "S0001"])
def test_only_who_may_change_people_gives_start_codes(platform: Platform, who: str) -> None:
    with pytest.raises(NotPermitted):
        sign_in.give_start_code(platform, actor=actor(platform, who), staff_no="E1002")
    assert count(platform, Credential) == 0


def test_a_start_code_for_nobody_is_refused(platform: Platform) -> None:
    with pytest.raises(NotFound):
        sign_in.give_start_code(platform, actor=CONSOLE, staff_no="nobody")


def test_start_codes_can_be_read_aloud_and_are_never_the_same() -> None:
    codes = {passwords.start_code() for _ in range(500)}

    assert len(codes) == 500
    for code in codes:
        assert [len(part) for part in code.split("-")] == [4, 4, 4]
        assert not set(code) & set("01OI")
        assert len(code) >= passwords.MIN_LENGTH


def test_in_the_demo_anybody_employed_can_be_chosen_with_their_roles(platform: Platform) -> None:
    found = {choice.staff_no: choice for choice in sign_in.choices(platform)}

    assert set(found) == {"0001", "S0001", "E1001", "E1002", "H0001"}
    assert found["S0001"].roles == (Role.LEARNER, Role.SUPERVISOR)


def test_in_a_lasting_home_nobody_can_be_chosen(empty_platform: Platform) -> None:
    with pytest.raises(Refused):
        sign_in.choices(empty_platform)
    found(empty_platform)
    with pytest.raises(Refused):
        sign_in.choices(empty_platform)


def leave(platform: Platform, staff_no: str) -> None:
    from certify.domain.person import PersonStatus

    with platform.database.write() as session:
        person = session.exec(select(Person).where(Person.staff_no == staff_no)).one()
        person.status = PersonStatus.LEFT


def test_who_has_left_can_neither_sign_in_nor_be_chosen_nor_acted_as(platform: Platform) -> None:
    sign_in.change_password(platform, actor=actor(platform, "E1001"), password=PASSWORD)
    leave(platform, "E1001")

    calls: list[Callable[[], object]] = [
        lambda: entering.enter(platform, staff_no="E1001", password=PASSWORD, address=""),
        lambda: sign_in.act_as(platform, staff_no="E1001"),
    ]
    for call in calls:
        with pytest.raises(Refused):
            call()
    assert "E1001" not in {choice.staff_no for choice in sign_in.choices(platform)}
