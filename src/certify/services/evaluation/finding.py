"""A period of evaluation by its code, to look at or to change."""

from sqlmodel import Session

from certify.domain.clean import clean_line
from certify.domain.evaluation import EvaluationPeriod
from certify.errors import NotFound
from certify.i18n import _
from certify.storage import evaluations


def period_of(session: Session, code: str) -> EvaluationPeriod:
    """A period by its code.

    Raises:
        NotFound
    """
    found = evaluations.by_code(session, code)
    if found is None:
        raise no_period(code)
    return found


def locked_period(session: Session, code: str, *, shared: bool = False) -> EvaluationPeriod:
    """A period whose state stays as it is until the transaction ends.

    Args:
        shared: whether others may hold it like this at the same time.
    Raises:
        NotFound
    """
    found = evaluations.locked(session, code, shared=shared)
    if found is None:
        raise no_period(code)
    return found


def no_period(code: str) -> NotFound:
    """That there is no such period."""
    return NotFound(
        _("There is no evaluation period “{period}”.").format(period=clean_line(code)),
        mend=_("“certify evaluation list” shows all of them."),
    )
