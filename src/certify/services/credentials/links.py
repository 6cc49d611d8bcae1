"""What the QR code of a paper certificate says."""

from certify.domain.trust_anchor import did_key
from certify.platform import Platform
from certify.services.credentials.issuer import base_now
from certify.storage import credentials, signing_keys


def qr_text(platform: Platform, certificate_number: str) -> str:
    """Where a stranger goes from the paper.

    With a host: its published page, which says how to check the number behind the `#`; the number
    itself is not sent to anybody. Without: the number and the key that signed it, or signs now.
    """
    if host := base_now(platform).host:
        return f"https://{host}/verify.html#{certificate_number}"
    with platform.database.read() as session:
        key = credentials.key_of(session, certificate_number)
        if key is None:
            newest = signing_keys.newest(session)
            key = newest.id if newest else None
    return f"{certificate_number} {did_key(key)}" if key else certificate_number
