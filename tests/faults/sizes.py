"""How much a fault test does: little in every run, much in `make soak`."""

import os

SOAK = os.environ.get("CERTIFY_SOAK") == "1"


def size(gate: int, nightly: int) -> int:
    """How often to do something: `gate` in every run of the tests, `nightly` in `make soak`."""
    return nightly if SOAK else gate
