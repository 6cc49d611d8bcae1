"""Dossiers as archives: the same state gives the same bytes, and the manifest holds (R-PPL-07)."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from certify.domain.dossier_archive import MANIFEST, is_safe
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotFound, NotPermitted
from certify.platform import Platform
from certify.services import export_check
from certify.services.reporting import archive, archive_check
from tests.platforms import actor, read_course, sit


@pytest.fixture
def passed(platform: Platform) -> Platform:
    """A company in which E1001 passed the exam, and E1002 failed it."""
    for staff_no, right in (("E1001", None), ("E1002", 0)):
        who = actor(platform, staff_no)
        read_course(platform, who)
        sit(platform, who, right=right)
    return platform


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_a_persons_archive_holds_documents_papers_and_certificates(
    passed: Platform, tmp_path: Path
) -> None:
    hr = actor(passed, "H0001")
    path = tmp_path / "one.zip"
    done = archive.person_archive(passed, actor=hr, staff_no="E1001", path=path, purpose="年检")

    found = contents(path)
    manifest = json.loads(found.pop(MANIFEST))
    assert {name.partition("/")[0] for name in found} >= {"certificates", "papers", "dossier.md"}
    assert all(map(is_safe, found))
    assert (manifest["number"], manifest["purpose"]) == (done.number, "年检")
    assert manifest["author"].startswith("H0001")
    assert [one["name"] for one in manifest["files"]] == sorted(found)
    assert json.loads(found["dossier.json"])["report"] == "person"
    assert any(name.endswith(".pdf") and data[:5] == b"%PDF-" for name, data in found.items())
    checked = archive_check.check_archive(path)
    assert (checked.troubles, checked.files, checked.subject) == ((), len(found), "E1001")
    with passed.database.read() as session:
        entries = session.exec(
            select(LedgerEntry).where(LedgerEntry.subject == f"export:{done.number}")
        ).all()
    assert [one.action for one in entries] == ["list-exported", "export-written"]
    assert entries[0].facts["form"] == "person-dossier"
    assert "E1001" not in json.dumps(entries[0].facts)
    assert entries[1].facts["sha256"] == done.sha256
    known = export_check.check(passed, actor=CONSOLE, path=path)
    assert (known.number, known.is_unchanged) == (done.number, True)


def test_two_runs_differ_in_nothing_but_their_number(passed: Platform, tmp_path: Path) -> None:
    hr = actor(passed, "H0001")
    one = archive.person_archive(passed, actor=hr, staff_no="E1001", path=tmp_path / "one.zip")
    two = archive.person_archive(passed, actor=hr, staff_no="E1001", path=tmp_path / "two.zip")

    first, second = contents(one.path), contents(two.path)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == [MANIFEST]
    assert one.number != two.number
    first.pop(MANIFEST)
    head: dict[str, object] = {"format": 1}
    assert archive.packed(first, head) == archive.packed(dict(reversed(first.items())), head)


def test_what_one_may_not_see_is_not_in_it(passed: Platform, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    with pytest.raises(NotPermitted):
        archive.person_archive(passed, actor=actor(passed, "E1002"), staff_no="E1001", path=path)
    assert not path.exists()
    with pytest.raises(NotFound):
        archive.person_archive(passed, actor=actor(passed, "H0001"), staff_no="X", path=path)
    own = archive.person_archive(passed, actor=actor(passed, "E1001"), staff_no="E1001", path=path)
    assert any(name.startswith("certificates/") for name in contents(own.path))
    seen = archive.person_archive(passed, actor=actor(passed, "S0001"), staff_no="E1001", path=path)
    assert not any(name.startswith("certificates/") for name in contents(seen.path))


def test_keys_are_on_no_paper_before_they_are_released(passed: Platform, tmp_path: Path) -> None:
    for staff_no in ("H0001", "S0001", "E1001"):
        done = archive.person_archive(
            passed, actor=actor(passed, staff_no), staff_no="E1001", path=tmp_path / "one.zip"
        )
        papers = [
            json.loads(data)
            for name, data in contents(done.path).items()
            if name.startswith("papers/") and name.endswith(".json")
        ]
        assert papers
        for paper in papers:
            assert paper["sections"]["answers"]["rows"] == []
            assert paper["sections"]["answers"]["lines"]
            assert paper["sections"]["result"]["facts"]["mark"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a few files, not to be changed."""
    path = tmp_path_factory.mktemp("small") / "one.zip"
    files = {"a.md": b"one\n", "papers/b.json": b"{}", "c.pdf": bytes(range(256))}
    path.write_bytes(archive.packed(files, {"format": 1, "number": "EXP-2024-000001"}))
    return path


@given(st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_is_found_or_changes_no_file(
    small: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(small.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(content)

    try:
        found = archive_check.check_archive(spoilt)
    except BadInput:
        return
    if not found.troubles:  # a date or a right in the zip's own books
        wanted = contents(small)
        with zipfile.ZipFile(spoilt) as packed:
            for name in packed.namelist():
                assert name == MANIFEST or packed.read(name) == wanted[name]


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_other_file_is_an_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(BadInput):
        archive_check.check_archive(tmp_path / "other")


def test_a_file_that_was_added_taken_or_swapped_is_named(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    for change, named in (("new.md", "new.md"), ("a.md", "a.md"), ("", "c.pdf")):
        files = contents(small)
        if change:
            files[change] = b"x"
        else:
            del files["c.pdf"]
        with zipfile.ZipFile(path, "w") as out:
            for name, data in files.items():
                out.writestr(name, data)
        [(name, _what)] = archive_check.check_archive(path).troubles
        assert name == named
