"""Who doubts a mark asks in time; somebody else answers, and the candidate is told (R-ASM-15)."""

from datetime import timedelta
from fractions import Fraction

import pytest

from certify.domain.correction import CorrectionKind
from certify.domain.person import Actor, Role, RoleGrant
from certify.errors import NotFound, NotPermitted, Refused
from certify.i18n import pick
from certify.platform import Platform
from certify.services import lobby, messages, remarking
from certify.storage import people
from tests.platforms import actor
from tests.services.steps import EXAM, clock_of
from tests.services.test_correcting import carried_out, failed_on, items_of, wish


@pytest.fixture
def trainer(platform: Platform) -> Actor:
    with platform.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    return actor(platform, "S0001")


def ask(platform: Platform, attempt_id: int) -> int:
    return remarking.ask(
        platform, actor=actor(platform, "E1001"), attempt_id=attempt_id, reason="第三题"
    )


def test_asking_is_open_through_the_fifth_working_day_and_no_longer(platform: Platform) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")  # Monday
    clock_of(platform).advance(timedelta(days=7, hours=11))  # the next Monday, 23:00

    number = ask(platform, attempt_id)

    assert number
    other = failed_on(platform, "E1002", "limits")
    clock_of(platform).advance(timedelta(days=8))
    with pytest.raises(Refused):
        remarking.ask(platform, actor=actor(platform, "E1002"), attempt_id=other, reason="第三题")


def test_a_request_is_made_once_by_whose_attempt_it_is(platform: Platform) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")

    with pytest.raises(NotFound):
        remarking.ask(
            platform, actor=actor(platform, "E1002"), attempt_id=attempt_id, reason="第三题"
        )
    with pytest.raises(Refused):
        remarking.ask(platform, actor=actor(platform, "E1001"), attempt_id=attempt_id, reason=" ")
    ask(platform, attempt_id)
    with pytest.raises(Refused):
        ask(platform, attempt_id)


def test_marking_again_may_lower_a_mark_and_the_candidate_is_told(
    platform: Platform, trainer: Actor
) -> None:
    attempt_id = failed_on(platform, "E1001", "limits")
    number = ask(platform, attempt_id)
    item = items_of(platform, attempt_id, "greeting")[0]
    hr = actor(platform, "H0001")
    asked = wish(item, CorrectionKind.REMARK, attempt_id=attempt_id, share=Fraction(1, 2))
    carried_out(platform, trainer, hr, asked)

    granted = remarking.answer(platform, actor=trainer, number=number, text="已复核，调整一题。")

    assert granted
    told = messages.unread(platform, actor=actor(platform, "E1001"))
    assert [one.kind for one in told] == ["result-changed", "re-marking-decided"]
    assert "已复核，调整一题。" in messages.text(told[1])
    title = pick(lobby.lobby(platform, actor=actor(platform, "E1001"), exam=EXAM).title)
    assert all(title in messages.text(one) for one in told)
    with pytest.raises(Refused):
        remarking.answer(platform, actor=trainer, number=number, text="再答一次")


def test_an_answer_without_marking_again_leaves_the_marks(
    platform: Platform, trainer: Actor
) -> None:
    number = ask(platform, failed_on(platform, "E1001", "limits"))

    with pytest.raises(NotPermitted):
        remarking.answer(platform, actor=actor(platform, "E1002"), number=number, text="不变")
    with pytest.raises(Refused):
        remarking.answer(platform, actor=trainer, number=number, text="  ")
    assert remarking.requests(platform, actor=trainer)[0].granted is None

    assert not remarking.answer(platform, actor=trainer, number=number, text="复核无误。")
    assert remarking.requests(platform, actor=trainer)[0].granted is False


def test_nobody_answers_their_own_request(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    attempt_id = failed_on(platform, "H0001", "limits")
    number = remarking.ask(platform, actor=hr, attempt_id=attempt_id, reason="第一题")

    with pytest.raises(Refused):
        remarking.answer(platform, actor=hr, number=number, text="给满分")
