"""The words a person sees, from gettext catalogues.

Source strings are English. The language belongs to the running context, not to the process,
so that people with different languages can share one process; a front end puts its own
`Speaker` into the context before it starts and changes it in place when the person switches.
"""

import gettext as _gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = {"zh": "中文", "en": "English"}
LOCALE = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("certify", LOCALE, [language], fallback=True)


class Speaker:
    """The language of one front end; `speak` switches it for everything in its context."""

    def __init__(self, language: str = "zh") -> None:
        self.speak(language)

    def speak(self, language: str) -> None:
        """Switch to a language of `LANGUAGES`; unknown ones fall back to English source text."""
        self.language = language
        self.catalogue = _catalogue(language)


_speaker: ContextVar[Speaker] = ContextVar("certify_speaker", default=Speaker())  # noqa: B039


def use(speaker: Speaker) -> None:
    """Let everything that runs in this context speak through `speaker`."""
    _speaker.set(speaker)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language for the length of a block (an export in English, say)."""
    token = _speaker.set(Speaker(language))
    try:
        yield
    finally:
        _speaker.reset(token)


def language() -> str:
    """The language being spoken: a key of `LANGUAGES`."""
    return _speaker.get().language


def _(message: str) -> str:
    """The message in the language being spoken."""
    return _speaker.get().catalogue.gettext(message)


def _n(singular: str, plural: str, count: int) -> str:
    """The form of a message that fits a count; the caller formats the number in."""
    return _speaker.get().catalogue.ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802  the name gettext tools look for
    """Mark a message for translation where it stands; `_` translates it where it is shown."""
    return message


def pick(texts: Mapping[str, str], name: str = "") -> str:
    """The text in a language, or the first there is (R-CAT-01).

    Args:
        name: a key of `LANGUAGES`; left out, the language being spoken.
    """
    return texts.get(name or language()) or next(iter(texts.values()), "")
