"""A manifest is read back as it was written, and nothing else is taken for one."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.backup import (
    DATABASE,
    POSTGRESQL,
    SQLITE,
    Contained,
    Manifest,
    from_plain,
    is_file_name,
    table_file,
    to_plain,
)

DIGEST = "0123456789abcdef" * 4
NOON = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
SMALL = Manifest(
    certify="0.1.0",
    tables="0005",
    moment=NOON,
    kind=SQLITE,
    sequence=7,
    head=DIGEST,
    rows={"person": 3},
    files={DATABASE: Contained(10, DIGEST)},
)
ROWS = Manifest(
    certify="0.1.0",
    tables="0005",
    moment=NOON,
    kind=POSTGRESQL,
    sequence=0,
    head="",
    rows={"person": 3, "post": 0},
    files={
        table_file("person"): Contained(10, DIGEST),
        table_file("post"): Contained(0, DIGEST),
    },
    columns={"person": ["id", "name"], "post": ["id"]},
    counters={"person": 9},
)


@pytest.mark.parametrize("manifest", [SMALL, ROWS], ids=["sqlite", "postgresql"])
def test_a_manifest_comes_back_through_json(manifest: Manifest) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(manifest)))) == manifest


@given(
    st.sampled_from([SMALL, ROWS]),
    st.data(),
    st.none() | st.booleans() | st.integers(max_value=-1) | st.floats() | st.just("../x\x1b"),
)
def test_a_manifest_with_any_field_spoilt_is_refused_by_its_name(
    manifest: Manifest, data: st.DataObject, spoilt: Any
) -> None:
    plain = copy.deepcopy(to_plain(manifest))
    name = data.draw(st.sampled_from(sorted(set(plain) - {"format"})))
    plain[name] = spoilt

    with pytest.raises(ValueError, match=name):
        from_plain(plain)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_other_json_is_a_manifest(plain: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_plain(plain)


@pytest.mark.parametrize(
    "name",
    ["../certify.db", "/certify.db", "tables/../x.copy", "tables/x.copy", "keys/x.pem", "", "a\0b"],
)
def test_a_sqlite_backup_holds_its_database_and_keys_and_no_other_name(name: str) -> None:
    assert not is_file_name(name, SQLITE)
    assert is_file_name(DATABASE, SQLITE)
    assert not is_file_name(DATABASE, POSTGRESQL)


@pytest.mark.parametrize("missing", [{"files": {}}, {"rows": {"post": 1}}, {"columns": {}}])
def test_files_rows_and_columns_name_the_same_tables(missing: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"files|columns"):
        from_plain(to_plain(ROWS) | missing)
