"""What a browser must look like before the web door answers it, and what every answer tells it."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from certify.errors import BadInput
from certify.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from certify.settings import Settings

HEADERS = {
    "Server": "certify",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer."""


@dataclass(frozen=True)
class Front:
    """What stands between the browsers and this server."""

    origins: tuple[str, ...] = ()
    """Where the page is opened from, such as `https://exam.example.com`."""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Whose word about the browser's address is believed."""

    @classmethod
    def of(cls, origins: Iterable[str] = (), proxies: Iterable[str] = ()) -> Front:
        """Check what was typed as options.

        Raises:
            BadInput: an origin or an address is none.
        """
        return cls(tuple(map(_origin, origins)), tuple(map(_network, proxies)))

    @classmethod
    def by(cls, settings: Settings) -> Front:
        """What the settings say."""
        return cls.of(_listed(settings.web_origins), _listed(settings.web_proxies))

    def knows(self, host: str) -> bool:
        """Whether a request's Host is a name of this server.

        A page elsewhere can let its own name point here, and would then count as the same host;
        it cannot take an address, nor a name that only stands in the options.
        """
        name = _name(host)
        return (
            name in ("localhost", socket.gethostname().lower())
            or name in (urlsplit(one).hostname for one in self.origins)
            or _is_address(name)
        )

    def admits(self, origin: str, host: str) -> bool:
        """Whether a page of that origin may open a terminal here: ours, and no other."""
        return origin.lower() in self.origins or (
            origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")
            and self.knows(host)
        )

    def address(self, peer: str, headers: Mapping[str, str]) -> str:
        """Where the browser is: the peer, or what trusted proxies say of it.

        A proxy may add a line of its own below the one that the browser made up; the last counts.
        """
        lines = getattr(headers, "getall", lambda name, _none: [headers.get(name, "")])
        told_by_all = ",".join(lines("X-Forwarded-For", []))
        heard = [one.strip() for one in told_by_all.split(",")]
        while self.trusts(peer) and heard:
            told = heard.pop()
            if not _is_address(told):
                break
            peer = told
        return peer

    def trusts(self, peer: str) -> bool:
        """Whether an address is that of a proxy of ours."""
        return _is_address(peer) and any(ip_address(peer) in one for one in self.proxies)


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text.lower().rstrip("/"))
        is_origin = parts.scheme in ("http", "https") and parts.netloc and not parts.path
    except ValueError:
        is_origin = False
    if not is_origin:
        raise BadInput(
            _("“{text}” is no origin of a page.").format(text=text),
            mend=_("Write it as the browser shows it, such as https://exam.example.com."),
        )
    return parts.geturl()


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as problem:
        raise BadInput(
            _("“{text}” is no address.").format(text=text),
            mend=_("Write an address or a network, such as 127.0.0.1 or 10.1.0.0/16."),
        ) from problem
