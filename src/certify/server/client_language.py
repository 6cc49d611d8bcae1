"""Which language somebody's machine speaks, as their SSH client says it without being asked.

OpenSSH sends LANG and LC_* on most systems. Such a request is refused like every other variable:
nothing of it comes into the environment of a process, and nothing of it is kept but one of our
own languages. A server that waited for the language to be allowed would never hear it: the client
says the value in the request itself, and goes on.
"""

from __future__ import annotations

import re

import asyncssh

from certify.i18n import LANGUAGES

BY_WEIGHT = (b"LANG", b"LC_MESSAGES", b"LC_ALL")
"""What the system itself goes by; the later one counts for more."""


class ClientLanguage:
    """What one client said about itself."""

    def __init__(self) -> None:
        self._weight = -1
        self.language = ""
        """One of ours; empty when none was named."""

    def refuse(self, packet: asyncssh.packet.SSHPacket) -> bool:
        """Refuse a variable, having looked at it."""
        try:
            name, value = packet.get_string(), packet.get_string()
        except asyncssh.packet.PacketDecodeError:
            return False
        if name in BY_WEIGHT and (weight := BY_WEIGHT.index(name)) >= self._weight:
            found = re.match(rb"[a-z]{2}(?![a-z])", value)
            if found and (language := found[0].decode()) in LANGUAGES:
                self._weight, self.language = weight, language
        return False
