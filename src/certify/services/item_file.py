"""A question-bank file by the place that somebody typed, pasted or dropped."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

from certify.domain.item_format import BankFile
from certify.errors import BadInput
from certify.i18n import _
from certify.services.item_import import MOST_BYTES

QUOTES = ('""', "''", "“”", "‘’", "「」")
ESCAPED = re.compile(r"\\(.)")


def read(typed: str) -> BankFile:
    """The bytes of a file.

    Args:
        typed: its place as terminals and file managers give it: also in quotes, with `~`, with
            blanks behind backslashes, or as `file://`.
    Raises:
        BadInput: it cannot be read, or is larger than an import takes.
    """
    path = place_of(typed)
    try:
        if path.exists() and not path.is_file():
            raise BadInput(_("This is no file."), place=str(path), mend=_("Name the file itself."))
        if path.exists() and path.stat().st_size > MOST_BYTES:
            raise BadInput(
                _("The file is too large: at most {size} MB.").format(size=MOST_BYTES // 1_000_000),
                place=str(path),
                mend=_("Split it into several files."),
            )
        return BankFile(path.name, path.read_bytes())
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise BadInput(
            _("The file cannot be read: {reason}").format(reason=reason),
            place=str(path),
            mend=_("Check that it exists and that you may read it."),
        ) from problem


def is_there(typed: str) -> bool:
    """Whether what was typed names a file that is there."""
    try:
        return place_of(typed).is_file()
    except (OSError, ValueError):
        return False


def place_of(typed: str) -> Path:
    """The place that is meant by what was typed."""
    text = typed.strip()
    if text[:1] + text[-1:] in QUOTES and len(text) > 1:
        text = text[1:-1].strip()
    if text.lower().startswith("file:"):
        text = unquote(re.sub(r"(?i)^file:(//[^/]*)?", "", text))
        if re.match(r"/[A-Za-z]:", text):
            text = text[1:]
    path = Path(os.path.expanduser(text))
    if "\\" in text and not os.path.lexists(path):
        plain = Path(os.path.expanduser(ESCAPED.sub(r"\1", text)))
        return plain if os.path.lexists(plain) else path
    return path
