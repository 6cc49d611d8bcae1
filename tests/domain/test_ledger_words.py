"""The ledger never holds what somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.ledger_words import TYPED, without_words


@given(st.sampled_from(sorted(TYPED)), st.text(min_size=1).filter(lambda text: ":" not in text))
def test_typed_words_are_told_and_not_kept(key: str, text: str) -> None:
    if text != "name-changed":
        assert without_words("qualification-revoked", {key: text}) == {key: True}


@pytest.mark.parametrize("code", ["grade:17", "attempt:3", "trainee:2025-08-05", "a" * 64, ""])
def test_codes_of_certify_itself_stay(code: str) -> None:
    assert without_words("qualification-changed", {"reason": code}) == {"reason": code}


def test_reasons_of_rules_of_the_company_stay() -> None:
    assert without_words("policy-changed", {"reason": "新规定"}) == {"reason": "新规定"}
