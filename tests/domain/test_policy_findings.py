"""Every wrong value of a policy file is named, with what may stand there (R-PLT-05)."""

import pytest

from certify.i18n import LANGUAGES, Speaker, _, use
from certify.policy import Policy, checked, values_of
from certify.policy.finding import Finding

WRONG = """
[exam]
passmark = 80
pass_mark = 100.01
lessons_first = "perhaps"
[raters.front_line]
supervisor = 50
self = 10
customers = 39.99
[grades]
excellent_from = 80
good_from = 80
[retake]
max_attempts = 0
[marking]
second = "sometimes"
[[qualification.ladder]]
code = "L1"
title = { en = "Agent" }
months = 12
conditions = [{ kind = "grades", count = 0 }, { kind = "luck" }]
[sittings]
"""


def findings(text: str) -> dict[str, Finding]:
    policy, found = checked(values_of(text))
    assert policy is None
    return {one.name: one for one in found}


def test_all_of_them_are_named_at_once_with_their_place() -> None:
    assert set(findings(WRONG)) == {
        "exam.passmark",
        "exam.pass_mark",
        "exam.lessons_first",
        "raters.front_line",
        "grades",
        "retake.max_attempts",
        "marking.second",
        "qualification.ladder.0.conditions.0.count",
        "qualification.ladder.0.conditions.0.at_least",
        "qualification.ladder.0.conditions.1",
        "sittings",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_range_is_said_in_the_language_being_spoken(language: str) -> None:
    use(Speaker(language))

    message = findings(WRONG)["exam.pass_mark"].message

    assert "100.01" in message
    assert _("{least} to {most}").format(least=0, most=100) in message
    assert _("at most {limit} decimals").format(limit=2) in message


def test_an_unknown_name_is_told_the_nearest_known_one() -> None:
    found = findings(WRONG)

    assert "pass_mark" in found["exam.passmark"].message
    assert "sitting" in found["sittings"].message


def test_a_choice_names_what_there_is_to_choose() -> None:
    assert "near, always, never" in findings(WRONG)["marking.second"].message


def test_shares_that_miss_a_hundred_say_what_they_sum_to() -> None:
    assert "99.99" in findings(WRONG)["raters.front_line"].message


def test_a_kind_of_condition_that_does_not_exist_names_those_that_do() -> None:
    message = findings(WRONG)["qualification.ladder.0.conditions.1"].message

    assert "exam-passed" in message
    assert "panel" in message


def test_what_is_missing_says_what_it_should_be() -> None:
    found = findings(WRONG)["qualification.ladder.0.conditions.0.at_least"]

    assert found.value == ""
    assert "unqualified" in found.message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("exam = 3", "exam"),
        ("[exam]\npass_mark = nan", "exam.pass_mark"),
        ("[exam]\npass_mark = inf", "exam.pass_mark"),
        ("[exam]\npass_mark = []", "exam.pass_mark"),
        ("[retake]\nmax_attempts = 2.5", "retake.max_attempts"),
        ("[qualification]\nladder = 3", "qualification.ladder"),
        ("[qualification]\nladder = [3]", "qualification.ladder.0"),
        ("[qualification]\nreminder_days = [7, 30]", "qualification.reminder_days"),
        ("[evaluation.weights]\nx = 3", "evaluation.weights.x"),
        ("[evaluation.weights.x]\ny = 101", "evaluation.weights.x.y"),
    ],
)
def test_anything_else_that_toml_can_say_is_named_too(text: str, name: str) -> None:
    found = findings(text)

    assert list(found) == [name]
    assert found[name].message


def test_a_long_wrong_value_is_cut() -> None:
    found = findings(f'[marking]\nsecond = "{"x" * 5000}"')["marking.second"]

    assert len(found.value) <= 60


def test_a_policy_with_nothing_in_it_is_the_default() -> None:
    assert checked({}) == (Policy(), [])
