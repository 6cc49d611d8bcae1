"""Certificates as they are signed and published."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from certify.domain.certificate import Certificate
from certify.domain.signed_credential import CredentialForm, SignedCredential


def locked_certificate(session: Session, number: str) -> Certificate | None:
    """A certificate for whoever signs it; others wait until the transaction ends."""
    query = select(Certificate).where(Certificate.number == number).with_for_update()
    return session.exec(query).first()


def unsigned(
    session: Session, form: CredentialForm, *, above: int, limit: int
) -> Sequence[Certificate]:
    """The next certificates whose present revision is not signed yet, locked for who signs them.

    Args:
        above: the internal number behind which to look.
    """
    kept = select(SignedCredential.certificate_id).where(
        SignedCredential.certificate_id == Certificate.id,
        SignedCredential.revision == Certificate.revision,
        SignedCredential.form == form,
    )
    query = (
        select(Certificate)
        .where(col(Certificate.id) > above, ~kept.exists(), col(Certificate.erased_at).is_(None))
        .order_by(col(Certificate.id))
        .limit(limit)
        .with_for_update()
    )
    return session.exec(query).all()


def signed(
    session: Session, certificate_id: int, revision: int, form: CredentialForm
) -> SignedCredential | None:
    """The document of a revision, if it was signed."""
    return session.get(SignedCredential, (certificate_id, revision, form))


def key_of(session: Session, number: str) -> str | None:
    """The key that signed a certificate last; None where nothing was signed."""
    query = (
        select(SignedCredential.key_id)
        .join(Certificate, col(Certificate.id) == SignedCredential.certificate_id)
        .where(Certificate.number == number)
        .order_by(col(SignedCredential.revision).desc(), col(SignedCredential.signed_at).desc())
    )
    return session.exec(query.limit(1)).first()


def revisions(session: Session) -> dict[str, tuple[int, int]]:
    """Internal number and revision of every certificate, by its number."""
    query = select(Certificate.number, Certificate.id, Certificate.revision)
    return {number: (id_ or 0, revision) for number, id_, revision in session.exec(query)}


def newest_revision(session: Session) -> int:
    """The highest revision of any certificate; 1 where there is none."""
    return session.exec(select(func.max(Certificate.revision))).one() or 1
