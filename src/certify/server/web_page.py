"""The page in the browser: its words, and its files as they lie in the folder `page`."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from certify import i18n
from certify.i18n import LANGUAGES, N_, _
from certify.server.terminal import MOST

FOLDER = Path(__file__).parent / "page"
KINDS = {".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css"}
WORDS = {
    "script": N_("This page needs JavaScript. Please allow it here, or ask for the SSH address."),
    "old": N_(
        "This browser is too old for this page. Please use a current Edge, Chrome, Firefox or "
        "Safari."
    ),
    "connecting": N_("Connecting…"),
    "unreachable": N_("The server cannot be reached. Trying again by itself…"),
    "lost": N_("The connection was lost. Connecting again… Saved answers are not lost."),
    "again": N_("Then sign in again and continue where you were."),
    "left": N_("You have signed out."),
    "full": N_("Too many people are coming in. You need not do anything: this page tries again."),
    "waited": N_("Nobody signed in for a while."),
    "idle": N_("Nobody pressed a key for a long time, so this terminal was signed out."),
    "elsewhere": N_(
        "You have signed in on many other terminals since, so this one was signed out."
    ),
    "fault": N_("This session ended by a fault in the program. What was saved stays saved."),
    "enter": N_("Press Enter to come in."),
    "terminal": N_("Terminal"),
}
"""What the page says itself, by the place in it."""


@dataclass(frozen=True)
class Asset:
    """A file of the page, ready to be sent."""

    kind: str
    plain: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """The files that the page fetches, by name."""
    found = {}
    for file in sorted(FOLDER.iterdir()):
        if kind := KINDS.get(file.suffix):
            data = file.read_bytes()
            found[file.name] = Asset(kind, data, gzip.compress(data, mtime=0))
    return found


@cache
def edition() -> str:
    """A name for the files as they are now, so that a browser may keep them."""
    digest = hashlib.sha256()
    for name, asset in assets().items():
        digest.update(name.encode() + asset.plain)
    return digest.hexdigest()[:16]


@cache
def page(language: str) -> bytes:
    """The page in a language of `LANGUAGES`."""
    with i18n.speaking(language):
        words = {name: escape(_(text)) for name, text in WORDS.items()}
    template = Template((FOLDER / "index.html").read_text(encoding="utf-8"))
    most = "{},{}".format(*MOST)
    lang = {"zh": "zh-CN"}.get(language, language)
    return template.substitute(words, lang=lang, edition=edition(), most=most).encode()


def language_of(accepted: str) -> str:
    """The language that a browser asks for with `Accept-Language`; else Chinese."""
    wanted = []
    for part in accepted.split(","):
        tag, _semicolon, weight = part.partition(";")
        name = tag.strip().lower().partition("-")[0]
        if name in LANGUAGES:
            wanted.append((_weight(weight), name))
    return max(wanted, key=lambda one: one[0])[1] if wanted else "zh"


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0
