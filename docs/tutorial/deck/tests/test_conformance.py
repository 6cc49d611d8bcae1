"""The plugin keeps all that plugins promise."""

from pathlib import Path

from certify.conformance import check_folder


def test_it_keeps_what_plugins_promise() -> None:
    assert list(check_folder(Path(__file__).parents[1])) == []
