"""What a forger of certificates and an insider tried, and does not get through (G16)."""

import json
import os
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.deviation import Deviation
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE, Person, PersonStatus, Role, RoleGrant
from certify.domain.placement import Placement
from certify.domain.qualification import QualificationState
from certify.domain.verdict import Finding
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.policy import TrustPolicy
from certify.services import (
    confirming,
    export_check,
    ledger,
    people_import,
    proposals,
    signing_keys,
)
from certify.services.credentials.reading import document_in
from certify.services.policy import changing
from certify.services.privacy import leftovers, repeating
from certify.services.qualifying import deciding
from certify.services.reporting.archive_check import check_archive
from certify.storage import erasures, guards, people
from certify.storage.backup_archive import opened
from tests.platforms import actor, with_policy
from tests.services.backup_steps import back_up, restore
from tests.services.credential_steps import HOST, Company
from tests.services.learning_steps import pass_course
from tests.services.second_person import propose_to_revoke, second_hr

REVOKED = QualificationState.REVOKED


# ── Certificates ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("host", ["", HOST])
@pytest.mark.parametrize("place", ["identifier", "criteria"])
def test_a_name_given_to_a_nameless_part_is_not_shown_as_signed(
    host: str, place: str, tmp_path: Path
) -> None:
    holder = Company(host).stranger(tmp_path)
    document = holder.parsed()
    subject = document["credentialSubject"]
    part = subject["identifier"][0] if place == "identifier" else subject["achievement"]["criteria"]

    part["id"] = "_:Level-L5,-mark-100"

    report = holder.judge(json.dumps(document))
    assert report.verdict is Finding.UNREADABLE
    assert report.credential == {}


@pytest.mark.parametrize("filters", [1, 2])
def test_a_small_pdf_that_unpacks_to_very_much_is_refused_at_once(filters: int) -> None:
    packed = zlib.compress(bytes(300_000_000), 9)
    if filters == 2:
        packed = zlib.compress(packed, 9)

    with pytest.raises(ValueError, match="large"):
        document_in(_pdf(packed, filters))


def test_a_pdf_that_another_program_saved_is_read_too() -> None:
    document = Company().document().encode()

    for filters in (0, 1):
        data = zlib.compress(document) if filters else document
        assert document_in(_pdf(data, filters)) == document.decode()


def _pdf(data: bytes, filters: int) -> bytes:
    """A PDF of one empty page with one file in it."""
    names = b"[" + b"/FlateDecode" * filters + b"]"
    head = b"<</Type/EmbeddedFile/Filter%s/Length %d>>stream\n" % (names, len(data))
    tree = b"<</EmbeddedFiles<</Names[(a.json)4 0 R]>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names%s>>" % tree,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/Filespec/F(a.json)/UF(a.json)/EF<</F 5 0 R>>>>",
        head + data + b"\nendstream",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + table + end


# ── Files of strangers ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_a_damaged_way_is_refused_as_such(method: int, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip(b"manifest.json", method, b"\x09\x04\x05\x00" + b"\xff" * 60))

    with pytest.raises(BadInput):
        check_archive(path)
    with pytest.raises(BadInput), opened(path):
        pass


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_workbook_or_a_name_that_is_no_text_is_no_export(
    sqlite_platform: Platform, method: int, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.xlsx"))
    member = b"xl/worksheets/sheet1.xml"
    path.write_bytes(_zip(member, method, b"\x09\x04\x05\x00" + b"\xff" * 60))
    assert export_check.check(sqlite_platform, actor=CONSOLE, path=path).number == ""
    path.write_bytes(b"x")
    assert export_check.check(sqlite_platform, actor=CONSOLE, path=path).number == ""


def _zip(name: bytes, method: int, data: bytes) -> bytes:
    """A zip of one member whose content is not what its method packs, with the seal of a backup."""
    import hashlib

    numbers = (method, 0, 33, 0, len(data), 100, len(name), 0)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, *numbers) + name + data
    entry = struct.pack("<4sHHH", b"PK\1\2", 20, 20, 0)
    entry += struct.pack("<HHHIIIHHHHHII", *numbers, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(entry), len(local), 64)
    whole = local + entry + end
    return whole + hashlib.sha256(whole).hexdigest().encode()


