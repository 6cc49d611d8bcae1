"""A verifier who stands in the company's own house: its keys, and its states of this moment."""

import dataclasses

from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.qualification import QualificationState
from certify.domain.trust_anchor import Anchor, issuer_document, of_document
from certify.domain.verdict import Finding
from certify.platform import Platform
from certify.services.credentials.issuer import bases, dids
from certify.services.credentials.verifying import Here, Trust
from certify.services.qualifying.states import state_of
from certify.storage import credentials, people, qualifications, signing_keys

_FINDINGS = {
    QualificationState.REVOKED: Finding.REVOKED,
    QualificationState.SUSPENDED: Finding.SUSPENDED,
}


def with_company(platform: Platform, *, actor: Actor, trusted: Trust) -> Trust:
    """The trust with the company's own keys and states added.

    Raises:
        NotPermitted
    """
    if not actor.is_console:
        require(actor, Action.SEE_QUALIFICATIONS)
    with platform.database.read() as session:
        keys = signing_keys.every(session)
        if not keys:
            return trusted
        organisation = people.organisation(session)
        name = organisation.name if organisation else ""
        anchor: Anchor = of_document(issuer_document(name, dids(bases(session, platform)), keys))
        known, today = credentials.revisions(session), platform.today()
        states = {
            row.certificate: (
                known[row.certificate][1],
                _FINDINGS.get(state_of(row, today) or QualificationState.ACTIVE),
            )
            for row in qualifications.periods(session)
        }
    return dataclasses.replace(
        trusted, anchors=(anchor, *trusted.anchors), here=Here(anchor, states)
    )
