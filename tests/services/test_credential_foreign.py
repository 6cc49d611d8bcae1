"""Two implementations by others, in JavaScript and in Rust, agree with ours (G19)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from certify.domain import credential_jwt
from certify.domain.data_integrity import signed_part
from certify.domain.linked_data import CREDENTIALS, OPEN_BADGES, contexts
from certify.domain.signed_credential import CredentialForm
from certify.domain.signing import is_signed
from certify.domain.status_list import Purpose, decoded, is_set
from certify.domain.strict_json import parse_object
from certify.domain.trust_anchor import own_key
from certify.domain.verdict import Finding
from certify.platform import Platform
from certify.services.credentials import verifying
from certify.services.credentials.status import StatusList
from tests.services.credential_steps import (
    HOST,
    Company,
    Forger,
    Stranger,
    stranger,
    with_host,
)
from tests.services.foreign import Foreign

NOW = "2024-03-04T05:00:00Z"
SEED = "07" * 32
BADGE: dict[str, Any] = {
    "@context": [CREDENTIALS, OPEN_BADGES],
    "id": "http://example.com/credentials/3527",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "DID", "type": ["Profile"], "name": "Example Corp"},
    "validFrom": "2010-01-01T00:00:00Z",
    "name": "Teamwork Badge",
    "credentialSubject": {
        "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://example.com/achievements/21st-century-skills/teamwork",
            "type": ["Achievement"],
            "criteria": {"narrative": "Team members are nominated for this badge by their peers."},
            "description": "This badge recognizes the capacity to collaborate in a group.",
            "name": "Teamwork",
        },
    },
}


@pytest.fixture(scope="module")
def foreign() -> Iterator[Foreign]:
    """The implementations by others."""
    one = Foreign()
    yield one
    one.close()


def published(holder: Stranger) -> dict[str, Any]:
    """What lies on the company's web host, by address."""
    documents = [json.loads(file.read_text("utf-8")) for file in holder.folder.rglob("*.json")]
    return {one["id"]: one for one in documents if "id" in one}


def rust_agrees(foreign: Foreign, document: dict[str, Any]) -> bool:
    part = signed_part(document)
    key = own_key(part.method)
    return bool(key) and is_signed(str(key), foreign.rust_hashes(document), part.value)


def test_the_contexts_are_those_that_others_ship(foreign: Foreign) -> None:
    for url, ours in contexts().items():
        assert foreign.contexts[url] == ours


@pytest.mark.parametrize("host", ["", HOST])
def test_both_verify_what_certify_issues_and_refuse_it_changed(
    foreign: Foreign, sqlite_platform: Platform, tmp_path: Path, host: str
) -> None:
    holder = stranger(with_host(sqlite_platform, host), tmp_path)
    document, web = holder.parsed(), published(holder)
    assert holder.finding() is Finding.VALID

    assert foreign.ask("verify", document=document, published=web, now=NOW)["verified"]
    assert rust_agrees(foreign, document)

    for change in (
        {"name": "other"},
        {"validUntil": "2099-01-01T00:00:00Z"},
        {"proof": {**document["proof"], "created": NOW}},
        {"extra": "x"},
    ):
        changed = {**document, **change}
        assert not foreign.ask("verify", document=changed, published=web, now=NOW)["verified"]
        assert holder.finding(json.dumps(changed)) in (Finding.ALTERED, Finding.UNREADABLE)
        if "extra" not in change:
            assert not rust_agrees(foreign, changed)
    deep = holder.parsed()
    deep["credentialSubject"]["result"][0]["value"] = "100.01"
    assert not foreign.ask("verify", document=deep, published=web, now=NOW)["verified"]
    assert not rust_agrees(foreign, deep)
    assert not foreign.ask("verify", document=document, published=web, now="2026-03-04T05:00:00Z")[
        "verified"
    ]


def test_facts_of_every_kind_mean_the_same_to_all_three(foreign: Foreign) -> None:
    texts = ['"\\\t\n', "%s %", "<urn:x>", "李\u3000👩‍👩‍👧", "", "\u00e9e\u0301", "_:b0", "𠮷"]
    document = parse_object(
        Company().document(facts={f"fact{place}": text for place, text in enumerate(texts)})
    )

    assert foreign.ask("verify", document=document, now=NOW)["verified"]
    assert rust_agrees(foreign, document)


def test_a_forger_is_refused_by_all(foreign: Foreign, tmp_path: Path) -> None:
    holder = Company(HOST).stranger(tmp_path)
    document, web = holder.parsed(), published(holder)
    forger = Forger()
    for method in (
        f"{forger.did}#{forger.key}",
        f"{document['issuer']['id']}#{forger.key}",
        document["proof"]["verificationMethod"],
    ):
        forged = forger.sign(document, method)
        answer = foreign.ask("verify", document=forged, published=web, now=NOW)
        # Who signed for whom is left to the caller by some: the key's own signature does hold.
        is_own_name = method.startswith(forger.did)
        assert answer["verified"] is False or is_own_name
        assert holder.finding(json.dumps(forged)) in (Finding.WRONG_KEY, Finding.ALTERED)


