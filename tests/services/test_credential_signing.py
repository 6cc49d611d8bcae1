"""A certificate is signed once; what was signed stays (R-CRT-03)."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from certify.domain.certificate import Certificate
from certify.domain.ledger import first_false
from certify.domain.open_badge import facts_of
from certify.domain.person import CONSOLE
from certify.domain.signed_credential import CredentialForm, SignedCredential
from certify.domain.trust_anchor import did_key
from certify.domain.verdict import Finding
from certify.errors import HomeUnusable, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import signing_keys
from certify.services.credentials import links, signing
from certify.storage import ledger
from tests.platforms import actor
from tests.services.credential_steps import (
    Stranger,
    certificate_number,
    sign,
    stranger,
    with_host,
)
from tests.services.steps import clock_of


def _later(platform: Platform, **time: int) -> None:
    clock_of(platform).set(platform.clock.now() + timedelta(**time))


@pytest.mark.parametrize("form", list(CredentialForm))
def test_a_second_call_gives_the_same_bytes_also_after_the_key_was_changed(
    platform: Platform, form: CredentialForm
) -> None:
    first = sign(platform, form=form)
    _later(platform, days=1)
    signing_keys.rotate(platform, actor=CONSOLE, reason="每年更换")

    assert sign(platform, form=form) == first
    with platform.database.read() as session:
        assert len(session.exec(select(SignedCredential)).all()) == 1
        entries = [entry.action for entry in ledger.entries(session)]
        assert entries.count("certificate-signed") == 1


def test_what_the_old_key_signed_stays_valid_and_the_new_key_signs_what_comes(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    old = stranger(sqlite_platform, tmp_path / "old")
    _later(sqlite_platform, days=1)
    signing_keys.rotate(sqlite_platform, actor=CONSOLE, reason="每年更换")
    _reissue(sqlite_platform)
    new = stranger(sqlite_platform, tmp_path / "new")

    assert new.document != old.document
    assert new.parsed()["issuer"]["id"] != old.parsed()["issuer"]["id"]
    assert new.finding() is Finding.VALID
    # The old paper holds by its signature; the list says that there is a newer one.
    assert new.judge(old.document).findings == (Finding.REPLACED,)


def test_a_reissued_certificate_gets_a_new_document_with_the_same_number(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    first = stranger(sqlite_platform, tmp_path)
    _reissue(sqlite_platform)
    second = stranger(sqlite_platform, tmp_path)

    one, two = facts_of(first.parsed()), facts_of(second.parsed())
    assert one["number"] == two["number"]
    assert (one["revision"], two["revision"]) == ("1", "2")
    assert second.finding(name="王大兰") is Finding.VALID
    assert second.finding(name="王小兰") is Finding.OTHER_PERSON
    assert second.judge(first.document, name="王小兰").findings == (Finding.REPLACED,)


def test_nothing_is_signed_of_an_unknown_or_erased_certificate(sqlite_platform: Platform) -> None:
    with pytest.raises(NotFound):
        sign(sqlite_platform, "PQ-2024-000099-9")
    number = certificate_number(sqlite_platform)
    with sqlite_platform.database.write() as session:
        found = session.exec(select(Certificate).where(Certificate.number == number)).one()
        found.erased_at = sqlite_platform.clock.now()
        session.add(found)

    with pytest.raises(Refused):
        sign(sqlite_platform, number)


def test_without_the_private_key_nothing_is_signed_and_nothing_is_kept(
    sqlite_platform: Platform,
) -> None:
    sign(sqlite_platform)
    for file in sqlite_platform.settings.keys_folder.iterdir():
        file.unlink()

    with pytest.raises(HomeUnusable):
        sign(sqlite_platform, form=CredentialForm.JWT)
    with sqlite_platform.database.read() as session:
        assert len(session.exec(select(SignedCredential)).all()) == 1


def test_the_ledger_tells_of_the_signature_without_naming_anybody(
    sqlite_platform: Platform,
) -> None:
    sign(sqlite_platform)

    with sqlite_platform.database.read() as session:
        entries = list(ledger.entries(session))
    assert first_false(entries) is None
    entry = next(one for one in entries if one.action == "certificate-signed")
    assert set(entry.facts) == {"certificate", "revision", "form", "key"}
    assert "E1001" not in str(entry.facts)


def test_the_code_on_paper_names_the_key_that_signed_or_the_page_of_the_host(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    number = certificate_number(sqlite_platform)
    assert links.qr_text(sqlite_platform, number) == number

    holder = stranger(sqlite_platform, tmp_path)
    first = holder.parsed()["issuer"]["id"]
    _later(sqlite_platform, days=1)
    newest = signing_keys.rotate(sqlite_platform, actor=CONSOLE, reason="每年更换").id

    assert links.qr_text(sqlite_platform, number) == f"{number} {first}"
    assert links.qr_text(sqlite_platform, "L1-2024-000123-7") == (
        f"L1-2024-000123-7 {did_key(newest)}"
    )
    assert links.qr_text(with_host(sqlite_platform), number) == (
        f"https://certs.example.com/verify.html#{number}"
    )


def test_what_was_signed_before_there_was_a_host_is_still_vouched_for_and_looked_up(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    before = stranger(sqlite_platform, tmp_path / "before")
    hosted = with_host(sqlite_platform)
    after = stranger(hosted, tmp_path / "after")

    assert after.document == before.document
    assert after.finding() is Finding.VALID


def test_facts_with_every_kind_of_text_are_signed_and_verified(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    number = certificate_number(sqlite_platform)
    with sqlite_platform.database.write() as session:
        found = session.exec(select(Certificate).where(Certificate.number == number)).one()
        found.facts = {
            **found.facts,
            "remark": 'a"\\\n\t%s <x> 李\u3000👩‍👩‍👧 $&=+@\x1b]0;x\x07\u202e',
        }
        session.add(found)
    holder: Stranger = stranger(sqlite_platform, tmp_path)

    report = holder.judge()

    assert report.verdict is Finding.VALID
    shown = facts_of(report.credential)["remark"]
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "👩" in shown


def test_all_that_waits_is_signed_in_one_go_and_a_bad_one_does_not_stop_the_rest(
    platform: Platform,
) -> None:
    certificate_number(platform)
    with platform.database.write() as session:
        bad = session.exec(select(Certificate).order_by(col(Certificate.id).desc())).first()
        assert bad is not None
        bad.facts = {**bad.facts, "no good name": "x"}
        session.add(bad)
        number = bad.number

    done = signing.sign_all(platform, actor=actor(platform, "H0001"))
    again = signing.sign_all(platform, actor=actor(platform, "H0001"))

    with platform.database.read() as session:
        every = session.exec(select(Certificate.number)).all()
        entries = list(ledger.entries(session))
        kept = session.exec(select(SignedCredential)).all()
    assert done.left_out == again.left_out == (number,)
    assert done.count == len(every) - 1 == len(kept)
    assert again.count == 0
    assert first_false(entries) is None
    assert [one.action for one in entries].count("certificate-signed") == done.count
    with pytest.raises(NotPermitted):
        signing.sign_all(platform, actor=actor(platform, "E1001"))


def _reissue(platform: Platform) -> None:
    """What a reissue does to the row."""
    with platform.database.write() as session:
        found = session.exec(select(Certificate)).first()
        assert found is not None
        found.facts = {**found.facts, "name": "王大兰"}
        found.revision, found.salt = found.revision + 1, "another salt"
        session.add(found)
