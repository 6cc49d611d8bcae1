"""What the ledger says of a clock that somebody set while the program ran."""

import logging

from certify.errors import NotSaved
from certify.platform import Platform
from certify.storage import ledger

log = logging.getLogger("certify.clock")


def note_jumps(platform: Platform) -> None:
    """Write down each jump of the machine's clock, once; nobody's time moved by it (G7)."""
    jumps = platform.clock.take_jumps()
    if not jumps:
        return
    for jump in jumps:
        log.warning("the machine's clock was set by %s s", jump.by.total_seconds())
    try:
        with platform.database.write() as session:
            for jump in jumps:
                ledger.append(
                    session,
                    at=jump.at,
                    actor_id=0,
                    action="clock-jumped",
                    subject="clock",
                    facts={"seconds": str(jump.by.total_seconds())},
                )
    except NotSaved:  # a note stops nobody's exam; the log has it
        return
