"""A stranger checks a certificate: all facts, a clear verdict, nothing false passes (G19)."""

import base64
import gzip
import json
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certify.domain.signed_credential import CredentialForm
from certify.domain.status_list import Purpose
from certify.domain.verdict import Finding
from certify.errors import BadInput
from certify.services.credentials import reading, verifying
from certify.services.credentials.verifying import facts
from tests.services.credential_steps import (
    HOST,
    Company,
    Forger,
    Stranger,
    b64,
    png_with,
)

NO_SIGNATURE = {Finding.UNREADABLE, Finding.ALTERED, Finding.UNKNOWN_ALGORITHM, Finding.WRONG_KEY}
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def company() -> Company:
    """A company without a web host."""
    return Company()


@pytest.fixture
def holder(company: Company, tmp_path: Path) -> Stranger:
    """Holds a badge with an embedded proof."""
    return company.stranger(tmp_path)


@pytest.fixture
def token_holder(company: Company, tmp_path: Path) -> Stranger:
    """Holds the same as a token."""
    return company.stranger(tmp_path, CredentialForm.JWT)


@pytest.fixture
def hosted(tmp_path: Path) -> Stranger:
    """Holds a badge of a company with a web host."""
    return Company(HOST).stranger(tmp_path / "hosted")


# ── What holds ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["holder", "token_holder", "hosted"])
def test_a_true_certificate_is_valid_and_every_signed_fact_is_shown(
    request: pytest.FixtureRequest, kind: str
) -> None:
    report = request.getfixturevalue(kind).judge(name="王小兰", staff_no="E1001")

    assert report.findings == ()
    assert report.verdict is Finding.VALID
    shown = dict(facts(report.credential))
    assert shown["course"] == "sample"
    assert shown["mark"] == "100.00"
    assert shown["revision"] == "1"
    assert shown["is_retake"] == "false"
    assert shown["issuer.name"] == "示例公司"
    signed = json.dumps(report.credential, ensure_ascii=False)
    assert all(value in signed for value in shown.values())
    for place in (
        "credentialSubject.result.value",
        "credentialSubject.identifier.1.identityHash",
        "credentialStatus.3.statusListIndex",
        "validUntil",
    ):
        assert place in shown


