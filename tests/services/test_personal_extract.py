"""A person's extract has everything that is theirs, and nothing of anybody else (G23, R-PLT-07)."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from certify.domain.person import CONSOLE
from certify.domain.privacy import Fate, Whose
from certify.errors import NotPermitted
from certify.platform import Platform
from certify.services.privacy import extract_file, extracting
from certify.storage import people, personal
from tests.personal_rows import Planted, plant
from tests.platforms import actor


def planted(platform: Platform, staff_no: str = "E1002") -> Planted:
    with platform.database.write() as session:
        person = people.by_staff_no(session, staff_no)
        assert person is not None
        return plant(session, person.id or 0)


def test_every_personal_column_is_in_the_extract_with_its_own_value(platform: Platform) -> None:
    found = planted(platform)
    staff_no = found.values["person", "staff_no"]
    shown = extracting.extract(platform, actor=CONSOLE, staff_no=staff_no)
    tables = {one.table: one for one in shown.sections}
    missed = []
    for (table, column), value in found.values.items():
        declared = personal.declared(table, column)
        assert declared is not None
        if declared.whose is not Whose.PERSON or column == "person_id":
            continue
        said = [row.get(column) for row in tables[table].rows]
        if declared.hidden:
            assert column in tables[table].left_out
            assert said in ([], [None])
        elif "CANARY" in str(value):
            missed += [] if str(value).split("CANARY")[1][:5] in str(said) else [(table, column)]
        elif not personal.table(table).columns[column].foreign_keys and value is not None:
            plain = value.isoformat() if hasattr(value, "isoformat") else value
            missed += [] if str(plain) in map(str, said) or plain in said else [(table, column)]
    assert missed == []
    assert len(list(found.canaries(*Fate))) > 60


def test_the_archive_has_the_same_in_json_and_in_words_and_a_manifest(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    import hashlib

    found = planted(sqlite_platform)
    me = actor(sqlite_platform, found.values["person", "staff_no"])
    receipt = extract_file.write_extract(sqlite_platform, actor=me, path=tmp_path / "mine.zip")
    with ZipFile(receipt.path) as archive:
        data = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(data["manifest.json"])
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(data[name]).hexdigest() == digest
    assert manifest["number"] == receipt.number
    for table, column, canary in found.canaries(*Fate):
        declared = personal.declared(table, column)
        assert declared is not None
        for name in ("personal-data.json", "personal-data.md"):
            assert (canary in data[name].decode()) == (not declared.hidden), (table, column, name)
    assert receipt.path.stat().st_mode & 0o077 == 0


def test_nobody_takes_the_extract_of_another_but_hr(sqlite_platform: Platform) -> None:
    for staff_no in ("E1002", "S0001"):
        with pytest.raises(NotPermitted):
            extracting.extract(
                sqlite_platform, actor=actor(sqlite_platform, staff_no), staff_no="E1001"
            )
    hr = actor(sqlite_platform, "H0001")
    assert extracting.extract(sqlite_platform, actor=hr, staff_no="E1001").staff_no == "E1001"


def test_names_of_others_are_left_out_of_what_was_written(sqlite_platform: Platform) -> None:
    from certify.domain.message import PersonMessage

    with sqlite_platform.database.write() as session:
        person = people.by_staff_no(session, "E1001")
        assert person is not None
        session.add(
            PersonMessage(
                person_id=person.id or 0,
                at=sqlite_platform.clock.now(),
                kind="told",
                facts={"note": "王小兰与李雷（E1002）一起值班"},
            )
        )
    shown = extracting.extract(sqlite_platform, actor=actor(sqlite_platform, "E1001"))
    said = next(one.rows for one in shown.sections if one.table == "personmessage")[-1]["facts"]
    assert "王小兰" in said["note"]
    assert "李雷" not in said["note"]
    assert "E1002" not in said["note"]


def test_marks_of_an_attempt_that_is_still_being_marked_are_not_told(
    sqlite_platform: Platform,
) -> None:
    found = planted(sqlite_platform)
    attempt = personal.table("attempt")
    with sqlite_platform.database.write() as session:
        session.execute(attempt.update().values(state="awaiting-marking"))
    shown = extracting.extract(
        sqlite_platform, actor=CONSOLE, staff_no=found.values["person", "staff_no"]
    )
    assert next(one.rows for one in shown.sections if one.table == "marking") == ()


def test_a_final_score_that_gives_the_supervisor_away_is_left_out(
    sqlite_platform: Platform,
) -> None:
    found = planted(sqlite_platform)
    given = {"share": "100", "answers": 1, "mean": "70", "absent": None}
    alone = {"mix": [{"rater": "supervisor", "counted": "100", **given}]}
    with sqlite_platform.database.write() as session:
        [row] = personal.rows(session, "evaluation", found.person_id)
        more = {"id": row["id"] + 1, "revision": row["revision"] + 1, "parts": alone}
        session.execute(personal.table("evaluation").insert().values({**row, **more}))
    shown = extracting.extract(
        sqlite_platform, actor=CONSOLE, staff_no=found.values["person", "staff_no"]
    )
    first, second = next(one.rows for one in shown.sections if one.table == "evaluation")
    assert first["final"] is not None
    assert second["final"] is None
    assert not {"parts", "mix"} & {*first, *second}
