"""What a conformance check found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One departure: of what, how, and what to do."""

    where: str
    """The question type, format, course or file."""
    message: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message} {self.mend}".rstrip()
