"""The forms of training as tables that any writer of lists can take (R-FRM-01, S2-ST6-01).

Each is a `Sheet`: its header says what it is about, its rows are text in the order of its columns.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from certify.domain.exchange import Column, Sheet
from certify.domain.person import Actor
from certify.domain.scoring import cut, points_text
from certify.domain.training_cost import fen_text
from certify.errors import NotPermitted
from certify.i18n import _
from certify.platform import Platform
from certify.services.training import plan_views, sessions, words
from certify.services.training.plan_views import Review
from certify.services.training.session_views import AttendeeView, SessionView
from certify.services.windows import moment_text


def sign_in_sheet(platform: Platform, *, actor: Actor, code: str) -> Sheet:
    """《培训签到表》 of a session.

    Raises:
        NotPermitted: the actor does not run it.
        NotFound
    """
    one = _run(platform, actor, code)
    columns = {
        "who": _("Staff no."),
        "name": _("Name"),
        "in": _("In"),
        "out": _("Out"),
        "share": _("Present %"),
        "presence": _("Presence"),
        "late": _("Late (min)"),
        "noted_by": _("Noted by"),
        "excused": _("Excuse"),
    }
    rows = tuple(
        (
            line.who,
            line.name,
            _moment(platform, line.in_at),
            _moment(platform, line.out_at),
            cut(line.attendance.share * 100) if line.out_at else "",
            _(words.PRESENCES[line.attendance.presence]),
            str(minutes_late(line)) if line.attendance.is_late else "",
            line.confirmed_by or line.signed_by,
            line.excused,
        )
        for line in one.attendees
    )
    return Sheet(_("Training sign-in sheet"), _about(platform, one), _columns(columns), rows)


def assessment_record(platform: Platform, *, actor: Actor, code: str) -> Sheet:
    """《考核记录表》 of a session.

    Raises:
        NotPermitted: the actor does not run it.
        NotFound
    """
    one = _run(platform, actor, code)
    columns = {
        "who": _("Staff no."),
        "name": _("Name"),
        "presence": _("Presence"),
        "mark": _("Mark"),
        "result": _("Result"),
        "assessed_by": _("Assessed by"),
        "remark": _("Remark"),
    }
    rows = tuple(
        (
            line.who,
            line.name,
            _(words.PRESENCES[line.attendance.presence]),
            line.mark,
            result(line),
            line.assessed_by,
            line.remark or line.excused,
        )
        for line in one.attendees
    )
    return Sheet(_("Assessment record"), _about(platform, one), _columns(columns), rows)


def annual_plan(platform: Platform, *, actor: Actor, year: int) -> Sheet:
    """《在职培训计划表》 of a year; what it exports, its import takes back.

    Raises:
        NotPermitted, NotFound
    """
    plan = plan_views.annual_plan(platform, actor=actor, year=year)
    columns = {
        "month": _("Month"),
        "kind": _("Kind"),
        "title": _("Title"),
        "course": _("Course"),
        "mode": _("Mode"),
        "hours": _("Hours"),
        "audience": _("Audience"),
        "trainer": _("Trainer"),
        "planned": _("Planned cost"),
    }
    rows = tuple(
        (
            str(line.month),
            _(words.KINDS[line.kind]),
            line.title,
            line.course,
            _(words.MODES[line.mode]),
            "" if line.hours is None else points_text(line.hours),
            line.audience,
            line.trainer,
            fen_text(line.planned_fen),
        )
        for line in plan.lines
    )
    header = [
        ("year", _("Year"), str(plan.year)),
        *_reviewed(plan.review),
        ("planned", _("Planned cost"), fen_text(plan.planned_fen)),
    ]
    return Sheet(_("Annual in-service training plan"), header, _columns(columns), rows)


def ad_hoc_plan(platform: Platform, *, actor: Actor, code: str) -> Sheet:
    """《在职培训实施计划表》 of one training outside the annual plan.

    Raises:
        NotPermitted, NotFound
    """
    plan = plan_views.ad_hoc_plan(platform, actor=actor, code=code)
    said = (
        ("code", _("Code"), plan.code),
        ("title", _("Title"), plan.title),
        ("occasion", _("Occasion"), plan.occasion),
        ("kind", _("Kind"), _(words.KINDS[plan.kind])),
        ("course", _("Course"), plan.course),
        ("mode", _("Mode"), _(words.MODES[plan.mode])),
        ("first_day", _("First day"), plan.first_day.isoformat()),
        ("last_day", _("Last day"), plan.last_day.isoformat()),
        ("hours", _("Hours"), "" if plan.hours is None else points_text(plan.hours)),
        ("audience", _("Audience"), plan.audience),
        ("trainer", _("Trainer"), plan.trainer),
        ("planned", _("Planned cost"), fen_text(plan.planned_fen)),
    )
    columns = _columns({key: label for key, label, _value in said})
    rows = (tuple(value for _key, _label, value in said),)
    return Sheet(_("Implementation plan"), _reviewed(plan.review), columns, rows)


def result(line: AttendeeView) -> str:
    """How somebody did, in words; empty while nothing is known."""
    if line.passed is None:
        return ""
    return _("passed") if line.passed else _("not passed")


def minutes_late(line: AttendeeView) -> int:
    """How late somebody came, in whole minutes."""
    return int(line.attendance.late_by)


def _columns(headings: Mapping[str, str]) -> list[Column]:
    return [Column(key, heading) for key, heading in headings.items()]


def _run(platform: Platform, actor: Actor, code: str) -> SessionView:
    one = sessions.one(platform, actor=actor, code=code)
    if not one.may_run:
        raise NotPermitted(_("You do not run this session."))
    return one


def _about(platform: Platform, one: SessionView) -> Sequence[tuple[str, str, str]]:
    times = f"{moment_text(platform, one.starts_at)} – {moment_text(platform, one.ends_at)}"
    return [
        ("session", _("Session"), one.code),
        ("title", _("Title"), one.title),
        ("kind", _("Kind"), _(words.KINDS[one.kind])),
        ("time", _("Time"), times),
        ("place", _("Place"), one.place),
        ("trainer", _("Trainer"), one.trainer),
        ("state", _("State"), _(words.SESSION_STATES[one.state])),
    ]


def _reviewed(review: Review) -> list[tuple[str, str, str]]:
    return [
        ("state", _("State"), _(words.PLAN_STATES[review.state])),
        ("drafted", _("Drafted"), _by(review.drafted_by, review.drafted_on)),
        ("submitted", _("Submitted"), _by(review.submitted_by, review.submitted_on)),
        ("decided", _("Reviewed by HR"), _by(review.decided_by, review.decided_on)),
        ("remark", _("Remark"), review.remark),
    ]


def _by(name: str, day: date | None) -> str:
    return "" if day is None else f"{name} {day.isoformat()}".strip()


def _moment(platform: Platform, moment: datetime | None) -> str:
    return "" if moment is None else moment_text(platform, moment)
