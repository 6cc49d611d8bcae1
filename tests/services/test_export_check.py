"""Which export a file is: unchanged, changed, of another company, or no export at all."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.services.export_check import check
from certify.services.exporting import WRITTEN, ExportReceipt, export_form
from certify.services.forms.form import Wanted
from certify.storage import exports
from tests.platforms import NOON, actor


def exported(platform: Platform, path: Path, format_name: str = "csv") -> ExportReceipt:
    return export_form(
        platform,
        actor=actor(platform, "H0001"),
        form="people-list",
        format_name=format_name,
        wanted=Wanted(),
        path=path,
    )


def test_a_file_is_known_under_any_name_while_it_is_unchanged(
    platform: Platform, tmp_path: Path
) -> None:
    exported(platform, tmp_path / "first.csv")
    receipt = exported(platform, tmp_path / "second.csv")
    (tmp_path / "second.csv").rename(tmp_path / "renamed")

    found = check(platform, actor=actor(platform, "H0001"), path=tmp_path / "renamed")

    assert (found.number, found.is_unchanged) == (receipt.number, True)
    assert (found.form, found.format, found.rows) == ("people-list", "csv", 5)
    assert (found.made_at, found.made_by) == (NOON, "H0001")
    assert found.sha256 == receipt.sha256


@pytest.mark.parametrize("format_name", ["csv", "json", "md"])
def test_one_changed_byte_is_told_with_the_number_the_file_states(
    sqlite_platform: Platform, tmp_path: Path, format_name: str
) -> None:
    path = tmp_path / "list"
    receipt = exported(sqlite_platform, path, format_name)
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.write_bytes(bytes(data))

    found = check(sqlite_platform, actor=CONSOLE, path=path)

    assert (found.number, found.is_unchanged) == (receipt.number, False)


def test_a_workbook_that_was_saved_again_is_known_by_the_number_inside(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    receipt = exported(sqlite_platform, path, "xlsx")
    assert check(sqlite_platform, actor=CONSOLE, path=path).is_unchanged
    again = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    path.write_bytes(again.getvalue())

    found = check(sqlite_platform, actor=CONSOLE, path=path)

    assert (found.number, found.is_unchanged) == (receipt.number, False)


@pytest.mark.parametrize(
    "data", [b"", b"EXP-2024-999999", b"PK\x03\x04 no zip", b"EXP-2024-00000", "甲".encode()]
)
def test_what_no_export_made_is_known_as_none(
    sqlite_platform: Platform, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "list"
    path.write_bytes(data)
    exported(sqlite_platform, tmp_path / "other")

    found = check(sqlite_platform, actor=CONSOLE, path=path)

    assert (found.number, found.is_unchanged, found.made_at) == ("", False, None)
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_the_ledger_keeps_digest_and_length_of_what_was_written(
    platform: Platform, tmp_path: Path
) -> None:
    receipt = exported(platform, tmp_path / "list.xlsx", "xlsx")
    data = (tmp_path / "list.xlsx").read_bytes()

    with platform.database.read() as session:
        (entry,) = exports.entries(session, WRITTEN)
        said = dict(entry.facts)
    assert said == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    assert (receipt.sha256, receipt.size) == (said["sha256"], said["bytes"])


def test_only_who_sees_the_ledger_checks_and_a_missing_file_is_named(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    with pytest.raises(NotPermitted):
        check(sqlite_platform, actor=actor(sqlite_platform, "E1001"), path=tmp_path / "x")
    for place in (tmp_path / "x", tmp_path):
        with pytest.raises(BadInput) as refused:
            check(sqlite_platform, actor=CONSOLE, path=place)
        assert refused.value.place == str(place)
