"""From a draft to a text in force: opinions, trials, approval, withdrawal (R-STD-01, R-STD-02)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from certify.domain.person import CONSOLE, Role
from certify.domain.standard_change import DraftState
from certify.domain.standard_life import TextState
from certify.errors import BadInput, CertifyError, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import standards
from certify.services.standard_life import (
    approving,
    draft_view,
    draft_words,
    drafting,
    opinions,
    reviewing,
    words,
)
from certify.services.standard_life.draft_file import read_wanted
from tests.platforms import actor
from tests.services import standard_steps as steps
from tests.services.learning_steps import grant
from tests.services.standard_steps import DRAFTER, MANAGER, REVIEWER, at
from tests.services.steps import check_books
from tests.standard_rows import row


@pytest.fixture
def begun(platform: Platform, tmp_path: Path) -> Platform:
    """CS-001 with 30 seconds since 2023; it is 10 September 2024."""
    at(platform, "2024-09-10")
    steps.first_text(platform, tmp_path)
    return platform


def look(platform: Platform, number: int) -> draft_view.DraftView:
    return draft_view.draft(platform, actor=actor(platform, REVIEWER), draft_id=number)


def opine(platform: Platform, number: int, side: str, *, agrees: bool = True) -> DraftState:
    return opinions.opine(
        platform,
        actor=actor(platform, REVIEWER),
        draft_id=number,
        side=side,
        agrees=agrees,
        opinion="看过了",
    )


def approve(platform: Platform, number: int, who: str = MANAGER) -> date:
    return approving.approve(platform, actor=actor(platform, who), draft_id=number)


def refused(call: Callable[[], Any], *words: str) -> None:
    """A call is refused, and the refusal names these."""
    with pytest.raises(Refused) as told:
        call()
    for word in words:
        assert word in str(told.value)


def test_a_draft_goes_from_state_to_state_until_it_is_in_force(begun: Platform) -> None:
    number = steps.drafted(begun, steps.wanted())
    assert look(begun, number).state is DraftState.DRAFT
    drafting.submit(begun, actor=actor(begun, DRAFTER), draft_id=number)
    for side in steps.SIDES[:3]:
        assert opine(begun, number, side) is DraftState.REVIEW
    assert look(begun, number).missing_sides == ("quality",)
    refused(lambda: approve(begun, number))
    assert opine(begun, number, "quality") is DraftState.PILOT
    refused(lambda: approve(begun, number))
    opinions.try_scene(
        begun,
        actor=actor(begun, REVIEWER),
        draft_id=number,
        scene="夜班",
        works=True,
        feedback="做得到",
    )
    assert look(begun, number).is_ready
    assert approve(begun, number) == date(2024, 10, 1)

    found = standards.show(begun, actor=CONSOLE, number="CS-001")
    assert "30" in found.requirement["zh"]
    assert found.versions == (date(2023, 1, 1), date(2024, 10, 1))
    at(begun, "2024-10-01", 0, 0)
    found = standards.show(begun, actor=CONSOLE, number="CS-001")
    assert "20" in found.requirement["zh"]
    record = reviewing.revision_record(begun, actor=CONSOLE, number="CS-001")
    assert [(one.number, one.state) for one in record.lines] == [
        (1, TextState.SUPERSEDED),
        (2, TextState.EFFECTIVE),
    ]
    assert (record.lines[1].description, record.lines[1].reviser) == ("客户等待太久。", "人事")
    check_books(begun)


def test_a_new_standard_gets_its_first_text_in_the_same_way(begun: Platform) -> None:
    number = steps.approved(begun, steps.wanted(number="CS-009"))
    assert look(begun, number).before is None
    assert not standards.show(begun, actor=CONSOLE, number="CS-009").is_in_force
    at(begun, "2024-10-01")
    assert standards.show(begun, actor=CONSOLE, number="CS-009").is_in_force


def test_a_change_voids_what_was_said_and_begins_again(begun: Platform) -> None:
    number = steps.reviewed(begun, steps.wanted())
    drafting.change(
        begun,
        actor=actor(begun, DRAFTER),
        draft_id=number,
        wanted=steps.wanted(seconds=15),
    )
    found = look(begun, number)
    assert found.state is DraftState.DRAFT
    assert (found.missing_sides, found.missing_scenes) == (steps.SIDES, 1)
    assert all(one.is_voided for one in found.opinions)
    assert [one.is_voided for one in found.scenes] == [True]
    refused(lambda: approve(begun, number))


def test_nobody_judges_their_own_draft(begun: Platform) -> None:
    number = steps.drafted(begun, steps.wanted())
    drafter = actor(begun, DRAFTER)
    drafting.submit(begun, actor=drafter, draft_id=number)
    refused(
        lambda: opinions.opine(
            begun, actor=drafter, draft_id=number, side="quality", agrees=True, opinion="好"
        )
    )
    for side in steps.SIDES:
        opine(begun, number, side)
    refused(
        lambda: opinions.try_scene(
            begun, actor=drafter, draft_id=number, scene="夜班", works=True, feedback="好"
        )
    )
    refused(lambda: approve(begun, number, DRAFTER))
    assert not draft_view.draft(begun, actor=drafter, draft_id=number).may_approve


def test_only_who_has_nobody_above_approves(begun: Platform) -> None:
    number = steps.reviewed(begun, steps.wanted())
    with pytest.raises(NotPermitted):
        approve(begun, number, "E1001")
    with pytest.raises(CertifyError):
        approving.approve(begun, actor=CONSOLE, draft_id=number)
    assert look(begun, number).state is DraftState.PILOT


def test_a_no_takes_it_back_into_review_and_a_scene_in_which_it_fails_bars_it(
    begun: Platform,
) -> None:
    number = steps.reviewed(begun, steps.wanted())
    assert opine(begun, number, "sales", agrees=False) is DraftState.REVIEW
    assert look(begun, number).disagreeing == ("sales",)
    assert opine(begun, number, "sales") is DraftState.PILOT
    opinions.try_scene(
        begun,
        actor=actor(begun, REVIEWER),
        draft_id=number,
        scene="高峰",
        works=False,
        feedback="来不及",
    )
    refused(lambda: approve(begun, number), "高峰")


def test_a_first_day_that_is_taken_or_gone_is_refused_naming_the_days(begun: Platform) -> None:
    steps.approved(begun, steps.wanted("2024-10-01"))
    for day in ("2024-10-01", "2024-09-20", "2022-01-01"):
        refused(lambda: steps.drafted(begun, steps.wanted(day, 10)), day, "2024-10-01")  # noqa: B023
    refused(lambda: steps.drafted(begun, steps.wanted("2024-09-10", number="CS-009")), "2024-09-10")


def test_a_day_that_has_come_before_the_approval_is_refused(begun: Platform) -> None:
    number = steps.reviewed(begun, steps.wanted("2024-10-01"))
    at(begun, "2024-10-01", 0, 0)
    refused(lambda: approve(begun, number), "2024-10-01")
    assert look(begun, number).state is DraftState.PILOT


def test_one_draft_of_a_standard_at_a_time_and_none_that_changes_nothing(begun: Platform) -> None:
    refused(lambda: steps.drafted(begun, steps.wanted(seconds=30)))
    number = steps.drafted(begun, steps.wanted())
    refused(lambda: steps.drafted(begun, steps.wanted(seconds=10)), str(number))
    drafting.drop(begun, actor=actor(begun, DRAFTER), draft_id=number, reason="不再需要")
    assert look(begun, number).state is DraftState.DROPPED
    refused(lambda: drafting.submit(begun, actor=actor(begun, DRAFTER), draft_id=number))
    assert steps.drafted(begun, steps.wanted()) != number


def test_a_withdrawn_standard_ends_at_midnight_and_changes_no_more(begun: Platform) -> None:
    def withdraw(day: str, who: str = MANAGER) -> None:
        approving.withdraw(
            begun,
            actor=actor(begun, who),
            number="CS-001",
            day=date.fromisoformat(day),
            reason="合并到 CS-002",
        )

    with pytest.raises(NotPermitted):
        withdraw("2024-12-01", "E1001")
    refused(lambda: withdraw("2024-09-10"), "2024-09-10")
    steps.approved(begun, steps.wanted("2024-10-01"))
    refused(lambda: withdraw("2024-10-01"), "2024-10-01")
    withdraw("2024-12-01")
    at(begun, "2024-11-30", 23, 59)
    assert standards.show(begun, actor=CONSOLE, number="CS-001").is_in_force
    at(begun, "2024-12-01", 0, 0)
    assert not standards.show(begun, actor=CONSOLE, number="CS-001").is_in_force
    refused(lambda: steps.drafted(begun, steps.wanted("2025-01-01", 10)))
    refused(lambda: withdraw("2025-01-01"))
    assert reviewing.due(begun, actor=CONSOLE) == []


def test_vague_words_without_a_number_warn_and_do_not_bar(begun: Platform) -> None:
    vague = steps.content(requirement={"zh": "来电应尽快接听。", "en": "Answer soon."})
    wanted = drafting.Wanted("CS-001", vague, date(2024, 10, 1), "更快")
    found = look(begun, steps.drafted(begun, wanted))
    assert found.vague == ("尽快", "soon")
    assert draft_words.warnings(found)
    assert any("尽快" in text for text in draft_words.lines(found))


def test_what_is_no_standard_is_refused(begun: Platform) -> None:
    for content in ({}, steps.content(category="other"), steps.content(requirement={})):
        wanted = drafting.Wanted("CS-001", content, date(2024, 10, 1), "x")
        with pytest.raises(BadInput):
            steps.drafted(begun, wanted)
    with pytest.raises(BadInput):
        steps.drafted(begun, steps.wanted(number="cs 1"))
    for who in ("E1001", REVIEWER):
        with pytest.raises(NotPermitted):
            drafting.draft(begun, actor=actor(begun, who), wanted=steps.wanted())
    with pytest.raises(Refused):
        drafting.draft(begun, actor=CONSOLE, wanted=steps.wanted())
    with pytest.raises(NotPermitted):
        draft_view.drafts(begun, actor=actor(begun, "E1001"))
    with pytest.raises(NotFound):
        look(begun, 99)


def test_a_draft_is_read_from_a_file_with_one_row(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text("format = 1\n" + row(day="2025-01-01"), encoding="utf-8")
    wanted = read_wanted(path, description="更快", is_confidential=True)
    assert (wanted.number, wanted.effective_from) == ("CS-003", date(2025, 1, 1))
    assert (wanted.is_material, wanted.is_confidential) == (True, True)
    path.write_text("format = 1\n" + row() + row("CS-004"), encoding="utf-8")
    with pytest.raises(BadInput):
        read_wanted(path, description="x")
    path.write_text("format = 1\n" + row(category='"none"'), encoding="utf-8")
    with pytest.raises(BadInput) as told:
        read_wanted(path, description="x")
    assert f"{path}:" in told.value.place


def test_reviews_are_due_half_a_year_after_the_first_day_or_the_last_review(
    begun: Platform,
) -> None:
    (found,) = reviewing.due(begun, actor=CONSOLE, only_overdue=True)
    assert (found.number, found.due_on) == ("CS-001", date(2023, 7, 1))
    next_day = reviewing.review(
        begun, actor=actor(begun, DRAFTER), number="CS-001", keeps=True, remark="仍然合适"
    )
    assert next_day == date(2025, 3, 10)
    assert reviewing.due(begun, actor=CONSOLE, only_overdue=True) == []
    at(begun, "2025-03-11")
    assert len(reviewing.due(begun, actor=CONSOLE, only_overdue=True)) == 1
    with pytest.raises(NotFound):
        reviewing.review(
            begun, actor=actor(begun, DRAFTER), number="CS-099", keeps=True, remark="x"
        )


def test_what_is_restricted_is_marked_wherever_it_is_printed(begun: Platform) -> None:
    steps.approved(begun, steps.wanted(is_confidential=True))
    before = standards.lines(standards.show(begun, actor=CONSOLE, number="CS-001"))
    at(begun, "2024-10-01")
    after = standards.lines(standards.show(begun, actor=CONSOLE, number="CS-001"))
    mark = words.confidential()
    assert (mark in before, mark in after) == (False, True)
    assert reviewing.revision_record(begun, actor=CONSOLE, number="CS-001").is_confidential


def test_an_inspector_sees_the_catalogue_and_a_learner_does_not(begun: Platform) -> None:
    grant(begun, "E1001", Role.INSPECTOR)
    assert standards.catalogue(begun, actor=actor(begun, "E1001"))
    with pytest.raises(NotPermitted):
        standards.catalogue(begun, actor=actor(begun, "E1002"))
