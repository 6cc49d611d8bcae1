"""Backups: one file that is whole and of one moment, restored only when all of it is right."""

import dataclasses
import shutil
import sqlite3
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from certify.clock import SetClock, SystemClock
from certify.domain.backup import DATABASE, table_file
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE, Person
from certify.errors import BadInput, HomeUnusable, NotPermitted, Refused
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import ledger, signing_keys
from certify.services.backup import making, rehearsing, restoring
from certify.settings import Settings
from certify.storage import backup_archive, backup_postgres, guards, health, schema
from certify.storage.database import connect
from tests.platforms import actor, read_course, sit
from tests.services.backup_steps import back_up, head, resealed, restore
from tests.services.steps import check_books

SECOND = timedelta(seconds=1)
"""What is put aside has the second in its name."""


def entry(platform: Platform, number: int) -> LedgerEntry:
    with platform.database.read() as session:
        return session.get_one(LedgerEntry, number)


def test_a_restored_database_is_the_one_of_the_moment_and_says_that_it_was_restored(
    platform: Platform, tmp_path: Path
) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)
    before = head(platform)
    made = back_up(platform, tmp_path / "one.backup")
    read_course(platform, actor(platform, "E1002"))

    done = restore(platform, made.path)

    assert (made.manifest.sequence, made.manifest.head) == before
    assert entry(platform, before[0]).hash == before[1]
    last = entry(platform, before[0] + 1)
    assert (last.action, last.facts) == (
        "backup-restored",
        {"sequence": before[0], "digest": made.sha256},
    )
    assert head(platform)[0] == before[0] + 1
    assert health.problems(platform.database, deep=True) == []
    check_books(platform)
    assert done.manifest == made.manifest
    again = actor(platform, "H0001")
    read_course(platform, again)
    sit(platform, again)


def test_what_stood_there_is_kept(platform: Platform, tmp_path: Path) -> None:
    made = back_up(platform, tmp_path / "one.backup")
    later = head(platform)

    kept = restore(platform, made.path).kept

    if platform.database.is_sqlite:
        with sqlite3.connect(kept) as connection:
            found = connection.execute("SELECT sequence, hash FROM ledgerhead").fetchone()
        connection.close()
    else:
        with platform.database.engine.connect() as there:
            found = there.exec_driver_sql(f"SELECT sequence, hash FROM {kept}.ledgerhead").one()
    assert tuple(found) == later


def test_numbers_given_out_before_are_never_given_out_again(
    platform: Platform, tmp_path: Path
) -> None:
    with platform.database.write() as session:
        old = session.exec(select(Person).where(Person.staff_no == "E1002")).one()
        person = Person(
            staff_no="E9999",
            name="新人",
            department_id=old.department_id,
            post_id=old.post_id,
            hired_on=old.hired_on,
        )
        session.add(person)
        session.flush()
        number = person.id or 0
    made = back_up(platform, tmp_path / "one.backup")
    restore(platform, made.path)

    with platform.database.write() as session:
        session.add(Person(**old.model_dump(exclude={"id", "staff_no"}), staff_no="E8888"))
    with platform.database.read() as session:
        found = session.exec(select(Person).where(Person.staff_no == "E8888")).one()
    assert (found.id or 0) > number


