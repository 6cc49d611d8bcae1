"""How results, notices and forms look in a list: always a sign and a word."""

from textual.content import Content

from certify.domain import anomaly, rectification
from certify.domain.checklist import Mark
from certify.domain.inspection import AnomalyState, InspectionResult, NoticeState
from certify.i18n import _
from certify.services.inspection.anomalies import AnomalyView
from certify.services.inspection.notices import NoticeView
from certify.services.inspection.register import InspectionView
from certify.services.inspection.words import MARKS, RESULTS
from certify.tui.signs import signed

_RESULTS = {
    InspectionResult.MET: ("✓", "$success"),
    InspectionResult.NOT_MET: ("✗", "$error"),
    InspectionResult.NOT_JUDGED: ("–", "$foreground 70%"),
}
_MARKS = {
    Mark.OK: ("✓", "$success"),
    Mark.FAULT: ("✗", "$error"),
    Mark.NOT_SEEN: ("–", "$foreground 70%"),
}


def result(one: InspectionView) -> Content:
    """What a check came to, and whether the problem was a major one."""
    sign, style = _RESULTS[one.result]
    text = _(RESULTS[one.result])
    if one.is_major:
        return signed("!", _("{result}, major").format(result=text), "$error")
    return signed(sign, text, style)


def mark(found: Mark) -> Content:
    """What was seen of a point."""
    sign, style = _MARKS[found]
    return signed(sign, _(MARKS[found]), style)


def notice_state(one: NoticeView) -> Content:
    """How a notice stands."""
    text = _(rectification.STATES[one.state])
    if one.is_overdue:
        return signed("!", _("{state}, overdue").format(state=text), "$error")
    if one.state is NoticeState.CLOSED:
        return signed("✓", text, "$success")
    return signed("◐" if one.may_act else "○", text, "$accent" if one.may_act else "")


def anomaly_state(one: AnomalyView) -> Content:
    """How a form stands."""
    text = _(anomaly.STATES[one.state])
    if one.state is AnomalyState.CLOSED:
        return signed("✓", text, "$success")
    return signed("◐" if one.may_act else "○", text, "$accent" if one.may_act else "")
