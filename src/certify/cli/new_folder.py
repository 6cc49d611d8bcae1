"""A folder that a command makes: never over something, and its troubles are named."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from certify.errors import BadInput, Refused
from certify.i18n import _


def refuse_taken(folder: Path) -> None:
    """Refuse a place where something stands; an empty folder may be filled.

    Raises:
        Refused
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            _("There is something already."),
            place=str(folder),
            mend=_("Name another folder, or move it away."),
        )


@contextmanager
def writing_into(folder: Path) -> Iterator[None]:
    """Name the folder when it cannot be written.

    Raises:
        BadInput
    """
    try:
        yield
    except OSError as problem:
        raise BadInput(
            _("The folder cannot be written: {reason}").format(reason=problem.strerror or problem),
            place=str(folder),
        ) from problem
