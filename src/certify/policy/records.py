"""Rules of what is kept, shown and signed (R-CRT, R-FRM-05, R-SUP-06)."""

from typing import Annotated

from pydantic import Field

from certify.policy.section import Section


class RetentionPolicy(Section):
    """How long personal data are kept (R-FRM-05)."""

    years: Annotated[int, Field(ge=0, le=100)] = 3
    """Years after a person leaves; then HR may have their personal data removed."""


class CertificatePolicy(Section):
    """Certificates as signed documents (R-CRT-02, R-CRT-03)."""

    host: Annotated[str, Field(pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$", max_length=253)] = ""
    """Web host that publishes the company's keys and status lists, such as `certs.example.com`;
    empty: nothing is published, keys name themselves (`did:key`)."""
    status_hours: Annotated[int, Field(ge=1, le=744)] = 24
    """Hours for which a published status list counts; an older one is refused."""


class TrustPolicy(Section):
    """What keeps one person from doing harm alone."""

    two_persons: bool = True
    """Whether a revocation and the removal of personal data need a second person."""
