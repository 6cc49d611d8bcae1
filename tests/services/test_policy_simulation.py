"""Before it counts: exactly who changes, how and why, and nothing is written (R-PLT-05)."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.career_difference import Kind
from certify.domain.grade import Grade
from certify.domain.ledger import LedgerEntry
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.services import onboarding
from certify.services.policy import simulating, words
from certify.services.policy.simulating import Simulation
from tests.platforms import actor, read_course, sit, with_full_ladder
from tests.services.grading_steps import closed, company

SCHEME = '[evaluation]\nscheme = "small"\n'


@pytest.fixture
def own(platform: Platform, clock: SetClock) -> Platform:
    """E1001 and E1002 hold L1; Q2 gave them 81 and 66."""
    made = with_full_ladder(company(platform))
    for staff_no in ("E1001", "E1002"):
        who = actor(made, staff_no)
        clock.set(clock.now() + timedelta(days=1))
        read_course(made, who)
        onboarding.exempt(
            made,
            actor=actor(made, "H0001"),
            staff_no=staff_no,
            phase="on-site-practice",
            reason="熟手",
        )
        sit(made, who)
    closed(made, clock, {"E1001": "81", "E1002": "66"})
    clock.set(clock.now() + timedelta(days=1))
    return made


def simulate(platform: Platform, folder: Path, text: str, who: str = "H0001") -> Simulation:
    path = folder / "new.toml"
    path.write_text(text, encoding="utf-8")
    return simulating.simulate(platform, actor=actor(platform, who), path=path)


def entries(platform: Platform) -> int:
    with platform.database.read() as session:
        return session.exec(select(func.count()).select_from(LedgerEntry)).one()


def test_another_band_changes_one_grade_and_says_which_value_made_it(
    own: Platform, tmp_path: Path
) -> None:
    before = entries(own)
    found = simulate(own, tmp_path, SCHEME + "[grades]\ngood_from = 82\n")

    (person,) = found.changed
    (one,) = person.changes
    assert person.staff_no == "E1001"
    assert (one.difference.kind, one.difference.what) == (Kind.GRADE, "2024-Q2")
    assert (one.difference.old, one.difference.new) == (Grade.GOOD, Grade.FAIR)
    assert one.because == ("grades.good_from",)
    assert found.counts["grade"] == 1
    assert entries(own) == before


def test_a_stricter_lowest_band_suspends_and_says_from_which_day(
    own: Platform, tmp_path: Path
) -> None:
    found = simulate(own, tmp_path, SCHEME + "[grades]\nfair_from = 70\n")

    (person,) = found.changed
    assert person.staff_no == "E1002"
    states = [one.difference for one in person.changes if one.difference.kind is Kind.STATE]
    assert {one.what for one in states} == {"L1", "reception"}
    assert {(one.old, one.new) for one in states} == {("active", "suspended")}
    assert all(one.because == ("grades.fair_from",) for one in person.changes)


def test_each_of_several_values_is_named_where_it_makes_the_difference(
    own: Platform, tmp_path: Path
) -> None:
    text = SCHEME + "[grades]\ngood_from = 82\n[qualification]\npost_months = 6\n"

    found = simulate(own, tmp_path, text)

    because = {
        (person.staff_no, one.difference.kind): one.because
        for person in found.changed
        for one in person.changes
    }
    assert because == {
        ("E1001", Kind.GRADE): ("grades.good_from",),
        ("E1001", Kind.VALIDITY): ("qualification.post_months",),
        ("E1002", Kind.VALIDITY): ("qualification.post_months",),
    }


def test_the_raw_values_are_scored_anew_where_the_shares_are_others(
    own: Platform, tmp_path: Path
) -> None:
    """The supervisor alone rated: only the share of what is measured moves nothing at 81."""
    same = simulate(own, tmp_path, '[evaluation]\nscheme = "small"\nmeasured_share = 10\n')
    weights = simulate(
        own,
        tmp_path,
        '[evaluation]\nscheme = "small"\n[evaluation.weights.small]\nspeed = 90\ncare = 10\n',
    )

    assert same.changed == weights.changed == ()
    assert same.values
    assert weights.values


def test_the_same_rules_change_nobody(own: Platform, tmp_path: Path) -> None:
    found = simulate(own, tmp_path, SCHEME)

    assert (found.values, found.changed) == ((), ())
    assert found.people == 7
    assert words.heading(found)


def test_every_difference_has_words(own: Platform, tmp_path: Path) -> None:
    text = SCHEME + "[exam]\npass_mark = 100\n[grades]\nfair_from = 70\ngood_from = 90\n"
    found = simulate(own, tmp_path, text.replace("good_from = 90", "good_from = 89"))

    for person in found.changed:
        for one in person.changes:
            assert words.difference(one.difference)
            assert list(words.reasons(one, found.values, own.policy))


def test_progress_is_told_to_the_end(own: Platform, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text("[exam]\npass_mark = 90\n", encoding="utf-8")
    told: list[tuple[int, int]] = []

    simulating.simulate(
        own,
        actor=actor(own, "H0001"),
        path=path,
        progress=lambda done, total: told.append((done, total)),
    )

    assert told == [(number, 7) for number in range(1, 8)]


def test_who_may_not_see_everybodys_grades_may_not_simulate(own: Platform, tmp_path: Path) -> None:
    for who in ("E1001", "S0001", "V0001", "0001"):
        if who == "0001":  # the first administrator is HR too
            continue
        with pytest.raises(NotPermitted):
            simulate(own, tmp_path, SCHEME, who)


def test_weights_that_do_not_fit_a_scheme_are_refused(own: Platform, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        simulate(own, tmp_path, "[evaluation.weights.small]\nspeed = 100\nmanners = 0\n")
    with pytest.raises(BadInput, match=r"99\.99"):
        simulate(own, tmp_path, "[evaluation.weights.small]\nspeed = 50\ncare = 49.99\n")
