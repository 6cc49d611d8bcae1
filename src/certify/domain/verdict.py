"""What can be said of a certificate that somebody shows."""

from enum import StrEnum

from certify.i18n import N_


class Finding(StrEnum):
    """What was found; the first of several, in this order, is the verdict."""

    UNREADABLE = "unreadable"
    UNKNOWN_ALGORITHM = "unknown-algorithm"
    WRONG_KEY = "wrong-key"
    ALTERED = "altered"
    UNVOUCHED = "unvouched"
    OTHER_PERSON = "other-person"
    PREMATURE = "premature"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    STATUS_UNKNOWN = "status-unknown"
    STATUS_STALE = "status-stale"
    VALID = "valid"


FINDING_NAMES = {
    Finding.UNREADABLE: N_("No signed certificate can be read from this file."),
    Finding.UNKNOWN_ALGORITHM: N_("Signed in a way that does not count here."),
    Finding.WRONG_KEY: N_("Signed by a key that the issuer does not list for that time."),
    Finding.ALTERED: N_("Changed after it was signed, or never signed by this key."),
    Finding.UNVOUCHED: N_("Nobody vouches for the issuer."),
    Finding.OTHER_PERSON: N_("It was signed for somebody else."),
    Finding.PREMATURE: N_("Not valid yet."),
    Finding.EXPIRED: N_("Expired."),
    Finding.REVOKED: N_("Revoked."),
    Finding.SUSPENDED: N_("Suspended."),
    Finding.REPLACED: N_("Replaced: there is a newer revision of this certificate."),
    Finding.STATUS_UNKNOWN: N_("Whether it was revoked or suspended is unknown."),
    Finding.STATUS_STALE: N_("The status list is too old; whether it was revoked is unknown."),
    Finding.VALID: N_("Valid."),
}

SHOWS_FACTS = frozenset(Finding) - {
    Finding.UNREADABLE,
    Finding.UNKNOWN_ALGORITHM,
    Finding.ALTERED,
}
"""Findings under which what the file says was signed by the key that it names."""


def verdict(findings: list[Finding]) -> Finding:
    """The gravest of what was found; valid where nothing was."""
    order = list(Finding)
    return min(findings, key=order.index, default=Finding.VALID)