def test_no_network_home_or_database_is_asked(
    holder: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert holder.finding() is Finding.VALID


def test_it_holds_by_the_did_document_alone_and_by_a_did_key(
    hosted: Stranger, holder: Stranger
) -> None:
    did_file = hosted.folder / "did.json"
    trusted = verifying.trust(issuers=[did_file], statuses=[hosted.folder / "status"])
    assert verifying.verify_text(hosted.document, trusted=trusted, now=hosted.now()).findings == ()

    did = holder.parsed()["issuer"]["id"]
    assert holder.finding(issuer=False, dids=(did,)) is Finding.VALID


def test_without_a_key_list_nobody_vouches_and_the_facts_are_shown_all_the_same(
    holder: Stranger,
) -> None:
    report = holder.judge(issuer=False)

    assert report.verdict is Finding.UNVOUCHED
    assert report.credential


def test_it_counts_from_its_first_moment_to_its_last(holder: Stranger) -> None:
    document = holder.parsed()
    first, last = (datetime.fromisoformat(document[one]) for one in ("validFrom", "validUntil"))
    second = timedelta(seconds=1)

    def said(now: datetime) -> tuple[Finding, ...]:
        return tuple(
            one
            for one in holder.judge(status=False, now=now).findings
            if one is not Finding.STATUS_UNKNOWN
        )

    signed = datetime.fromisoformat(document["proof"]["created"])
    assert said(first - second) == (Finding.PREMATURE,)
    assert said(signed) == ()
    assert said(last - second) == ()
    assert said(last) == (Finding.EXPIRED,)


def test_a_signature_from_the_future_does_not_count_yet(holder: Stranger) -> None:
    signed = datetime.fromisoformat(holder.parsed()["proof"]["created"])

    assert holder.finding(now=signed - timedelta(minutes=11)) is Finding.PREMATURE


# ── What does not ────────────────────────────────────────────────────────────────────────────


@settings(max_examples=150, suppress_health_check=SLOW)
@given(st.data())
def test_any_byte_changed_in_a_document_is_refused(holder: Stranger, data: st.DataObject) -> None:
    assert _with_one_byte_changed(holder, holder.document.encode(), data) in NO_SIGNATURE


@settings(max_examples=300, suppress_health_check=SLOW)
@given(st.data())
def test_any_byte_changed_in_a_token_is_refused(
    token_holder: Stranger, data: st.DataObject
) -> None:
    text = token_holder.document.encode()
    assert _with_one_byte_changed(token_holder, text, data) in NO_SIGNATURE


@settings(max_examples=150, suppress_health_check=SLOW)
@given(st.data())
def test_any_byte_changed_in_a_picture_is_refused(holder: Stranger, data: st.DataObject) -> None:
    picture = png_with(holder.document.encode())
    assert _with_one_byte_changed(holder, picture, data) in NO_SIGNATURE


def _with_one_byte_changed(holder: Stranger, true: bytes, data: st.DataObject) -> Finding:
    place = data.draw(st.integers(0, len(true) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != true[place]))
    file = holder.folder / "changed"
    file.write_bytes(true[:place] + bytes([byte]) + true[place + 1 :])
    trusted = verifying.trust(issuers=[holder.folder / "issuer.json"])
    return verifying.verify(file, trusted=trusted, now=holder.now()).verdict


Change = Callable[[dict[str, Any]], object]
CHANGES: dict[str, Change] = {
    "a mark": lambda d: d["credentialSubject"].update(
        narrative=d["credentialSubject"]["narrative"].replace("100.00", "100.01")
    ),
    "a result": lambda d: d["credentialSubject"]["result"][0].update(value="100.01"),
    "a level": lambda d: d["credentialSubject"]["achievement"].update(humanCode="L4"),
    "a day": lambda d: d.update(validUntil="2099-01-01T00:00:00Z"),
    "no last day": lambda d: d.pop("validUntil"),
    "an added term": lambda d: d.update(extra="x"),
    "no status": lambda d: d.pop("credentialStatus"),
    "another status": lambda d: d["credentialStatus"][0].update(statusListIndex="99"),
    "another issuer": lambda d: d["issuer"].update(name="别家公司"),
    "a new time": lambda d: d["proof"].update(created="2024-03-04T05:00:00Z"),
    "another purpose": lambda d: d["proof"].update(proofPurpose="authentication"),
    "another encoding": lambda d: d["proof"].update(proofValue="u" + "A" * 86),
    "two proofs": lambda d: d.update(proof=[d["proof"], d["proof"]]),
    "no proof": lambda d: d.pop("proof"),
    "a proof inside": lambda d: d["credentialSubject"].update(proof=d.pop("proof")),
    "a context more": lambda d: d["@context"].append({"mark": "urn:other"}),
    "a context from elsewhere": lambda d: d["@context"].append("https://evil.example/context"),
    "contexts in another order": lambda d: d["@context"].reverse(),
    "another meaning": lambda d: d["@context"].append({"narrative": "urn:other"}),
    "the last day by its full name": lambda d: d.update(
        {"https://www.w3.org/2018/credentials#validUntil": d.pop("validUntil")}
    ),
    "another subject": lambda d: d["credentialSubject"].update(id="urn:uuid:9"),
    "another person": lambda d: d["credentialSubject"]["identifier"][0].update(salt="x"),
    "another type": lambda d: d.update(type=["VerifiableCredential"]),
    "an empty issuer": lambda d: d.update(issuer=""),
    "a list of subjects": lambda d: d.update(credentialSubject=[d["credentialSubject"]]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_certificate_is_refused_and_none_of_its_facts_are_shown(
    holder: Stranger, change: Change
) -> None:
    document = holder.parsed()
    change(document)

    report = holder.judge(json.dumps(document))

    assert report.verdict in (Finding.ALTERED, Finding.UNREADABLE)
    assert not report.credential


@pytest.mark.parametrize(
    "proof",
    [
        {"cryptosuite": "eddsa-jcs-2022"},
        {"cryptosuite": "none"},
        {"type": "RsaSignature2018"},
    ],
)
def test_another_algorithm_does_not_count(holder: Stranger, proof: dict[str, str]) -> None:
    document = holder.parsed()
    document["proof"] |= proof

    assert holder.finding(json.dumps(document)) is Finding.UNKNOWN_ALGORITHM


def test_a_member_twice_is_refused_whichever_would_count(holder: Stranger) -> None:
    twice = holder.document.replace('"proof":', '"validUntil":"2099-01-01T00:00:00Z","proof":', 1)

    assert holder.finding(twice) is Finding.UNREADABLE


def test_who_signs_with_a_key_of_their_own_is_not_believed(
    holder: Stranger, hosted: Stranger
) -> None:
    forger = Forger()
    document = holder.parsed()

    own_name = forger.sign({**document, "issuer": {**document["issuer"], "id": forger.did}})
    assert holder.finding(json.dumps(own_name)) is Finding.UNVOUCHED
    assert holder.finding(json.dumps(forger.sign(document))) is Finding.WRONG_KEY
    as_company = forger.sign(document, document["proof"]["verificationMethod"])
    assert holder.finding(json.dumps(as_company)) is Finding.ALTERED
    did = document["issuer"]["id"]
    assert holder.finding(json.dumps(forger.sign(document, f"{did}#{forger.key}"))) in NO_SIGNATURE

    web = hosted.parsed()
    listed = f"{web['issuer']['id']}#{forger.key}"
    assert hosted.finding(json.dumps(forger.sign(web, listed))) is Finding.WRONG_KEY


def test_another_company_that_is_believed_too_cannot_sign_for_this_one(
    holder: Stranger,
) -> None:
    forger = Forger()
    theirs = json.dumps(forger.sign(holder.parsed()))

    assert holder.finding(theirs, dids=(forger.did,)) is Finding.WRONG_KEY


def test_a_key_signs_from_when_it_was_made_to_when_it_was_retired(
    company: Company, tmp_path: Path
) -> None:
    holder = company.stranger(tmp_path)
    listed = json.loads((tmp_path / "issuer.json").read_text())
    listed["keys"][0]["until"] = "2024-03-04T05:00:00Z"
    (tmp_path / "issuer.json").write_text(json.dumps(listed))

    def findings(created: str) -> tuple[Finding, ...]:
        document = holder.parsed()
        document["proof"]["created"] = created
        by_thief = company.sign(document)
        now = company.at + timedelta(days=2)
        return holder.judge(json.dumps(by_thief), status=False, now=now).findings

    assert Finding.WRONG_KEY not in findings("2024-03-04T04:30:00Z")
    assert Finding.WRONG_KEY in findings("2024-03-04T05:11:00Z")
    assert Finding.WRONG_KEY in findings("2024-03-04T03:49:00Z")


def test_a_key_that_is_not_for_signing_certificates_is_not_believed(hosted: Stranger) -> None:
    file = hosted.folder / "did.json"
    document = json.loads(file.read_text())
    document["authentication"] = document.pop("assertionMethod")
    file.write_text(json.dumps(document))

    with pytest.raises(BadInput):
        verifying.trust(issuers=[file])


@pytest.mark.parametrize(
    "subject",
    [
        {"result": [{"id": f"urn:r{n}", "type": ["Result"], "value": "x"} for n in range(240)]},
        {"identifier": [{"type": "IdentityObject", "salt": str(n)} for n in range(240)]},
        {"identifier": [{"type": "IdentityObject", "hashed": True} for _ in range(240)]},
        {"type": ["AchievementSubject", *(f"urn:t{n}" for n in range(240))]},
        {f"urn:p{n}": [str(m) for m in range(240)] for n in range(12)},
        {"narrative": "x" * 250_000},
    ],
)
def test_a_document_made_to_take_for_ever_is_refused_within_seconds(
    holder: Stranger, subject: dict[str, Any]
) -> None:
    document = holder.parsed()
    document["credentialSubject"] |= subject
    begin = time.perf_counter()

    assert holder.finding(json.dumps(document)) in (Finding.ALTERED, Finding.UNREADABLE)

    assert time.perf_counter() - begin < 10


# ── Status ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("purpose", "finding"),
    [
        ("revocation", Finding.REVOKED),
        ("suspension", Finding.SUSPENDED),
        ("refresh", Finding.REPLACED),
    ],
)
def test_what_a_list_says_is_said(
    company: Company, tmp_path: Path, purpose: str, finding: Finding
) -> None:
    assert company.stranger(tmp_path, set_={purpose: [1]}).judge().findings == (finding,)
    assert company.stranger(tmp_path, set_={purpose: [0, 2]}).judge().findings == ()


def test_without_lists_or_with_some_missing_the_status_is_unknown(
    company: Company, holder: Stranger
) -> None:
    assert holder.finding(status=False) is Finding.STATUS_UNKNOWN
    (holder.folder / "status" / "suspension.json").unlink()
    assert holder.finding() is Finding.STATUS_UNKNOWN
    company.publish(holder.folder, {"revocation": [1]})
    (holder.folder / "status" / "suspension.json").unlink()
    assert holder.finding() is Finding.REVOKED


def test_a_list_counts_for_as_long_as_it_says(holder: Stranger) -> None:
    for hours, finding in (
        (-1, Finding.PREMATURE),
        (23, Finding.VALID),
        (24, Finding.STATUS_STALE),
    ):
        assert holder.finding(now=holder.now() + timedelta(hours=hours)) is finding


def test_an_old_list_put_back_is_refused_as_stale_and_beside_a_new_one_it_does_not_count(
    company: Company, holder: Stranger
) -> None:
    old = (holder.folder / "status" / "revocation.json").read_text()
    company.at += timedelta(hours=12)
    company.publish(holder.folder, {"revocation": [1]})
    (holder.folder / "status" / "a-old.json").write_text(old)
    assert holder.finding() is Finding.REVOKED

    for file in ("revocation.json", "a-old.json"):
        (holder.folder / "status" / file).write_text(old)
    assert holder.finding(now=company.at + timedelta(hours=12)) is Finding.STATUS_STALE


def _as_list(holder: Stranger, document: dict[str, Any]) -> Finding:
    (holder.folder / "status" / "revocation.json").write_text(json.dumps(document))
    return holder.finding()


def test_a_list_that_somebody_else_made_or_changed_does_not_count(
    company: Company, holder: Stranger
) -> None:
    true = company.status_list(Purpose.REVOCATION)
    assert _as_list(holder, true) is Finding.VALID

    forger = Forger()
    other = Company(HOST)
    other.base = company.base
    other.private, other.key = forger.private, forger.key
    changed: list[dict[str, Any]] = [
        forger.sign(true),
        forger.sign(true, true["proof"]["verificationMethod"]),
        other.status_list(Purpose.REVOCATION),
        {**true, "validUntil": "2099-01-01T00:00:00Z"},
        {**true, "credentialSubject": {**true["credentialSubject"], "statusPurpose": "suspension"}},
        {**true, "issuer": forger.did},
        {**true, "proof": [true["proof"]]},
        {**true, "type": "BitstringStatusListCredential"},
        {**true, "@context": [*true["@context"], {"x": "urn:x"}]},
        company.status_list(Purpose.SUSPENSION) | {"id": true["id"]},
    ]
    for document in changed:
        assert _as_list(holder, document) is Finding.STATUS_UNKNOWN, document


def test_the_list_of_another_company_that_is_believed_too_does_not_count(
    company: Company, holder: Stranger
) -> None:
    other = Company()
    forger = Forger()
    other.private, other.key = forger.private, forger.key
    document = other.status_list(Purpose.REVOCATION)
    (holder.folder / "status" / "revocation.json").write_text(json.dumps(document))

    assert holder.finding(dids=(forger.did,)) is Finding.STATUS_UNKNOWN


def test_a_list_of_300_megabytes_is_refused_quickly(company: Company, holder: Stranger) -> None:
    bomb = "u" + b64(gzip.compress(b"\0" * 300_000_000))
    document = company.status_list(Purpose.REVOCATION)
    document["credentialSubject"]["encodedList"] = bomb[:200_000]
    assert _as_list(holder, company.sign(document)) is Finding.STATUS_UNKNOWN

    begin = time.perf_counter()
    document["credentialSubject"]["encodedList"] = bomb
    assert len(bomb) > 256 * 1024
    assert _as_list(holder, document) is Finding.STATUS_UNKNOWN
    assert time.perf_counter() - begin < 5


# ── Tokens ───────────────────────────────────────────────────────────────────────────────────


def _token(document: str, header: dict[str, Any], claims: dict[str, Any]) -> str:
    parts = document.split(".")
    old = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in parts[:2]]
    new = [b64(json.dumps(a | b).encode()) for a, b in zip(old, (header, claims), strict=True)]
    return ".".join([*new, parts[2]])


@pytest.mark.parametrize(
    "header",
    [{"alg": "none"}, {"alg": "None"}, {"alg": "RS256"}, {"alg": "HS256"}, {"alg": "ES256"}],
)
def test_a_token_of_another_algorithm_does_not_count(
    token_holder: Stranger, header: dict[str, Any]
) -> None:
    text = _token(token_holder.document, header, {})

    assert token_holder.finding(text) is Finding.UNKNOWN_ALGORITHM
    assert token_holder.finding(text.rpartition(".")[0] + ".") is Finding.UNKNOWN_ALGORITHM


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert"},
        {"crit": ["b64"], "b64": False},
        {"typ": "vp+jwt"},
        {"kid": 5},
        {"kid": "../../etc/passwd"},
    ],
)
def test_a_token_that_brings_its_own_key_is_refused(
    token_holder: Stranger, header: dict[str, Any]
) -> None:
    assert token_holder.finding(_token(token_holder.document, header, {})) in NO_SIGNATURE


