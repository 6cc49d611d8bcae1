"""What inspections, notices and forms are called, and what people are told of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from certify.domain.checklist import Mark, Scope
from certify.domain.inspection import InspectionResult
from certify.domain.rate_check import rate
from certify.domain.scoring import cut
from certify.i18n import N_, _, _n, pick

RESULTS = {
    InspectionResult.MET: N_("Met"),
    InspectionResult.NOT_MET: N_("Not met"),
    InspectionResult.NOT_JUDGED: N_("Not judged"),
}
SCOPES = {
    Scope.RULES: N_("rules"),
    Scope.PROCESS: N_("service process"),
    Scope.SAFETY_HYGIENE: N_("safety and hygiene"),
    Scope.OTHER: N_("anything else that affects quality"),
}
MARKS = {
    Mark.OK: N_("fine"),
    Mark.FAULT: N_("fault"),
    Mark.NOT_SEEN: N_("not seen"),
}
MESSAGES = {
    "inspected": N_("You were inspected on {day}: {result} ({number}). {what}"),
    "major-problem": N_("A major problem was found on {day}: {finding} ({number})."),
    "skill-decided": N_("It was decided how often you are inspected: {decision}. {reason}"),
    "notice-issued": N_("Rectification notice {number}, due {due}: {problem}"),
    "notice-answered": N_("Rectification notice {number} was answered: {text}"),
    "notice-done": N_("Rectification notice {number} is done and waits for verification."),
    "notice-failed": N_("The verification of {number} failed: {text} It is due again {due}."),
    "notice-verified": N_("Rectification notice {number} is verified."),
    "notice-closed": N_("Rectification notice {number} is closed."),
    "anomaly-opened": N_("Anomaly form {number} waits for an instruction: {what}"),
    "anomaly-instructed": N_("Anomaly form {number} waits for your countersignature: {what}"),
    "anomaly-countersigned": N_("Anomaly form {number} is countersigned and waits for a recheck."),
    "anomaly-failed": N_("The recheck of anomaly form {number} failed: {text}"),
    "anomaly-closed": N_("Anomaly form {number} is closed."),
}
"""By kind of message what it says; its facts fill the places."""
FREQUENCIES = {True: N_("normal frequency"), False: N_("weekly")}


def message_text(kind: str, facts: Mapping[str, Any]) -> str:
    """A message of this subject in words; empty when it is of another one."""
    if kind not in MESSAGES:
        return ""
    said = dict(facts)
    if kind == "inspected":
        said["result"] = _(RESULTS[InspectionResult(facts["result"])])
        faults = [facts["finding"], *(pick(text) for text in facts["faults"])]
        said["what"] = _("; ").join(filter(None, faults))
    if kind == "skill-decided":
        said["decision"] = _(FREQUENCIES[bool(facts["skilled"])])
    return _(MESSAGES[kind]).format(**said).strip()


def rate_text(sampled: int | None, passed: int | None) -> str:
    """A sample such as “19/20 = 95.00 %”, cut downwards; empty where there is none."""
    if sampled is None:
        return ""
    found = rate(sampled, passed)
    share = "–" if found is None else f"{cut(found)} %"
    return f"{passed}/{sampled} = {share}"


def days_left(due_on: date, today: date) -> str:
    """How long a deadline is away, in words."""
    days = (due_on - today).days
    if days < 0:
        text = _n("{count} day overdue", "{count} days overdue", -days)
        return text.format(count=-days)
    if days == 0:
        return _("due today")
    return _n("{count} day left", "{count} days left", days).format(count=days)
