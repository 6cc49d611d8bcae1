"""What a forger of certificates and an insider with a role tried, and does not get through (G16)."""

import json
import os
import struct
import zipfile
import zlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.deviation import Deviation
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE, Person, PersonStatus, Role, RoleGrant
from certify.domain.placement import Placement
from certify.domain.proposal import Proposal
from certify.domain.qualification import QualificationState
from certify.domain.verdict import Finding
from certify.errors import BadInput, NotPermitted, Refused
from certify.platform import Platform
from certify.policy import TrustPolicy
from certify.services import confirming, export_check, ledger, proposals
from certify.services.credentials.reading import document_in
from certify.services.policy import changing
from certify.services.privacy import erasing, leftovers, repeating
from certify.services.qualifying import deciding
from certify.services.reporting.archive_check import check_archive
from certify.storage import erasures, guards, people
from certify.storage.backup_archive import opened
from tests.platforms import actor, with_policy
from tests.services.credential_steps import HOST, Company
from tests.services.learning_steps import pass_course
from tests.services.second_person import propose_to_revoke, second_hr

REVOKED = QualificationState.REVOKED


# ── Certificates ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("host", ["", HOST])
@pytest.mark.parametrize("place", ["identifier", "criteria"])
def test_a_name_given_to_a_nameless_part_is_not_shown_as_signed(
    host: str, place: str, tmp_path: Path
) -> None:
    holder = Company(host).stranger(tmp_path)
    document = holder.parsed()
    subject = document["credentialSubject"]
    part = subject["identifier"][0] if place == "identifier" else subject["achievement"]["criteria"]

    part["id"] = "_:Level-L5,-mark-100"

    report = holder.judge(json.dumps(document))
    assert report.verdict is Finding.UNREADABLE
    assert report.credential == {}
