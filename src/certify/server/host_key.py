"""The key by which clients know this host again."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import asyncssh

NAME = "ssh_host_ed25519_key"


def host_key(folder: Path) -> asyncssh.SSHKey:
    """The key of this home; made once, however many processes start at the same moment.

    Each writes a key of its own aside and tries to give it the name; the first one gets it, and
    all read what has the name then.
    """
    file = folder / NAME
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    if not file.exists():
        aside = folder / f".{secrets.token_hex(8)}"
        made = asyncssh.generate_private_key("ssh-ed25519").export_private_key()
        try:
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
                writing.write(made)
                os.fsync(writing.fileno())
            with suppress(FileExistsError):
                os.link(aside, file)
        finally:
            aside.unlink(missing_ok=True)
    file.chmod(0o600)
    return asyncssh.read_private_key(str(file))
