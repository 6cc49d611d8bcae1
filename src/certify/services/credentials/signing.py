"""A certificate as a signed Open Badge: signed once, the same bytes ever after (R-CRT-03)."""

import json
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain import credential_jwt
from certify.domain.certificate import Certificate
from certify.domain.data_integrity import secured
from certify.domain.linked_data import NotSignable
from certify.domain.open_badge import BadgeSource, open_badge
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.signed_credential import CredentialForm, SignedCredential
from certify.domain.status_list import places
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.credentials.issuer import base_now
from certify.services.recording import record
from certify.services.signing_keys import Signer, signer
from certify.storage import credentials, ledger

_BATCH = 50


@dataclass(frozen=True)
class SignedAll:
    """What was signed in one go."""

    count: int
    left_out: tuple[str, ...]
    """Numbers of certificates with a fact that cannot be signed."""


def signed(
    session: Session,
    platform: Platform,
    actor: Actor,
    number: str,
    form: CredentialForm = CredentialForm.EMBEDDED,
) -> str:
    """The signed document of a certificate's present revision, within the caller's transaction.

    The first call signs and keeps it; later ones give the same text, whatever key signs by then.

    Args:
        actor: whose right to have it the caller has checked.
        form: JSON with an embedded proof (compact, no line end), or a compact token.
    Raises:
        NotFound: no such certificate.
        Refused: its personal facts were removed, or a fact of it cannot be signed.
        HomeUnusable: the private key is not here.
    """
    certificate = credentials.locked_certificate(session, number)
    if certificate is None:
        raise NotFound(_("There is no such certificate."), place=number)
    if certificate.erased_at is not None:
        raise Refused(
            _("The personal data of this certificate were removed; it cannot be signed again."),
            place=number,
        )
    id_, revision = certificate.id or 0, certificate.revision
    kept = credentials.signed(session, id_, revision, form)
    if kept is not None:
        return kept.document
    by = signer(session, platform, actor)
    try:
        made = _made(platform, certificate, by, form)
    except NotSignable as problem:
        raise Refused(
            _("A fact of this certificate cannot be signed ({reason}).").format(reason=problem),
            place=number,
        ) from problem
    session.add(made)
    record(
        session, platform, actor, "certificate-signed", f"certificate:{id_}", **_told(number, made)
    )
    return made.document


def sign_all(
    platform: Platform, *, actor: Actor, form: CredentialForm = CredentialForm.EMBEDDED
) -> SignedAll:
    """Sign every certificate that is not signed yet, fifty a transaction.

    Nobody waits for longer than one of these; what was signed stays when it is broken off. Later
    exports need no private key.

    Raises:
        NotPermitted
        HomeUnusable: the private key is not here.
    """
    if not actor.is_console:
        require(actor, Action.ISSUE_CERTIFICATES)
    count, last = 0, 0
    left_out: list[str] = []
    while True:
        with platform.database.write() as session:
            waiting = credentials.unsigned(session, form, above=last, limit=_BATCH)
            if not waiting:
                return SignedAll(count, tuple(left_out))
            by, made = signer(session, platform, actor), []
            for certificate in waiting:
                last = certificate.id or 0
                try:
                    made.append((certificate.number, _made(platform, certificate, by, form)))
                except NotSignable:
                    left_out.append(certificate.number)
            if not made:
                continue
            session.add_all([one for _number, one in made])
            ledger.append_all(
                session,
                at=platform.clock.now(),
                actor_id=actor.person_id,
                action="certificate-signed",
                entries=[(f"certificate:{one.certificate_id}", _told(n, one)) for n, one in made],
            )
            count += len(made)


def _made(
    platform: Platform, certificate: Certificate, by: Signer, form: CredentialForm
) -> SignedCredential:
    return SignedCredential(
        certificate_id=certificate.id or 0,
        revision=certificate.revision,
        form=form,
        key_id=by.key_id,
        signed_at=platform.clock.now(),
        document=_document(platform, certificate, by, form),
    )


def _told(number: str, made: SignedCredential) -> dict[str, object]:
    return {
        "certificate": number,
        "revision": made.revision,
        "form": made.form.value,
        "key": made.key_id,
    }


def _document(
    platform: Platform, certificate: Certificate, by: Signer, form: CredentialForm
) -> str:
    base = base_now(platform)
    source = BadgeSource(
        number=certificate.number,
        revision=certificate.revision,
        facts=certificate.facts,
        salt=certificate.salt,
        issuer=base.did(by.key_id),
        time_zone=platform.policy.organisation.time_zone,
        places=tuple(places(base.lists, certificate.id or 0, certificate.revision)),
    )
    badge, now, method = open_badge(source), platform.clock.now(), base.method(by.key_id)
    if form is CredentialForm.JWT:
        return credential_jwt.token(badge, method=method, created=now, sign=by.sign)
    document = secured(badge, method=method, created=now, sign=by.sign)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
