"""Files of whoever is at the screen: on this machine, or handed to their browser.

Over a connection no path of the server is read, written or looked at: even whether a file is there
is not told.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from certify.errors import CertifyError, Refused
from certify.i18n import N_, _
from certify.tui.widgets.fields import Ask, anything

if TYPE_CHECKING:
    from certify.tui.app import CertifyApp
    from certify.tui.dialogs.form import Form


async def cannot_take(app: CertifyApp, command: str) -> bool:
    """Whether no file can reach the person; then they are told what to type at the server.

    Args:
        command: what does the same there.
    """
    if not app.IS_REMOTE or app.offer_file is not None:
        return False
    await app.tell(_refusal(command))
    return True


async def cannot_give(app: CertifyApp, command: str) -> bool:
    """Whether the person's files are out of reach; then they are told so.

    Args:
        command: what does the same at the server.
    """
    if not app.IS_REMOTE:
        return False
    await app.tell(_refusal(command))
    return True


def _refusal(command: str) -> Refused:
    return Refused(
        _("Files cannot be read or written over this connection."),
        mend=_("At the server itself: {command}").format(command=command),
    )


def place_asks(
    app: CertifyApp,
    usual: Path,
    label: str = N_("Folder or file"),
    check: Callable[[str], str] = anything,
) -> Sequence[Ask]:
    """The question where to, for whoever has a place on this machine."""
    return () if app.IS_REMOTE else (Ask("path", label, str(usual), check),)


@asynccontextmanager
async def place(app: CertifyApp, typed: str, usual: Path, name: str = "") -> AsyncIterator[Path]:
    """Where to write: what was typed, else the usual place; what is written for a browser is
    handed to it and kept nowhere.

    Args:
        name: of the file for a browser; empty where a folder is enough.
    """
    if not app.IS_REMOTE:
        yield Path(typed or usual).expanduser()
        return
    with TemporaryDirectory(prefix="certify-") as folder:
        yield Path(folder, name)
        for file in sorted(Path(folder).iterdir()):
            data = await asyncio.to_thread(file.read_bytes)
            if app.offer_file is not None:
                app.offer_file(file.name, data)


async def asked(app: CertifyApp, form: Form) -> str | None:
    """What a form gives that asks where to write; without such a question it is done at once."""
    if form.asks:
        return await app.push_screen_wait(form)
    try:
        return await form.send({})
    except CertifyError as error:
        await app.tell(error)
        return None


def shown(app: CertifyApp, path: Path) -> str:
    """How a written file is called to the person."""
    return path.name if app.IS_REMOTE else str(path)
