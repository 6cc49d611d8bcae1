"""Signed checkpoints of the ledger, to be kept where the database is not (R-SUP-06).

A chain alone cannot tell that its end was cut off, or that all of it was computed again by
somebody who owns the database. A checkpoint that lies elsewhere can.
"""

import json as json_text
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from certify.domain.signing import decode_base58, encode_base58, is_signed

FORMAT = "certify-ledger-checkpoint-1"
LARGEST = 10_000
"""Characters of a checkpoint's text, at most."""


@dataclass(frozen=True)
class Checkpoint:
    """What the end of the ledger was at a moment, signed by the company."""

    company: str
    sequence: int
    """Number of the last entry then."""
    hash: str
    """Of that entry."""
    at: str
    """ISO 8601, UTC."""
    key: str
    """Who signed: `z6Mk…`."""
    signature: str = ""
    """Ed25519 over `signed_bytes`, as multibase base58btc."""

    def signed_bytes(self) -> bytes:
        """What the signature covers: all the rest, in one form only."""
        facts = {"format": FORMAT, **asdict(self)}
        del facts["signature"]
        return json_text.dumps(
            facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    def with_signature(self, signature: bytes) -> "Checkpoint":
        """The same, signed."""
        return replace(self, signature="z" + encode_base58(signature))

    @property
    def is_signed(self) -> bool:
        """Whether the key that it names signed it."""
        try:
            signature = decode_base58(self.signature.removeprefix("z"))
        except ValueError:
            return False
        return is_signed(self.key, self.signed_bytes(), signature)

    def text(self) -> str:
        """The text of a checkpoint file."""
        return (
            json_text.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=2) + "\n"
        )


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from its text; whether it is signed is another question.

    Raises:
        ValueError: it is none, or of another format.
    """
    if len(text) > LARGEST:
        raise ValueError("too long")
    try:
        facts = json_text.loads(text)
    except RecursionError as problem:
        raise ValueError("nested too deeply") from problem
    names = {"company": str, "sequence": int, "hash": str, "at": str, "key": str, "signature": str}
    if not isinstance(facts, dict) or facts.pop("format", None) != FORMAT:
        raise ValueError(f"not {FORMAT}")
    if set(facts) != set(names):
        raise ValueError("other fields than a checkpoint has")
    if any(type(facts[name]) is not kind for name, kind in names.items()):
        raise ValueError("a field of another kind")
    datetime.fromisoformat(facts["at"])
    return Checkpoint(**facts)
