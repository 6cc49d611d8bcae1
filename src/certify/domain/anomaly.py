"""The path of an anomaly form, on which no step may be skipped (R-INS-07, S3-QM-07)."""

from collections.abc import Collection
from enum import StrEnum

from certify.domain.inspection import AnomalyState
from certify.errors import Refused
from certify.i18n import N_, _


class AnomalyAction(StrEnum):
    """What may be done to a form, each in its own state alone."""

    INSTRUCT = "instruct"
    COUNTERSIGN = "countersign"
    RECHECK = "recheck"


FROM = {
    AnomalyAction.INSTRUCT: AnomalyState.OPENED,
    AnomalyAction.COUNTERSIGN: AnomalyState.INSTRUCTED,
    AnomalyAction.RECHECK: AnomalyState.COUNTERSIGNED,
}
"""The state in which an action is the next one."""
STATES = {
    AnomalyState.OPENED: N_("opened"),
    AnomalyState.INSTRUCTED: N_("instructed"),
    AnomalyState.COUNTERSIGNED: N_("countersigned"),
    AnomalyState.CLOSED: N_("closed"),
}
NEXT = {
    AnomalyState.OPENED: N_(
        "The manager gives the instruction and names the departments that countersign."
    ),
    AnomalyState.INSTRUCTED: N_("Each department that was named countersigns."),
    AnomalyState.COUNTERSIGNED: N_("Somebody who did not open it rechecks."),
    AnomalyState.CLOSED: N_("Nothing is left to do."),
}
"""What comes next, and who does it."""


def after(
    state: AnomalyState,
    action: AnomalyAction,
    *,
    unsigned: Collection[int] = (),
    passed: bool = True,
) -> AnomalyState:
    """The state after an action; a failed recheck goes back to the instruction.

    Args:
        unsigned: departments that have still to sign after a countersignature.
        passed: of a recheck.
    Raises:
        Refused: it is not the next step.
    """
    if FROM[action] is not state:
        raise Refused(
            _("This form is “{state}”; that is not its next step.").format(state=_(STATES[state])),
            mend=_(NEXT[state]),
        )
    if action is AnomalyAction.INSTRUCT:
        return AnomalyState.INSTRUCTED
    if action is AnomalyAction.COUNTERSIGN:
        return AnomalyState.INSTRUCTED if unsigned else AnomalyState.COUNTERSIGNED
    return AnomalyState.CLOSED if passed else AnomalyState.OPENED
