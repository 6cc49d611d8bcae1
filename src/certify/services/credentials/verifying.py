"""Is this certificate true, and does it count now? Without network, home or database (R-CRT-02)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from certify.domain import credential_jwt
from certify.domain.data_integrity import Signed, UnknownAlgorithm, parse_moment, signed_part
from certify.domain.open_badge import facts_of, is_of
from certify.domain.signing import is_signed
from certify.domain.strict_json import parse_object
from certify.domain.trust_anchor import MARGIN, Anchor, of_did_key, of_document, own_key
from certify.domain.verdict import SHOWS_FACTS, Finding, verdict
from certify.errors import BadInput
from certify.i18n import _
from certify.services.credentials import status
from certify.services.credentials.reading import document_in, read_bytes
from certify.services.credentials.status import StatusList


@dataclass(frozen=True)
class Here:
    """The company whose database is at hand."""

    anchor: Anchor
    states: Mapping[str, tuple[int, Finding | None]]
    """Revision of each certificate, and what is wrong with it today, by number."""

    def findings(self, credential: Mapping[str, Any]) -> list[Finding]:
        """What the database says of a certificate."""
        said = facts_of(credential)
        revision, finding = self.states.get(str(said.get("number")), (0, Finding.STATUS_UNKNOWN))
        if finding is None and str(said.get("revision")) != str(revision):
            finding = Finding.REPLACED
        return [finding] if finding else []


@dataclass(frozen=True)
class Trust:
    """What a verifier believes and asks; empty: nobody vouches for anything."""

    anchors: tuple[Anchor, ...] = ()
    lists: tuple[StatusList, ...] = ()
    here: Here | None = None
    """Its anchor is among the anchors, too."""
    name: str = ""
    """The certificate must have been signed for this name; empty: not asked."""
    staff_no: str = ""


@dataclass(frozen=True)
class Report:
    """What was found, and all that was signed."""

    findings: tuple[Finding, ...]
    reason: str = ""
    """Of an unreadable or altered file: where it failed, for whoever made it."""
    credential: Mapping[str, Any] = field(default_factory=dict)
    """Every signed fact; empty where nothing was signed by the key that it names."""
    issuer: str = ""
    key: str = ""
    signed_at: datetime | None = None

    @property
    def verdict(self) -> Finding:
        """The gravest finding, or valid."""
        return verdict(list(self.findings))


def trust(
    *,
    issuers: Sequence[Path] = (),
    dids: Sequence[str] = (),
    statuses: Sequence[Path] = (),
    name: str = "",
    staff_no: str = "",
) -> Trust:
    """What the verifier brings.

    Args:
        issuers: files `did.json` or `issuer.json`.
        dids: `did:key:…`.
        statuses: status lists, or folders of them.
    Raises:
        BadInput: one of them cannot be read or understood.
    """
    anchors = []
    for path in issuers:
        try:
            anchors.append(of_document(parse_object(read_bytes(path))))
        except (ValueError, RecursionError) as problem:
            raise BadInput(
                _("This is no key list of an issuer ({reason}).").format(reason=problem),
                place=str(path),
                mend=_("Give the issuer.json or did.json that the issuer published."),
            ) from problem
    for did in dids:
        try:
            anchors.append(of_did_key(did))
        except ValueError as problem:
            raise BadInput(_("This is no did:key of an Ed25519 key."), place=did) from problem
    lists = tuple(status.read_lists(statuses))
    return Trust(tuple(anchors), lists, name=name, staff_no=staff_no)


def verify(path: Path, *, trusted: Trust, now: datetime) -> Report:
    """What can be said of a file: JSON, token, PNG or PDF.

    Raises:
        BadInput: the file cannot be read at all.
    """
    try:
        text = document_in(read_bytes(path))
    except ValueError as problem:
        return Report((Finding.UNREADABLE,), str(problem))
    return verify_text(text, trusted=trusted, now=now)


def verify_text(text: str, *, trusted: Trust, now: datetime) -> Report:
    """The same of a document itself."""
    try:
        credential, signed = _opened(text)
    except UnknownAlgorithm as problem:
        return Report((Finding.UNKNOWN_ALGORITHM,), str(problem))
    except (ValueError, RecursionError) as problem:
        return Report((Finding.UNREADABLE,), str(problem))
    anchor, key, vouching = _vouching(credential, signed, trusted.anchors)
    if not key:
        return Report(tuple(vouching))  # whether anybody signed it cannot be told
    if not is_signed(key, signed.data, signed.value):
        return Report((Finding.ALTERED,))
    found = [*vouching, *_dates(credential, signed, now), *_person(credential, trusted)]
    if anchor is not None and trusted.here is not None and anchor is trusted.here.anchor:
        found += trusted.here.findings(credential)
    elif anchor is not None:
        found += status.findings(credential, trusted.lists, anchor, now)
    issuer = credential["issuer"]["name"]
    shown = credential if verdict(found) in SHOWS_FACTS else {}
    return Report(tuple(dict.fromkeys(found)), "", shown, issuer, key, signed.created)


def facts(credential: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every value that was signed with its place in the document, such as `issuer.name`.

    The facts of a certificate of ours come first, under their own names.
    """
    own = facts_of(credential)
    yield from own.items()
    for name, one in credential.items():
        if name != "@context":
            for place, value in _leaves(name, one):
                if place != "credentialSubject.narrative" or not own:
                    yield place, value


