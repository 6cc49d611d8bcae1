"""certify with a parent of workers that waits twelve seconds for a sign of life, not twenty."""

import os

from certify.cli.main import main
from certify.server import worker

SILENT_SECONDS = 12
"""More than a beat and a look together, which are two seconds each, on a busy machine, too."""
PAUSE = "HASTY_PAUSE"
"""In the environment: how many seconds a worker that died at once is waited with."""

if __name__ == "__main__":
    worker.SILENT_SECONDS = SILENT_SECONDS
    worker.FIRST_PAUSE = float(os.environ.get(PAUSE, "1"))
    main()
