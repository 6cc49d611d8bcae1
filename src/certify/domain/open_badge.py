"""A certificate as an Open Badge 3.0 (1EdTech), before it is signed (R-CRT-03).

What was earned stands in it in clear, so that nobody can show an edited paper and call it
verified: number, revision, level or process, course and version, mark, days, issuer. Who earned
it does not: a badge is made to be passed on and published, and what is published cannot be erased.
Name and staff number are salted hashes: whoever holds the paper can check that its name is the
one that was signed, and nobody can read the name out of the badge. Someone who tries all names of
a company will find the right one; that is the price of being able to check at all. Department and
post, which a guess would find at once, are left out.

Only terms of Open Badges are used, since strict readers refuse any context of our own: the facts
are the lines of the subject's narrative, which every displayer shows, and the mark is a result.
"""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from certify.clock import midnight
from certify.domain.clean import clean_line
from certify.domain.data_integrity import moment
from certify.domain.linked_data import CREDENTIALS, OPEN_BADGES, NotSignable
from certify.domain.status_list import Place, entry

PERSONAL = ("name", "staff_no", "department", "post")
"""Facts that stand in no badge in clear."""
IDENTITIES = {"name": "name", "staff_no": "ext:staffNumber"}
"""Facts that are hashed, and their types in Open Badges."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:certify:terms#")
_FACT = re.compile(r"[a-z][a-zA-Z0-9_]*")
_LINE = re.compile(r"- ([a-z][a-zA-Z0-9_]*): (.*)")
_CRITERIA = {
    "exam": "Passed the exam of the course.",
    "trainee": "Hired as a trainee.",
    "conditions": "Met every condition of the level.",
    "exception": "Granted as an exception, with reasons on record.",
    "initial-recognition": "Recognised when the rules were introduced.",
    "outside-certificate": "Holds a certificate of another body in place of the exam.",
    "demotion": "Given after an evaluation, in place of a higher level.",
}


@dataclass(frozen=True)
class BadgeSource:
    """What a badge is made of: one revision of a certificate as it was frozen."""

    number: str
    revision: int
    facts: Mapping[str, Any]
    salt: str
    """Of the certificate; never shown, the salts in the badge are made from it."""
    issuer: str
    """The company's DID."""
    time_zone: str
    places: tuple[Place, ...]
    """Where its status is looked up."""


def open_badge(source: BadgeSource) -> dict[str, Any]:
    """The credential without a proof; the same source gives the same document.

    Raises:
        NotSignable: a fact has a name that cannot be written, or the days are missing.
    """
    said = {k: v for k, v in source.facts.items() if k not in PERSONAL}
    lines = [("revision", str(source.revision)), *_flat(said)]
    facts = dict(lines)
    if not all(map(_FACT.fullmatch, facts)) or len(facts) < len(lines):
        raise NotSignable("the name of a fact")
    company = str(source.facts.get("issuer", ""))
    titles = (one for name, one in facts.items() if name.startswith("title_"))
    title = " / ".join(dict.fromkeys(titles))
    own = _uuid("certificate", company, source.number)
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": _uuid("credential", company, source.number, str(source.revision)),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title or source.number,
        "issuer": {"id": source.issuer, "type": ["Profile"], "name": company or source.issuer},
        "validFrom": _midnight(source, "valid_from", 0),
        "validUntil": _midnight(source, "valid_to", 1),
        "credentialSubject": {
            "id": own,
            "type": ["AchievementSubject"],
            "identifier": [_identity(source, fact) for fact in IDENTITIES],
            "licenseNumber": source.number,
            "achievement": _achievement(source, company, title, facts),
            **_result(own, company, facts),
            "narrative": "\n".join(f"- {name}: {value}" for name, value in facts.items()),
        },
        "credentialStatus": [entry(place) for place in source.places],
    }


def facts_of(credential: Mapping[str, Any]) -> dict[str, str]:
    """The facts in a badge of ours by name; empty in one of somebody else."""
    subject = credential.get("credentialSubject")
    text = subject.get("narrative") if isinstance(subject, dict) else None
    lines = [_LINE.fullmatch(line) for line in text.split("\n")] if isinstance(text, str) else []
    found = {line[1]: line[2] for line in lines if line}
    return found if len(found) == len(lines) else {}


def is_of(credential: Mapping[str, Any], fact: str, value: str) -> bool:
    """Whether a name or staff number is the one whose hash was signed."""
    identities = credential["credentialSubject"].get("identifier", [])
    return any(
        isinstance(one, dict)
        and one.get("identityType") == IDENTITIES[fact]
        and one.get("identityHash") == _hash(value, str(one.get("salt", "")))
        for one in (identities if isinstance(identities, list) else [identities])
    )


def _achievement(
    source: BadgeSource, company: str, title: str, facts: Mapping[str, str]
) -> dict[str, Any]:
    code = facts.get("code", "")
    criteria = _CRITERIA.get(facts.get("basis", ""), "Given by the rules of the company.")
    course = " ".join(facts[one] for one in ("course", "course_version") if facts.get(one))
    return {
        "id": _uuid("achievement", company, code),
        "type": ["Achievement"],
        "name": title or source.number,
        "description": f"{company}: {code} {title}".strip(),
        "criteria": {"narrative": f"{criteria} {course}".strip()},
        **({"humanCode": code} if code else {}),
        **(
            {
                "resultDescription": [
                    {
                        "id": f"{_uuid('achievement', company, code)}#mark",
                        "type": ["ResultDescription"],
                        "name": "mark",
                        "resultType": "RawScore",
                        "valueMin": "0",
                        "valueMax": "100",
                    }
                ]
            }
            if facts.get("mark")
            else {}
        ),
    }


def _result(own: str, company: str, facts: Mapping[str, str]) -> dict[str, Any]:
    if not facts.get("mark"):
        return {}
    described = f"{_uuid('achievement', company, facts.get('code', ''))}#mark"
    return {
        "result": [
            {
                "id": f"{own}#result",
                "type": ["Result"],
                "resultDescription": described,
                "value": facts["mark"],
            }
        ]
    }


def _identity(source: BadgeSource, fact: str) -> dict[str, Any]:
    # From the certificate's salt, and not that salt: it guards the digest in the ledger.
    secret = "\n".join(("identity", source.salt, source.number, str(source.revision), fact))
    salt = hashlib.sha256(secret.encode()).hexdigest()[:32]
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": _hash(str(source.facts.get(fact, "")), salt),
        "identityType": IDENTITIES[fact],
        "salt": salt,
    }


def _hash(value: str, salt: str) -> str:
    plain = unicodedata.normalize("NFC", value).strip()
    return f"sha256${hashlib.sha256((plain + salt).encode()).hexdigest()}"


def _flat(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Facts without nesting, each on one line: `title_zh`, `standards_1_number`."""
    for name, one in value.items():
        if isinstance(one, list):
            one = {str(place): part for place, part in enumerate(one, 1)}
        if isinstance(one, Mapping):
            yield from _flat({f"{name}_{part}": inner for part, inner in one.items()})
        elif isinstance(one, bool):
            yield name, str(one).lower()
        elif one is not None:
            yield name, clean_line(str(one)).strip()


def _midnight(source: BadgeSource, fact: str, later: int) -> str:
    try:
        day = date.fromisoformat(source.facts[fact]) + timedelta(days=later)
    except (KeyError, TypeError, ValueError) as problem:
        raise NotSignable(f"no {fact}") from problem
    return moment(midnight(day, source.time_zone))


def _uuid(*parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, "\n".join(parts)).urn
