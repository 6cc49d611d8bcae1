"""Rules of signing in over a network (G17)."""

from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, Field

from certify.policy.section import Section


def _network(text: str) -> str:
    return str(ip_network(text))


class AccessPolicy(Section):
    """Ways in, and what guards them."""

    failures: Annotated[int, Field(ge=1, le=100)] = 10
    """Failed sign-ins of one staff number, and of one address, after which its door stays shut."""
    within_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    """Minutes in which failures are counted; the door opens again when they are past."""
    tries_per_connection: Annotated[int, Field(ge=1, le=20)] = 6
    """Failed sign-ins after which a connection is closed."""
    login_seconds: Annotated[int, Field(ge=5, le=600)] = 30
    """Seconds in which somebody must have signed in, else the connection is closed."""
    waiting_per_address: Annotated[int, Field(ge=1, le=10_000)] = 10
    """Connections of one address on which nobody has signed in yet, at most."""
    idle_minutes: Annotated[int, Field(ge=1, le=1440)] = 60
    """Minutes without a key after which a terminal is signed out; never during an exam."""
    shared_networks: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    """Networks in which many people share one address, such as `10.8.0.1/32` of the router of an
    exam hall, or of a proxy: there failures and waiting connections of an address do not count."""
    code_early_minutes: Annotated[int, Field(ge=0, le=1440)] = 30
    """Minutes before a sitting opens from which its exam codes are taken."""
