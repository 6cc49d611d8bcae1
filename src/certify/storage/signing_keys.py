"""The rows of signing keys."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.signing import SigningKey


def newest(session: Session) -> SigningKey | None:
    """The key that signs now; None before the first, or when every one is retired."""
    query = select(SigningKey).where(col(SigningKey.retired_at).is_(None))
    return session.exec(query.order_by(col(SigningKey.made_at).desc()).limit(1)).first()


def every(session: Session) -> Sequence[SigningKey]:
    """All keys there ever were, the newest first."""
    return session.exec(
        select(SigningKey).order_by(col(SigningKey.made_at).desc(), col(SigningKey.id))
    ).all()
