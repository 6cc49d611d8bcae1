"""Sitting an exam, from start to certificate."""

from certify.platform import Platform
from certify.services import results
from tests.platforms import actor, read_course, sit


def test_who_answers_everything_right_is_qualified(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)

    found = results.result(platform, actor=learner, attempt_id=sit(platform, learner))

    assert found.attempt.mark == "100.00"
    assert {view.code for view in found.granted} == {"L1", "reception"}
