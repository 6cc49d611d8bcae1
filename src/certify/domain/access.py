"""Ways in: public keys of persons, and the failures that lock a door for a while (G17)."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class PublicKey(SQLModel, table=True):
    """An SSH public key with which one person may sign in."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    key: str
    """As OpenSSH writes it: algorithm and base64, without comment or options."""
    fingerprint: str = Field(unique=True)
    """`SHA256:…` of the key, as `ssh-keygen -l` shows it."""
    label: str = ""
    added_by: int = Field(foreign_key="person.id")
    added_at: datetime
    revoked_at: datetime | None = None


class FailedSignIn(SQLModel, table=True):
    """One wrong password, code or key; kept for as long as it can lock anything, then deleted."""

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(index=True)
    """Digest of the staff number typed: somebody may have typed their password there."""
    address: str = Field(index=True)
    """Where it came from; empty for the terminal of the machine itself."""
    at: datetime = Field(index=True)
