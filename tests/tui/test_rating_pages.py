"""Rating people: one number, Enter, the next; what is saved is committed (R-EVA-03)."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.evaluation import PeriodState, RaterType, Rating
from certify.domain.person import Person
from certify.i18n import _, speaking
from certify.platform import Platform
from certify.services.evaluation import asking, periods
from certify.tui.screens.rating import RatingScreen
from certify.tui.screens.ratings import RatingsScreen
from tests.platforms import actor
from tests.services.grading_steps import company, scoring
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def given(platform: Platform, who: str = "S0001") -> dict[str, str]:
    """What somebody gave, by staff number."""
    found = asking.asked_of(platform, actor=actor(platform, who))
    return {one.staff_no: str(one.score) for one in found if one.score is not None}


def said(lang: str, text: str) -> str:
    """A message in a language."""
    with speaking(lang):
        return _(text)


@LANGUAGES
async def test_three_people_are_rated_by_keyboard_one_after_the_other(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("S0001", RatingsScreen, lang=lang) as pilot:
        text = screen_text(pilot)
        assert "○" in text
        assert "E1001" in text
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        for score in ("82", "95.5", "70"):
            await type_text(pilot, score)
            await pilot.press("enter")
            await settle(pilot)
        await arrive(pilot, RatingsScreen)
        await until(pilot, "95.50")
        assert "○" not in screen_text(pilot)
    assert given(own) == {"E1001": "82", "E1002": "191/2", "S0001": "70"}


@LANGUAGES
async def test_the_grade_and_the_bar_follow_every_key(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("S0001", RatingsScreen, lang=lang) as pilot:
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        assert "█" not in screen_text(pilot)
        await type_text(pilot, "9")
        assert said(lang, "Unqualified") in await until(pilot, "9.00")
        await type_text(pilot, "0")
        text = await until(pilot, "90.00")
        assert said(lang, "Excellent") in text
        assert text.count("█") == 36
        await type_text(pilot, "0")
        await until(pilot, "!")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, RatingScreen)
    assert given(own) == {}


async def test_a_comment_is_kept_and_may_stay_empty(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("S0001", RatingsScreen) as pilot:
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        await type_text(pilot, "88")
        await pilot.press("down")
        await type_text(pilot, "calm")
        await pilot.press("enter")
        await until(pilot, "E1002")
    (first, *_rest) = asking.asked_of(own, actor=actor(own, "S0001"))
    assert (first.score, first.comment) == (Fraction(88), "calm")


async def test_what_was_typed_and_not_saved_is_asked_about(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("S0001", RatingsScreen, lang="en") as pilot:
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        await type_text(pilot, "55")
        await until(pilot, "not saved yet")
        await pilot.press("pagedown")
        await until(pilot, "Leave without saving?")
        await pilot.press("n")
        await settle(pilot)
        assert "55.00" in screen_text(pilot)
        await pilot.press("escape")
        await until(pilot, "Leave without saving?")
        await pilot.press("y")
        await arrive(pilot, RatingsScreen)
    assert given(own) == {}


async def test_a_saved_rating_is_there_again_and_may_be_changed(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("S0001", RatingsScreen, lang="en") as pilot:
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        await type_text(pilot, "60")
        await pilot.press("enter")
        await until(pilot, "E1002")
    assert given(own) == {"E1001": "60"}  # the terminal closed, what was saved is kept
    async with show("S0001", RatingsScreen, lang="en") as pilot:
        assert "✓ rated 60.00" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, "✓ saved")
        await pilot.press("end", "backspace", "5", "enter")
        await until(pilot, "E1002")
    assert given(own) == {"E1001": "65"}


async def test_who_only_comments_gives_no_score(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    _comment_only(own)
    async with show("S0001", RatingsScreen, lang="en") as pilot:
        assert "○ to comment" in screen_text(pilot)
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        await until(pilot, "you add a comment")
        await type_text(pilot, "steady")
        await pilot.press("enter")
        await until(pilot, "E1002")
    (first, *_rest) = asking.asked_of(own, actor=actor(own, "S0001"))
    assert (first.score, first.comment) == (None, "steady")


@LANGUAGES
async def test_whoever_has_nobody_to_rate_is_told_so(
    show: Show, sqlite_platform: Platform, clock: SetClock, lang: str
) -> None:
    company(sqlite_platform)
    clock.advance(timedelta(days=1))
    async with show("E1001", RatingsScreen, lang=lang) as pilot:
        start = said(
            lang, "You have nobody to rate now. A period that is being scored brings people."
        )
        assert start[:12] in screen_text(pilot)


async def test_a_rating_that_comes_too_late_is_refused_and_loses_nothing_else(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("S0001", RatingsScreen, lang="en") as pilot:
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        await type_text(pilot, "60")
        await pilot.press("enter")
        await until(pilot, "E1002")
        periods.move(own, actor=actor(own, "V0001"), period="2024-Q2", to=PeriodState.REVIEW)
        await type_text(pilot, "70")
        await pilot.press("enter")
        await until(pilot, "is not being scored")
    with own.database.read() as session:
        kept = [one.score for one in session.exec(select(Rating)).all() if one.score is not None]
    assert kept == [60]


def _comment_only(platform: Platform) -> None:
    with platform.database.write() as session:
        ratee = session.exec(select(Person).where(Person.staff_no == "E1001")).one()
        query = select(Rating).where(
            Rating.person_id == ratee.id, Rating.rater_type == RaterType.SUPERVISOR
        )
        session.exec(query).one().counts = False


async def test_keys_typed_while_a_rating_is_being_kept_go_to_the_next_person(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    async with show("S0001", RatingsScreen) as pilot:
        await pilot.press("enter")
        await arrive(pilot, RatingScreen)
        await pilot.press("8", "2", "enter", "9", "1", "enter", "7", "0", "enter")
        await arrive(pilot, RatingsScreen)
    assert given(own) == {"E1001": "82", "E1002": "91", "S0001": "70"}
