"""Backups and restores for fault tests, one after another, each in a process of its own.

Run as `python -m tests.faults.backing_up HOME URL FILE [BYTES]`. A line `backup` or `restore` on
its input starts one; on the output come `["pid", number]`, at its end `["said", text]` with what
was told to the user, empty when it was done, and `["ended", status]`. With BYTES no file may grow
beyond that size.
"""

import os
import resource
import sys
import traceback
from pathlib import Path

from certify.clock import SystemClock
from certify.domain.person import CONSOLE
from certify.errors import CertifyError
from certify.paths import Home
from certify.platform import open_platform
from certify.services.backup import making, restoring
from certify.settings import Settings
from tests.faults.answering import say


def work(what: str, home: str, url: str, file: str, most_bytes: str = "") -> None:
    """Do one of the two."""
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), resource.RLIM_INFINITY))
    settings = Settings(home=Home(Path(home)), db=url)
    if what == "restore":
        restoring.restore(settings, clock=SystemClock(), actor_id=0, path=Path(file), replace=True)
        return
    platform = open_platform(settings)
    making.back_up(platform, actor=CONSOLE, path=Path(file), replace=True)
    platform.close()


def main(*arguments: str) -> None:
    """Start one for each line on the input."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                say("pid", os.getpid())
                work(line.strip(), *arguments)
                say("said", "")
            except CertifyError as problem:
                say("said", str(problem))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _pid, status = os.waitpid(pid, 0)
        say("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(*sys.argv[1:])