def test_a_token_whose_claims_differ_from_its_credential_is_refused(
    company: Company, token_holder: Stranger
) -> None:
    header, claims = (
        json.loads(base64.urlsafe_b64decode(part + "=="))
        for part in token_holder.document.split(".")[:2]
    )

    def finding(**changed: Any) -> Finding:
        said = {k: v for k, v in {**claims, **changed}.items() if v is not None}
        text = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(said).encode())}"
        return token_holder.finding(f"{text}.{b64(company.private.sign(text.encode()))}")

    assert finding() is Finding.VALID
    changes: list[dict[str, Any]] = [
        {"exp": claims["exp"] + 1},
        {"exp": None},
        {"nbf": claims["nbf"] - 1},
        {"iss": "did:key:z6Mk"},
        {"sub": "urn:uuid:1"},
        {"jti": None},
        {"iat": "now"},
        {"validUntil": None},
        {"vc": {}},
        {"proof": {}},
    ]
    for changed in changes:
        assert finding(**changed) is Finding.UNREADABLE, changed


# ── Files ────────────────────────────────────────────────────────────────────────────────────


def test_a_picture_carries_the_certificate_packed_or_not(holder: Stranger) -> None:
    assert reading.document_in(png_with(holder.document.encode())) == holder.document


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff",
        b"%PDF-1.7 nothing",
        png_with(b"", keyword=b"other"),
        png_with(b"\xff\xfe"),
        b"\x1f\x8b",
        b"{" * 100_000,
        b"[" * 200_000,
        b"a.b.c",
        b"..",
        b'{"proof": {}}',
        b"\xff" * 10,
    ],
)
def test_a_file_without_a_certificate_is_named_unreadable(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)

    report = verifying.verify(file, trusted=verifying.Trust(), now=datetime(2024, 3, 4, tzinfo=UTC))

    assert report.verdict in (Finding.UNREADABLE, Finding.UNKNOWN_ALGORITHM)


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_file_crashes_the_verifier(data: bytes) -> None:
    try:
        text = reading.document_in(data)
    except ValueError:
        return
    now = datetime(2024, 3, 4, tzinfo=UTC)

    assert verifying.verify_text(text, trusted=verifying.Trust(), now=now).verdict in NO_SIGNATURE


def test_a_file_that_is_not_there_or_too_large_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        reading.read_bytes(tmp_path / "none")
    (tmp_path / "large").write_bytes(b"x" * 11)
    with pytest.raises(BadInput):
        reading.read_bytes(tmp_path / "large", 10)
