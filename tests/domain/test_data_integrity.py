"""What a signature covers: everything or nothing (VC Data Integrity, `eddsa-rdfc-2022`)."""

import copy
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from certify.domain.data_integrity import UnknownAlgorithm, parse_moment, secured, signed_part
from certify.domain.linked_data import (
    CREDENTIALS,
    OPEN_BADGES,
    NotSignable,
    canonical,
    contexts,
)
from certify.domain.shaped_quads import canonical_quickly
from certify.domain.signing import is_signed, key_id
from certify.domain.strict_json import MAX_BYTES, parse_object

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
W3C_KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
W3C_VECTOR: dict[str, Any] = {
    "@context": [CREDENTIALS, EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    "proof": {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": f"did:key:{W3C_KEY}#{W3C_KEY}",
        "proofPurpose": "assertionMethod",
        "proofValue": "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4"
        "K1FBTQsCZahKZme",
    },
}
"""vc-di-eddsa, B.1."""
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = key_id(KEY.public_key().public_bytes_raw())


def badge(mark: str = "91.50", *texts: str) -> dict[str, Any]:
    """A small badge, with as many texts more as are given."""
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": f"did:key:{NAME}", "type": ["Profile"], "name": "公司"},
        "validFrom": "2024-03-04T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:2",
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": True, "identityHash": one} for one in "ab"
            ],
            "achievement": {
                "id": "urn:uuid:3",
                "type": ["Achievement"],
                "name": "客服",
                "description": "-",
                "criteria": {"narrative": "-"},
            },
            "narrative": mark,
            "result": [
                {"id": f"urn:uuid:{place + 9}", "type": ["Result"], "value": text}
                for place, text in enumerate(("x", *texts))
            ],
        },
    }


def signed(mark: str = "91.50") -> dict[str, Any]:
    return secured(
        badge(mark),
        method=f"did:key:{NAME}#{NAME}",
        created=parse_moment("2024-03-04T04:00:00Z"),
        sign=KEY.sign,
    )


def holds(document: dict[str, Any]) -> bool:
    part = signed_part(document)
    return is_signed(NAME, part.data, part.value)


def test_the_published_vector_has_its_hashes_and_its_signature() -> None:
    known = {
        **contexts(),
        EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}},
    }

    part = signed_part(W3C_VECTOR, known)

    assert part.data.hex() == (
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    )
    assert is_signed(W3C_KEY, part.data, part.value)


def test_a_context_that_certify_does_not_know_is_refused_and_never_fetched() -> None:
    with pytest.raises(NotSignable, match="unknown context"):
        signed_part(W3C_VECTOR)


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"]), max_size=30
) | st.sampled_from(["%s", "%", "urn:mark:0001", '"\\', "a\tb\nc\rd", "_:b0 ", "<urn:x>", " ."])


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_the_quick_form_is_the_canonical_one_whatever_the_facts(
    texts: list[str], issuer: str
) -> None:
    document = badge("-", *texts)
    document["issuer"]["name"] = issuer

    assert canonical_quickly(document) == canonical(document)


@pytest.mark.parametrize(
    "name", ["name:x", "xsd:x", "id:x", "OpenBadgeCredential:x", "x:y", "mailto:a"]
)
def test_a_name_of_any_scheme_means_the_same_either_way(name: str) -> None:
    document = badge()
    document["issuer"]["id"] = name

    assert canonical_quickly(document) == canonical(document)


def test_nodes_that_look_the_same_get_the_same_labels_either_way() -> None:
    document = badge()
    same = {"type": "IdentityObject", "hashed": True, "identityHash": "a"}
    document["credentialSubject"]["identifier"] = [same, dict(same)]

    assert canonical_quickly(document) == canonical(document)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((), {"gibberish": "x"}),
        (("credentialSubject",), {"level": {"inner": "x"}}),
        (("credentialSubject", "achievement"), {"gibberish": "x"}),
        (("credentialSubject", "achievement", "criteria"), {"gibberish": "x"}),
        (("issuer",), {"id": "relative"}),
        (("issuer",), {"id": "did:key:with space"}),
        (("credentialSubject",), {"type": ["Relative"]}),
        (("credentialSubject",), {"narrative": None}),
        (("credentialSubject",), {"narrative": []}),
        (("credentialSubject",), {"https://schema.org/name": "x"}),
        (("credentialSubject",), {"@id": "urn:other"}),
        (("credentialSubject",), {"narrative": 1.5}),
        (("credentialSubject",), {"@context": {"narrative": "urn:other"}}),
        (("credentialSubject",), {"id": "urn:uuid:1"}),
        ((), {"@context": [CREDENTIALS, OPEN_BADGES, {"x": "urn:x"}]}),
        ((), {"@context": [CREDENTIALS, OPEN_BADGES, "https://evil.example/context"]}),
        ((), {"@context": [OPEN_BADGES, CREDENTIALS]}),
        ((), {"@context": [CREDENTIALS, OPEN_BADGES, OPEN_BADGES]}),
        ((), {"@context": CREDENTIALS}),
        ((), {"@context": []}),
        ((), {"https://www.w3.org/2018/credentials#validUntil": "2030-01-01T00:00:00Z"}),
        ((), {"@graph": []}),
        ((), {"@reverse": {"issuer": {"id": "urn:x"}}}),
    ],
)
def test_what_a_signature_would_not_cover_cannot_be_signed_or_verified(
    place: tuple[str, ...], value: dict[str, Any]
) -> None:
    document = signed()
    inner = document
    for name in place:
        inner = inner[name]
    inner.update(value)

    with pytest.raises(ValueError, match=r"."):
        signed_part(document)
    unsigned = {name: one for name, one in document.items() if name != "proof"}
    with pytest.raises(NotSignable):
        secured(
            unsigned, method="did:x#y", created=parse_moment("2024-03-04T04:00:00Z"), sign=KEY.sign
        )


