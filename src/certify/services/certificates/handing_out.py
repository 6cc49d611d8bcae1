"""Certificates as files: a page to print, a picture, a signed document (R-CRT-02, R-CRT-03)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from certify.clock import local_date
from certify.domain.certificate import Certificate
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.domain.qualification import Qualification, QualificationState
from certify.domain.signed_credential import CredentialForm
from certify.errors import BadInput
from certify.i18n import LANGUAGES, _
from certify.paper.certificate import CertificateWords, certificate_pdf
from certify.paper.picture import png_of
from certify.platform import Platform
from certify.services.certificates import words
from certify.services.certificates.reissuing import erased, no_certificate
from certify.services.credentials import links, signing
from certify.services.qualifying.states import state_of
from certify.services.recording import record
from certify.services.whole_file import whole_file
from certify.storage import certificates, qualifications

FORMATS = ("pdf", "png", "json", "jwt")
"""A page to print, the same as a picture, the signed credential, the same as one signed line."""
PAGE_LANGUAGES = (words.BOTH, *LANGUAGES)
BAKED = "openbadgecredential"
"""Keyword under which a picture carries the credential (Open Badges 3.0, 5.3)."""


@dataclass(frozen=True)
class HandedOut:
    """A certificate that was written to a file."""

    number: str
    revision: int
    state: QualificationState
    path: Path


def may_hand_out(actor: Actor, owner_id: int | None) -> bool:
    """Whether an actor may have the file: of their own, or as HR of anybody's."""
    return owner_id == actor.person_id or may(actor, Action.ISSUE_CERTIFICATES)


def export(
    platform: Platform,
    *,
    actor: Actor,
    number: str,
    format_name: str,
    path: Path | None = None,
    lang: str = words.BOTH,
) -> HandedOut:
    """Write a certificate to a file, whole or not at all; only the file's owner may read it.

    The same certificate in the same state gives the same bytes. What does not hold now says so.

    Args:
        format_name: one of `FORMATS`.
        path: None for a file named like the certificate in the folder of exports.
        lang: of a page, one of `PAGE_LANGUAGES`.
    Raises:
        NotFound: no such certificate, or not for the actor to see.
        NotPermitted
        BadInput: no such format or language, or the place cannot be written.
        Refused: its personal data were removed.
        HomeUnusable: the company's signing key cannot be read.
    """
    _check(_("format"), format_name, FORMATS)
    _check(_("language"), lang, PAGE_LANGUAGES)
    form = CredentialForm.JWT if format_name == "jwt" else CredentialForm.EMBEDDED
    with platform.database.write() as session:
        found = certificates.by_number(session, number)
        if found is None or not _may_see(actor, found[2]):
            raise no_certificate(number)
        certificate, qualification, owner = found
        if not may_hand_out(actor, owner.id):
            require(actor, Action.ISSUE_CERTIFICATES)
        if certificate.erased_at is not None:
            raise erased(certificate.number)
        rows = qualifications.of_person(session, owner.id or 0)
        row = next(one for one in rows if one.id == qualification.id)
        state = state_of(row, platform.today()) or QualificationState.PENDING
        document = signing.signed(session, platform, actor, certificate.number, form)
        record(
            session,
            platform,
            actor,
            "certificate-exported",
            f"person:{owner.id}",
            certificate=certificate.number,
            revision=certificate.revision,
            format=format_name,
        )
        said = _words(platform, certificate, qualification, state, lang)
        done = HandedOut(
            certificate.number,
            certificate.revision,
            state,
            path or platform.settings.home.exports / f"{certificate.number}.{format_name}",
        )
    # Asked when the signature is kept: the code may name its key.
    said = replace(said, code=links.qr_text(platform, done.number))
    with whole_file(done.path, platform.settings.home.exports) as out:
        out.write(_WRITERS[format_name](said, document))
    return done


def _words(
    platform: Platform,
    certificate: Certificate,
    qualification: Qualification,
    state: QualificationState,
    lang: str,
) -> CertificateWords:
    revision = str(certificate.revision)
    if certificate.revision > 1:
        zone = platform.policy.organisation.time_zone
        revision += f" ({local_date(certificate.issued_at, zone).isoformat()})"
    return words.page(
        certificate.facts,
        kind=qualification.kind,
        revision=revision,
        state=state,
        code=certificate.number,
        lang=lang,
    )


def _may_see(actor: Actor, owner: Person) -> bool:
    return may(actor, Action.SEE_QUALIFICATIONS) or may(
        actor, Action.SEE_RECORD, owner=owner.id, owner_supervisor=owner.supervisor_id
    )


def _picture(said: CertificateWords, document: str) -> bytes:
    return png_of(certificate_pdf(said), {BAKED: document})


_WRITERS: dict[str, Callable[[CertificateWords, str], bytes]] = {
    "pdf": certificate_pdf,
    "png": _picture,
    "json": lambda _said, document: document.encode(),
    "jwt": lambda _said, document: document.encode(),
}


def _check(what: str, value: str, possible: tuple[str, ...]) -> None:
    if value not in possible:
        raise BadInput(
            _("There is no {what} “{code}”.").format(what=what, code=value),
            mend=_("Possible: {values}").format(values=", ".join(possible)),
        )
