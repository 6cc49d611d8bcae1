"""Certificates on the command line: looked up, listed, issued anew, written to files."""

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.paper.pages import attachments, texts

HR, OWNER, OTHER = "000002", "001001", "001002"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it."""

    def run_it(who: str, *args: str | Path) -> object:
        return quick("--home", company, "--lang", "en", "--as", who, *args)

    return run_it  # type: ignore[return-value]


@pytest.fixture
def held(quick: Run, company: Path) -> tuple[str, str]:
    """An active post qualification: certificate and staff number."""
    listed = quick("--home", company, "certificate", "list", "--json")
    found = json.loads(listed.stdout)
    one = next(row for row in found if row["kind"] == "post" and row["state"] == "active")
    return one["number"], one["staff_no"]


def test_a_file_is_written_to_the_exports_or_to_a_place(
    say: Run, held: tuple[str, str], company: Path, tmp_path: Path
) -> None:
    number, who = held
    done = say(who, "certificate", "export", number)
    kept = company / "exports" / f"{number}.pdf"

    assert done.returncode == 0, done.stderr
    assert number in done.stdout
    assert "active" in done.stdout
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(attachments(kept.read_bytes())) == [f"{number}.json"]
    out = tmp_path / "again.pdf"
    assert say(HR, "certificate", "export", number, "--out", out).returncode == 0
    assert out.read_bytes() == kept.read_bytes()
    token = tmp_path / "a.jwt"
    said = say(HR, "certificate", "export", number, "--format", "jwt", "--out", token)
    assert said.returncode == 0
    assert token.read_text().count(".") == 2


def test_what_was_written_is_verified_from_page_picture_and_document(
    say: Run, held: tuple[str, str], tmp_path: Path
) -> None:
    number, who = held
    for name in ("pdf", "png", "json", "jwt"):
        path = tmp_path / f"a.{name}"
        done = say(who, "certificate", "export", number, "--format", name, "--out", path)
        assert done.returncode == 0, done.stderr
        found = say(HR, "certificate", "verify", path, "--here")
        assert (found.returncode, number in found.stdout) == (0, True), found.stderr


def test_the_language_of_the_page_is_chosen(
    say: Run, held: tuple[str, str], tmp_path: Path
) -> None:
    number, _who = held
    for lang, both in (("en", False), ("both", True)):
        path = tmp_path / f"{lang}.pdf"
        say(HR, "certificate", "export", number, "--lang", lang, "--out", path)
        (text,) = texts(path.read_bytes())
        title = json.loads(say(HR, "certificate", "show", number, "--json").stdout)["facts"]
        assert title["title"]["en"] in text
        assert (title["title"]["zh"] in text) is both


def test_a_reissue_is_shown_with_what_was_said_before(say: Run, held: tuple[str, str]) -> None:
    number, who = held

    assert say(HR, "certificate", "reissue", number).returncode == 2, "no reason"
    assert say(who, "certificate", "reissue", number, "--reason", "x").returncode == 1
    done = say(HR, "certificate", "reissue", number, "--reason", "page lost")
    assert done.stdout == f"Certificate {number} is issued anew as revision 2.\n"
    now = say(HR, "certificate", "show", number).stdout
    assert "replaced: page lost" in now
    old = json.loads(say(HR, "certificate", "show", number, "--revision", "1", "--json").stdout)
    assert (old["revision"], old["facts"]["staff_no"]) == (1, who)
    assert [one["reason"] for one in old["revisions"]] == ["page lost"]
    assert say(HR, "certificate", "show", number, "--revision", "9").returncode == 1
    assert say(HR, "ledger", "verify").returncode == 0


def test_a_new_name_is_on_the_certificate_at_once(say: Run, held: tuple[str, str]) -> None:
    number, who = held

    assert say(HR, "person", "change", who, "--name", "欧阳小兰").returncode == 0
    view = json.loads(say(HR, "certificate", "show", number, "--json").stdout)
    assert (view["revision"], view["facts"]["name"]) == (2, "欧阳小兰")
    assert "the name changed" in say(HR, "certificate", "show", number).stdout
    assert say(HR, "ledger", "verify").returncode == 0


def test_lists_are_for_who_may_see_them(say: Run, held: tuple[str, str]) -> None:
    number, who = held

    assert number in say(who, "certificate", "list").stdout
    assert number in say(HR, "certificate", "list", who).stdout
    stranger = OTHER if who != OTHER else OWNER
    assert number not in say(stranger, "certificate", "list").stdout
    assert say(stranger, "certificate", "list", who).returncode == 1
    refused = say(stranger, "certificate", "export", number)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "There is no certificate" in refused.stderr


def test_what_is_revoked_is_told_across_the_page(
    say: Run, company: Path, held: tuple[str, str]
) -> None:
    number, who = held
    given = say(HR, "qualification", "suspend", who, number, "--reason", "x")
    assert given.returncode == 0, given.stderr

    assert "suspended" in say(HR, "certificate", "export", number).stdout
    (text,) = texts((company / "exports" / f"{number}.pdf").read_bytes())
    assert "SUSPENDED" in text
