"""Files that are written whole or not at all, for their owner alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from certify.errors import BadInput
from certify.i18n import _


@contextmanager
def whole_file(path: Path, exports: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when all of it was written and flushed."""
    name = ""
    try:
        if path.exists() and not path.is_file():
            raise BadInput(_("This is no file."), place=str(path), mend=_("Name a file to write."))
        if path.parent == exports:
            exports.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=path.parent, prefix=".certify-", suffix=path.suffix)
        with open(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(handle)
        os.replace(name, path)
    except OSError as problem:
        raise BadInput(
            _("The file cannot be written: {reason}").format(reason=problem.strerror or problem),
            place=str(path),
            mend=_("Choose a folder that exists and that you may write to."),
        ) from problem
    finally:
        if name:
            with suppress(OSError):
                os.unlink(name)
