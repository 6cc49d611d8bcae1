"""The invigilator's console: who needs somebody, and what is done to candidates."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen

from certify.domain.attempt import AttemptState
from certify.domain.registration import Announcement, CohortMember
from certify.i18n import _, _n
from certify.platform import Platform
from certify.services import (
    conducting,
    exam_codes,
    hall_board,
    hall_sittings,
    home,
    seating,
)
from certify.services.hall_board import Candidate, CandidateState, Connection
from certify.tui import hall_need
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.hall_need import Need, Order
from certify.tui.hall_words import who
from certify.tui.screens.cohort import CohortScreen
from certify.tui.screens.exam_codes import ExamCodesScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.invigilation import InvigilationScreen
from certify.tui.screens.sitting_events import SittingEventsScreen
from certify.tui.widgets.live_rows import LiveRows
from tests.platforms import NOON, actor
from tests.services.steps import clock_of, stored_attempt
from tests.tui.conftest import Show, screen_text, settle, type_text, until
from tests.tui.hall_steps import MINUTE, begin, cohort_of, connect, hire


async def fill_in(pilot: Pilot[int], *values: str) -> None:
    """Type values into the fields of a dialog; `→` goes to the next choice."""
    await settle(pilot)
    for value in values:
        if value == "→":
            await pilot.press("right")
        else:
            await type_text(pilot, value)
        await pilot.press("enter")
        await pilot.pause(0.05)


async def wait(pilot: Pilot[int], is_so: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _look in range(500):
        await pilot.pause(0.02)
        if is_so():
            return
    raise AssertionError(f"it did not come about within 10 s:\n{screen_text(pilot)}")


async def arrive(pilot: Pilot[int], kind: type[Screen[Any]]) -> None:
    """Wait until a page or a dialog is on top."""
    await wait(pilot, lambda: isinstance(pilot.app.screen, kind))
    await settle(pilot)


def lines(pilot: Pilot[int]) -> list[str]:
    """The names of the lines, in their order."""
    return [option.id or "" for option in pilot.app.screen.query_one(LiveRows).options]


def console(number: int | None = None) -> Callable[[], Screen[None]]:
    return lambda: InvigilationScreen(number)


def candidate(state: CandidateState = CandidateState.SITTING, **other: Any) -> Candidate:
    known: dict[str, Any] = {
        "attempt_id": 1,
        "staff_no": "1",
        "name": "王小兰",
        "seat": "",
        "exam": "e",
        "title": {"zh": "笔试"},
        "cohort": "",
        "cohort_id": None,
        "started_at": NOON,
        "deadline": NOON + 60 * MINUTE,
    }
    return Candidate(state=state, **{**known, **other})


@pytest.mark.parametrize(
    ("one", "minutes", "wanted"),
    [
        (candidate(), 1, Need.SITS),
        (candidate(), 11, Need.QUIET),
        (candidate(last_saved=NOON + 5 * MINUTE), 15, Need.SITS),
        (candidate(is_away=True), 1, Need.AWAY),
        (candidate(last_saved=NOON + 54 * MINUTE), 55, Need.ENDS_SOON),
        (candidate(connection=Connection.LOST, is_away=True), 56, Need.LOST),
        (candidate(CandidateState.WAITING, attempt_id=None), 1, Need.ADMISSION),
        (candidate(CandidateState.PAUSED, connection=Connection.LOST), 56, Need.PAUSED),
        (candidate(CandidateState.SUBMITTED), 56, Need.DONE),
        (candidate(CandidateState.NO_SHOW, attempt_id=None), 90, Need.DONE),
    ],
)
def test_a_candidate_needs_somebody_for_one_reason(
    one: Candidate, minutes: int, wanted: Need
) -> None:
    assert hall_need.need(one, NOON + minutes * MINUTE) is wanted


def test_the_list_is_sorted_by_need_by_seat_as_people_count_and_by_the_sound_of_names() -> None:
    found = [
        candidate(staff_no="1", seat="A-10", name="张伟"),
        candidate(CandidateState.WAITING, staff_no="2", seat="A-2", name="白露", attempt_id=None),
        candidate(staff_no="3", seat="", name="陈静", deadline=NOON + 30 * MINUTE),
        candidate(staff_no="4", seat="B-1", name="欧阳明", connection=Connection.LOST),
    ]

    def order(how: Order) -> str:
        return "".join(one.staff_no for one in hall_need.ordered(found, how, NOON))

    assert order(Order.NEED) == "2431"
    assert order(Order.SEAT) == "2143"
    assert order(Order.NAME) == "2341"


async def test_a_sitting_that_is_on_opens_with_everybody_in_it_and_who_waits_above(
    show: Show, sqlite_platform: Platform
) -> None:
    hire(sqlite_platform, {"E1003": "[i]张三"})
    number = cohort_of(sqlite_platform, ["E1001", "E1002", "E1003"], needs_admission=True)
    hr = actor(sqlite_platform, "H0001")
    conducting.admit(sqlite_platform, actor=hr, cohort_id=number, staff_nos=["E1001", "E1002"])
    seating.assign_free(sqlite_platform, actor=hr, cohort_id=number)
    begun = begin(sqlite_platform, "E1001", answered=3)
    connect(sqlite_platform, "E1001", begun)
    lost = begin(sqlite_platform, "E1002")
    connect(sqlite_platform, "E1002", lost)
    connect(sqlite_platform, "E1002", lost, "disconnected")

    async with show("H0001", console()) as pilot:
        shown = screen_text(pilot)

        assert "三月 [b]A 场" in shown
        assert "二楼培训室" in shown
        assert [name.partition(":")[0] for name in lines(pilot)] == ["E1003", "E1002", "E1001"]
        assert "3/4" in shown
        assert "30:00" in shown
        assert "A-01" in shown
        assert _("{count} to admit").format(count=1) in shown
        assert _("{count} cut off").format(count=1) in shown
        assert _("to admit") in shown
        await pilot.press("o")
        await pilot.pause(0.1)
        assert [name.partition(":")[0] for name in lines(pilot)] == ["E1001", "E1002", "E1003"]


async def test_the_list_renews_itself(
    show: Show, sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certify.tui.hall_list.FETCH_SECONDS", 0.1)
    number = cohort_of(sqlite_platform, ["E1001"])
    async with show("H0001", console(number)) as pilot:
        assert _("{count} to come").format(count=1) in screen_text(pilot)
        begin(sqlite_platform, "E1001", answered=2)

        await until(pilot, "2/4")


@pytest.mark.parametrize("letters", ["lilei", "李", "1002", "A-02"])
async def test_a_search_finds_by_name_pinyin_number_and_seat(
    show: Show, sqlite_platform: Platform, letters: str
) -> None:
    number = cohort_of(sqlite_platform, ["E1001", "E1002"])
    hr = actor(sqlite_platform, "H0001")
    seating.assign_free(sqlite_platform, actor=hr, cohort_id=number)
    async with show("H0001", console(number)) as pilot:
        await pilot.press("slash")
        await type_text(pilot, letters)

        await wait(pilot, lambda: lines(pilot) == ["E1002:sample-written"])


async def test_all_who_wait_are_admitted_at_once_after_a_yes_that_enter_does_not_give(
    show: Show, sqlite_platform: Platform
) -> None:
    number = cohort_of(sqlite_platform, ["E1001", "E1002"], needs_admission=True)
    async with show("H0001", console(number)) as pilot:
        await pilot.press("a")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press("enter")
        await arrive(pilot, Confirm)
        question = _n("Admit {count} candidate?", "Admit {count} candidates?", 2)
        assert question.format(count=2) in screen_text(pilot)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("y")

        await until(pilot, _("{count} admitted").format(count=2))
    board = hall_board.board(
        sqlite_platform, actor=actor(sqlite_platform, "H0001"), cohort_id=number
    )
    assert {one.state for one in board.candidates} == {CandidateState.ADMITTED}


async def test_who_is_late_is_admitted_with_a_reason_only(
    show: Show, sqlite_platform: Platform
) -> None:
    number = cohort_of(sqlite_platform, ["E1001"], late_minutes=2)
    async with show("H0001", console(number)) as pilot:
        await pilot.press("a")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Form)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, Form), "without a reason nothing happens"
        await fill_in(pilot, "train late")

        await until(pilot, _("{count} admitted").format(count=1))
    with sqlite_platform.database.read() as session:
        person = actor(sqlite_platform, "E1001").person_id
        member = session.get_one(CohortMember, (number, person))
        assert member.admission_reason == "train late"


async def test_the_time_stands_in_a_pause_and_is_given_back(
    show: Show, sqlite_platform: Platform
) -> None:
    begun = begin(sqlite_platform, "E1001")
    async with show("H0001", console()) as pilot:
        await pilot.press("p")
        await fill_in(pilot, "fire alarm")
        await until(pilot, _("{count} paused").format(count=1))
        assert f"P {_('Pause')}" not in await until(pilot, f"P {_('Go on')}")
        clock_of(sqlite_platform).advance(4 * MINUTE)
        await pilot.press("p")
        await fill_in(pilot, "over")
        await until(pilot, _("{count} working").format(count=1))
        await until(pilot, f"P {_('Pause')}")
        assert "30:00" in screen_text(pilot)
        await pilot.press("enter")
        await arrive(pilot, SittingEventsScreen)
        assert "fire alarm" in await until(pilot, _("paused by the invigilator")[:8])
    assert stored_attempt(sqlite_platform, begun.attempt_id).deadline == NOON + 34 * MINUTE


async def test_what_is_done_to_several_leaves_out_who_is_refused_and_says_so(
    show: Show, sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certify.tui.hall_list.FETCH_SECONDS", 3600)
    number = cohort_of(sqlite_platform, ["E1001", "E1002"])
    first, second = (begin(sqlite_platform, one) for one in ("E1001", "E1002"))
    async with show("H0001", console(number)) as pilot:
        await pilot.press("space", "space", "p")
        await settle(pilot)
        hr = actor(sqlite_platform, "H0001")
        conducting.pause(
            sqlite_platform, actor=hr, attempt_id=second.attempt_id, reason="other desk"
        )
        await fill_in(pilot, "fire")
        await arrive(pilot, Done)

        assert "李雷" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, _("{count} paused").format(count=2))
    assert stored_attempt(sqlite_platform, first.attempt_id).paused_at is not None


async def test_an_exam_is_ended_only_after_a_reason_and_a_yes(
    show: Show, sqlite_platform: Platform
) -> None:
    number = cohort_of(sqlite_platform, ["E1001"])
    begun = begin(sqlite_platform, "E1001", answered=1)
    async with show("H0001", console(number)) as pilot:
        await pilot.press("e")
        await fill_in(pilot, "cheating")
        await arrive(pilot, Confirm)
        await pilot.press("enter", "n")
        await settle(pilot)
        assert stored_attempt(sqlite_platform, begun.attempt_id).state is AttemptState.OPEN

        await pilot.press("e")
        await fill_in(pilot, "cheating")
        await arrive(pilot, Confirm)
        await pilot.pause(0.4)
        await pilot.press("y")
        await until(pilot, _("{count} ended").format(count=1))
    assert stored_attempt(sqlite_platform, begun.attempt_id).state is not AttemptState.OPEN


async def test_a_candidate_moves_to_another_seat(show: Show, sqlite_platform: Platform) -> None:
    number = cohort_of(sqlite_platform, ["E1001"])
    begun = begin(sqlite_platform, "E1001")
    async with show("H0001", console(number)) as pilot:
        await pilot.press("m")
        await fill_in(pilot, "B-07", "broken screen")

        await wait(pilot, lambda: screen_text(pilot).count("B-07") >= 2)
    assert stored_attempt(sqlite_platform, begun.attempt_id).fence == begun.fence + 1


async def test_everybody_in_a_sitting_is_told_and_given_time(
    show: Show, sqlite_platform: Platform
) -> None:
    number = cohort_of(sqlite_platform, ["E1001", "E1002"])
    begun = [begin(sqlite_platform, one) for one in ("E1001", "E1002")]
    async with show("H0001", console(number)) as pilot:
        await pilot.press("b")
        await settle(pilot)
        await pilot.press("enter")
        await fill_in(pilot, "ten more minutes")
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("ctrl+u")
        await fill_in(pilot, "10", "→", "power")

        await until(pilot, "40:00")
    for one in begun:
        found = stored_attempt(sqlite_platform, one.attempt_id)
        assert found.deadline == NOON + 40 * MINUTE
    with sqlite_platform.database.read() as session:
        [told] = session.exec(select(Announcement)).all()
        assert (told.text, told.cohort_id, told.attempt_id) == ("ten more minutes", number, None)


async def test_one_candidate_is_told(show: Show, sqlite_platform: Platform) -> None:
    begun = begin(sqlite_platform, "E1001")
    async with show("H0001", console()) as pilot:
        await pilot.press("b")
        await settle(pilot)
        await pilot.press("left", "enter")
        await fill_in(pilot, "speak softly")
        await until(pilot, _("told"))
    with sqlite_platform.database.read() as session:
        [told] = session.exec(select(Announcement)).all()
        assert (told.text, told.attempt_id) == ("speak softly", begun.attempt_id)


async def test_who_sits_an_exam_conducts_nothing_for_oneself(
    show: Show, sqlite_platform: Platform
) -> None:
    begun = begin(sqlite_platform, "H0001")
    async with show("H0001", console()) as pilot:
        await pilot.press("p")
        await fill_in(pilot, "tired")
        await pilot.pause(0.3)

        assert isinstance(pilot.app.screen, Form), "the refusal stays in the dialog"
    assert stored_attempt(sqlite_platform, begun.attempt_id).paused_at is None


async def test_a_supervisor_watches_direct_reports_and_conducts_nothing(
    show: Show, sqlite_platform: Platform
) -> None:
    begin(sqlite_platform, "E1001")
    async with show("S0001", console()) as pilot:
        assert "王小兰" in screen_text(pilot)
        await pilot.press("p", "e", "t", "m", "b", "a")
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, InvigilationScreen)


async def test_another_sitting_or_all_exams_are_a_key_away(
    show: Show, sqlite_platform: Platform
) -> None:
    cohort_of(sqlite_platform, ["E1002"])
    hire(sqlite_platform, {"E1009": "张三"})
    begin(sqlite_platform, "E1009")
    async with show("H0001", console()) as pilot:
        assert lines(pilot) == ["E1002:sample-written"]
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("home", "enter")

        await wait(pilot, lambda: lines(pilot) == ["E1009:sample-written"])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_of_many_candidates_only_those_in_view_are_drawn(
    show: Show,
    sqlite_platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    lang: str,
) -> None:
    monkeypatch.setattr("certify.tui.hall_list.FETCH_SECONDS", 3600)
    many = {f"{number:06d}": f"欧阳·阿卜杜拉·买买提江 {number}" for number in range(1, 301)}
    hire(sqlite_platform, many)
    number = cohort_of(sqlite_platform, list(many), needs_admission=True)
    async with show("H0001", console(number), size=size, lang=lang) as pilot:
        page = pilot.app.screen
        assert isinstance(page, InvigilationScreen)
        drawn: set[str] = set()
        draw = page._line
        rows = page.query_one(LiveRows)

        def watched(name: str) -> Content:
            drawn.add(name)
            return draw(name)

        rows.draw_by(watched)
        page.show()
        await pilot.pause(0.1)

        assert len(lines(pilot)) == 300
        assert 0 < len(drawn) <= rows.size.height
        assert all(len(line) <= size[0] for line in screen_text(pilot).splitlines())
        await pilot.press("end")
        await until(pilot, "000300")


async def test_home_counts_who_waits_for_admission(show: Show, sqlite_platform: Platform) -> None:
    cohort_of(sqlite_platform, ["E1001", "E1002"], needs_admission=True)
    hr = actor(sqlite_platform, "H0001")
    assert hall_sittings.waiting(sqlite_platform, actor=hr) == 2
    [found] = [
        one for one in home.home(sqlite_platform, actor=hr).on_desk if one.page == "invigilation"
    ]
    assert found.count == 2
    async with show("H0001", HomeScreen) as pilot:
        assert _("Candidates to admit") in screen_text(pilot)
    clock_of(sqlite_platform).set(NOON + 85 * MINUTE)
    assert hall_sittings.waiting(sqlite_platform, actor=hr) == 0


async def test_seats_place_and_codes_are_given_on_the_page_of_the_cohort(
    show: Show, sqlite_platform: Platform
) -> None:
    number = cohort_of(sqlite_platform, ["E1001", "E1002"])
    async with show("H0001", lambda: CohortScreen(number)) as pilot:
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await until(pilot, "A-02")
        await pilot.press("h")
        await settle(pilot)
        await pilot.press("ctrl+u")
        await fill_in(pilot, "Hall 3", "→", "15")
        await until(pilot, "Hall 3")

        await pilot.press("c")
        await settle(pilot)
        await pilot.press("enter")
        await arrive(pilot, ExamCodesScreen)
        page = pilot.app.screen
        assert isinstance(page, ExamCodesScreen)
        code = page.codes[1]
        assert code.code in screen_text(pilot)
        await pilot.press("escape")
        await arrive(pilot, Confirm)
        await pilot.press("y")
        await arrive(pilot, CohortScreen)
        shown = await until(pilot, _("codes {done}/{count}").format(done=2, count=2))
        assert code.code not in shown
    clock_of(sqlite_platform).set(NOON)
    signed = exam_codes.check(sqlite_platform, staff_no=code.staff_no, code=code.code)
    assert (signed.actor.staff_no, signed.only_exam) == ("E1002", "sample-written")


async def test_new_codes_make_older_ones_void_after_a_yes(
    show: Show, sqlite_platform: Platform
) -> None:
    number = cohort_of(sqlite_platform, ["E1001"])
    hr = actor(sqlite_platform, "H0001")
    exam_codes.issue(sqlite_platform, actor=hr, cohort_id=number)
    async with show("H0001", lambda: CohortScreen(number)) as pilot:
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("enter")
        await arrive(pilot, Confirm)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CohortScreen)


def test_a_candidate_is_named_with_number_and_seat() -> None:
    assert who(candidate(seat="A-01")) == "王小兰 1 (A-01)"
    assert who(candidate()) == "王小兰 1"