def _leaves(place: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(f"{place}.{name}", one)
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _leaves(f"{place}.{number}" if len(value) > 1 else place, one)
    else:
        yield place, str(value).lower() if isinstance(value, bool) else str(value)


def _opened(text: str) -> tuple[dict[str, Any], Signed]:
    """The credential and its signature.

    Raises:
        ValueError: it is no Open Badge of one signature, or part of it is not covered.
    """
    if text.startswith("{"):
        document = parse_object(text.encode())
        signed = signed_part(document)
        credential = {name: one for name, one in document.items() if name != "proof"}
    else:
        credential, signed = credential_jwt.opened(text)
    _check_form(credential)
    return credential, signed


def _check_form(credential: Mapping[str, Any]) -> None:
    types = credential.get("type")
    if not isinstance(types, list) or not {"VerifiableCredential", "OpenBadgeCredential"} <= {
        one for one in types if isinstance(one, str)
    }:
        raise ValueError("no Open Badge")
    issuer, subject = credential.get("issuer"), credential.get("credentialSubject")
    if not isinstance(issuer, dict) or not isinstance(subject, dict):
        raise ValueError("no issuer or nobody it is about")
    if not isinstance(issuer.get("id"), str) or not isinstance(issuer.get("name"), str):
        raise ValueError("an issuer without a name")
    parse_moment(credential.get("validFrom"))
    if "validUntil" in credential:
        parse_moment(credential["validUntil"])


def _vouching(
    credential: Mapping[str, Any], signed: Signed, anchors: Sequence[Anchor]
) -> tuple[Anchor | None, str, list[Finding]]:
    """Who vouches, the key to check with (empty: none is known), and what is wrong with it."""
    did = signed.method.partition("#")[0]
    own = own_key(signed.method) or ""
    if did.startswith("did:key:") and did.removeprefix("did:key:") != own:
        return None, own, [Finding.WRONG_KEY]
    if did != credential["issuer"]["id"]:
        return None, own, [Finding.WRONG_KEY]
    for anchor in anchors:
        if key := anchor.keys.get(signed.method):
            is_in_use = key.signed_at(signed.created)
            return anchor, key.key, [] if is_in_use else [Finding.WRONG_KEY]
    is_known = any(name.startswith(f"{did}#") for anchor in anchors for name in anchor.keys)
    return None, own, [Finding.WRONG_KEY if is_known else Finding.UNVOUCHED]


def _dates(credential: Mapping[str, Any], signed: Signed, now: datetime) -> Iterator[Finding]:
    if now < parse_moment(credential["validFrom"]) or signed.created > now + MARGIN:
        yield Finding.PREMATURE
    if "validUntil" in credential and now >= parse_moment(credential["validUntil"]):
        yield Finding.EXPIRED


def _person(credential: Mapping[str, Any], trusted: Trust) -> Iterator[Finding]:
    for fact, value in (("name", trusted.name), ("staff_no", trusted.staff_no)):
        if value and not is_of(credential, fact, value):
            yield Finding.OTHER_PERSON
