"""Saving and handing in: what a sitting on the screens does until the database has it all."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from certify.errors import AttemptPaused, CertifyError, HomeUnusable, NotSaved
from certify.tui.answer_sheet import AnswerSheet, Save

RETRY_SECONDS = 2.0
PASSING = (NotSaved, HomeUnusable, AttemptPaused)
"""Nobody is sent away for these: the database is gone, or an invigilator stopped the exam."""


class ExamSaving:
    """Sends what the sheet holds, in order; tries again while it cannot be taken: the database is
    gone, or an invigilator has stopped the exam."""

    def __init__(self, sheet: AnswerSheet, save: Save, tell: Callable[[], None]) -> None:
        """Args:
        save: sends one entry.
        tell: called when there is something new to say of saving.
        """
        self.sheet = sheet
        self.saved_at: datetime | None = None
        self.problem = ""
        """Why the last try failed; empty when it did not."""
        self.is_over = False
        """Set when nothing more is to be sent."""
        self._save = save
        self._tell = tell
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something waits to be saved."""
        self._wake.set()

    async def run(self) -> CertifyError | None:
        """Save until it is over; gives the refusal that ended it, if one did."""
        while not self.is_over:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._save_all()
            except CertifyError as error:
                return error
        return None

    async def all_saved(self, is_late: Callable[[], bool]) -> None:
        """Wait until everything given is saved, or it is too late for that."""
        while not (self.sheet.is_saved or self.is_over or is_late()):
            await asyncio.sleep(0.05)

    async def insist(self, send: Callable[[], Awaitable[None]]) -> CertifyError | None:
        """Hand in, again and again while the database cannot take it; gives a refusal."""
        while not self.is_over:
            try:
                await send()
            except PASSING as error:
                await self._fail(error)
            except CertifyError as error:
                return error
            else:
                return None
        return None

    async def _save_all(self) -> None:
        while not self.is_over:
            try:
                receipt = await self.sheet.save_next(self._save)
            except PASSING as error:
                await self._fail(error)
                continue
            if receipt is None:
                return
            self.problem, self.saved_at = "", receipt.saved_at
            self._tell()

    async def _fail(self, error: CertifyError) -> None:
        self.problem = error.message
        self._tell()
        await asyncio.sleep(RETRY_SECONDS)
