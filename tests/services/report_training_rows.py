"""A training session with attendance, and documents as tests read them."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from certify.domain.inspection import InspectionResult
from certify.domain.training import Attendee, SessionState, TrainingAgreement, TrainingSession
from certify.i18n import speaking
from certify.platform import Platform
from certify.services.reporting.document import Document, markdown, plain
from tests.platforms import NOON
from tests.services.report_rows import (
    ids,
    put,
)

MET, NOT_MET, NOT_JUDGED = InspectionResult


def english(document: Document) -> str:
    with speaking("en"):
        return "\n".join(markdown(document))


def rows(document: Document, section: str) -> list[dict[str, object]]:
    with speaking("en"):
        found: list[dict[str, object]] = plain(document)["sections"][section]["rows"]
    return found


def training(
    platform: Platform, code: str = "TS-1", *, cohort_id: int | None = None, **more: Any
) -> int:
    """A session of two hours this morning with E1001 there to its end and E1002 not."""
    start = NOON - timedelta(hours=3)
    facts: dict[str, Any] = {
        "kind": "in-service",
        "course": "sample",
        "planned_fen": 200_000,
        "actual_fen": 150_050,
        "state": SessionState.HELD,
        "funded": True,
    }
    one = TrainingSession(
        code=code,
        title="投诉处理",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        cohort_id=cohort_id,
        recorded_by=1,
        at=NOON,
        **facts | more,
    )
    put(platform, one)
    who = ids(platform)
    put(
        platform,
        Attendee(
            session_id=one.id or 0,
            person_id=who["E1001"],
            in_at=start,
            out_at=start + timedelta(hours=2),
            mark=Fraction(90),
            passed=True,
        ),
        Attendee(session_id=one.id or 0, person_id=who["H0001"]),
        TrainingAgreement(
            number=f"TA-{code}",
            session_id=one.id or 0,
            person_id=who["E1001"],
            signed_at=start,
            amount_fen=200_000,
            recorded_by=1,
            at=NOON,
        ),
    )
    return one.id or 0
