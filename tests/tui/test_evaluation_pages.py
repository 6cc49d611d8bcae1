"""Pages of evaluation: periods, one's own result, consequences, appeals, departments, coaching."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest
from textual.screen import Screen

from certify.clock import SetClock
from certify.domain.evaluation import ConsequenceState, PeriodState
from certify.domain.grade import Grade
from certify.i18n import _, _n, speaking
from certify.platform import Platform
from certify.services.evaluation import (
    appeals,
    coaching,
    consequence_decisions,
    department_sheets,
    periods,
)
from certify.tui.screens.appeals import AppealsScreen
from certify.tui.screens.coaching_plans import CoachingPlansScreen
from certify.tui.screens.consequences import ConsequencesScreen
from certify.tui.screens.department_sheets import DepartmentSheetsScreen
from certify.tui.screens.evaluation_period import EvaluationPeriodScreen
from certify.tui.screens.evaluation_periods import EvaluationPeriodsScreen
from certify.tui.screens.own_evaluation import OwnEvaluationScreen
from certify.tui.screens.ratings import RatingsScreen
from tests.platforms import actor
from tests.services.grading_steps import closed, company, evaluations, in_review, scoring
from tests.services.test_evaluation_secrecy import with_canaries
from tests.services.test_grade_consequences import found, of_kind
from tests.tui.conftest import Show, screen_text, settle, type_text, until

Q2 = "2024-Q2"
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def said(lang: str, text: str) -> str:
    """A message in a language."""
    with speaking(lang):
        return _(text)


def one_period() -> EvaluationPeriodScreen:
    return EvaluationPeriodScreen(Q2)


@LANGUAGES
async def test_a_period_is_opened_in_a_dialog(
    show: Show, sqlite_platform: Platform, lang: str
) -> None:
    own = company(sqlite_platform)
    async with show("H0001", EvaluationPeriodsScreen, lang=lang) as pilot:
        assert said(lang, "There are no periods yet; N opens the first one.") in screen_text(pilot)
        await pilot.press("n")
        await until(pilot, said(lang, "New period"))
        await pilot.press("enter")
        await type_text(pilot, "2024-Q3")
        for _number in range(5):
            await pilot.press("enter")
        assert "2024-07-01 – 2024-09-30" in await until(pilot, "2024-09-30")
    (made,) = periods.every(own, actor=actor(own, "H0001"))
    assert (made.code, made.state) == ("2024-Q3", PeriodState.OPEN)


@LANGUAGES
async def test_what_is_missing_is_named_and_the_next_step_says_what_it_does(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("V0001", one_period, lang=lang) as pilot:
        text = screen_text(pilot)
        assert "主管 (3)" in text
        assert "0/2" in text
        await pilot.press("w")
        await until(pilot, "S0001")
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("m")
        await until(pilot, said(lang, "Nobody rates any more; you may go back."))
        await pilot.pause(0.4)
        await pilot.press("y")
        await settle(pilot)
        await until(pilot, said(lang, "Back to scoring"))
    assert periods.one(own, actor=actor(own, "V0001"), period=Q2).state is PeriodState.REVIEW


@LANGUAGES
async def test_a_period_is_closed_after_saying_what_will_happen(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    in_review(own, clock, {"E1001": "93.5", "E1002": "50"})
    async with show("V0001", one_period, lang=lang) as pilot:
        assert "93.50" in screen_text(pilot)
        await pilot.press("m")
        text = await until(pilot, said(lang, "Close the period"))
        assert f"{said(lang, 'Excellent')} 1" in text
        await pilot.pause(0.4)
        await pilot.press("y")
        await settle(pilot)
        text = screen_text(pilot)
        assert "█" * 40 in text  # one of each: both bars are full
        assert said(lang, "Unqualified") in text
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, OwnEvaluationScreen)
        assert "E1001" in screen_text(pilot)
    assert [one.grade for one in evaluations(own, "E1001")] == [Grade.EXCELLENT]


async def test_a_value_is_typed_and_a_period_goes_back_with_a_reason(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("V0001", one_period, lang="en") as pilot:
        await pilot.press("down", "v")
        await until(pilot, "Type a value")
        await pilot.press("enter")
        await type_text(pilot, "88.5")
        await pilot.press("enter")
        await until(pilot, "1/2")
        await pilot.press("enter")
        text = await until(pilot, "88.5 points")
        assert "not measured" in text
        await pilot.press("escape")
    periods.move(own, actor=actor(own, "V0001"), period=Q2, to=PeriodState.REVIEW)
    async with show("V0001", one_period, lang="en") as pilot:
        await pilot.press("b")
        await until(pilot, "Reason")
        await type_text(pilot, "late values")
        await pilot.press("enter")
        await until(pilot, "▸ scoring")


@LANGUAGES
async def test_the_ratee_sees_the_grade_its_making_and_until_when_to_appeal(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "72.5", "E1002": "50"})
    async with show("E1001", OwnEvaluationScreen, lang=lang) as pilot:
        text = screen_text(pilot)
        assert "72.50" in text
        assert said(lang, "Fair") in text
        assert "2024-07-05" in text
        await pilot.press("a")
        await until(pilot, said(lang, "Reason"))
        await type_text(pilot, "count again")
        await pilot.press("enter")
        await until(pilot, said(lang, "Your appeal waits for a decision."))
    assert appeals.listed(own, actor=actor(own, "V0001"))[0].reason == "count again"
    clock.advance(timedelta(days=6))
    async with show("E1002", OwnEvaluationScreen, lang=lang) as pilot:
        with speaking(lang):
            over = _("An appeal was possible until {day}.").format(day="2024-07-05")
        assert over in screen_text(pilot)
        assert f"A {said(lang, 'Appeal')}" not in screen_text(pilot)


@LANGUAGES
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_no_page_of_the_ratee_shows_what_one_rater_gave(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str, size: tuple[int, int]
) -> None:
    with_canaries(sqlite_platform, clock, with_self=False)
    pages: list[Callable[[], Screen[None]]] = [
        OwnEvaluationScreen,
        RatingsScreen,
        CoachingPlansScreen,
    ]
    for page in pages:
        async with show("E1001", page, lang=lang, size=size) as pilot:
            assert "61.3" not in screen_text(pilot)
            await pilot.press("enter")
            await settle(pilot)
            assert "61.3" not in screen_text(pilot)
    async with show("S0001", lambda: OwnEvaluationScreen("E1001"), lang=lang, size=size) as pilot:
        assert "61.3" not in screen_text(pilot)


@LANGUAGES
async def test_hr_confirms_one_and_declines_all_alike(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "95", "E1002": "91"})
    async with show("H0001", ConsequencesScreen, lang=lang) as pilot:
        text = screen_text(pilot)
        assert said(lang, "Excellent") in text
        await pilot.press("c")
        await until(pilot, said(lang, "Confirm: then it happens"))
        await type_text(pilot, "agreed")
        await pilot.press("enter")
        await until(pilot, _counted(lang, 5))
        await pilot.press("g", "right", "enter")
        await type_text(pilot, "not now")
        await pilot.press("enter")
        await until(pilot, _counted(lang, 3))
        await pilot.press("t")
        text = await until(pilot, said(lang, "declined"))
        assert said(lang, "confirmed") in text
    by_state = [one.state for one in found(own)]
    assert by_state.count(ConsequenceState.CONFIRMED) == 1
    assert by_state.count(ConsequenceState.DECLINED) == 2


def _counted(lang: str, count: int) -> str:
    with speaking(lang):
        return _n("{count} to decide", "{count} to decide", count).format(count=count)


@LANGUAGES
async def test_an_appeal_is_upheld_and_another_one_rejected(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    for who in ("E1001", "E1002"):
        appeals.ask(own, actor=actor(own, who), period=Q2, reason=f"of {who}")
    async with show("V0001", AppealsScreen, lang=lang) as pilot:
        assert "of E1002" in screen_text(pilot)
        await pilot.press("r")
        await until(pilot, said(lang, "Reject the appeal"))
        await type_text(pilot, "all correct")
        await pilot.press("enter")
        await until(pilot, said(lang, "not upheld"))
        await pilot.press("home", "u")
        await until(pilot, said(lang, "Uphold the appeal"))
        await pilot.press("right", "enter")  # the first indicator
        await type_text(pilot, "100")
        await pilot.press("enter")
        await type_text(pilot, "seen")
        await pilot.press("enter")
        await until(pilot, said(lang, "upheld"))
    # speed 100 weighs 40, care stays 70: measured 82, final 77.2
    assert evaluations(own, "E1001")[-1].final == Fraction(386, 5)
    assert evaluations(own, "E1002")[-1].final == 70


@LANGUAGES
async def test_a_department_is_scored_in_a_dialog(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("V0001", DepartmentSheetsScreen, lang=lang) as pilot:
        assert said(lang, "to score") in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, said(lang, "Remark"))
        await type_text(pilot, "90")
        await pilot.press("enter")
        await type_text(pilot, "72.5")
        await pilot.press("enter", "enter")
        text = await until(pilot, "79.50")
        assert said(lang, "Fair") in text
    first, *_rest = department_sheets.sheets(own, actor=actor(own, "V0001"), period=Q2)
    assert first.score == "79.50"


@LANGUAGES
async def test_the_supervisor_writes_a_plan_and_marks_it_done(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "90"})
    consequence_decisions.decide(
        own,
        actor=actor(own, "H0001"),
        ids=[of_kind(own, "E1001", "coaching-plan").id],
        confirm=True,
        reason="ok",
    )
    async with show("S0001", CoachingPlansScreen, lang=lang) as pilot:
        assert said(lang, "to be written") in screen_text(pilot)
        await pilot.press("e")
        await until(pilot, said(lang, "What is to be done"))
        await type_text(pilot, "weekly review")
        await pilot.press("enter")
        await until(pilot, said(lang, "under way"))
        await pilot.press("d")
        await until(pilot, said(lang, "Was this plan carried out?"))
        await pilot.press("y")
        await until(pilot, "✓")
    (plan,) = coaching.listed(own, actor=actor(own, "S0001"))
    assert (plan.steps, plan.done_on) == ("weekly review", own.today())


@LANGUAGES
@pytest.mark.parametrize(
    ("who", "page", "empty"),
    [
        ("E1001", OwnEvaluationScreen, "No period with you in it is closed yet."),
        ("H0001", AppealsScreen, "Nobody has appealed against a grade."),
        (
            "H0001",
            ConsequencesScreen,
            "Nothing waits for a decision. A period that closes brings proposals.",
        ),
        (
            "S0001",
            CoachingPlansScreen,
            "There are no coaching plans. HR confirms them after a weak grade.",
        ),
        (
            "H0001",
            DepartmentSheetsScreen,
            "There is no sheet to see: no period is open, or yours is not closed yet.",
        ),
    ],
)
async def test_an_empty_page_says_what_would_be_there(
    show: Show,
    sqlite_platform: Platform,
    lang: str,
    who: str,
    page: Callable[[], Screen[None]],
    empty: str,
) -> None:
    company(sqlite_platform)
    async with show(who, page, lang=lang) as pilot:
        assert said(lang, empty)[:20] in screen_text(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert len(screen_text(pilot).strip()) > 100
