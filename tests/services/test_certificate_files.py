"""Certificates as files that people hold: the same bytes again, readable for ever (R-CRT-02)."""

import io
import json
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.course import Course, Exam
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.hooks import registry
from certify.platform import Platform
from certify.services.certificates import handing_out
from certify.services.credentials import links
from certify.services.credentials.reading import document_in
from tests.paper.pages import attachments, fonts
from tests.services.certificate_steps import (
    decide,
    entries,
    erase,
    handed,
    qualified,
    renamed,
    said,
    shown,
)


@pytest.fixture
def platform(sqlite_platform: Platform) -> Platform:
    """What is in a file does not depend on the database."""
    return sqlite_platform


@pytest.fixture
def number(platform: Platform) -> str:
    """The certificate of the post qualification of E1001."""
    return qualified(platform, "E1001")


def test_of_an_erased_one_number_and_dates_are_left_and_no_file(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    erase(platform, number)

    view = shown(platform, number)
    assert view.is_erased
    assert view.facts["valid_to"]
    with pytest.raises(Refused):
        handed(platform, number, "pdf", tmp_path / "x.pdf")
    assert list(tmp_path.glob("x*")) == []
    assert entries(platform, "certificate-exported") == []


@pytest.mark.parametrize("format_name", handing_out.FORMATS)
def test_two_exports_give_the_same_bytes_in_a_file_for_its_owner_alone(
    platform: Platform, number: str, tmp_path: Path, format_name: str, clock: SetClock
) -> None:
    first = handed(platform, number, format_name, tmp_path / f"a.{format_name}")
    clock.advance(timedelta(hours=5))
    second = handed(platform, number, format_name, tmp_path / f"b.{format_name}", "E1001")

    assert first == second
    assert stat.S_IMODE((tmp_path / f"a.{format_name}").stat().st_mode) == 0o600
    written = {"certificate": number, "revision": 1, "format": format_name}
    found = entries(platform, "certificate-exported")
    assert [written.items() <= one.items() for one in found] == [True, True]


def test_page_and_picture_carry_the_same_signed_document(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    document = handed(platform, number, "json", tmp_path / "a.json")
    pdf = handed(platform, number, "pdf", tmp_path / "a.pdf")
    png = handed(platform, number, "png", tmp_path / "a.png")

    assert attachments(pdf) == {f"{number}.json": document}
    assert document_in(pdf) == document_in(png) == document.decode()
    assert Image.open(io.BytesIO(png)).info[handing_out.BAKED] == document.decode()
    assert json.loads(document)["proof"]
    assert fonts(pdf) == {"NotoSansSC-Regular": True}


def test_the_page_says_who_what_and_until_when(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    facts = shown(platform, number).facts
    text = said(handed(platform, number, "pdf", tmp_path / "a.pdf"))

    for key in ("name", "staff_no", "department", "post", "issuer", "mark", "valid_to", "number"):
        assert "".join(str(facts[key]).split()) in text
    for language in ("zh", "en"):
        assert "".join(facts["title"][language].split()) in text
    english = said(handed(platform, number, "pdf", tmp_path / "b.pdf", lang="en"))
    assert "".join(facts["title"]["zh"].split()) not in english


def test_the_code_names_where_to_look_also_at_the_first_export(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    from certify.paper.certificate import QR
    from certify.paper.code import modules
    from tests.paper.pages import dark

    png = handed(platform, number, "png", tmp_path / "a.png")

    wanted = modules(links.qr_text(platform, number))
    assert dark(png, QR, len(wanted)) == wanted


def test_a_new_revision_is_another_document_and_the_old_file_stays_as_it_was(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    old = handed(platform, number, "pdf", tmp_path / "a.pdf")
    renamed(platform, "欧阳" * 20)
    new = handed(platform, number, "pdf", tmp_path / "b.pdf")

    assert "欧阳" * 20 in said(new)
    assert "王小兰" in said(old)
    assert attachments(old) != attachments(new)


@pytest.mark.parametrize("state", [QualificationState.SUSPENDED, QualificationState.REVOKED])
def test_what_does_not_hold_says_so_across_the_page(
    platform: Platform, number: str, tmp_path: Path, state: QualificationState
) -> None:
    assert state.value.upper() not in said(handed(platform, number, "pdf", tmp_path / "a.pdf"))
    decide(platform, number, state)

    assert state.value.upper() in said(handed(platform, number, "pdf", tmp_path / "b.pdf"))


def test_an_expired_one_says_so_across_the_page(
    platform: Platform, number: str, tmp_path: Path, clock: SetClock
) -> None:
    clock.advance(timedelta(days=800))

    assert "EXPIRED" in said(handed(platform, number, "pdf", tmp_path / "a.pdf"))


def test_only_hr_and_the_holder_get_the_file(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    with pytest.raises(NotFound):
        handed(platform, number, "pdf", path, "E1002")
    with pytest.raises(NotPermitted):
        handed(platform, number, "pdf", path, "S0001")  # sees the record of a report
    with pytest.raises(NotFound):
        handed(platform, "PQ-2024-999999-9", "pdf", path)
    with pytest.raises(BadInput):
        handed(platform, number, "docx", path)
    with pytest.raises(BadInput):
        handed(platform, number, "pdf", path, lang="fr")
    assert not path.exists()
    assert handed(platform, number.lower(), "pdf", path, "E1001")


def test_what_cannot_be_written_leaves_nothing(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput):
        handed(platform, number, "pdf", tmp_path / "missing" / "a.pdf")
    assert not (tmp_path / "missing").exists()


def test_a_certificate_outlives_course_and_plugin(
    platform: Platform, number: str, tmp_path: Path
) -> None:
    kept = handed(platform, number, "pdf", tmp_path / "a.pdf")
    with platform.database.write() as session:
        for exam in session.exec(select(Exam)).all():
            exam.process_code, exam.process, exam.title = "", {}, {"zh": "没有了"}
            session.add(exam)
        for course in session.exec(select(Course)).all():
            course.title, course.topics = {"zh": "没有了"}, {}
            session.add(course)
    bare = replace(platform, plugins=registry.load(["tables"]))

    assert not bare.plugins.question_types
    assert handed(bare, number, "pdf", tmp_path / "b.pdf") == kept
    assert shown(bare, number).state == "active"
