"""The loop of one standard as a page."""

from certify.i18n import N_
from certify.services.reporting.standard_loop import standard_loop
from certify.tui.screens.dossier import DocumentScreen


class StandardLoopScreen(DocumentScreen):
    """Who teaches a standard, which items ask it, how people do, how it is kept at work."""

    HELP = N_(
        "From the lesson to the work and back: who teaches the standard, which items ask it and "
        "how people do on them, what inspections and complaints say, which notices are open, and "
        "who still has delta training."
    )

    def __init__(self, number: str) -> None:
        super().__init__(standard_loop, number=number)
