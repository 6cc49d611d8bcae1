"""Signed documents of certificates, kept as they were signed (R-CRT-02, R-CRT-03)."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from certify.domain.columns import named


class CredentialForm(StrEnum):
    """How a credential is secured."""

    EMBEDDED = "embedded"
    """Open Badges 3.0 with a data integrity proof, `eddsa-rdfc-2022`."""
    JWT = "jwt"
    """The same as a signed VC-JWT."""


class SignedCredential(SQLModel, table=True):
    """One revision of a certificate, signed once; a second export gives the same bytes."""

    certificate_id: int = Field(primary_key=True, foreign_key="certificate.id")
    revision: int = Field(primary_key=True)
    form: CredentialForm = named(CredentialForm, primary_key=True)
    key_id: str = Field(foreign_key="signingkey.id")
    signed_at: datetime
    document: str
    """JSON text or compact JWT; emptied when the person is erased."""
