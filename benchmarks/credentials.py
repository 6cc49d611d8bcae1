"""Certificates signed and verified, beside bare Ed25519 signatures over as many bytes.

The first part is the work alone: the embedded proof (`eddsa-rdfc-2022`) as certify makes it, the
same with the whole document canonicalised by PyLD as a verifier must, and the token. The second
part is what HR waits for: that many certificates of a company signed through the service, each
kept with its ledger entry on SQLite with full flush, fifty a transaction; the longest
transaction is how long anybody else may have to wait.

`openbadgeslib` is no dependency: install it with PyLD into an environment of its own, and name that
environment's Python in `OPENBADGESLIB` to have it sign and verify the same document.

    .venv/bin/python -m benchmarks.credentials [certificates]
"""

import copy
import dataclasses
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlmodel import Session, col, select

from benchmarks.lists_of_10000 import NOW, fill
from certify.clock import SetClock
from certify.domain import credential_jwt
from certify.domain.certificate import Certificate
from certify.domain.data_integrity import secured, signed_part
from certify.domain.linked_data import canonical
from certify.domain.open_badge import BadgeSource, open_badge
from certify.domain.person import CONSOLE
from certify.domain.signing import is_signed, key_id
from certify.domain.status_list import places
from certify.domain.strict_json import parse_object
from certify.domain.trust_anchor import did_key
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services.credentials import signing
from certify.settings import Settings

KEY = Ed25519PrivateKey.generate()
NAME = key_id(KEY.public_key().public_bytes_raw())
TODAY = NOW.date()
METHOD = f"{did_key(NAME)}#{NAME}"


def badge(number: int, day: date = TODAY) -> dict[str, Any]:
    """A certificate like those of the ready-made company."""
    facts: dict[str, Any] = {
        "number": f"PQ-2024-{number:06}-0",
        "name": f"员工{number}",
        "staff_no": f"{number:06}",
        "code": "customer-reception",
        "title": {"zh": "客户接待", "en": "Customer reception"},
        "basis": "exam",
        "course": "onboarding-service-foundations",
        "course_version": "1.0.0",
        "standards": [{"number": "CS-001", "version": "2024-01-01"}],
        "mark": "92.50",
        "is_retake": False,
        "issued_on": "2024-03-04",
        "valid_from": (day - timedelta(days=1)).isoformat(),
        "valid_to": (day + timedelta(days=365)).isoformat(),
        "issuer": "示例服务公司",
    }
    lists = tuple(places("urn:certify:status:", number, 1))
    return open_badge(
        BadgeSource(
            facts["number"], 1, facts, f"{number:032x}", did_key(NAME), "Asia/Shanghai", lists
        )
    )


def a_second(work: Callable[[int], object], seconds: float = 2.0) -> float:
    """How often work is done in a second; the best of three runs."""
    best = 0.0
    work(0)
    for _run in range(3):
        count, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < seconds / 3:
            count += 1
            work(count)
        best = max(best, count / (time.perf_counter() - begun))
    return best


def slowly_secured(number: int) -> None:
    """What a signature costs when PyLD canonicalises every document."""
    document = badge(number)
    canonical({"@context": document["@context"], "type": "DataIntegrityProof", "created": "x"})
    KEY.sign(canonical(document).encode())


def verified(text: str) -> None:
    """Read, canonicalise, check."""
    part = signed_part(parse_object(text))
    if not is_signed(NAME, part.data, part.value):
        raise SystemExit("a signature does not hold")


def verified_token(text: str) -> None:
    """The same of a token."""
    _credential, part = credential_jwt.opened(text)
    if not is_signed(NAME, part.data, part.value):
        raise SystemExit("a signature does not hold")


