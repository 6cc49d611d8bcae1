"""What one terminal asks of the services for its sitting, always as the same person and fence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.errors import CertifyError, TakenOver
from certify.services import breaks, sitting, sitting_events

if TYPE_CHECKING:
    from certify.services.deadline import TimeLeft
    from certify.services.sitting import Receipt, Sitting
    from certify.tui.answer_sheet import Entry
    from certify.tui.app import CertifyApp


class SittingLink:
    """Calls run off the event loop; those that only note something never fail."""

    def __init__(self, app: CertifyApp, begun: Sitting) -> None:
        if app.actor is None:
            raise RuntimeError("nobody is at the screen")
        self._use = app.use
        self._use_own = app.use_own
        self._actor = app.actor
        self._attempt = begun.attempt_id
        self._fence = begun.fence

    async def save(self, sequence: int, entry: Entry) -> Receipt:
        """Save one answer with its flag."""
        return await self._use_own(
            sitting.record_response,
            actor=self._actor,
            attempt_id=self._attempt,
            fence=self._fence,
            sequence=sequence,
            position=entry.position,
            answer=entry.answer,
            flagged=entry.flagged,
        )

    async def submit(self) -> None:
        """Hand the attempt in."""
        await self._use(
            sitting.submit, actor=self._actor, attempt_id=self._attempt, fence=self._fence
        )

    async def begin_break(self) -> TimeLeft:
        """Begin a break."""
        return await self._use(
            breaks.begin_break, actor=self._actor, attempt_id=self._attempt, fence=self._fence
        )

    async def end_break(self) -> TimeLeft:
        """Go on after it."""
        return await self._use(
            breaks.end_break, actor=self._actor, attempt_id=self._attempt, fence=self._fence
        )

    async def keep_position(self, position: int) -> None:
        """Remember the place; when that fails the answers still tell where to go on."""
        try:
            await self._use_own(
                sitting.keep_position,
                actor=self._actor,
                attempt_id=self._attempt,
                fence=self._fence,
                position=position,
            )
        except CertifyError:
            return

    async def time(self) -> TimeLeft | None:
        """The time as the service has it; None when that cannot be told: saving says why."""
        try:
            return await self._use(sitting.time_of, actor=self._actor, attempt_id=self._attempt)
        except CertifyError:
            return None

    async def cut_off(self, error: TakenOver) -> TakenOver:
        """Why this terminal holds the attempt no more, in better words where they are known."""
        try:
            return await self._use(
                sitting.cut_off, actor=self._actor, attempt_id=self._attempt, fence=self._fence
            )
        except CertifyError:
            return error

    async def note_terminal(self, kind: sitting_events.Link, node: str) -> None:
        """Note for the invigilator that this terminal came or went."""
        try:
            await self._use(
                sitting_events.note_terminal,
                actor=self._actor,
                attempt_id=self._attempt,
                kind=kind,
                fence=self._fence,
                node=node,
            )
        except CertifyError:
            return

    async def note_focus(self, kind: sitting_events.Focus, seconds: int | None = None) -> None:
        """Note for the invigilator that the terminal went to the back or came to the front."""
        try:
            await self._use(
                sitting_events.record,
                actor=self._actor,
                attempt_id=self._attempt,
                kind=kind,
                seconds=seconds,
            )
        except CertifyError:
            return
