"""The error tree. Only these errors are shown nicely; anything else is a bug and must be loud.

CertifyError                the text is for the person at the screen, in their language
├── Refused                 a rule says no (exit code 1)
│   ├── NotPermitted        the actor's roles do not allow it
│   ├── NotFound            no such person, course, exam, attempt …
│   ├── AttemptClosed       the attempt is submitted; nothing more can be written
│   ├── DeadlinePassed      the time of the attempt is over
│   ├── AttemptPaused       an invigilator has stopped the attempt for now
│   └── TakenOver           the attempt was continued on another terminal
├── NotSaved                the database could not take a write; nothing was kept (exit code 1)
└── BadInput                a file, option or value cannot be used (exit code 2)
    └── HomeUnusable        the home or database cannot be opened or written
"""


class CertifyError(Exception):
    """Base of everything a user may see: what happened, where, and how to mend it.

    Args:
        message: what happened, one sentence, translated.
        place: file, line, cell, person … it happened at; not translated.
        mend: what to do next, one sentence, translated.
    """

    exit_code = 1

    def __init__(self, message: str, *, place: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.mend = mend

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n{self.mend}" if self.mend else head


class Refused(CertifyError):
    """A rule says no; trying the same again will not help."""


class NotPermitted(Refused):
    """The actor's roles do not allow this."""


class NotFound(Refused):
    """There is no such thing, or none that the actor may see."""


class AttemptClosed(Refused):
    """The attempt is submitted; nothing more can be written to it."""


class DeadlinePassed(AttemptClosed):
    """The answer arrived after the deadline; the attempt was submitted as it stood."""


class AttemptPaused(Refused):
    """An invigilator has stopped the attempt; nothing is taken until it goes on."""


class TakenOver(Refused):
    """The attempt was continued on another terminal, which alone may write now."""


class NotSaved(CertifyError):
    """The database could not take a write (disk full, locked, gone); nothing of it was kept."""


class BadInput(CertifyError):
    """A file, option or value cannot be used."""

    exit_code = 2


class HomeUnusable(BadInput):
    """The home or the database cannot be opened or written."""
