"""What nobody may find in the ledger: words somebody typed, which may name a person (R-FRM-05).

They stay with the row they belong to, where an erasure reaches them; the ledger says that there
were some.
"""

import re
from collections.abc import Mapping
from typing import Any

TYPED = frozenset(
    {"reason", "remark", "scene", "session_name", "occasion", "what", "title", "note", "text"}
)
"""Facts that hold what somebody typed, whatever was done."""
CODE = re.compile(
    r"[0-9a-f]{64}|name-changed"
    r"|(appeal|attempt|conditions|correction|exam|grade|level|lifted|renewal|standard|trainee)"
    r":[A-Za-z0-9.:-]*"
)
"""Reasons that certify gives itself."""
OF_COMPANY = frozenset({"policy-changed", "signing-key-made", "signing-key-rotated"})
"""Deeds about no person, whose reason the ledger alone keeps for ever."""


def without_words(action: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with True in place of what was typed."""
    if action in OF_COMPANY:
        return dict(facts)
    return {
        key: True if key in TYPED and _is_typed(value) else value for key, value in facts.items()
    }


def _is_typed(value: object) -> bool:
    return isinstance(value, str) and value != "" and not CODE.fullmatch(value)
