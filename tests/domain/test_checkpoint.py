"""A checkpoint says one thing, and only the company's key can say it (R-SUP-06)."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.checkpoint import Checkpoint, read_checkpoint
from certify.domain.signing import key_id

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
KEY = key_id(PRIVATE.public_key().public_bytes_raw())
UNSIGNED = Checkpoint("示例公司", 12, "ab" * 32, "2024-03-04T04:00:00+00:00", KEY)
SIGNED = UNSIGNED.with_signature(PRIVATE.sign(UNSIGNED.signed_bytes()))


def test_a_checkpoint_is_read_as_it_was_written_and_is_signed() -> None:
    assert read_checkpoint(SIGNED.text()) == SIGNED
    assert SIGNED.is_signed
    assert not UNSIGNED.is_signed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("company", "别家公司"),
        ("sequence", 13),
        ("hash", "cd" * 32),
        ("at", "2024-03-05T04:00:00+00:00"),
        ("key", "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
        ("signature", "z" + "1" * 64),
        ("signature", "z" + "9" * 9000),
    ],
)
def test_a_changed_checkpoint_is_not_signed(name: str, value: object) -> None:
    changed = json.loads(SIGNED.text()) | {name: value}

    assert not read_checkpoint(json.dumps(changed)).is_signed


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "[" * 9000, "x" * 20_000, SIGNED.text().replace("12", "true")],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the service says it in words
        read_checkpoint(text)


@given(st.text(max_size=60))
def test_any_text_is_a_checkpoint_or_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_checkpoint(text)
