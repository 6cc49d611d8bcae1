"""Steps of the tests about certificates: earned, issued anew, handed out."""

from pathlib import Path
from typing import Any

from sqlmodel import select

from certify.domain.certificate import (
    Certificate,
)
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.domain.qualification import QualificationState
from certify.platform import Platform
from certify.services import catalogue
from certify.services.catalogue import CertificateView
from certify.services.certificates import handing_out, listing, reissuing
from certify.services.placing.changing import change_person
from certify.services.qualifying import states
from certify.storage import certificates, qualifications
from tests.paper.pages import texts
from tests.platforms import actor, read_course, sit


def qualified(platform: Platform, staff_no: str) -> str:
    who = actor(platform, staff_no)
    read_course(platform, who)
    sit(platform, who)
    found = listing.of_person(platform, actor=who)
    return next(one.number for one in found if one.number.startswith("PQ-"))


def shown(platform: Platform, number: str, revision: int | None = None) -> CertificateView:
    return catalogue.certificate(platform, actor=CONSOLE, number=number, revision=revision)


def reissue(platform: Platform, number: str, reason: str = "lost") -> reissuing.Reissued:
    who = actor(platform, "H0001")
    return reissuing.reissue(platform, actor=who, number=number, reason=reason)


def renamed(platform: Platform, name: str) -> None:
    change_person(platform, actor=actor(platform, "H0001"), staff_no="E1001", name=name)


def decide(platform: Platform, number: str, state: QualificationState) -> None:
    """Write a state down as whoever decides does."""
    ways = {QualificationState.REVOKED: states.revoke, QualificationState.SUSPENDED: states.suspend}
    with platform.database.write() as session:
        found = certificates.by_number(session, number)
        assert found is not None
        row = qualifications.locked(session, found[1].id or 0)
        ways[state](session, platform, row, actor_id=0, reason="test")


def erase(platform: Platform, number: str) -> None:
    """Take the personal facts away, as an erasure does."""
    with platform.database.write() as session:
        certificate = session.exec(select(Certificate).where(Certificate.number == number)).one()
        gone = {"name": "", "staff_no": "", "department": "", "post": ""}
        certificate.facts = certificate.facts | gone
        certificate.erased_at = platform.clock.now()
        session.add(certificate)


def entries(platform: Platform, action: str) -> list[dict[str, Any]]:
    with platform.database.read() as session:
        query = select(LedgerEntry).where(LedgerEntry.action == action)
        return [dict(one.facts) for one in session.exec(query.order_by("sequence")).all()]


def handed(
    platform: Platform, number: str, format_name: str, path: Path, who: str = "H0001", **more: Any
) -> bytes:
    done = handing_out.export(
        platform,
        actor=actor(platform, who),
        number=number,
        format_name=format_name,
        path=path,
        **more,
    )
    assert done.path == path
    return path.read_bytes()


def said(pdf: bytes) -> str:
    return "".join("".join(texts(pdf)).split())