def alone() -> None:
    """The work without a database."""

    def embedded(number: int) -> str:
        document = secured(badge(number), method=METHOD, created=NOW, sign=KEY.sign)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    def token(number: int) -> str:
        return credential_jwt.token(badge(number), method=METHOD, created=NOW, sign=KEY.sign)

    text, compact, public = embedded(1), token(1), KEY.public_key()
    data = text.encode()
    signature = KEY.sign(data)
    rows: list[tuple[str, Callable[[int], object]]] = [
        ("bare Ed25519 signature over as many bytes", lambda _n: KEY.sign(data)),
        ("embedded proof, documents of one shape", embedded),
        ("embedded proof, PyLD for each document", slowly_secured),
        ("token", token),
        ("bare Ed25519 verification", lambda _n: public.verify(signature, data)),
        ("embedded proof verified", lambda _n: verified(text)),
        ("token verified", lambda _n: verified_token(compact)),
    ]
    for name, work in rows:
        print(f"{name:45} {a_second(work):10,.0f} a second")
    print(f"{'size: embedded, token':45} {len(data):10,} {len(compact):,} bytes")


PEER = """
import json, sys, time
from openbadgeslib.ob3 import OB3LdpVerifier, add_data_integrity_proof
document, pem = json.load(sys.stdin)
proof = document.pop("proof")
def a_second(work):
    work()
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < 2:
        work()
        count += 1
    return count / (time.perf_counter() - begun)
method = proof["verificationMethod"]
signed = {**document, "proof": proof}
reader = OB3LdpVerifier.for_issuer_did(document["issuer"]["id"])
print(a_second(lambda: add_data_integrity_proof(document, pem, method)))
print(a_second(lambda: reader.verify(signed)))
"""


def beside_openbadgeslib() -> None:
    """The same document signed and verified by the peer, in its own Python."""
    python = os.environ.get("OPENBADGESLIB")
    if python is None:
        print("openbadgeslib: OPENBADGESLIB names no Python that has it")
        return
    now = datetime.now(UTC)
    document = secured(badge(1, now.date()), method=METHOD, created=now, sign=KEY.sign)
    pem = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    done = subprocess.run(
        [python, "-c", PEER],
        input=json.dumps([document, pem]),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for name, rate in zip(("signs", "verifies"), done.stdout.split(), strict=True):
        print(f"{f'openbadgeslib {name} an embedded proof':45} {float(rate):10,.0f} a second")


class Waits:
    """A platform whose longest transaction is measured."""

    def __init__(self, platform: Platform) -> None:
        self.longest = 0.0
        self.platform = dataclasses.replace(platform, database=copy.copy(platform.database))
        self._write = platform.database.write
        self.platform.database.write = self.write  # type: ignore[method-assign]

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction."""
        begun = time.perf_counter()
        with self._write() as session:
            yield session
        self.longest = max(self.longest, time.perf_counter() - begun)


def through_the_service(count: int) -> None:
    """Every certificate of a company, signed and kept."""
    with tempfile.TemporaryDirectory() as folder:
        platform = open_platform(Settings(home=Home(Path(folder))), clock=SetClock(NOW))
        fill(platform, count)
        complete(platform)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        clock = Waits(platform)
        begun = time.perf_counter()
        signed = signing.sign_all(clock.platform, actor=CONSOLE).count
        taken = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if signed != count:
            raise SystemExit(f"only {signed} of {count} were signed")
        platform.close()
    print(f"{signed:,} certificates signed and kept in {taken:.1f} s")
    print(f"  {signed / taken:,.0f} a second, longest transaction {clock.longest * 1000:.0f} ms")
    print(f"  {(after - before) / 1024:.0f} MB more memory than before")


def complete(platform: Platform) -> None:
    """Give the certificates of the benchmark's company the facts that real ones have."""
    with platform.database.write() as session:
        for row in session.exec(select(Certificate).order_by(col(Certificate.id))):
            row.facts = {
                "number": row.number,
                "code": "reception",
                "title": {"zh": "客户接待", "en": "Customer reception"},
                "basis": "exam",
                "course": "sample",
                "course_version": "1.0.0",
                "mark": "92.50",
                "is_retake": False,
                "issued_on": "2024-03-04",
                "valid_from": "2024-03-04",
                "valid_to": "2025-03-04",
                "issuer": "Big",
            } | row.facts
            row.salt = row.salt or f"{row.id:032x}"
            session.add(row)


if __name__ == "__main__":
    alone()
    beside_openbadgeslib()
    through_the_service(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
