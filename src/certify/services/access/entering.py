"""The one door: staff number and password, start code or exam code; or a public key (G17).

SSH, the sign-in page and the browser all come in here. Whether the number or the password was
wrong is never said, and cannot be told from the time it takes: for a number that nobody has, a
password is checked all the same. Checking one takes a tenth of a second and 64 MB on purpose, so
at most two are checked at once in a process, and tries at one account wait for each other: that
many at the same moment cannot get around the count of failures, but by one for each process more
that serves. What the count does, and whom it never keeps out, stands in `throttle`.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from certify.domain.person import Actor
from certify.errors import CertifyError, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import exam_codes, passwords, sign_in
from certify.services.access import throttle
from certify.services.recording import record
from certify.services.sign_in import SignedIn
from certify.storage import access, people

Result = TypeVar("Result")
_TURNS = (threading.Lock(), threading.Lock())
"""Whoever holds one may check a password; an account always asks for the same of the two."""
KINDNESS = 10
"""By how much checking passwords gives way to those who are in already, as `nice` counts."""


def enter(platform: Platform, *, staff_no: str, password: str, address: str) -> SignedIn:
    """Let somebody in; slow on purpose, so call it off the event loop (`enter_soon`).

    Args:
        password: the person's own, a start code, or the code of a sitting.
        address: IP address that it comes from; empty at the terminal of the machine itself.

    Returns:
        Who it is; with `only_exam` when it was the code of a sitting.

    Raises:
        Refused: it is wrong, in the same words whatever is.
        DoorShut, NotNow: passwords are not taken for a while; it is not the time for this code.
    """
    account = throttle.account_of(staff_no)
    with _TURNS[int(account[-1], 16) % len(_TURNS)]:
        signed_in = _by_code(platform, staff_no, password)
        if signed_in is None:
            with platform.database.read() as session:
                throttle.require_open(platform, session, account=account, address=address)
            try:
                signed_in = sign_in.check_password(platform, staff_no=staff_no, password=password)
            except Refused:
                throttle.note_failure(platform, staff_no=staff_no, address=address)
                raise
        note_entered(platform, signed_in)
    return signed_in


def confirm(platform: Platform, *, actor: Actor, password: str, address: str) -> None:
    """See that who is at the screen knows the actor's password, before another way in is opened.

    A terminal that somebody left open would else be theirs for good who sits down at it. Wrong
    ones count as at the door. Without a password of one's own there is nothing to ask for.

    Raises:
        Refused: it is wrong.
        DoorShut
    """
    account = throttle.account_of(actor.staff_no)
    with _TURNS[int(account[-1], 16) % len(_TURNS)]:
        with platform.database.read() as session:
            kept = people.credential(session, actor.person_id)
            if kept is None or kept.must_change:
                return
            throttle.require_open(platform, session, account=account, address=address)
        if not passwords.matches(kept, password):
            throttle.note_failure(platform, staff_no=actor.staff_no, address=address)
            raise Refused(
                _("This is not your present password."),
                mend=_("Type the one with which you sign in; HR can give you a start code."),
            )


def note_entered(platform: Platform, signed_in: SignedIn) -> None:
    """Write down that somebody is in, and forget what failed before.

    The code of a sitting forgets nothing: who has seen somebody's code could else guess at their
    password for ever, and come in with the code whenever the door is about to shut.
    """
    actor = signed_in.actor
    by_key = {"key": signed_in.key} if signed_in.key else {}
    with platform.database.write() as session:
        if actor.exam_pass is None:
            access.forget_failures(session, throttle.account_of(actor.staff_no))
        record(session, platform, actor, "signed-in", f"person:{actor.person_id}", **by_key)


def _by_code(platform: Platform, staff_no: str, code: str) -> SignedIn | None:
    """Who comes with the code of a sitting; no failure shuts that door: a code cannot be guessed
    in the hours for which it is one."""
    try:
        return exam_codes.check(platform, staff_no=staff_no, code=code)
    except exam_codes.NotNow:  # the code was right: there is nothing to count
        raise
    except Refused:
        return None


def _give_way() -> None:
    if sys.platform == "linux":  # where a thread has a priority of its own
        with suppress(OSError):  # a sandbox may forbid it; the door opens all the same
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), KINDNESS)


_checking = ThreadPoolExecutor(2 * len(_TURNS), "certify-door", initializer=_give_way)
"""Threads of their own: those who wait at the door keep nobody from saving an answer."""


def _unheard(_outcome: str) -> None:
    """Nobody counts."""


heard: list[Callable[[str], None]] = [_unheard]
"""Told what became of each sign-in: `in`, `refused` or `unable`; a server counts them."""


async def enter_soon(platform: Platform, *, staff_no: str, password: str, address: str) -> SignedIn:
    """The same for an event loop, in the threads of the door."""
    call = partial(enter, platform, staff_no=staff_no, password=password, address=address)
    try:
        signed_in = await off_the_loop(call)
    except CertifyError as problem:
        heard[-1]("refused" if isinstance(problem, Refused) else "unable")
        raise
    heard[-1]("in")
    return signed_in


async def off_the_loop(call: Callable[[], Result]) -> Result:
    """Run something in the threads of the door, in the language of whoever asks."""
    there = partial(copy_context().run, call)
    return await asyncio.get_running_loop().run_in_executor(_checking, there)
