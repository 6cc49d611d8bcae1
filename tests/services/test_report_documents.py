"""Dossiers of cohorts and sessions, and the loop of a standard."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certify.domain.inspection import InspectionResult
from certify.domain.person import CONSOLE
from certify.domain.registration import Cohort
from certify.domain.standard import Standard, StandardCategory, StandardVersion
from certify.errors import NotFound, NotPermitted
from certify.platform import Platform
from certify.services.reporting.dossier import cohort_dossier, session_dossier
from certify.services.reporting.standard_loop import standard_loop
from tests.platforms import NOON, actor
from tests.services.report_rows import (
    TODAY,
    cohort,
    ids,
    inspection,
    notice,
    put,
)
from tests.services.report_training_rows import english, rows, training

MET, NOT_MET, NOT_JUDGED = InspectionResult


def test_the_dossier_of_a_cohort_holds_it_from_plan_to_who_must_repeat(platform: Platform) -> None:
    who = ids(platform)
    number = cohort(platform, {who["E1001"]: [True], who["E1002"]: [False], who["H0001"]: []})
    training(platform, cohort_id=number)
    found = cohort_dossier(platform, actor=actor(platform, "H0001"), cohort_id=number)
    text = english(found)
    assert "First attempts: 33.33 % (1 of 3)" in text
    assert "The target of 85 percent is not met" in text
    assert "Planned 2,000.00 yuan, actual 1,500.50 yuan, variance -499.50 yuan" in text
    assert rows(found, "sign-in-TS-1")[0]["hours"] == "2.00"
    assert rows(found, "agreements-TS-1")[0]["amount"] == "2,000.00"
    assert [(one["staff_no"], one["mark"]) for one in rows(found, "marks")] == [
        ("E1001", "90.00"),
        ("E1002", "60.00"),
        ("H0001", ""),
    ]
    assert {one["staff_no"] for one in rows(found, "repeat")} == {"E1002", "H0001"}
    assert rows(found, "agenda")


def test_a_supervisor_reads_a_dossier_with_the_own_reports_named(platform: Platform) -> None:
    who = ids(platform)
    number = cohort(platform, {who["E1001"]: [True], who["H0001"]: [False]})
    training(platform, cohort_id=number)
    found = cohort_dossier(platform, actor=actor(platform, "S0001"), cohort_id=number)
    assert [one["staff_no"] for one in rows(found, "marks")] == ["E1001"]
    assert rows(found, "repeat") == []
    assert rows(found, "agreements-TS-1")[0]["amount"] == "–"
    text = english(found)
    assert "Others, whom you may not see by name: 1" in text
    assert "人事" not in text
    with pytest.raises(NotPermitted):
        cohort_dossier(platform, actor=actor(platform, "E1001"), cohort_id=number)
    with pytest.raises(NotFound):
        cohort_dossier(platform, actor=CONSOLE, cohort_id=number + 1)


def test_the_dossier_of_a_session_has_its_assessment_or_its_exam(platform: Platform) -> None:
    training(platform)
    found = session_dossier(platform, actor=CONSOLE, code="TS-1")
    assert rows(found, "assessment")[0]["verdict"] == "passed"
    assert "Stands in no plan" in english(found)
    number = cohort(platform, {ids(platform)["E1001"]: [True]})
    training(platform, "TS-2", cohort_id=number)
    assert rows(session_dossier(platform, actor=CONSOLE, code="TS-2"), "marks")
    with pytest.raises(NotFound):
        session_dossier(platform, actor=CONSOLE, code="TS-3")


def test_a_standard_shows_its_loop(platform: Platform) -> None:
    standard = Standard(number="CS-001")
    put(platform, standard)
    put(
        platform,
        StandardVersion(
            standard_id=standard.id or 0,
            effective_from=date(2024, 1, 1),
            item={"zh": "响应", "en": "Response"},
            category=StandardCategory.PROCESS,
            content_hash="-",
            created_at=NOON,
        ),
        inspection(ids(platform)["E1001"], NOT_MET, standard="CS-001", sampled=20, passed=17),
        notice(platform, ids(platform)["S0001"], TODAY - timedelta(days=1)),
    )
    found = standard_loop(platform, actor=actor(platform, "S0001"), number="CS-001")
    text = english(found)
    assert "CS-001 “Response”: in force" in text
    assert "Inspections 1: met 0, not met 1" in text
    assert "attainment rate 0.00 %, execution rate 85.00 %" in text
    assert [one["state"] for one in rows(found, "notices")] == ["overdue"]
    with pytest.raises(NotPermitted):
        standard_loop(platform, actor=actor(platform, "E1001"), number="CS-001")
    with pytest.raises(NotFound):
        standard_loop(platform, actor=CONSOLE, number="CS-009")


def test_a_window_that_is_open_leaves_the_rate_open(sqlite_platform: Platform) -> None:
    number = cohort(sqlite_platform, {ids(sqlite_platform)["E1001"]: []}, over=False)
    text = english(cohort_dossier(sqlite_platform, actor=CONSOLE, cohort_id=number))
    assert "the rate is not final" in text
    put(sqlite_platform, Cohort(exam_id=1, title="无", created_at=datetime(2024, 3, 1, tzinfo=UTC)))
    bare = english(cohort_dossier(sqlite_platform, actor=CONSOLE, cohort_id=number + 1))
    assert "Without window" in bare
    assert "Nobody is registered." in bare
