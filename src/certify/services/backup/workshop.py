"""A folder in which a backup is made or unpacked, beside where the result goes."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from certify.errors import BadInput
from certify.i18n import _

PREFIX = ".certify-backup-"
FORGOTTEN = timedelta(days=1)
"""After this a workshop is one that somebody killed."""


def workshop_at_home(root: Path, now: datetime) -> AbstractContextManager[Path]:
    """The same in a home, which need not be there when the database lies elsewhere.

    Raises:
        BadInput: no folder can be made there.
    """
    with suppress(OSError):  # what is wrong, making the workshop says
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return workshop(root, now)


@contextmanager
def workshop(place: Path, now: datetime) -> Iterator[Path]:
    """A folder for its owner alone, gone afterwards; on the same disk, so that a rename moves.

    Raises:
        BadInput: no folder can be made there.
    """
    try:
        for old in place.glob(f"{PREFIX}*"):
            if old.is_dir() and old.stat().st_mtime < (now - FORGOTTEN).timestamp():
                shutil.rmtree(old, ignore_errors=True)
        folder = Path(mkdtemp(prefix=PREFIX, dir=place))
    except OSError as problem:
        raise BadInput(
            _("The file cannot be written: {reason}").format(reason=problem.strerror or problem),
            place=str(place),
            mend=_("Choose a folder that exists and that you may write to."),
        ) from problem
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
