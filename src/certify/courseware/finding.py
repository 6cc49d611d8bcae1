"""What a check found: where, what, and how to mend it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, order=True)
class Finding:
    """One departure from the course format; `warning` ones do not keep a course from loading."""

    path: Path
    line: int
    """Line of the file, counted from 1."""
    message: str
    mend: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        mend = f" {self.mend}" if self.mend else ""
        return f"{self.path}:{self.line}: {self.message}{mend}"
