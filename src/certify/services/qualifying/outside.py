"""Certificates of somebody else than the company (R-QUA-03, R-QUA-08)."""

from datetime import date

from certify.domain.person import Actor, Post
from certify.domain.promotion import given_by_hand, may_certificate_stand_in
from certify.domain.qualification import Basis, OutsideCertificate, QualificationKind
from certify.errors import BadInput, Refused
from certify.hooks.events import CertificateIssued
from certify.i18n import _
from certify.platform import Platform
from certify.services.qualifying.decisions import other_person, process_title, told
from certify.services.qualifying.giving import Gift, give, validity_of
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import qualifications


def accept(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    title: str,
    issuer: str,
    number: str,
    issued_on: date,
    valid_to: date | None = None,
    process: str = "",
) -> CertificateIssued | None:
    """Record an outside certificate; for a process of a technical post it stands for the exam.

    Args:
        valid_to: its last valid day; None where it has none.
        process: the process it stands for; empty: kept as evidence, worth nothing (R-QUA-08).
    Returns:
        The post qualification it gave; None where it is informative only.
    Raises:
        NotPermitted, NotFound
        BadInput: a day to come, or an end before the beginning.
        Refused: the post is of no track for which that is allowed, it has ended, or the process is
            held already.
    """
    title = checked_text(title, _("title"))
    issuer = checked_text(issuer, _("issuer"))
    number = checked_text(number, _("number of the certificate"), 80) if number.strip() else ""
    today, policy = platform.today(), platform.policy.qualification
    if issued_on > today or (valid_to is not None and valid_to < issued_on):
        raise BadInput(
            _("The days of the certificate cannot be right."),
            mend=_("Issued today or before; its last valid day not before that."),
        )
    issued = None
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        kept = OutsideCertificate(
            person_id=person.id or 0,
            title=title,
            issuer=issuer,
            number=number,
            issued_on=issued_on,
            valid_to=valid_to,
            process=process,
            recorded_by=actor.person_id,
            at=platform.clock.now(),
        )
        if process:
            name = process_title(session, process)
            track = session.get_one(Post, person.post_id).track
            if track not in policy.outside_tracks:
                raise Refused(
                    _("An outside certificate stands for no exam on a post of this track."),
                    mend=_("Record it without a process: it is kept as evidence."),
                )
            if valid_to is not None and valid_to < today:
                raise Refused(_("The certificate ended on {day}.").format(day=valid_to.isoformat()))
            old = qualifications.latest(session, person.id or 0, process)
            held = validity_of(old) if old else None
            if old is not None and not may_certificate_stand_in(held, today):
                raise Refused(
                    _("{name} holds {code} until {day}.").format(
                        name=person.name, code=process, day=old.valid_to.isoformat()
                    )
                )
            gift = Gift(
                QualificationKind.POST,
                process,
                name,
                given_by_hand(today, policy.post_months, valid_to),
                Basis.OUTSIDE_CERTIFICATE,
                reason=f"{title} ({issuer})",
                actor_id=actor.person_id,
            )
            issued = give(session, platform, person, gift, platform.clock.now())
            given = qualifications.latest(session, person.id or 0, process)
            kept.qualification_id = given.id if given else None
        session.add(kept)
        record(
            session,
            platform,
            actor,
            "outside-certificate-recorded",
            f"person:{person.id}",
            title=title,
            issuer=issuer,
            process=process,
        )
    return told(platform, issued) if issued else None
