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
    assert [(level.code, level.months) for level in policy.qualification.ladder] == [
        ("L0", 3),
        ("L1", 12),
        ("L2", 24),
        ("L3", 24),
        ("L4", 36),
    ]


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
        ("[training]\nattended_share = 0", "training.attended_share"),
        ("[training]\nattended_share = 1.01", "training.attended_share"),
        ("[retention]\nyears = -1", "retention.years"),
        ("[retention]\nyears = 101", "retention.years"),
        ("[certificate]\nstatus_hours = 0", "certificate.status_hours"),
        ("[certificate]\nstatus_hours = 745", "certificate.status_hours"),
        ('[certificate]\nhost = "no host"', "certificate.host"),
        ("[access]\nfailures = 0", "access.failures"),
        ("[access]\nfailures = 101", "access.failures"),
        ("[access]\nwithin_minutes = 0", "access.within_minutes"),
        ("[access]\nwithin_minutes = 1441", "access.within_minutes"),
        ("[access]\ntries_per_connection = 0", "access.tries_per_connection"),
        ("[access]\ntries_per_connection = 21", "access.tries_per_connection"),
        ("[access]\nlogin_seconds = 4", "access.login_seconds"),
        ("[access]\nlogin_seconds = 601", "access.login_seconds"),
        ("[access]\nwaiting_per_address = 0", "access.waiting_per_address"),
        ("[access]\nwaiting_per_address = 10001", "access.waiting_per_address"),
        ("[access]\nidle_minutes = 0", "access.idle_minutes"),
        ("[access]\nidle_minutes = 1441", "access.idle_minutes"),
        ('[access]\nshared_networks = ["10.8.0.1/24"]', "access.shared_networks.0"),
        ('[access]\nshared_networks = ["the hall"]', "access.shared_networks.0"),
        ("[access]\ncode_early_minutes = -1", "access.code_early_minutes"),
        ("[access]\ncode_early_minutes = 1441", "access.code_early_minutes"),
        ("[training]\nlate_minutes = -1", "training.late_minutes"),
        ("[training]\nlate_minutes = 241", "training.late_minutes"),
        ("[training]\nsign_in_minutes = -1", "training.sign_in_minutes"),
        ("[training]\nsign_in_minutes = 1441", "training.sign_in_minutes"),
        ("[training]\nsign_out_minutes = -1", "training.sign_out_minutes"),
        ("[training]\nsign_out_minutes = 1441", "training.sign_out_minutes"),
        ('[training]\ntrainer_level = "master"', "training.trainer_level"),
        ('[training]\nmonthly = ["party"]', "training.monthly.0"),
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
        ("[qualification]\ngrace_days = -1", "qualification.grace_days"),
        ("[qualification]\ngrace_days = 366", "qualification.grace_days"),
        ("[qualification]\nnew_in_post_months = -1", "qualification.new_in_post_months"),
        ("[qualification]\nnew_in_post_months = 25", "qualification.new_in_post_months"),
        ("[qualification]\nrecognition_days = -1", "qualification.recognition_days"),
        ("[qualification]\nrecognition_days = 3651", "qualification.recognition_days"),
        ("[inspection]\nskilled_weeks = 0", "inspection.skilled_weeks"),
        ("[inspection]\nskilled_weeks = 53", "inspection.skilled_weeks"),
        ("[inspection]\nundecided_weeks = 0", "inspection.undecided_weeks"),
        ("[inspection]\nundecided_weeks = 105", "inspection.undecided_weeks"),
        ("[inspection]\nper_week = -1", "inspection.per_week"),
        ("[inspection]\nper_week = 51", "inspection.per_week"),
        ("[inspection]\npeople_each = 0", "inspection.people_each"),
        ("[inspection]\npeople_each = 51", "inspection.people_each"),
        ("[inspection]\nper_month = -1", "inspection.per_month"),
        ("[inspection]\nper_month = 201", "inspection.per_month"),
        ("[inspection]\neveryone_days = 0", "inspection.everyone_days"),
        ("[inspection]\neveryone_days = 367", "inspection.everyone_days"),
        ("[rectification]\ndays = 0", "rectification.days"),
        ("[rectification]\ndays = 181", "rectification.days"),
        ("[standards]\npilot_scenes = -1", "standards.pilot_scenes"),
        ("[standards]\npilot_scenes = 11", "standards.pilot_scenes"),
        ("[standards]\nreview_months = 0", "standards.review_months"),
        ("[standards]\nreview_months = 61", "standards.review_months"),
        ("[standards]\ndelta_days = 0", "standards.delta_days"),
        ("[standards]\ndelta_days = 366", "standards.delta_days"),
        ("[standards]\ndelta_right = 0", "standards.delta_right"),
        ("[standards]\ndelta_right = 21", "standards.delta_right"),
        ("[survey]\nreturn_rate = -1", "survey.return_rate"),
        ("[survey]\nreturn_rate = 2", "survey.return_rate"),
        ("[raters.front_line]\nsupervisor = 99.99", "raters.front_line"),
        ("[raters.manager]\nself = 100.01", "raters.manager.self"),
        ("[grades]\nexcellent_from = 80\ngood_from = 80", "grades"),
        ('[grades]\nrounding = "up"', "grades.rounding"),
        ("[evaluation.weights.x]\na = 99.99", "evaluation.weights"),
        ("[evaluation.weights.x]\na = 101", "evaluation.weights.x.a"),
        ('[[consequences.fair]]\nkind = "bonus"\nfactor = 5.01', "consequences.fair.0.factor"),
        ('[[consequences.fair]]\nkind = "prison"', "consequences.fair.0.kind"),
        ("[qualification]\nreminder_days = [7, 30]", "qualification.reminder_days"),
        ("[qualification]\nreminder_days = [366]", "qualification.reminder_days.0"),
        ("[qualification]\nahead_days = []", "qualification.ahead_days"),
        ("[qualification]\nahead_days = [7, 30]", "qualification.ahead_days"),
        ("[qualification]\nahead_days = [3661]", "qualification.ahead_days.0"),
        ('[qualification]\nrenewal_grade = "best"', "qualification.renewal_grade"),
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
        ("[evaluation]\nmeasured_share = -1", "evaluation.measured_share"),
        ("[evaluation]\nmeasured_share = 100.01", "evaluation.measured_share"),
        ("[evaluation]\nleast_days = -1", "evaluation.least_days"),
        ("[evaluation]\nleast_days = 367", "evaluation.least_days"),
        ("[evaluation]\nappeal_working_days = 0", "evaluation.appeal_working_days"),
        ("[evaluation]\nappeal_working_days = 61", "evaluation.appeal_working_days"),
        ('[evaluation]\nserious_cap = "poor"', "evaluation.serious_cap"),
        ("[evaluation.weights.seven]\nspeed = 101", "evaluation.weights.seven.speed"),
        ("[evaluation.weights.seven]\nspeed = 33.333", "evaluation.weights.seven.speed"),
        ("[evaluation.tables.seven]\nspeed = [[-1, 0]]", "evaluation.tables.seven.speed.0.0"),
        ("[evaluation.tables.seven]\nspeed = [[0, 101]]", "evaluation.tables.seven.speed.0.1"),
        ("[evaluation.weights.seven]\nspeed = 99.99", "evaluation.weights"),
        ("[raters]\nleast_subordinates = 0", "raters.least_subordinates"),
        ("[raters]\nleast_subordinates = 51", "raters.least_subordinates"),
        ("[raters]\nleast_customers = 0", "raters.least_customers"),
        ("[raters]\nleast_customers = 501", "raters.least_customers"),
        ("[raters]\nleast_share = -1", "raters.least_share"),
        ("[raters]\nleast_share = 101", "raters.least_share"),
        ("[raters.manager]\nsupervisor = 60\nself = 39.99", "raters.manager"),
        ("[raters.manager]\nsupervisor = 101\nself = -1", "raters.manager.supervisor"),
        ("[grades]\nexcellent_from = 101", "grades.excellent_from"),
        ("[grades]\nexcellent_from = -1", "grades.excellent_from"),
        ("[grades]\ngood_from = 101", "grades.good_from"),
        ("[grades]\ngood_from = -1", "grades.good_from"),
        ("[grades]\nfair_from = 101", "grades.fair_from"),
        ("[grades]\nfair_from = -1", "grades.fair_from"),
        ("[grades]\ngood_from = 95", "grades"),
        ('[grades]\nrounding = "half_even"', "grades.rounding"),
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