def test_certify_verifies_what_others_issue_and_refuses_it_changed(foreign: Foreign) -> None:
    answer = foreign.ask("issue", credential=BADGE, seed=SEED, now=NOW)
    document, did = answer["document"], f"did:key:{answer['key']}"
    assert answer["key"] == Forger().key
    trusted = verifying.trust(dids=[did])
    now = Company().at.replace(hour=6)

    report = verifying.verify_text(json.dumps(document), trusted=trusted, now=now)
    assert report.findings == ()
    assert dict(verifying.facts(report.credential))["issuer.name"] == "Example Corp"
    assert rust_agrees(foreign, document)

    changed = {**document, "name": "Other Badge"}
    assert (
        verifying.verify_text(json.dumps(changed), trusted=trusted, now=now).verdict
        is Finding.ALTERED
    )


def test_others_read_our_status_lists(
    foreign: Foreign, sqlite_platform: Platform, tmp_path: Path
) -> None:
    company = Company(HOST)
    holder = company.stranger(tmp_path)
    document = holder.parsed()
    assert foreign.ask("status", document=document, published=published(holder))["set"] == []

    company.publish(holder.folder, {"revocation": [1], "suspension": [0, 2]})
    web = published(holder)

    assert foreign.ask("status", document=document, published=web)["set"] == ["revocation"]
    for purpose in Purpose:
        one = company.status_list(purpose)
        assert foreign.ask("verify", document=one, published=web, now=NOW)["verified"]
        assert rust_agrees(foreign, one)
        changed = {**one, "validUntil": "2099-01-01T00:00:00Z"}
        assert not foreign.ask("verify", document=changed, published=web, now=NOW)["verified"]


def test_certify_reads_the_status_lists_of_others(foreign: Foreign, tmp_path: Path) -> None:
    forger = Forger()
    company = Company()
    company.private, company.key = forger.private, forger.key
    holder = company.stranger(tmp_path)
    place = holder.parsed()["credentialStatus"][0]
    unsigned = foreign.ask(
        "statusList", id=place["statusListCredential"], indices=[1, 77], purpose="revocation"
    )
    subject = unsigned["credentialSubject"]
    bits = decoded(subject["encodedList"])
    assert [index for index in range(131_072) if is_set(bits, index)] == [1, 77]

    dated = {**unsigned, "validFrom": "2024-03-04T04:00:00Z", "validUntil": "2024-03-05T04:00:00Z"}
    issued = foreign.ask(
        "issue", credential={**dated, "issuer": "DID"}, seed=SEED, now="2024-03-04T04:00:00Z"
    )["document"]
    lists = (
        StatusList(issued["id"], issued),
        *(
            StatusList(one["id"], one)
            for one in (company.status_list(p) for p in (Purpose.SUSPENSION, Purpose.REFRESH))
        ),
    )
    trusted = verifying.Trust(
        anchors=verifying.trust(issuers=[tmp_path / "issuer.json"]).anchors, lists=lists
    )
    report = verifying.verify_text(holder.document, trusted=trusted, now=company.at)
    assert report.findings == (Finding.REVOKED,)


def test_tokens_are_read_in_both_directions(foreign: Foreign, tmp_path: Path) -> None:
    company = Company()
    holder = company.stranger(tmp_path, CredentialForm.JWT)
    assert holder.finding() is Finding.VALID

    answer = foreign.ask("jwtVerify", token=holder.document, key=company.key, now=NOW)
    assert answer["verified"]
    assert answer["payload"]["credentialSubject"]["result"][0]["value"] == "100.00"
    assert not foreign.ask("jwtVerify", token=holder.document, key=Forger().key, now=NOW)[
        "verified"
    ]
    head, body, signature = holder.document.split(".")
    changed = f"{head}.{body[:-4]}AAAA.{signature}"
    assert not foreign.ask("jwtVerify", token=changed, key=company.key, now=NOW)["verified"]

    claims = {
        **BADGE,
        "iss": "DID",
        "jti": BADGE["id"],
        "sub": BADGE["credentialSubject"]["id"],
        "nbf": 1262304000,
        "iat": 1709528400,
    }
    issued = foreign.ask("jwtIssue", claims=claims, seed=SEED, header={})
    trusted = verifying.trust(dids=[f"did:key:{issued['key']}"])
    now = company.at.replace(hour=6)
    report = verifying.verify_text(issued["token"], trusted=trusted, now=now)
    assert report.findings == ()
    credential, _signed = credential_jwt.opened(issued["token"])
    assert credential["name"] == "Teamwork Badge"
    head, body, signature = issued["token"].split(".")
    changed = f"{head}.{body}.{'A' * len(signature)}"
    assert verifying.verify_text(changed, trusted=trusted, now=now).verdict is Finding.ALTERED