def test_a_backup_is_for_its_owner_alone_and_replaces_nothing_unasked(
    platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "one.backup"
    back_up(platform, path)
    first = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    with pytest.raises(Refused):
        back_up(platform, path)
    assert path.read_bytes() == first
    making.back_up(platform, actor=CONSOLE, path=path, replace=True)
    assert path.read_bytes() != first
    assert list(tmp_path.glob(".certify*")) == []
    with pytest.raises(Refused):
        making.back_up(platform, actor=CONSOLE, path=tmp_path, replace=True)
    with pytest.raises(BadInput):
        back_up(platform, tmp_path / "nowhere" / "one.backup")


def test_the_same_rows_make_the_same_parts(platform: Platform, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = making.pack(platform, tmp_path / "one")
    two = making.pack(platform, tmp_path / "two")

    assert one.manifest == two.manifest
    assert one.sha256 == two.sha256


def test_only_an_administrator_backs_up(sqlite_platform: Platform, tmp_path: Path) -> None:
    for staff_no in ("E1001", "S0001", "H0001"):
        who = actor(sqlite_platform, staff_no)
        with pytest.raises(NotPermitted):
            making.back_up(sqlite_platform, actor=who, path=tmp_path / "one")
        with pytest.raises(NotPermitted):
            rehearsing.rehearse(sqlite_platform, actor=who)
    administrator = actor(sqlite_platform, "0001")
    made = making.back_up(sqlite_platform, actor=administrator, path=tmp_path / "one")
    last = entry(sqlite_platform, head(sqlite_platform)[0])
    assert (last.actor_id, last.action) == (administrator.person_id, "backup-made")
    assert last.facts["digest"] == made.sha256


def test_private_keys_are_in_it_only_when_asked_and_go_where_they_belong(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    key = signing_keys.rotate(platform, actor=CONSOLE, reason="first").id
    folder = platform.settings.keys_folder
    secret = (folder / f"{key}.pem").read_bytes()
    without = back_up(platform, tmp_path / "without")
    having = back_up(platform, tmp_path / "with", with_keys=True)
    assert secret not in without.path.read_bytes()
    with zipfile.ZipFile(without.path) as packed:
        assert not any(name.startswith("keys/") for name in packed.namelist())
    shutil.rmtree(folder)

    assert restore(platform, without.path).keys == ()
    assert not folder.exists()
    clock.advance(SECOND)
    assert restore(platform, having.path).keys == (f"{key}.pem",)
    path = folder / f"{key}.pem"
    assert path.read_bytes() == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("another")
    clock.advance(SECOND)
    assert restore(platform, having.path).keys == ()
    assert path.read_text() == "another"


def test_a_rehearsal_finds_the_live_ledger_and_leaves_nothing(platform: Platform) -> None:
    read_course(platform, actor(platform, "E1001"))
    before = head(platform)
    files = sorted(platform.settings.home.root.iterdir())

    done = rehearsing.rehearse(platform, actor=CONSOLE)

    assert (done.manifest.sequence, done.manifest.head) == before
    assert done.rows == sum(done.manifest.rows.values()) > 0
    assert entry(platform, before[0] + 1).action == "restore-rehearsed"
    assert sorted(platform.settings.home.root.iterdir()) == files
    if not platform.database.is_sqlite:
        with platform.database.engine.connect() as there:
            query = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'certify%%'"
            assert there.exec_driver_sql(query).scalar() == 0
    assert ledger.verify(platform, actor=CONSOLE).first_false is None
    assert health.problems(platform.database, deep=True) == []


def test_a_rehearsal_may_go_into_another_empty_database(
    platform: Platform, postgres_url: str
) -> None:
    if platform.database.is_sqlite:
        pytest.skip("only PostgreSQL has other databases")
    assert rehearsing.rehearse(platform, actor=CONSOLE, into=postgres_url).rows > 0
    other = connect(postgres_url)
    assert schema.version(other) == ""
    schema.ensure(other)
    other.close()
    with pytest.raises(Refused):
        rehearsing.rehearse(platform, actor=CONSOLE, into=postgres_url)
    with pytest.raises(BadInput):
        rehearsing.rehearse(platform, actor=CONSOLE, into="sqlite:///x")


def test_nothing_is_restored_over_a_database_unasked_or_in_use(
    platform: Platform, tmp_path: Path
) -> None:
    made = back_up(platform, tmp_path / "one.backup")
    before = head(platform)

    with pytest.raises(Refused):
        restore(platform, made.path, replace=False)
    with platform.database.read() as session:
        session.exec(select(Person)).first()
        with pytest.raises(Refused):
            restoring.restore(
                platform.settings,
                clock=platform.clock,
                actor_id=0,
                path=made.path,
                replace=True,
            )
    assert head(platform) == before


def test_a_backup_goes_into_an_empty_place(
    platform: Platform, tmp_path: Path, postgres_url: str
) -> None:
    made = back_up(platform, tmp_path / "one.backup")
    url = postgres_url
    if platform.database.is_sqlite:
        url = f"sqlite:///{tmp_path / 'new' / 'certify.db'}"
    new = dataclasses.replace(platform.settings, db=url)
    done = restoring.restore(new, clock=platform.clock, actor_id=0, path=made.path)
    assert done.kept == ""
    there = connect(url)
    assert health.problems(there, deep=True) == []
    there.close()


def test_a_backup_of_the_other_kind_or_of_a_newer_certify_is_refused(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(platform, tmp_path / "one.backup")
    before = head(platform)
    other = "postgresql+psycopg://nowhere/x"
    if not platform.database.is_sqlite:
        other = f"sqlite:///{tmp_path / 'x.db'}"
    with pytest.raises(BadInput):
        restoring.restore(
            dataclasses.replace(platform.settings, db=other),
            clock=platform.clock,
            actor_id=0,
            path=made.path,
        )
    monkeypatch.setattr(schema, "HEAD", "0004")
    with pytest.raises(HomeUnusable):
        restore(platform, made.path)
    monkeypatch.undo()
    assert head(platform) == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, founded_sqlite: Path) -> Path:
    """A backup of a small company, not to be changed."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copyfile(founded_sqlite, folder / "certify.db")
    platform = open_platform(Settings(home=Home(folder)), clock=SystemClock())
    back_up(platform, folder / "one.backup")
    platform.close()
    return folder / "one.backup"


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_changed_byte_anywhere_is_refused(
    whole: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(whole.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    spoilt = tmp_path / "spoilt"
    spoilt.write_bytes(content)

    with pytest.raises(BadInput) as told, backup_archive.opened(spoilt):
        pass
    assert str(spoilt) in told.value.place
    assert told.value.mend


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cut_or_lengthened_file_is_refused(
    whole: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = whole.read_bytes()
    length = data.draw(st.integers(0, len(content) - 1))
    more = data.draw(st.binary(min_size=1, max_size=100))
    for spoilt in (content[:length], content + more, more + content, content[length:]):
        if spoilt == content:
            continue
        (tmp_path / "spoilt").write_bytes(spoilt)
        with pytest.raises(BadInput), backup_archive.opened(tmp_path / "spoilt"):
            pass


@given(st.binary(max_size=2000))
@example(b"PK\x05\x06" + b"\0" * 82)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(BadInput), backup_archive.opened(tmp_path / "other"):
        pass


def test_a_forged_backup_whose_seal_fits_is_refused_by_its_content(
    platform: Platform, tmp_path: Path
) -> None:
    made = back_up(platform, tmp_path / "one.backup")
    before = head(platform)
    part = DATABASE if platform.database.is_sqlite else table_file("ledgerentry")
    forged = resealed(made.path, tmp_path / "forged", part, b"course-loaded", b"course-lOaded")

    with pytest.raises(BadInput):
        restore(platform, forged)
    assert head(platform) == before
    assert list(Path(platform.settings.home.root).glob(".certify*")) == []


def test_programs_hidden_in_a_forged_database_are_refused(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    made = back_up(sqlite_platform, tmp_path / "one.backup")
    with backup_archive.opened(made.path) as archive, (tmp_path / "x.db").open("wb") as out:
        archive.unpack(DATABASE, out)
        manifest = archive.manifest
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute(
            "CREATE TRIGGER evil AFTER INSERT ON rolegrant BEGIN DELETE FROM message; END"
        )
    connection.close()
    out_ = backup_archive.ArchiveWriter(tmp_path / "forged")
    out_.add(DATABASE, tmp_path / "x.db")
    out_.finish(dataclasses.replace(manifest, files=out_.files))

    with pytest.raises(BadInput, match="evil"):
        restore(sqlite_platform, tmp_path / "forged")


def test_a_database_that_was_damaged_gives_way_with_all_that_lies_beside_it(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    made = back_up(sqlite_platform, tmp_path / "one.backup")
    sqlite_platform.database.close()
    file = Path(sqlite_platform.database.engine.url.database or "")
    file.write_bytes(b"not a database" * 100)
    Path(f"{file}-wal").write_bytes(b"left over")

    kept = restore(sqlite_platform, made.path).kept

    assert Path(kept).read_bytes().startswith(b"not a database")
    assert Path(f"{kept}-wal").read_bytes() == b"left over"
    assert health.problems(sqlite_platform.database, deep=True) == []


def test_who_opened_the_old_file_at_that_very_moment_can_write_nothing_to_it(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    made = back_up(sqlite_platform, tmp_path / "one.backup")
    sqlite_platform.database.close()
    file = sqlite_platform.database.engine.url.database or ""
    late = sqlite3.connect(file, isolation_level=None)  # opened, nothing read yet

    restore(sqlite_platform, made.path)

    with pytest.raises(sqlite3.OperationalError):
        late.execute("PRAGMA journal_mode=WAL")
    late.close()
    assert health.problems(sqlite_platform.database, deep=True) == []


def test_postgresql_restores_without_more_rights_than_those_of_the_owner(
    postgres_url: str, platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    if platform.database.is_sqlite:
        pytest.skip("SQLite has no users")
    made = back_up(platform, tmp_path / "one.backup")
    database = connect(postgres_url)
    with database.engine.begin() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(f"CREATE ROLE {name}_owner LOGIN")
        connection.exec_driver_sql(f"ALTER DATABASE {name} OWNER TO {name}_owner")
        connection.exec_driver_sql(f"CREATE ROLE {name}_guest LOGIN")
    database.close()

    def settings_of(user: str) -> Settings:
        url = postgres_url.replace("postgres@", f"{user}@")
        return dataclasses.replace(platform.settings, db=url)

    with pytest.raises(Refused):
        restoring.restore(
            settings_of(f"{name}_guest"),
            clock=platform.clock,
            actor_id=0,
            path=made.path,
        )
    for _again in range(2):
        clock.advance(SECOND)
        restoring.restore(
            settings_of(f"{name}_owner"),
            clock=platform.clock,
            actor_id=0,
            path=made.path,
            replace=True,
        )
    database = connect(postgres_url)
    assert health.problems(database, deep=True) == []
    with database.engine.begin() as connection:
        assert len(backup_postgres.tables(connection)) > 90
        for schema_name in connection.exec_driver_sql(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'certify_before%%'"
        ).scalars():
            connection.exec_driver_sql(f"DROP SCHEMA {schema_name} CASCADE")
        connection.exec_driver_sql(f"REASSIGN OWNED BY {name}_owner TO postgres")
        connection.exec_driver_sql(f"DROP ROLE {name}_owner")
        connection.exec_driver_sql(f"DROP ROLE {name}_guest")
    database.close()


def test_guards_that_are_missing_or_false_in_a_backup_are_made_anew(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    connection = sqlite_platform.database.engine.raw_connection()
    connection.cursor().execute("DROP TRIGGER guard_ledgerentry_delete")
    connection.cursor().execute(
        "CREATE TRIGGER guard_evil AFTER INSERT ON rolegrant BEGIN DELETE FROM beat; END"
    )
    connection.close()
    assert len(health.problems(sqlite_platform.database)) == 2
    made = back_up(sqlite_platform, tmp_path / "one.backup")

    restore(sqlite_platform, made.path)

    assert health.problems(sqlite_platform.database, deep=True) == []


def test_what_was_deleted_lingers_in_no_backup(sqlite_platform: Platform, tmp_path: Path) -> None:
    word = "王小兰的私事" * 50
    connection = sqlite_platform.database.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=OFF").fetchall()
    cursor.execute("CREATE TABLE passing (text VARCHAR)")
    cursor.execute("INSERT INTO passing VALUES (?)", [word])
    cursor.execute("DROP TABLE passing")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    file = Path(sqlite_platform.database.engine.url.database or "")
    assert word.encode() in file.read_bytes()

    made = back_up(sqlite_platform, tmp_path / "one.backup")

    with backup_archive.opened(made.path) as archive:
        assert word.encode() not in b"".join(archive.chunks(DATABASE))


def test_a_role_that_may_change_no_record_may_still_back_up(
    platform: Platform, tmp_path: Path
) -> None:
    if platform.database.is_sqlite:
        pytest.skip("SQLite has no users")
    role = f"{platform.database.engine.url.database}_app"
    with platform.database.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        for line in guards.rights(role):
            connection.exec_driver_sql(line)
    url = platform.settings.database_url.replace("postgres@", f"{role}@")
    limited = open_platform(dataclasses.replace(platform.settings, db=url), clock=platform.clock)

    made = back_up(limited, tmp_path / "one.backup")
    with pytest.raises(Refused):
        rehearsing.rehearse(limited, actor=CONSOLE)
    limited.close()

    restore(platform, made.path)
    assert health.problems(platform.database, deep=True) == []
    with platform.database.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {role}")
        connection.exec_driver_sql(f"DROP ROLE {role}")
