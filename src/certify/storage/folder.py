"""What is wrong with the place where a database file should lie, in the words of its user."""

import os
import tempfile
from pathlib import Path

from certify.errors import HomeUnusable
from certify.i18n import _


def check(database: Path) -> None:
    """Refuse a place where the database file cannot be written; nothing is made.

    Raises:
        HomeUnusable: it is a file where a folder should be, cannot be made, or can only be read.
    """
    folder = database.parent
    standing = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    if not standing.is_dir():
        raise HomeUnusable(
            _("This is a file, not a folder."),
            place=str(standing),
            mend=_("Name a folder with --home."),
        )
    if standing != folder:
        if not os.access(standing, os.W_OK | os.X_OK):
            raise HomeUnusable(
                _("This folder does not exist, and {parent} can only be read.").format(
                    parent=standing
                ),
                place=str(folder),
                mend=_mend(),
            )
        return
    if not os.access(folder, os.R_OK | os.X_OK):
        raise HomeUnusable(
            _("You may not look into this folder."),
            place=str(folder),
            mend=_mend(),
        )
    if database.is_dir():
        raise HomeUnusable(
            _("This is a folder; the file of the database should be here."),
            place=str(database),
            mend=_("Move it away, or choose another --home."),
        )
    if not os.access(folder, os.W_OK):
        raise only_readable(folder)
    for path in (database, *(Path(f"{database}{end}") for end in ("-wal", "-shm"))):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            raise HomeUnusable(_("You may not write this file."), place=str(path), mend=_mend())


def check_can_be(database: Path) -> None:
    """The same, and try whether a folder that is not there could be made.

    Raises:
        HomeUnusable: there can be no database here.
    """
    check(database)
    folder = database.parent
    if not folder.exists():
        standing = next(path for path in folder.parents if path.exists())
        try:
            Path(tempfile.mkdtemp(dir=standing)).rmdir()
        except OSError as problem:
            raise unmakeable(folder, problem.strerror or str(problem)) from problem


def unmakeable(folder: Path, reason: str) -> HomeUnusable:
    """There is no such folder and it cannot be made."""
    return HomeUnusable(
        _("This folder does not exist and cannot be made ({reason}).").format(reason=reason),
        place=str(folder),
        mend=_mend(),
    )


def only_readable(folder: Path, detail: str = "") -> HomeUnusable:
    """Nothing can be written into the folder."""
    message = _("The folder can only be read.")
    if detail:
        message = _("The folder can only be read ({reason}).").format(reason=detail)
    return HomeUnusable(message, place=str(folder), mend=_mend())


def _mend() -> str:
    return _("Choose another --home, or get the right to write there.")