def test_a_graph_made_to_take_for_ever_is_refused_at_once() -> None:
    document = badge()
    document["credentialSubject"]["identifier"] = [
        {"type": "IdentityObject", "hashed": True} for _ in range(30)
    ]

    with pytest.raises(NotSignable, match="look the same"):
        canonical(document)


def _other(document: dict[str, Any], **proof: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    changed["proof"] |= proof
    return changed


@pytest.mark.parametrize(
    "proof",
    [
        {"proofPurpose": "authentication"},
        {"proofValue": "u" + "A" * 86},
        {"proofValue": "z"},
        {"proofValue": "z0OIl"},
        {"proofValue": "z" + "2" * 300},
        {"created": "yesterday"},
        {"created": "2024-03-04T04:00:00"},
        {"created": 5},
        {"expires": "2030-01-01T00:00:00Z"},
        {"domain": "x"},
        {"@context": [CREDENTIALS]},
    ],
)
def test_a_proof_of_another_form_is_refused(proof: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        signed_part(_other(signed(), **proof))


@pytest.mark.parametrize(
    "proof",
    [
        {"cryptosuite": "eddsa-jcs-2022"},
        {"cryptosuite": "ecdsa-rdfc-2019"},
        {"type": "Ed25519Signature2020"},
        {"type": ["DataIntegrityProof"]},
    ],
)
def test_another_algorithm_is_named_as_such(proof: dict[str, Any]) -> None:
    with pytest.raises(UnknownAlgorithm):
        signed_part(_other(signed(), **proof))


@pytest.mark.parametrize("proof", [None, [], "x", 5])
def test_without_exactly_one_proof_nothing_is_signed(proof: object) -> None:
    with pytest.raises(ValueError, match="one proof"):
        signed_part({**badge(), "proof": proof})
    twice = signed()
    with pytest.raises(ValueError, match="one proof"):
        signed_part({**twice, "proof": [twice["proof"], twice["proof"]]})


def test_a_proof_moved_to_another_document_does_not_hold() -> None:
    first, second = signed("91"), signed("60")

    assert holds(first)
    assert not holds({**second, "proof": first["proof"]})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        '{"a": NaN}',
        '{"a": -Infinity}',
        '{"a": 1.5}',
        '{"a": 1e400}',
        '{"a": 123456789012345678901234567890}',
        '{"a": "\\u001b[31m"}',
        '{"a": "\\u202e"}',
        '{"a": "\\ud800"}',
        '{"a\\u0000": 1}',
        '{"a": ' + "[" * 40 + "]" * 40 + "}",
        '{"a": [' + "1," * 250 + "1]}",
        "{" + ",".join(f'"a{place}": [1]' for place in range(2000)) + "}",
        '{"a": "' + "x" * MAX_BYTES + '"}',
        '{"a": ' + "9" * 5000 + "}",
        "\ufeff{}",
    ],
)
def test_json_of_strangers_is_small_and_plain(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_object(text)


def test_plain_json_is_read_as_it_stands() -> None:
    assert parse_object(b'{"a": ["x", true, 3, null], "\xe5": {}}'.decode("latin-1").encode()) == {
        "a": ["x", True, 3, None],
        "å": {},
    }


@settings(max_examples=300)
@given(st.data())
def test_any_byte_changed_in_a_signed_document_is_found(data: st.DataObject) -> None:
    text = json.dumps(signed(), separators=(",", ":")).encode()
    place = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != text[place]))
    changed = text[:place] + bytes([byte]) + text[place + 1 :]

    try:
        is_true = holds(parse_object(changed))
    except (ValueError, KeyError):
        is_true = False

    assert not is_true
