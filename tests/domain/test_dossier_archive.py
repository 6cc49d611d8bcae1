"""Names of files in archives are safe whatever was typed; manifests are read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.dossier_archive import is_safe, listed, safe_part, unused

DIGEST = "0" * 64


@given(st.text())
def test_any_text_becomes_one_safe_part_of_a_name(text: str) -> None:
    part = safe_part(text)
    assert is_safe(part)
    assert "/" not in part
    assert is_safe(f"papers/{part}-1.json")
    assert safe_part(part) == part


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "a//b", "x/..", "C:x", "con", "NUL.txt", "a\\b", "a\x1b", "a\u202eb", "", "x."],
)
def test_paths_devices_and_controls_are_not_safe(name: str) -> None:
    assert not is_safe(name)


def test_names_of_people_and_codes_stay_readable() -> None:
    assert safe_part("张三 001001") == "张三_001001"
    assert safe_part("T-2026-003") == "T-2026-003"
    assert safe_part("../../etc/passwd") == "etc_passwd"


def test_a_name_that_is_taken_gets_a_number_whatever_its_case() -> None:
    assert unused("a", []) == "a"
    assert unused("a", ["A", "a-2"]) == "a-3"


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {"format": 2, "files": []},
        {"format": 1},
        {"format": 1, "files": [1]},
        {"format": 1, "files": [{"name": "../x", "size": 1, "sha256": DIGEST}]},
        {"format": 1, "files": [{"name": "x", "size": -1, "sha256": DIGEST}]},
        {"format": 1, "files": [{"name": "x", "size": True, "sha256": DIGEST}]},
        {"format": 1, "files": [{"name": "x", "size": 1, "sha256": "f"}]},
    ],
)
def test_a_manifest_that_is_not_as_it_must_be_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        listed(plain)
