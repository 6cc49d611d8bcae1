"""The forms of inspection: register, report, notices, anomaly forms (S3-QI-02, -10, S3-QM-07)."""

from datetime import date

from certify.domain.permission import Action
from certify.domain.person import Actor
from certify.i18n import N_
from certify.platform import Platform
from certify.services.forms.form import Form, Table, Wanted
from certify.services.inspection import anomalies, notices, register, results, sheets
from certify.services.inspection.register import YEAR, RegisterFilter


def _days(platform: Platform, wanted: Wanted) -> tuple[date, date]:
    """The days wanted: a year up to today where nothing else is said."""
    last = wanted.last or platform.today()
    return wanted.first or last - YEAR, last


def _register(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    first, last = _days(platform, wanted)
    chosen = RegisterFilter(first=first, last=last, department=wanted.department)
    found = register.register(platform, actor=actor, wanted=chosen)
    words = {"first": first.isoformat(), "last": last.isoformat()}
    return Table(*sheets.register_table(found), words=words)


def _report(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    first, last = _days(platform, wanted)
    found = results.report(platform, actor=actor, first=first, last=last)
    words = {"first": first.isoformat(), "last": last.isoformat()}
    return Table(*sheets.report_table(found), words=words)


def _notices(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    if wanted.number:
        found = [notices.show(platform, actor=actor, number=wanted.number)]
    else:
        found = notices.notices(platform, actor=actor)
    return Table(*sheets.notice_table(found))


def _anomalies(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    if wanted.number:
        found = [anomalies.show(platform, actor=actor, number=wanted.number)]
    else:
        found = anomalies.forms(platform, actor=actor)
    return Table(*sheets.anomaly_table(found))


_SEEN = frozenset({Action.SEE_INSPECTIONS})

FORMS = (
    Form(
        "inspection-register",
        N_("Inspection register"),
        _register,
        _SEEN,
        takes=("first", "last", "department"),
    ),
    Form(
        "inspection-report",
        N_("Inspection report"),
        _report,
        _SEEN,
        takes=("first", "last"),
        is_personal=False,
    ),
    Form(
        "rectification-notice",
        N_("Rectification notice"),
        _notices,
        _SEEN,
        takes=("number",),
    ),
    Form(
        "anomaly-form",
        N_("Anomaly handling form"),
        _anomalies,
        _SEEN | {Action.INSTRUCT_ANOMALY},
        takes=("number",),
    ),
)
