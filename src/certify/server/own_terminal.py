"""The terminal on which a server was started, and whether it is still there.

SIGHUP says two things: the window was closed, or somebody asks for a renewal. They are told apart
by the terminal: at the first it is gone, at the second it is there, or never was. A server that
began on a terminal ends in order with it, as nobody could press Ctrl+C any more; one begun with
`nohup` does not, nor does a service.
"""

from __future__ import annotations

import os
import signal


class OwnTerminal:
    """Asked when SIGHUP comes; made before its handler is set."""

    def __init__(self) -> None:
        is_deaf = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # begun with nohup
        self._counts = not is_deaf and _is_there()

    @property
    def is_gone(self) -> bool:
        """Whether this process had a terminal to end with, and it is closed."""
        return self._counts and not _is_there()


def _is_there() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
