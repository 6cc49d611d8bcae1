"""Plans walk their way through HR and no other; the calendar of a year has no hole."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.training import PlanState
from certify.domain.training_calendar import Month, month_after, month_check, weeks
from certify.domain.training_plan import PlanStep, after, may_plan, standing

steps = st.lists(st.sampled_from(PlanStep), max_size=12)
days = st.dates(date(2000, 2, 1), date(2100, 11, 30))


@given(steps)
def test_only_what_was_submitted_is_decided_and_what_is_approved_stays(
    walked: list[PlanStep],
) -> None:
    state, submitted = PlanState.DRAFT, False
    for step in walked:
        next_state = after(state, step)
        if next_state is None:
            continue
        assert state is not PlanState.APPROVED
        if step in (PlanStep.APPROVE, PlanStep.RETURN):
            assert submitted
        submitted = step is PlanStep.SUBMIT
        state = next_state
    assert state is not PlanState.IN_FORCE  # that follows from the day alone
    if state is PlanState.APPROVED:
        assert all(after(state, step) is None for step in PlanStep)


@given(st.sampled_from(PlanState), st.integers(2001, 2099), days)
def test_an_approved_plan_is_in_force_from_new_year_on(
    state: PlanState, year: int, day: date
) -> None:
    found = standing(state, year, day)

    if state is PlanState.APPROVED:
        assert (found is PlanState.IN_FORCE) == (day.year >= year)
    else:
        assert found is state


@given(st.integers(2001, 2099), days)
def test_a_plan_is_drafted_for_next_year_or_the_one_that_runs(year: int, day: date) -> None:
    assert may_plan(year, day) == (0 <= year - day.year <= 1)


@given(days)
def test_the_weeks_of_a_month_hold_each_of_its_days_once(day: date) -> None:
    found = weeks(day.year, day.month)
    flat = [one for week in found for one in week]

    assert [one for one in flat if one.month == day.month] == [
        day.replace(day=1) + timedelta(days=n)
        for n in range((month_after(day.replace(day=1), 1) - day.replace(day=1)).days)
    ]
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in found)
    assert flat == sorted(flat)


@given(days, st.integers(-300, 300))
def test_months_are_counted_back_and_forth(day: date, step: int) -> None:
    first = day.replace(day=1)

    assert month_after(month_after(first, step), -step) == first
    assert month_after(first, step).day == 1


@given(days, days, st.integers(0, 3), st.booleans())
def test_a_month_is_missing_only_when_it_is_over_and_was_needed(
    month: date, today: date, held: int, in_need: bool
) -> None:
    verdict = month_check("onboarding", month.replace(day=1), held, today, in_need=in_need).verdict
    is_over = (month.year, month.month) < (today.year, today.month)

    assert (verdict is Month.HELD) == (held > 0)
    assert (verdict is Month.NOT_DUE) == (held == 0 and not in_need)
    assert (verdict is Month.MISSING) == (held == 0 and in_need and is_over)
