"""Throw-away homes of `certify demo`: held while in use, found again when their holder died.

A file in the home is locked as long as the program runs; whatever ends the program frees it.
Where files cannot be locked, the process id in the file says whether it still runs.
"""

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None  # type: ignore[assignment]

PREFIX = "certify-demo-"
OWNER = "demo.owner"


class ThrowAway:
    """A throw-away home that this process holds."""

    def __init__(self, root: Path, owner: int, *, is_ready: bool) -> None:
        self.root = root
        self.is_ready = is_ready
        """Whether a company was made in it to the end."""
        self.used_at = os.fstat(owner).st_mtime_ns
        self._owner = owner
        self._sign()

    def mark_ready(self) -> None:
        """Say that the company is made: from now on somebody may go on in it."""
        self.is_ready = True
        self._sign()

    def release(self) -> None:
        """Leave it to the next start."""
        os.close(self._owner)

    def remove(self) -> None:
        """Delete it; when that is interrupted, the next start deletes the rest."""
        self.is_ready = False
        self._sign()
        with suppress(OSError):
            for path in self.root.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.name != OWNER:
                    path.unlink()
        os.close(self._owner)
        shutil.rmtree(self.root, ignore_errors=True)

    def _sign(self) -> None:
        state = "ready" if self.is_ready else "begun"
        os.lseek(self._owner, 0, os.SEEK_SET)
        os.write(self._owner, f"{os.getpid():>10} {state}\n".encode())  # always as long


def make() -> ThrowAway:
    """A new, empty home that this process holds."""
    root = Path(tempfile.mkdtemp(prefix=PREFIX))
    owner = os.open(root / OWNER, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    if fcntl is not None:
        with suppress(OSError):  # without locks the process id has to do
            fcntl.flock(owner, fcntl.LOCK_EX)
    return ThrowAway(root, owner, is_ready=False)


def abandoned() -> list[ThrowAway]:
    """This user's homes whose holders died, those used last first; this process holds them now."""
    if not hasattr(os, "geteuid"):
        return []  # whose a folder is, and who runs, is not to be had here
    paths = Path(tempfile.gettempdir()).glob(f"{PREFIX}*")
    found = [home for path in paths if (home := _take(path)) is not None]
    return sorted(found, key=lambda home: home.used_at, reverse=True)


def _take(path: Path) -> ThrowAway | None:
    """Hold a home unless it is somebody else's, is in use, or is none."""
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        about = os.fstat(folder)
        if about.st_uid != os.geteuid() or about.st_mode & 0o777 != stat.S_IRWXU:
            return None
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK
        owner = os.open(OWNER, flags, dir_fd=folder)
    except OSError:
        return None
    finally:
        os.close(folder)
    if _is_free(owner):
        words = os.pread(owner, 100, 0).split()
        about = os.fstat(owner)
        # Empty: it is just being made. No link: it was just removed.
        if words and about.st_nlink == 1 and stat.S_ISREG(about.st_mode):
            return ThrowAway(path, owner, is_ready=words[-1] == b"ready")
    os.close(owner)
    return None


def _is_free(owner: int) -> bool:
    """Whether nobody who runs holds it; where files can be locked it is held from now on."""
    if fcntl is not None:
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # a file system without locks
        else:
            return True
    try:
        os.kill(int(os.pread(owner, 10, 0)), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except (ValueError, OSError):
        return False
    return False
