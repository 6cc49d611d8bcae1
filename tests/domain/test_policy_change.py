"""What a change of rules changes, value by value; numbers stay as people write them (R-PLT-05)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.policy_change import (
    Change,
    between,
    changes,
    digest,
    leaves,
    number,
    plain,
    singly,
)
from certify.policy import Policy, checked, values_of


def policy(text: str) -> Policy:
    found, findings = checked(values_of(text))
    assert found is not None, findings
    return found


def without(values: dict[str, Any], level: str) -> dict[str, Any]:
    """The plain values without one level of the ladder."""
    ladder = [one for one in values["qualification"]["ladder"] if one["code"] != level]
    return values | {"qualification": values["qualification"] | {"ladder": ladder}}


def test_a_changed_value_is_named_with_what_it_was_and_is() -> None:
    found = between(Policy(), policy("[exam]\npass_mark = 90.5\npartial_credit = '1/3'"))

    assert found == [
        Change("exam.pass_mark", "85", "90.5"),
        Change("exam.partial_credit", "0.5", "1/3"),
    ]


def test_the_same_rules_written_otherwise_are_no_change() -> None:
    other = policy("[exam]\npass_mark = 85.00\npartial_credit = '2/4'")

    assert between(Policy(), other) == []
    assert digest(plain(other)) == digest(plain(Policy()))


def test_plain_values_are_the_policy_again() -> None:
    assert checked(plain(Policy())) == (Policy(), [])


def test_a_level_that_goes_leaves_the_others_as_they_are() -> None:
    (found,) = changes(plain(Policy()), without(plain(Policy()), "L2"))

    assert found.name == "qualification.ladder.L2"
    assert found.old is not None
    assert "months = 24" in found.old
    assert found.new is None


def test_a_condition_is_named_by_its_level_and_kind() -> None:
    values = plain(Policy())
    values["qualification"]["ladder"][2]["conditions"][1]["count"] = 3

    assert changes(plain(Policy()), values) == [
        Change("qualification.ladder.L2.conditions.grades.count", "2", "3")
    ]


def test_two_conditions_of_one_kind_have_two_names() -> None:
    names = [name for name, _value in leaves(plain(Policy())) if ".L3.conditions.lessons" in name]

    assert len(names) == len(set(names)) == 6


def test_every_value_of_the_policy_is_shown_once() -> None:
    shown = [name for name, _value in leaves(plain(Policy()))]

    assert len(shown) == len(set(shown))
    assert {name.split(".")[0] for name in shown} == set(Policy.model_fields)


@given(st.fractions(min_value=-1000, max_value=1000))
def test_a_number_is_exact_and_has_no_binary_tail(value: Fraction) -> None:
    text = number(value)

    assert Fraction(text) == value
    enough = value.denominator.bit_length()  # powers of ten, where a finite form exists
    assert ("/" in text) == bool(10**enough % value.denominator)


@pytest.mark.parametrize(
    ("value", "text"), [("3/10", "0.3"), ("-1/20", "-0.05"), ("7", "7"), ("2/3", "2/3")]
)
def test_a_number_is_written_as_people_do(value: str, text: str) -> None:
    assert number(Fraction(value)) == text


def test_each_value_alone_makes_the_parts_of_a_change() -> None:
    new = policy("[exam]\npass_mark = 90\n[qualification]\npost_months = 6")

    parts = [([one.name for one in own], found) for own, found in singly(Policy(), new)]

    assert [names for names, _policy in parts] == [
        ["exam.pass_mark"],
        ["qualification.post_months"],
    ]
    assert parts[0][1].exam.pass_mark == 90
    assert parts[0][1].qualification.post_months == 12


def test_values_that_only_fit_together_stay_together() -> None:
    new = policy(
        "[grades]\nexcellent_from = 79\ngood_from = 70\n"
        "[raters.back_office]\nsupervisor = 60\nself = 40"
    )

    found = {tuple(one.name for one in own): made for own, made in singly(Policy(), new)}

    shares = ("raters.back_office.supervisor", "raters.back_office.self")
    bands = ("grades.excellent_from", "grades.good_from")
    assert set(found) == {shares, bands} | ({("grades.good_from",)} & set(found))
    assert found[shares].grades == Policy().grades
    assert found[bands].raters == Policy().raters


def test_one_level_of_the_ladder_is_tried_without_the_others() -> None:
    values = plain(Policy())
    values["qualification"]["ladder"][1]["months"] = 6
    values["qualification"]["ladder"][2]["months"] = 12
    new, _findings = checked(values)
    assert new is not None

    found = singly(Policy(), new)

    assert [[level.months for level in made.qualification.ladder[1:3]] for _own, made in found] == [
        [6, 24],
        [12, 12],
    ]
