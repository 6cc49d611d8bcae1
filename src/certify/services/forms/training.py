"""The forms of training: sign-in sheet, assessment record, plans (S2-ST6-01, S3-TR-11, -12)."""

from certify.domain.exchange import Sheet
from certify.domain.permission import Action
from certify.domain.person import Actor
from certify.i18n import N_
from certify.platform import Platform
from certify.services.forms.form import Form, Table, Wanted
from certify.services.training import forms


def _table(sheet: Sheet) -> Table:
    return Table(sheet.columns, sheet.rows, about=sheet.header)


def _sign_in_sheet(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    return _table(forms.sign_in_sheet(platform, actor=actor, code=wanted.session))


def _assessment_record(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    return _table(forms.assessment_record(platform, actor=actor, code=wanted.session))


def _annual_plan(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    return _table(forms.annual_plan(platform, actor=actor, year=wanted.year or 0))


def _ad_hoc_plan(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    return _table(forms.ad_hoc_plan(platform, actor=actor, code=wanted.plan))


_RUN: frozenset[Action] = frozenset()
"""Who runs a session takes its sheets away, whatever their role: the sheets themselves ask."""
_PLANNED = frozenset({Action.PLAN_TRAINING})

FORMS = (
    Form(
        "sign-in-sheet",
        N_("Training sign-in sheet"),
        _sign_in_sheet,
        _RUN,
        takes=("session",),
        needs=("session",),
    ),
    Form(
        "assessment-record",
        N_("Assessment record"),
        _assessment_record,
        _RUN,
        takes=("session",),
        needs=("session",),
    ),
    Form(
        "annual-plan",
        N_("Annual in-service training plan"),
        _annual_plan,
        _PLANNED,
        takes=("year",),
        needs=("year",),
        is_personal=False,
    ),
    Form(
        "ad-hoc-plan",
        N_("Implementation plan"),
        _ad_hoc_plan,
        _PLANNED,
        takes=("plan",),
        needs=("plan",),
        is_personal=False,
    ),
)
