"""Pages of qualification, evaluation, inspection, training and rules, with something on them."""

from pathlib import Path

from textual.screen import Screen

from certify.clock import SetClock
from certify.platform import Platform
from certify.services.inspection import notices
from certify.tui.screens.dashboard import DashboardScreen
from certify.tui.screens.evaluation_period import EvaluationPeriodScreen
from certify.tui.screens.ladder import LadderScreen
from certify.tui.screens.notices import NoticesScreen
from certify.tui.screens.own_evaluation import OwnEvaluationScreen
from certify.tui.screens.policy import PolicyScreen
from certify.tui.screens.ratings import RatingsScreen
from certify.tui.screens.timeline import TimelineScreen
from certify.tui.screens.training_calendar import TrainingCalendarScreen
from tests.platforms import actor
from tests.services.evaluation_steps import (
    answer,
    close,
    measure,
    open_quarter,
    rate,
    to_scoring,
)
from tests.services.inspection_steps import inspectors
from tests.services.learning_steps import pass_course

Shown = tuple[str, Screen[None], list[str]]


def _clock(platform: Platform) -> SetClock:
    assert isinstance(platform.clock, SetClock)
    return platform.clock


def _graded(platform: Platform) -> None:
    """The second quarter of 2024 is closed: E1001 is good, E1002 fair."""
    folder = Path(str(platform.settings.home.root))
    open_quarter(platform, _clock(platform))
    for staff_no, measured in (("E1001", "80"), ("E1002", "70")):
        measure(platform, staff_no, measured)
    to_scoring(platform)
    for staff_no, score in (("E1001", "82"), ("E1002", "71")):
        rate(platform, "S0001", staff_no, score)
    answer(platform, folder, "E1001", ["78"] * 6)
    close(platform)


def levels(platform: Platform) -> Shown:
    pass_course(platform, "E1001")
    return "E1001", LadderScreen(), []


def ratings(platform: Platform) -> Shown:
    open_quarter(platform, _clock(platform))
    to_scoring(platform)
    rate(platform, "S0001", "E1001", "82")
    return "S0001", RatingsScreen(), []


def rating(platform: Platform) -> Shown:
    staff_no, page, keys = ratings(platform)
    return staff_no, page, [*keys, "enter", "8", "4"]


def period(platform: Platform) -> Shown:
    _graded(platform)
    return "H0001", EvaluationPeriodScreen("2024-Q2"), []


def own_evaluation(platform: Platform) -> Shown:
    _graded(platform)
    return "E1001", OwnEvaluationScreen(), []


def rectification(platform: Platform) -> Shown:
    inspectors(platform)
    notices.issue(platform, actor=actor(platform, "I0001"), owner="E1001", problem="响应超时")
    return "E1001", NoticesScreen(), []


def dashboard(platform: Platform) -> Shown:
    pass_course(platform, "E1001")
    return "H0001", DashboardScreen(), []


def timeline(platform: Platform) -> Shown:
    pass_course(platform, "E1001")
    return "E1001", TimelineScreen(), []


def calendar(platform: Platform) -> Shown:
    return "H0001", TrainingCalendarScreen(), []


def rules(platform: Platform) -> Shown:
    return "H0001", PolicyScreen(), []


PAGES = [
    levels,
    ratings,
    rating,
    period,
    own_evaluation,
    rectification,
    dashboard,
    timeline,
    calendar,
    rules,
]
