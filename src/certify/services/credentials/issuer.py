"""Under which names the company signs, and where its lists are looked up."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.trust_anchor import did_key, did_web
from certify.platform import Platform
from certify.storage import policy_versions

OFFLINE = "urn:certify:status:"
"""Beginning of the names of status lists of a company without a host."""


@dataclass(frozen=True)
class Base:
    """One place of status lists: a host, or none."""

    host: str

    @property
    def lists(self) -> str:
        """Beginning of the names of the lists."""
        return f"https://{self.host}/status/" if self.host else OFFLINE

    def did(self, key: str) -> str:
        """The name under which a key signs here."""
        return did_web(self.host) if self.host else did_key(key)

    def method(self, key: str) -> str:
        """The full name of a key."""
        return f"{self.did(key)}#{key}"


def base_now(platform: Platform) -> Base:
    """Where certificates that are signed now point to."""
    return Base(platform.policy.certificate.host)


def bases(session: Session, platform: Platform) -> list[Base]:
    """Every place that a signed certificate may point to: none, and each host there ever was."""
    hosts = {"", platform.policy.certificate.host}
    for version, _by, _no in policy_versions.every(session):
        hosts.add(str(version.values.get("certificate", {}).get("host", "")))
    return [Base(host) for host in sorted(hosts)]


def dids(found: Iterable[Base]) -> list[str]:
    """The names of the hosts among these places."""
    return [did_web(base.host) for base in found if base.host]
