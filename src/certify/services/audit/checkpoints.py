"""Signed checkpoints: written, read, and one a day into a folder elsewhere (R-SUP-06)."""

import os
from pathlib import Path

from certify.domain.checkpoint import LARGEST, Checkpoint, read_checkpoint
from certify.domain.permission import Action, require
from certify.domain.person import CONSOLE, Actor
from certify.errors import BadInput, CertifyError, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.signing_keys import signer
from certify.services.whole_file import whole_file
from certify.storage import ledger, people

ACTION = "ledger-checkpoint"


def make(platform: Platform, *, actor: Actor) -> Checkpoint:
    """Sign what the end of the ledger is now; that it was signed is itself an entry.

    Raises:
        NotPermitted
        HomeUnusable: the signing key cannot be used.
        Refused: nothing has happened yet.
    """
    if not actor.is_console:
        require(actor, Action.SEE_LEDGER)
    with platform.database.write() as session:
        key = signer(session, platform, actor)
        head = ledger.head(session)
        company = people.organisation(session)
        if head is None or company is None:
            raise Refused(_("The ledger is empty."))
        sequence, hash_ = head
        now = platform.clock.now()
        unsigned = Checkpoint(company.name, sequence, hash_, now.isoformat(), key.key_id)
        made = unsigned.with_signature(key.sign(unsigned.signed_bytes()))
        facts = {"sequence": sequence, "hash": hash_, "key": key.key_id}
        record(session, platform, actor, ACTION, f"ledger:{sequence}", **facts)
    return made


def write(platform: Platform, *, actor: Actor, path: Path) -> Checkpoint:
    """Make a checkpoint and write it to a file, whole or not at all.

    Raises:
        NotPermitted, HomeUnusable, Refused
        BadInput: the place cannot be written.
    """
    with whole_file(path, platform.settings.home.exports) as out:
        made = make(platform, actor=actor)
        out.write(made.text().encode())
    return made


def read(path: Path) -> Checkpoint:
    """A checkpoint file; whether it is signed is another question.

    Raises:
        BadInput: it cannot be read, or is no checkpoint.
    """
    try:
        with path.open(encoding="utf-8") as file:
            return read_checkpoint(file.read(LARGEST + 1))
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        raise BadInput(
            _("This is no checkpoint of a ledger ({reason}).").format(reason=problem),
            place=str(path),
        ) from problem


def kept(platform: Platform) -> list[Checkpoint]:
    """Those in the folder of daily checkpoints, the oldest first.

    Raises:
        BadInput: one of them cannot be read, or is none.
    """
    folder = platform.settings.checkpoints_folder
    if folder is None:
        return []
    return [read(file) for file in sorted(folder.glob("ledger-*.json"))]


def daily(platform: Platform) -> str:
    """Write the checkpoint of today where there is none yet and a folder is set.

    Called whenever a home is opened, so it never stops the start.

    Returns:
        Why it could not be written; empty when all is well.
    """
    folder = platform.settings.checkpoints_folder
    if folder is None:
        return ""
    file = folder / f"ledger-{platform.today().isoformat()}.json"
    if file.exists():
        return ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:  # also where a file has the name of the folder
        return _cannot(file, problem.strerror or str(problem))
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:  # another start of this moment writes it
        return ""
    except OSError as problem:
        return _cannot(file, problem.strerror or str(problem))
    try:
        with open(handle, "wb") as out:
            out.write(make(platform, actor=CONSOLE).text().encode())
            out.flush()
            os.fsync(out.fileno())
    except (CertifyError, OSError) as problem:
        file.unlink(missing_ok=True)
        return _cannot(file, str(problem))
    return ""


def _cannot(file: Path, reason: str) -> str:
    return _("The daily checkpoint of the ledger cannot be written to {file}: {reason}").format(
        file=file, reason=reason
    )
