"""The files that let anybody check a certificate: keys, status lists, a page that says how."""

import hashlib
import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from certify.domain.data_integrity import secured
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.domain.qualification import QualificationState
from certify.domain.status_list import LENGTH, Purpose, list_id, status_credential
from certify.domain.trust_anchor import did_document, did_web, issuer_document
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.services.credentials.issuer import Base, base_now, bases, dids
from certify.services.qualifying.states import state_of
from certify.services.recording import record
from certify.services.signing_keys import Signer, signer
from certify.services.whole_file import whole_file
from certify.storage import credentials, people, qualifications, signing_keys


@dataclass(frozen=True)
class Published:
    """What was written."""

    files: tuple[str, ...]
    """Paths below the folder, in order."""
    revoked: int
    suspended: int
    valid_until: datetime
    """When the status lists must have been replaced."""


def publish(platform: Platform, *, actor: Actor, folder: Path) -> Published:
    """Write keys and status lists below a folder, for a web server or a memory stick.

    The same state at the same moment gives the same bytes; private keys and names are in none.

    Raises:
        NotPermitted
        BadInput: the folder cannot be made or written.
        HomeUnusable: the private key is not here.
    """
    if not actor.is_console and not may(actor, Action.MANAGE_KEYS):
        require(actor, Action.ISSUE_CERTIFICATES)
    now = platform.clock.now().replace(microsecond=0)
    until = now + timedelta(hours=platform.policy.certificate.status_hours)
    with platform.database.write() as session:
        by = signer(session, platform, actor)
        set_ = _places(session, platform)
        files = dict(_files(session, platform, by, set_, (now, until)))
        for name, data in sorted(files.items()):
            _write(folder / name, data)
        digest = hashlib.sha256()
        for name, data in sorted(files.items()):
            digest.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode())
        record(
            session,
            platform,
            actor,
            "credentials-published",
            f"key:{by.key_id}",
            files=len(files),
            digest=digest.hexdigest(),
        )
    revoked, suspended = (len(set_[p]) for p in (Purpose.REVOCATION, Purpose.SUSPENSION))
    return Published(tuple(sorted(files)), revoked, suspended, until)


def _files(
    session: Session,
    platform: Platform,
    by: Signer,
    set_: Mapping[Purpose, Mapping[int, int]],
    period: tuple[datetime, datetime],
) -> Iterator[tuple[str, bytes]]:
    keys, places = signing_keys.every(session), bases(session, platform)
    organisation = people.organisation(session)
    name = organisation.name if organisation else ""
    yield "issuer.json", _json(issuer_document(name, dids(places), keys))
    host = base_now(platform).host
    if host:
        yield ".well-known/did.json", _json(did_document(did_web(host), keys))
        yield "verify.html", _page(name)
    newest = credentials.newest_revision(session)
    lists = max((place for places_ in set_.values() for place in places_), default=0) // LENGTH + 1
    for base in places:
        for purpose in Purpose:
            for revision in range(1, newest + 1) if purpose is Purpose.REFRESH else (1,):
                for number in range(lists):
                    id_ = list_id(base.lists, purpose, number, revision)
                    indices = [
                        place % LENGTH
                        for place, last in set_[purpose].items()
                        if place // LENGTH == number and last >= revision
                    ]
                    yield (
                        _path(base, host, id_),
                        _signed_list(base, by, id_, purpose, indices, period),
                    )


def _places(session: Session, platform: Platform) -> dict[Purpose, dict[int, int]]:
    """The certificates that are set in a list, each with the last revision of which that holds."""
    found: dict[Purpose, dict[int, int]] = {purpose: {} for purpose in Purpose}
    known = credentials.revisions(session)
    found[Purpose.REFRESH] = {id_: revision - 1 for id_, revision in known.values()}
    purposes = {
        QualificationState.REVOKED: Purpose.REVOCATION,
        QualificationState.SUSPENDED: Purpose.SUSPENSION,
    }
    today = platform.today()
    for row in qualifications.periods(session):
        purpose = purposes.get(state_of(row, today) or QualificationState.ACTIVE)
        if purpose is not None:
            found[purpose][known[row.certificate][0]] = 1
    return found


def _signed_list(
    base: Base,
    by: Signer,
    id_: str,
    purpose: Purpose,
    indices: list[int],
    period: tuple[datetime, datetime],
) -> bytes:
    credential = status_credential(
        id_,
        purpose,
        indices,
        issuer=base.did(by.key_id),
        valid_from=period[0],
        valid_until=period[1],
    )
    method = base.method(by.key_id)
    return _json(secured(credential, method=method, created=period[0], sign=by.sign))


def _path(base: Base, host: str, id_: str) -> str:
    name = id_.removeprefix(base.lists)
    if base.host == host and host:
        return f"status/{name}"
    return f"status/{base.host or 'offline'}/{name.removesuffix('.json')}.json"


def _page(name: str) -> bytes:
    """One page for all numbers: the number stays behind the `#`, in the reader's own browser."""
    title, steps = html.escape(name), html.escape(_PAGE)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n'
        f"<h1>{title}</h1>\n<pre>{steps}</pre>\n"
        '<p><a href="issuer.json">issuer.json</a> <a href="status/">status/</a></p>\n'
        "<p><code id=n></code></p><script>n.textContent=location.hash.slice(1)</script></html>\n"
    ).encode()


_PAGE = """To check a certificate, ask its holder for the file (JSON, PNG or PDF) and run:

    certify certificate verify FILE --issuer issuer.json --status status/

It shows every fact that was signed, and whether the certificate is valid now.
A paper or picture alone proves nothing: compare it with what this shows."""


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput(
            _("The folder cannot be made: {reason}").format(reason=problem.strerror or problem),
            place=str(path.parent),
            mend=_("Choose a folder that you may write to."),
        ) from problem
    with whole_file(path, path.parent) as out:
        out.write(data)
    path.chmod(0o644)  # for a web server; nothing in it is secret
