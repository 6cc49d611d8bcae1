"""The reports of day, week, month and quarter (R-SUP-01)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from certify.clock import SetClock
from certify.domain.evaluation import EvaluationEvidence
from certify.domain.grade import Grade
from certify.domain.inspection import AnomalyForm, InspectionResult
from certify.domain.person import CONSOLE
from certify.domain.quality import Survey
from certify.domain.training import SessionState
from certify.errors import NotPermitted
from certify.i18n import speaking
from certify.platform import Platform
from certify.services.reporting import goals
from certify.services.reporting.daily import daily
from certify.services.reporting.document import Document, markdown
from certify.services.reporting.monthly import monthly
from certify.services.reporting.quarterly import quarterly
from certify.services.reporting.weekly import weekly
from tests.platforms import NOON, actor
from tests.services.report_rows import (
    TODAY,
    department,
    ids,
    inspection,
    notice,
    period,
    put,
)
from tests.services.report_training_rows import english, rows, training

MET, NOT_MET, NOT_JUDGED = InspectionResult


def test_the_daily_report_names_what_went_wrong_and_what_is_overdue(platform: Platform) -> None:
    who = ids(platform)
    put(
        platform,
        inspection(who["E1001"], NOT_MET, finding="声音太小", standard="CS-001"),
        inspection(who["E1002"], MET, number="IN-2024-000002"),
        notice(platform, who["S0001"], TODAY - timedelta(days=2)),
        notice(platform, who["S0001"], TODAY, "RN-2024-000002"),
        AnomalyForm(
            number="AF-1",
            day=TODAY - timedelta(days=1),
            department_id=department(platform),
            what="错发配件",
            cause="标签相似",
            process="-",
            countermeasure="换标签",
            opened_by=1,
            opened_at=NOON,
        ),
    )
    found = daily(platform, actor=CONSOLE)
    assert "Inspections 2, target not met 1" in english(found)
    assert [one["number"] for one in rows(found, "inspections")] == ["IN-2024-000001"]
    assert [one["number"] for one in rows(found, "anomalies")] == ["AF-1"]
    (late,) = rows(found, "overdue")
    assert (late["number"], late["days_over"]) == ("RN-2024-000001", 2)
    named = {
        reader: rows(daily(platform, actor=actor(platform, reader)), "inspections")[0]["who"]
        for reader in ("H0001", "S0001")
    }
    assert named == {"H0001": "王小兰", "S0001": "王小兰"}
    before = daily(platform, actor=CONSOLE, day=TODAY - timedelta(days=3))
    assert rows(before, "overdue") == []


def test_the_weekly_bulletin_holds_monday_to_sunday(platform: Platform) -> None:
    who = ids(platform)["E1001"]
    for n, (day, result) in enumerate(
        ((TODAY, MET), (TODAY + timedelta(6), NOT_MET), (TODAY - timedelta(1), MET)), start=1
    ):
        more = {"sampled": 20, "passed": 19} if result is MET else {"sampled": 20, "passed": 10}
        put(platform, inspection(who, result, day, number=f"IN-2024-{n:06}", **more))
    text = english(weekly(platform, actor=CONSOLE))
    assert "Met 1, not met 1, not judged 0" in text
    assert "Attainment rate 50.00 %, execution rate 72.50 %" in text
    assert "Bulletin of 2024-03-04 to 2024-03-10" in text


def test_the_monthly_report_says_held_missing_or_not_due(
    platform: Platform, clock: SetClock
) -> None:
    training(platform)
    training(platform, "TS-2", state=SessionState.CANCELLED, actual_fen=30_000)
    found = monthly(platform, actor=CONSOLE)
    assert {one["kind"]: one["verdict"] for one in rows(found, "check")} == {
        "onboarding training": "to come",
        "in-service training": "held",
    }
    text = english(found)
    assert "Attended 2 times, 4.00 hours of people in all" in text
    assert "Month: planned 2,000.00, actual 1,800.50, variance -199.50 yuan" in text
    clock.advance(timedelta(days=60))
    march = monthly(platform, actor=CONSOLE, day=TODAY)
    april = monthly(platform, actor=CONSOLE, day=date(2024, 4, 1))
    assert [one["verdict"] for one in rows(march, "check")] == ["missing", "held"]
    assert [one["verdict"] for one in rows(april, "check")] == ["not due", "missing"]
    assert "Year so far: planned 2,000.00, actual 1,800.50" in english(april)


def survey(code: str, last_day: date, returned: int, attitude: str) -> Survey:
    return Survey(
        code=code,
        first_day=last_day,
        last_day=last_day,
        sent=100,
        returned=returned,
        topics={"attitude": attitude, "efficiency": "80", "effect": "80"},
        recorded_by=1,
        at=NOON,
    )


def test_the_quarterly_report_stands_beside_the_quarter_before(platform: Platform) -> None:
    who = ids(platform)["E1001"]
    then = date(2023, 11, 1)
    put(
        platform,
        inspection(who, NOT_MET, then, standard="CS-001", number="IN-2023-000001"),
        inspection(who, MET, standard="CS-001", sampled=20, passed=19),
        survey("old", then, 90, "90"),
        survey("new-1", TODAY, 80, "80"),
        survey("new-2", TODAY, 20, "90"),
        EvaluationEvidence(
            person_id=who,
            scheme="s",
            kind="complaint",
            reference="1",
            day=TODAY,
            what="CS-001 未做到",
            recorded_by=1,
            at=NOON,
        ),
    )
    period(platform, {who: Grade.GOOD})
    goals.seed(platform, actor=CONSOLE)
    goals.measure(platform, actor=CONSOLE, code="satisfaction", value="75", day=then)
    goals.measure(platform, actor=CONSOLE, code="satisfaction", value="80", day=TODAY)
    found = quarterly(platform, actor=CONSOLE)
    shown = {one["measure"]: one for one in rows(found, "measures")}
    assert shown["Attainment rate"]["before"] == "0"
    assert shown["Attainment rate"]["now"] == "1"
    assert shown["Attainment rate"]["way"] == "↑ better"
    assert shown["Survey return rate"]["way"] == "↓ worse"
    assert shown["Satisfaction: attitude"]["now"] == "82"
    assert shown["Complaints"]["way"] == "↓ worse"
    assert shown["Graded good or better"]["before"] == "1"
    assert shown["First-try pass rate"]["way"] == "– no comparison"
    (satisfaction, *_others) = rows(found, "goals")
    assert (satisfaction["progress_before"], satisfaction["progress"]) == ("1/4", "1/2")
    (standard,) = rows(found, "standards")
    assert (standard["number"], standard["execution"], standard["complaint"]) == (
        "CS-001",
        "19/20",
        "1/200",
    )
    text = english(found)
    assert "To improve: Complaint rate, Complaints, Survey return rate" in text
    assert "Quality report 2024, quarter 1" in text


@pytest.mark.parametrize("make", [daily, weekly, monthly, quarterly])
def test_reports_of_an_empty_company_are_whole_in_both_languages(
    sqlite_platform: Platform, make: Callable[..., Document]
) -> None:
    found = make(sqlite_platform, actor=actor(sqlite_platform, "H0001"))
    for language in ("zh", "en"):
        with speaking(language):
            lines = markdown(found)
        assert lines[0].startswith("# ")
        assert len([line for line in lines if line.startswith("## ")]) == len(found.sections)
        assert not any("{" in line for line in lines)
    with pytest.raises(NotPermitted):
        make(sqlite_platform, actor=actor(sqlite_platform, "E1001"))


def test_a_table_of_markdown_keeps_its_columns_whatever_a_cell_says(
    sqlite_platform: Platform,
) -> None:
    who = ids(sqlite_platform)["E1001"]
    put(sqlite_platform, inspection(who, NOT_MET, finding="a|b\n| c\x1b[2J"))
    text = english(daily(sqlite_platform, actor=CONSOLE))
    (line,) = [line for line in text.splitlines() if "IN-2024-000001" in line]
    assert line.replace("\\|", "").count("|") == 7
    assert "\x1b" not in text
