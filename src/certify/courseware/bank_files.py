"""Writes several files of a course, all of them or none, whatever ends the process in between.

The new files are written beside the old ones and flushed; then a journal names them, and from that
moment on they count: whoever comes next finishes what a kill left undone. Without the journal
they never were.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from certify.errors import BadInput, Refused
from certify.i18n import _

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

PLACE = ".certify-import"
"""Folder within the course; what begins with a dot is no part of it."""
JOURNAL = "journal.json"


def digest(data: bytes) -> str:
    """The hash by which a file is known to be unchanged."""
    return hashlib.sha256(data).hexdigest()


def write(folder: Path, files: Mapping[str, bytes], before: Mapping[str, str]) -> None:
    """Write files of a course folder, all or none.

    Args:
        files: by their place in the folder, with `/`.
        before: hashes of those that are there already and may be replaced.
    Raises:
        Refused: a file is not what it was, or another process writes into the course.
        BadInput: the folder cannot be written.
    """
    try:
        with _alone(folder) as work:
            _finish(folder)
            for place in files:
                _check_unchanged(folder / place, before.get(place, ""))
            names = {place: f"{number}.new" for number, place in enumerate(files)}
            for place, name in names.items():
                _write_flushed(work / name, files[place])
            _write_flushed(work / "journal.new", json.dumps(names).encode())
            _flush_folder(work)
            os.replace(work / "journal.new", work / JOURNAL)
            _flush_folder(work)
            _finish(folder)
        shutil.rmtree(work, ignore_errors=True)
    except OSError as problem:
        raise BadInput(
            _("The course folder cannot be written: {reason}").format(
                reason=problem.strerror or problem
            ),
            place=str(folder),
            mend=_("Nothing was imported. See to it that you may write there."),
        ) from problem


def recover(folder: Path) -> None:
    """Finish what a killed import of this course left; does nothing where there is nothing."""
    if not (folder / PLACE / JOURNAL).is_file():
        return
    with suppress(OSError, Refused):  # it can only be read, or somebody is at it
        with _alone(folder) as work:
            _finish(folder)
        shutil.rmtree(work, ignore_errors=True)


def _finish(folder: Path) -> None:
    """Move every file that the journal names to its place; twice does no harm."""
    work = folder / PLACE
    try:
        names: dict[str, str] = json.loads((work / JOURNAL).read_bytes())
    except FileNotFoundError:
        return
    for place, name in names.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # it is there already
            os.replace(work / name, target)
    for parent in {(folder / place).parent for place in names}:
        _flush_folder(parent)
    (work / JOURNAL).unlink()
    _flush_folder(work)


def _check_unchanged(path: Path, known: str) -> None:
    now = digest(path.read_bytes()) if path.exists() else ""
    if now != known:
        raise Refused(
            _("This file was changed at the same moment."),
            place=str(path),
            mend=_("Nothing was imported. Import the file again."),
        )


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """The working folder, for one process at a time."""
    work = folder / PLACE
    work.mkdir(exist_ok=True)
    lock = os.open(work / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as problem:
                raise Refused(
                    _("Another import writes into this course right now."),
                    place=str(folder),
                    mend=_("Try again in a moment."),
                ) from problem
        yield work
    finally:
        os.close(lock)


def _write_flushed(path: Path, data: bytes) -> None:
    with open(path, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # some systems cannot flush a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
