"""Rows read for many people at once, so that a rule about one person asks for none of them.

The rules of a start read a few rows of the one person who starts. For a list of two hundred that
would be a thousand queries, or a second copy of the rules. So whoever asks about many reads the
rows of all of them first and says here what each of the rules' own questions would find.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
_KEPT = "certify_foreseen"


def foreseeable(
    read: Callable[Concatenate[Session, Asked], Found],
) -> Callable[Concatenate[Session, Asked], Found]:
    """A reading function whose answers may be known beforehand within a transaction."""

    @wraps(read)
    def known_or_read(session: Session, /, *args: Asked.args, **named: Asked.kwargs) -> Found:
        known = session.info.get(_KEPT)
        if known is not None and not named:
            key = (read.__module__, read.__qualname__, *args)
            if key in known:
                found: Found = known[key]
                return found
        return read(session, *args, **named)

    return known_or_read


def foresee(
    session: Session, read: Callable[..., Any], found: Mapping[tuple[Any, ...], Any]
) -> None:
    """Say what a foreseeable function will find in this transaction, which must write none of it.

    Args:
        found: by what is asked besides the session, as callers give it without names.
    """
    known = session.info.setdefault(_KEPT, {})
    name = (read.__module__, read.__qualname__)
    known.update({(*name, *asked): answer for asked, answer in found.items()})
