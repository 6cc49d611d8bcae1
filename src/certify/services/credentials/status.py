"""How a certificate stands in published status lists, which must be signed and fresh themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from certify.domain.data_integrity import parse_moment, signed_part
from certify.domain.signing import is_signed
from certify.domain.status_list import Place, Purpose, decoded, is_set, read_entries
from certify.domain.strict_json import MAX_BYTES, parse_object
from certify.domain.trust_anchor import MARGIN, Anchor
from certify.domain.verdict import Finding
from certify.services.credentials.reading import read_bytes

_MAX_FILES = 2000
_SET = {
    Purpose.REVOCATION: Finding.REVOKED,
    Purpose.SUSPENSION: Finding.SUSPENDED,
    Purpose.REFRESH: Finding.REPLACED,
}


@dataclass(frozen=True)
class StatusList:
    """A list as somebody brought it; nothing of it is believed yet."""

    id: str
    document: Mapping[str, Any]


def read_lists(paths: Iterable[Path]) -> list[StatusList]:
    """The status lists in files and folders; files that are none are passed over.

    Raises:
        BadInput: a named file cannot be read.
    """
    found = []
    for path in paths:
        files = sorted(path.rglob("*.json"))[:_MAX_FILES] if path.is_dir() else [path]
        for file in files:
            data = read_bytes(file)
            try:
                document = parse_object(data, MAX_BYTES)
            except (ValueError, RecursionError):
                continue
            types = document.get("type")
            if isinstance(types, list) and "BitstringStatusListCredential" in types:
                found.append(StatusList(str(document.get("id")), document))
    return found


def findings(
    credential: Mapping[str, Any], lists: Iterable[StatusList], anchor: Anchor, now: datetime
) -> list[Finding]:
    """What the lists say of a certificate; empty where it stands well in each that it names.

    Args:
        anchor: who vouches for the certificate; the lists must be theirs too.
    """
    lists = list(lists)
    try:
        places = read_entries(credential)
    except ValueError:
        return [Finding.STATUS_UNKNOWN]
    return [found for place in places if (found := _finding(place, lists, anchor, now))]


def _finding(
    place: Place, lists: list[StatusList], anchor: Anchor, now: datetime
) -> Finding | None:
    """Of several true lists the newest counts; an older one might be from before a revocation."""
    newest: tuple[datetime, Finding | None] | None = None
    for one in lists:
        if one.id != place.list_id:
            continue
        try:
            found = _read(one.document, place, anchor, now)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if newest is None or found[0] > newest[0]:
            newest = found
    return newest[1] if newest else Finding.STATUS_UNKNOWN


def _read(
    document: Mapping[str, Any], place: Place, anchor: Anchor, now: datetime
) -> tuple[datetime, Finding | None]:
    """Since when a list counts, and what it says.

    Raises:
        ValueError: it is not the anchor's, or not about this.
    """
    signed = signed_part(document)
    key = anchor.keys.get(signed.method)
    if key is None or signed.method.partition("#")[0] != document["issuer"]:
        raise ValueError("somebody else's list")
    if not key.signed_at(signed.created) or not is_signed(key.key, signed.data, signed.value):
        raise ValueError("not signed")
    subject = document["credentialSubject"]
    if subject["type"] != "BitstringStatusList" or subject["statusPurpose"] != place.purpose:
        raise ValueError("another list")
    since, until = parse_moment(document["validFrom"]), parse_moment(document["validUntil"])
    if now >= until or since > now + MARGIN:
        return since, Finding.STATUS_STALE
    return since, _SET[place.purpose] if is_set(
        decoded(subject["encodedList"]), place.index
    ) else None
