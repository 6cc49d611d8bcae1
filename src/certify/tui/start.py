"""Opens the screens; imports nothing that could wait until after the first paint."""

import logging

from certify.settings import Settings


def run(settings: Settings, staff_no: str | None = None, exam: str | None = None) -> int:
    """Run the app in this terminal until the person leaves; returns the exit code.

    Args:
        staff_no: who is at the screen (`--as`); None means that they choose or sign in.
        exam: code of an exam to open at once, for the person of `staff_no`.
    """
    from certify.tui.app import CertifyApp

    _log_to(settings)
    app = CertifyApp(settings, staff_no, exam=exam)
    app.run()
    return app.return_code or 0


def _log_to(settings: Settings) -> None:
    """Warnings and crashes go to the home's log, never to the screen."""
    logger = logging.getLogger("certify")
    if any(type(handler) is logging.FileHandler for handler in logger.handlers):
        return
    handler = logging.FileHandler(settings.home.log, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
