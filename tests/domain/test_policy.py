"""Company rules: defaults hold, and a value out of its range is refused by its name (R-PLT-05)."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from certify.errors import BadInput
from certify.i18n import LANGUAGES
from certify.policy import Policy, load


def policy_of(tmp_path: Path, text: str) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_a_home_without_a_policy_file_has_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "policy.toml") == Policy()
    assert load(tmp_path / "policy.toml" / "not a folder") == Policy()


def test_every_default_is_allowed_by_its_own_range() -> None:
    assert Policy.model_validate(Policy().model_dump()) == Policy()


def test_the_proposals_of_the_requirements_are_the_defaults() -> None:
    policy = Policy()

    assert policy.exam.pass_mark == 85
    assert policy.exam.partial_credit == Fraction(1, 2)
    assert (policy.retake.max_attempts, policy.retake.within_days) == (3, 90)
    assert policy.retake.remedial_days == 14
    assert policy.qualification.renewal_days == 60
    assert [(level.code, level.months) for level in policy.qualification.ladder] == [("L1", 12)]


def test_each_level_has_its_name_in_every_language() -> None:
    for level in Policy().qualification.ladder:
        assert set(level.title) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[organisation]\ntime_zone = "Mars/Olympus"', "organisation.time_zone"),
        ("[exam]\npass_mark = -0.01", "exam.pass_mark"),
        ("[exam]\npass_mark = 100.01", "exam.pass_mark"),
        ("[exam]\npass_mark = 84.995", "exam.pass_mark"),
        ('[exam]\npass_mark = "NaN"', "exam.pass_mark"),
        ("[exam]\npartial_credit = 1", "exam.partial_credit"),
        ('[exam]\npartial_credit = "-1/2"', "exam.partial_credit"),
        ('[exam]\nlessons_first = "perhaps"', "exam.lessons_first"),
        ("[retake]\nmax_attempts = 0", "retake.max_attempts"),
        ("[retake]\nmax_attempts = 21", "retake.max_attempts"),
        ("[retake]\nwithin_days = 0", "retake.within_days"),
        ("[retake]\nwithin_days = 731", "retake.within_days"),
        ("[retake]\npractice_right = -1", "retake.practice_right"),
        ("[retake]\npractice_right = 101", "retake.practice_right"),
        ("[retake]\nremedial_days = 0", "retake.remedial_days"),
        ("[retake]\nremedial_days = 181", "retake.remedial_days"),
        ('[retake]\nmax_overlap = "-1/10"', "retake.max_overlap"),
        ('[retake]\nmax_overlap = "11/10"', "retake.max_overlap"),
        ("[blueprint]\nexpected_p_easy = -1", "blueprint.expected_p_easy"),
        ("[blueprint]\nexpected_p_easy = 1.1", "blueprint.expected_p_easy"),
        ("[blueprint]\nexpected_p_medium = -1", "blueprint.expected_p_medium"),
        ("[blueprint]\nexpected_p_medium = 1.1", "blueprint.expected_p_medium"),
        ("[blueprint]\nexpected_p_hard = -1", "blueprint.expected_p_hard"),
        ("[blueprint]\nexpected_p_hard = 1.1", "blueprint.expected_p_hard"),
        ("[exam]\nparts_days = 0", "exam.parts_days"),
        ("[exam]\nparts_days = 731", "exam.parts_days"),
        ("[sitting]\ncredit_from_seconds = 0", "sitting.credit_from_seconds"),
        ("[sitting]\ncredit_from_seconds = 3601", "sitting.credit_from_seconds"),
        ("[sitting]\nbeat_seconds = 0", "sitting.beat_seconds"),
        ("[sitting]\nbeat_seconds = 61", "sitting.beat_seconds"),
        ("[sitting]\nmax_credit_minutes = -1", "sitting.max_credit_minutes"),
        ("[sitting]\nmax_credit_minutes = 1441", "sitting.max_credit_minutes"),
        ("[marking]\nnear = -1", "marking.near"),
        ("[marking]\nnear = 101", "marking.near"),
        ('[marking]\nthird_beyond = "-1/5"', "marking.third_beyond"),
        ('[marking]\nthird_beyond = "6/5"', "marking.third_beyond"),
        ("[marking]\nremark_working_days = 0", "marking.remark_working_days"),
        ("[marking]\nremark_working_days = 61", "marking.remark_working_days"),
        ('[marking]\nsecond = "often"', "marking.second"),
        ("[analysis]\nmin_n = 1", "analysis.min_n"),
        ("[analysis]\nmin_n = 10001", "analysis.min_n"),
        ("[analysis]\np_low = -1", "analysis.p_low"),
        ("[analysis]\np_low = 2", "analysis.p_low"),
        ("[analysis]\np_high = -1", "analysis.p_high"),
        ("[analysis]\np_high = 2", "analysis.p_high"),
        ("[analysis]\nd_low = -2", "analysis.d_low"),
        ("[analysis]\nd_low = 2", "analysis.d_low"),
        ("[analysis]\ngroup_share = 0", "analysis.group_share"),
        ('[analysis]\ngroup_share = "3/5"', "analysis.group_share"),
        ("[cohort]\ntarget = -1", "cohort.target"),
        ('[cohort]\ntarget = "86/85"', "cohort.target"),
        ("[practice]\nper_session = 0", "practice.per_session"),
        ("[practice]\nper_session = 101", "practice.per_session"),
        ("[practice]\nnew_per_session = -1", "practice.new_per_session"),
        ("[practice]\nnew_per_session = 101", "practice.new_per_session"),
        ('[practice]\nretention = "2/5"', "practice.retention"),
        ("[practice]\nretention = 1", "practice.retention"),
        ("[onboarding]\nhired_within_days = -1", "onboarding.hired_within_days"),
        ("[onboarding]\nhired_within_days = 36501", "onboarding.hired_within_days"),
        ("[onboarding]\ndue_days = 0", "onboarding.due_days"),
        ("[onboarding]\nrehire_months = -1", "onboarding.rehire_months"),
        ("[onboarding]\nrehire_months = 121", "onboarding.rehire_months"),
        ("[review]\nnear_duplicate = 0.4", "review.near_duplicate"),
        ("[review]\nnear_duplicate = 1.1", "review.near_duplicate"),
        ("[learning]\nstale_months = 0", "learning.stale_months"),
        ("[learning]\nstale_months = 121", "learning.stale_months"),
        ("[field_practice]\nentries = 0", "field_practice.entries"),
        ("[field_practice]\nentries = 201", "field_practice.entries"),
        ("[field_practice]\nworking_days = 0", "field_practice.working_days"),
        ("[field_practice]\nworking_days = 121", "field_practice.working_days"),
        ("[onboarding]\ndue_days = 366", "onboarding.due_days"),
        ("[qualification]\npost_months = 0", "qualification.post_months"),
        ("[qualification]\npost_months = 121", "qualification.post_months"),
        ("[qualification]\nrenewal_days = -1", "qualification.renewal_days"),
        ("[qualification]\nrenewal_days = 366", "qualification.renewal_days"),
        ("[qualification]\nexpiring_days = 0", "qualification.expiring_days"),
        ("[qualification]\nexpiring_days = 366", "qualification.expiring_days"),
        (
            '[[qualification.ladder]]\ncode = "X1"\ntitle = {}\nmonths = 12',
            "qualification.ladder.0.code",
        ),
        (
            '[[qualification.ladder]]\ncode = "L1"\ntitle = {}\nmonths = 0',
            "qualification.ladder.0.months",
        ),
        (
            '[[qualification.ladder]]\ncode = "L1"\ntitle = {}\nmonths = 1\n'
            'conditions = [{ kind = "luck", course_kind = "special" }]',
            "qualification.ladder.0.conditions.0",
        ),
        ("[exam]\npassmark = 80", "exam.passmark"),
        ("[exams]\npass_mark = 80", "exams"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name_and_file(
    tmp_path: Path, text: str, name: str
) -> None:
    with pytest.raises(BadInput) as refused:
        policy_of(tmp_path, text)

    assert refused.value.place == str(tmp_path / "policy.toml")
    assert f"{name}:" in refused.value.message


def test_every_ranged_value_is_tried_out_of_its_range_above() -> None:
    """The list above is complete: each numeric value of the policy is in it."""
    marks = test_a_value_that_cannot_be_is_refused_by_its_name_and_file.pytestmark  # type: ignore[attr-defined]
    tried = {name for _text, name in marks[0].args[1]}

    for section, fields in _sections(Policy):
        for name, field in fields.items():
            if field.annotation in (int, Decimal, Fraction):
                assert f"{section}.{name}" in tried


def _sections(model: type[BaseModel]) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for name, field in model.model_fields.items():
        assert isinstance(field.annotation, type)
        found.append((name, dict(field.annotation.model_fields)))
    return found


def test_all_wrong_values_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        policy_of(tmp_path, "[exam]\npass_mark = 101\n[retake]\nmax_attempts = 0")

    assert "exam.pass_mark" in refused.value.message
    assert "retake.max_attempts" in refused.value.message


def test_shares_and_marks_are_taken_exactly_as_they_are_written(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "[exam]\npass_mark = 85.1\npartial_credit = 0.3")
    thirds = policy_of(tmp_path, "[exam]\npartial_credit = '1/3'")

    assert policy.exam.pass_mark == Decimal("85.1")
    assert policy.exam.partial_credit == Fraction(3, 10)
    assert thirds.exam.partial_credit == Fraction(1, 3)


def level(code: str) -> str:
    return f'[[qualification.ladder]]\ncode = "{code}"\ntitle = {{ en = "{code}" }}\nmonths = 12\n'


def test_a_ladder_has_each_level_once_from_the_lowest_to_the_highest(tmp_path: Path) -> None:
    assert len(policy_of(tmp_path, level("L1") + level("L2")).qualification.ladder) == 2
    for wrong in (level("L1") + level("L1"), level("L2") + level("L1")):
        with pytest.raises(BadInput, match=r"qualification\.ladder"):
            policy_of(tmp_path, wrong)


@pytest.mark.parametrize(
    "data",
    [b"[exam", b"\xff\xfe", b"x = " + b"[" * 100_000],
    ids=["no TOML", "no UTF-8", "nested too deeply"],
)
def test_a_file_that_is_no_toml_is_refused_with_its_place(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(data)

    with pytest.raises(BadInput) as refused:
        load(path)

    assert refused.value.place == str(path)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        load(tmp_path)
