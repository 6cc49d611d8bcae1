"""JSON on standard output, which may be a terminal all the same."""

import json

import pytest

from certify.cli.listing_text import print_json
from certify.domain.clean import FORBIDDEN


def test_json_holds_every_character_and_none_that_a_terminal_obeys(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    said = {"name": "王\x1b[2J\x9b31m\u202e\x7f\ud800\n"}

    print_json(said)

    text = capfdbinary.readouterr().out.decode()
    assert not FORBIDDEN.search(text)
    assert "王" in text
    assert json.loads(text) == said
