"""The monthly training report: held, missing or not due, hours and cost (S1-TR-04, R-TRN-03)."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

from sqlmodel import Session

from certify.domain.attendance import Presence
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.scoring import cut
from certify.domain.training import SessionState
from certify.domain.training_calendar import MonthCheck, month_check
from certify.domain.training_cost import fen_text
from certify.i18n import N_
from certify.platform import Platform
from certify.services.reporting.days import begins, day_of, month
from certify.services.reporting.document import Document, Section
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.services.training.hours import attendance_of
from certify.services.training.words import KINDS, MONTHS, SESSION_STATES
from certify.storage import report_training
from certify.storage.report_training import Summed


def monthly(platform: Platform, *, actor: Actor, day: date | None = None) -> Document:
    """The training of the month of a day.

    Args:
        day: None for today.
    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_REPORTS)
    first, last = month(day or platform.today())
    start, end = begins(platform, first), begins(platform, last + timedelta(days=1))
    new_year = begins(platform, date(first.year, 1, 1))
    with platform.database.read() as session:
        held = report_training.held(session, start, end)
        checks = _checks(session, platform, held, first, last)
        hours, attended = _attendance(session, platform, held)
        planned, actual = report_training.costs(session, start, end)
        so_far = report_training.costs(session, new_year, end)
    facts: dict[str, object] = {
        "hours": cut(hours),
        "attended": attended,
        "planned": fen_text(planned),
        "actual": fen_text(actual),
        "variance": fen_text(actual - planned),
        "year_planned": fen_text(so_far[0]),
        "year_actual": fen_text(so_far[1]),
        "year_variance": fen_text(so_far[1] - so_far[0]),
    }
    cost = (
        Said(N_("Month: planned {planned}, actual {actual}, variance {variance} yuan"), facts),
        Said(
            N_(
                "Year so far: planned {year_planned}, actual {year_actual}, "
                "variance {year_variance} yuan"
            ),
            facts,
        ),
    )
    return Document(
        "monthly",
        Said(N_("Training in {month}"), {"month": f"{first.year}-{first.month:02}"}),
        (
            _check_section(checks),
            _session_section(platform, held),
            Section(
                "hours",
                Said(N_("Hours of training")),
                (Said(N_("Attended {attended} times, {hours} hours of people in all"), facts),),
            ),
            Section("cost", Said(N_("Cost")), cost),
        ),
    )


def _checks(
    session: Session, platform: Platform, held: list[Summed], first: date, last: date
) -> list[MonthCheck]:
    done = Counter(
        one.session.kind
        for one in held
        if one.session.state in (SessionState.HELD, SessionState.CLOSED)
    )
    newcomers = report_training.hired(session, first, last)
    return [
        month_check(
            kind,
            first,
            done[kind],
            platform.today(),
            in_need=kind != "onboarding" or newcomers > 0,
        )
        for kind in platform.policy.training.monthly
    ]


def _check_section(checks: list[MonthCheck]) -> Section:
    return Section(
        "check",
        Said(N_("One session a month is expected of each kind in need")),
        (),
        {"kind": N_("Kind"), "held": N_("Sessions held"), "verdict": N_("Verdict")},
        tuple((label(KINDS, one.kind), one.held, label(MONTHS, one.verdict)) for one in checks),
    )


def _session_section(platform: Platform, held: list[Summed]) -> Section:
    rows = [
        (
            one.session.code,
            one.session.title,
            label(KINDS, one.session.kind),
            day_of(platform, one.session.starts_at),
            label(SESSION_STATES, one.session.state),
            f"{one.came}/{one.asked}",
        )
        for one in held
    ]
    return Section(
        "sessions",
        Said(N_("Sessions")),
        (),
        {
            "code": N_("Code"),
            "title": N_("Title"),
            "kind": N_("Kind"),
            "day": N_("Day"),
            "state": N_("State"),
            "came": N_("Came"),
        },
        tuple(rows),
        Said(N_("None.")),
    )


def _attendance(session: Session, platform: Platform, held: list[Summed]) -> tuple[Fraction, int]:
    """Hours of all people together, and how often somebody attended."""
    hours, attended = Fraction(0), 0
    for one in held:
        for came in report_training.attendees(session, one.session.id or 0):
            there = attendance_of(platform, one.session, came.attendee, platform.clock.now())
            hours += there.hours
            attended += there.presence is Presence.ATTENDED
    return hours, attended
