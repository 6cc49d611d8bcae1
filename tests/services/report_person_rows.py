"""A person who lived through everything that a timeline tells."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlmodel import select

from certify.domain.case_story import CaseStory
from certify.domain.certificate import Certificate
from certify.domain.evaluation import (
    Appeal,
    CoachingPlan,
    ConsequenceState,
    Evaluation,
    ProposedConsequence,
    RaterType,
    Rating,
)
from certify.domain.field_practice import FieldPracticeSignOff, PhaseExemption
from certify.domain.grade import Grade
from certify.domain.inspection import AnomalyForm, InspectionResult
from certify.domain.person import Guidance
from certify.domain.placement import Absence, OnboardingRefusal, Placement, TrainingOwner
from certify.domain.qualification import OutsideCertificate, Panel
from certify.domain.standard import Standard, StandardCategory, StandardVersion
from certify.domain.standard_change import DeltaTraining
from certify.domain.training import (
    Attendee,
    SessionState,
    TrainingAgreement,
    TrainingSession,
)
from certify.platform import Platform
from tests.platforms import NOON
from tests.services.report_rows import (
    ACTIVE,
    SUSPENDED,
    TODAY,
    department,
    ids,
    inspection,
    notice,
    period,
    put,
    qualify,
)


def live_through_everything(platform: Platform) -> None:
    """E1001 with something of every kind."""
    who = ids(platform)
    one, boss = who["E1001"], who["S0001"]
    home = department(platform)
    for day, supervisor in ((TODAY, boss), (TODAY + timedelta(days=30), who["H0001"])):
        put(
            platform,
            Placement(
                person_id=one,
                from_day=day,
                name="王小兰",
                department_id=home,
                post_id=1,
                supervisor_id=supervisor,
                at=NOON,
            ),
        )
    put(
        platform,
        Absence(
            person_id=one, from_day=TODAY, to_day=TODAY, reason="急性肠胃炎", recorded_by=1, at=NOON
        ),
        TrainingOwner(person_id=one, owner_id=boss, from_day=TODAY, assigned_by=1, at=NOON),
        OnboardingRefusal(person_id=one, reason="家中有事", at=NOON, accepted=False),
        PhaseExemption(person_id=one, phase="department", reason="rehired", at=NOON),
        Guidance(person_id=one, guide_id=boss, from_day=TODAY),
        FieldPracticeSignOff(person_id=one, guide_id=boss, at=NOON, entries=10, days=5, note="稳"),
        OutsideCertificate(
            person_id=one, title="电工证", issuer="应急局", issued_on=TODAY, recorded_by=1, at=NOON
        ),
        Panel(person_id=one, level="L3", day=TODAY, recorded_by=1, at=NOON),
        CaseStory(code="CASE-1", title="一", body="-", author_id=one, written_at=NOON),
        CaseStory(
            code="CASE-2", title="二", body="-", author_id=one, written_at=NOON, published_at=NOON
        ),
        inspection(one, InspectionResult.NOT_MET, finding="未佩戴工牌"),
        notice(platform, one, TODAY),
        AnomalyForm(
            number="AF-1",
            day=TODAY,
            department_id=home,
            person_id=one,
            what="错发配件",
            cause="-",
            process="-",
            countermeasure="-",
            opened_by=1,
            opened_at=NOON,
        ),
    )
    held = qualify(platform, one, date(2025, 3, 4), (ACTIVE, date(2024, 3, 4)), (SUSPENDED, TODAY))
    put(platform, Certificate(number="PQ-2024-000001-8", qualification_id=held, issued_at=NOON))
    _evaluated(platform, one, boss)
    _trained(platform, one)


def _evaluated(platform: Platform, one: int, boss: int) -> None:
    quarter = period(platform, {one: Grade.UNQUALIFIED})
    with platform.database.read() as session:
        evaluation = session.exec(select(Evaluation)).one().id or 0
    rating: dict[str, Any] = {
        "period_id": quarter,
        "person_id": one,
        "rater_id": boss,
        "given_at": NOON,
    }
    put(
        platform,
        Rating(rater_type=RaterType.SUPERVISOR, score=Fraction(37), comment="粗心", **rating),
        Appeal(
            evaluation_id=evaluation,
            person_id=one,
            reason="数据有误",
            at=NOON,
            upheld=False,
            decision="数据无误",
        ),
        CoachingPlan(
            person_id=one, evaluation_id=evaluation, due_on=TODAY, written_by=boss, written_at=NOON
        ),
    )
    confirmed, declined = ConsequenceState.CONFIRMED, ConsequenceState.DECLINED
    for kind, state, facts in (
        ("bonus", confirmed, {"factor": "0.7"}),
        ("warning", confirmed, {}),
        ("transfer-or-level-down", declined, {}),
    ):
        put(
            platform,
            ProposedConsequence(
                evaluation_id=evaluation,
                person_id=one,
                kind=kind,
                facts=facts,
                state=state,
                decided_at=NOON,
            ),
        )


def _trained(platform: Platform, one: int) -> None:
    start = NOON - timedelta(hours=8)
    training = TrainingSession(
        code="TS-1",
        title="投诉处理",
        kind="in-service",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        state=SessionState.CLOSED,
        recorded_by=1,
        at=NOON,
    )
    put(platform, training)
    standard = Standard(number="CS-001")
    put(platform, standard)
    version = StandardVersion(
        standard_id=standard.id or 0,
        effective_from=TODAY,
        item={"zh": "响应"},
        category=StandardCategory.PROCESS,
        content_hash="-",
        created_at=NOON,
    )
    put(platform, version)
    put(
        platform,
        Attendee(
            session_id=training.id or 0,
            person_id=one,
            in_at=start,
            out_at=start + timedelta(minutes=100),
            mark=Fraction(88),
        ),
        TrainingAgreement(
            number="TA-1",
            session_id=training.id or 0,
            person_id=one,
            signed_at=start,
            amount_fen=200_000,
            recorded_by=1,
            at=NOON,
        ),
        DeltaTraining(
            version_id=version.id or 0,
            person_id=one,
            assigned_at=NOON,
            due_on=TODAY,
            passed_at=NOON,
        ),
    )
