"""Steps of an evaluation for tests: open it, rate, measure, bring in answers, close it."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from certify.clock import SetClock
from certify.domain.evaluation import PeriodKind, PeriodState, RaterType
from certify.domain.person import Actor, Person, Role, RoleGrant
from certify.platform import Platform
from certify.services.evaluation import (
    closing,
    customer_import,
    measuring,
    periods,
    rating,
    views,
)
from certify.services.evaluation.views import ResultView
from certify.storage import people
from tests.platforms import actor

JULY = datetime(2024, 7, 1, 4, 0, tzinfo=UTC)
"""The day after the second quarter."""
Q2 = "2024-Q2"
INDICATORS = (
    "response-time",
    "repair-request-timely",
    "visit-completion",
    "complaint-satisfaction",
    "report-on-time",
    "customer-data",
    "other-duties",
)


def hr(platform: Platform) -> Actor:
    """Of the evaluation group."""
    return actor(platform, "H0001")


def hire(
    platform: Platform,
    *numbers: str,
    supervisor: str | None = "S0001",
    post: str = "agent",
    hired_on: date = date(2024, 3, 4),
    roles: Sequence[Role] = (),
) -> None:
    """Employ people in the department of the others."""
    with platform.database.write() as session:
        model = people.by_staff_no(session, "E1001")
        above = people.by_staff_no(session, supervisor) if supervisor else None
        posts = {one.code: one.id for one in people.posts(session)}
        assert model is not None
        for number in numbers:
            person = Person(
                staff_no=number,
                name=f"员工{number}",
                department_id=model.department_id,
                post_id=posts[post] or 0,
                supervisor_id=above.id if above else None,
                hired_on=hired_on,
            )
            session.add(person)
            session.flush()
            session.add_all(
                RoleGrant(person_id=person.id or 0, role=one) for one in (Role.LEARNER, *roles)
            )


def open_quarter(platform: Platform, clock: SetClock) -> None:
    """Open the second quarter of 2024, on the day after it."""
    clock.set(JULY)
    periods.open_period(platform, actor=hr(platform), kind=PeriodKind.QUARTER, code=Q2)


def to_scoring(platform: Platform, period: str = Q2) -> None:
    periods.move(platform, actor=hr(platform), period=period, to=PeriodState.SCORING)


def to_review(platform: Platform, period: str = Q2) -> None:
    periods.move(platform, actor=hr(platform), period=period, to=PeriodState.REVIEW)


def close(platform: Platform, period: str = Q2) -> closing.Closed:
    """Take a period that is being scored to its end."""
    to_review(platform, period)
    return closing.close(platform, actor=hr(platform), period=period)


def rate(
    platform: Platform, rater: str, ratee: str, score: str, as_: RaterType | None = None
) -> None:
    rating.rate(
        platform,
        actor=actor(platform, rater),
        period=Q2,
        staff_no=ratee,
        score=score,
        rater_type=as_,
    )


def measure(platform: Platform, staff_no: str, score: str, period: str = Q2) -> None:
    """Let the measured score of somebody be exactly this: all but one are not applicable."""
    for indicator in INDICATORS:
        measuring.set_value(
            platform,
            actor=hr(platform),
            period=period,
            staff_no=staff_no,
            indicator=indicator,
            value=score if indicator == "customer-data" else None,
        )


def answer(platform: Platform, folder: Path, staff_no: str, scores: Iterable[str]) -> None:
    """Bring in customers' answers about somebody."""
    rows = [(staff_no, f"{staff_no}-{place}", score) for place, score in enumerate(scores, start=1)]
    path = table(folder / f"answers-{staff_no}.csv", ("工号", "答卷编号", "评分"), rows)
    report = customer_import.import_customers(
        platform, actor=hr(platform), period=Q2, path=path, apply=True
    )
    assert report.applied, report.rejections


def table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A CSV file as a spreadsheet in China writes it."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def explained(platform: Platform, staff_no: str, period: str = Q2) -> ResultView:
    """What somebody's period came to, as the evaluation group sees it."""
    return views.result(platform, actor=hr(platform), period=period, staff_no=staff_no)


def result(platform: Platform, staff_no: str, period: str = Q2) -> ResultView:
    """What somebody's period came to, as the evaluation group sees it."""
    return views.result(platform, actor=hr(platform), period=period, staff_no=staff_no)