# ── Two persons ──────────────────────────────────────────────────────────────────────────────


def test_who_lost_the_role_meanwhile_neither_proposes_nor_confirms(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    proposal = propose_to_revoke(platform, "E1001", "L1")
    with platform.database.write() as session:
        session.delete(session.get_one(RoleGrant, (second.person_id, Role.HR)))

    with pytest.raises(NotPermitted):
        confirming.confirm(platform, actor=second, number=proposal)
    with pytest.raises(NotPermitted):
        proposals.decline(platform, actor=second, number=proposal, reason="x")
    proposals.withdraw(platform, actor=actor(platform, "H0001"), number=proposal)
    with pytest.raises(NotPermitted):
        _propose_to_revoke(platform, second)


def test_who_left_meanwhile_does_not_confirm(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    proposal = propose_to_revoke(platform, "E1001", "L1")
    with platform.database.write() as session:
        session.get_one(Person, second.person_id).status = PersonStatus.LEFT

    with pytest.raises(NotPermitted):
        confirming.confirm(platform, actor=second, number=proposal)


def _propose_to_revoke(platform: Platform, who: object) -> None:
    deciding.decide(
        platform,
        actor=who,  # type: ignore[arg-type]
        staff_no="E1001",
        code="L1",
        state=REVOKED,
        reason="x",
    )


def test_the_ledger_shows_a_proposal_that_its_maker_confirmed_through_the_database(
    platform: Platform,
) -> None:
    changing.notice(platform)
    pass_course(platform, "E1001")
    second_hr(platform)
    first = actor(platform, "H0001")
    proposal = propose_to_revoke(platform, "E1001", "L1")
    _edit(platform, f"UPDATE proposal SET proposed_by = 99 WHERE id = {proposal}")

    confirming.confirm(platform, actor=first, number=proposal)

    found = ledger.verify(platform, actor=CONSOLE)
    assert [one.kind for one in found.found] == [Deviation.ALONE]
    assert found.found[0].entry == _entry(platform, "proposal-confirmed")


def test_the_ledger_shows_a_revocation_by_one_while_the_rules_asked_for_two(
    platform: Platform,
) -> None:
    changing.notice(platform)
    pass_course(platform, "E1001")
    alone = TrustPolicy(two_persons=False)
    lenient = with_policy(platform, platform.policy.model_copy(update={"trust": alone}))

    _propose_to_revoke(lenient, actor(platform, "H0001"))

    found = ledger.verify(platform, actor=CONSOLE)
    assert [one.kind for one in found.found] == [Deviation.ALONE]


def test_a_revocation_by_one_is_in_order_where_the_rules_say_so(platform: Platform) -> None:
    pass_course(platform, "E1001")
    alone = TrustPolicy(two_persons=False)
    lenient = with_policy(platform, platform.policy.model_copy(update={"trust": alone}))
    changing.notice(lenient)

    _propose_to_revoke(lenient, actor(platform, "H0001"))
    changing.notice(platform)

    assert ledger.verify(platform, actor=CONSOLE).holds


def test_a_revocation_by_two_is_in_order(platform: Platform) -> None:
    changing.notice(platform)
    pass_course(platform, "E1001")
    second = second_hr(platform)

    confirming.confirm(platform, actor=second, number=propose_to_revoke(platform, "E1001", "L1"))

    assert ledger.verify(platform, actor=CONSOLE).holds


def _entry(platform: Platform, action: str) -> int:
    with platform.database.read() as session:
        return session.exec(select(LedgerEntry).where(LedgerEntry.action == action)).one().sequence


def _edit(platform: Platform, *statements: str) -> None:
    """Change the database as its owner can: past the triggers, which are put back."""
    with platform.database.write() as session:
        connection = session.connection()
        guards.remove(connection)
        for one in statements:
            connection.execute(text(one))
        guards.install(connection)


# ── Whose a qualification is ─────────────────────────────────────────────────────────────────


def test_the_ledger_shows_that_two_people_were_exchanged_in_the_database(
    platform: Platform,
) -> None:
    pass_course(platform, "E1001")
    _edit(
        platform,
        "UPDATE person SET staff_no = 'away' WHERE staff_no = 'E1001'",
        "UPDATE person SET staff_no = 'E1001' WHERE staff_no = 'E1002'",
        "UPDATE person SET staff_no = 'E1002' WHERE staff_no = 'away'",
    )

    found = ledger.verify(platform, actor=CONSOLE)

    assert {(one.kind, one.table) for one in found.found} == {(Deviation.DIFFERENT, "person")}


# ── Erasures ─────────────────────────────────────────────────────────────────────────────────


def test_a_list_of_erasures_that_somebody_wrote_erases_nobody(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    with sqlite_platform.database.write() as session:
        person = people.by_staff_no(session, "E1002")
        assert person is not None
        assert person.id is not None
        person.status = PersonStatus.LEFT
        session.add(
            Placement(
                person_id=person.id,
                from_day=date(2024, 3, 5),
                name=person.name,
                department_id=person.department_id,
                post_id=person.post_id,
                status=PersonStatus.LEFT,
                at=clock.now(),
            )
        )
        line = {
            "person": person.id,
            "first": erasures.first_hash(session, person.id),
            "at": clock.now().isoformat(),
            "by": 99,
            "reason": "r",
        }
    forged = tmp_path / "erasures.jsonl"

    for extra in ({}, {"key": "z6Mk", "signature": "z1"}):
        forged.write_text(json.dumps(line | extra) + "\n")
        done = repeating.again(sqlite_platform, actor=actor(sqlite_platform, "H0001"), path=forged)
        assert (done.done, len(done.unproven)) == ((), 1)


def test_what_the_company_signed_is_done_again_also_after_the_key_was_changed(
    sqlite_platform: Platform,
) -> None:
    unsigned = {"person": 7, "first": "a", "by": 1, "reason": "期满"}
    [line] = leftovers._signed(sqlite_platform, [unsigned])
    signing_keys.rotate(sqlite_platform, actor=CONSOLE, reason="yearly")

    with sqlite_platform.database.read() as session:
        assert leftovers.is_proven(session, sqlite_platform, line)
        for name, value in (("person", 8), ("first", "b"), ("by", 2), ("reason", "x")):
            assert not leftovers.is_proven(session, sqlite_platform, line | {name: value})


def test_the_ledger_shows_a_role_that_nobody_gave(platform: Platform) -> None:
    people_import.import_people(
        platform, actor=actor(platform, "H0001"), path=_people(platform), apply=True
    )
    assert ledger.verify(platform, actor=CONSOLE).holds
    who = actor(platform, "N0001").person_id

    _edit(platform, f"INSERT INTO rolegrant (person_id, role) VALUES ({who}, 'hr')")

    [found] = ledger.verify(platform, actor=CONSOLE).found
    assert (found.table, found.row) == ("rolegrant", f"person:{who}")
    assert (found.ledger, found.stands) == ("learner", "hr learner")


def _people(platform: Platform) -> Path:
    with platform.database.read() as session:
        one = people.rows(session)[0]
    path = platform.settings.home.root / "people.csv"
    head = "staff_no,name,department,post,hired_on"
    path.write_text(f"{head}\nN0001,新人,{one.department.code},{one.post.code},2024-03-01\n")
    return path


def test_a_key_that_the_restored_database_does_not_know_is_not_put_back(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    key = signing_keys.rotate(platform, actor=CONSOLE, reason="first").id
    planted = platform.settings.keys_folder / f"z{'6' * 45}.pem"
    planted.write_text("planted")
    made = back_up(platform, tmp_path / "backup", with_keys=True)
    for file in platform.settings.keys_folder.iterdir():
        file.unlink()

    assert restore(platform, made.path).keys == (f"{key}.pem",)
    assert not planted.exists()
