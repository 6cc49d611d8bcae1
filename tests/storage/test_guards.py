"""What the database itself forbids: rows that say what happened are never changed (R-SUP-06)."""

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import SQLModel

from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services import ledger, signing_keys
from certify.services.audit import checkpoints
from certify.storage import guards
from certify.storage.database import connect
from tests.platforms import actor, lift_guards, read_course, sit


@pytest.fixture
def company(platform: Platform) -> Platform:
    """Somebody passed and holds a certificate; the ledger was signed."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)
    checkpoints.make(platform, actor=CONSOLE)
    return platform


def run(platform: Platform, sql: str) -> None:
    with platform.database.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(sql))


FORBIDDEN = [
    "UPDATE ledgerentry SET actor_id = 7 WHERE sequence = 2",
    "UPDATE ledgerentry SET facts = '{}'",
    "DELETE FROM ledgerentry WHERE sequence = 3",
    "UPDATE ledgerhead SET sequence = sequence - 1",
    "UPDATE ledgerhead SET hash = 'x'",
    "DELETE FROM ledgerhead",
    "UPDATE response SET answer = NULL",
    "UPDATE response SET answer = '{\"chosen\": [\"b\"]}', erased_at = '2024-03-04 04:00:00'",
    "UPDATE response SET position = 9, erased_at = '2024-03-04 04:00:00'",
    "DELETE FROM response",
    "UPDATE attemptresult SET earned = '100'",
    "UPDATE attemptresult SET reason = 'another'",
    "DELETE FROM attemptresult",
    "UPDATE qualificationchange SET from_day = '2020-01-01'",
    "DELETE FROM qualificationchange",
    "UPDATE certificate SET number = 'L1-2024-000009-0'",
    "UPDATE certificate SET revision = revision + 2",
    "DELETE FROM certificate",
    "UPDATE signingkey SET made_by = 9",
    "DELETE FROM signingkey",
]
ALLOWED = [
    "UPDATE response SET answer = NULL, erased_at = '2024-03-04 04:00:00'",
    "UPDATE attemptresult SET reason = ''",
    "UPDATE qualificationchange SET reason = ''",
    "UPDATE certificate SET revision = revision + 1, facts = '{}'",
    "UPDATE certificate SET erased_at = '2024-03-04 04:00:00'",
    "UPDATE signingkey SET retired_at = '2024-03-04 04:00:00'",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_database_refuses_to_change_what_happened(company: Platform, sql: str) -> None:
    with pytest.raises(IntegrityError, match="kept as they are"):
        run(company, sql)


def test_what_an_erasure_or_a_reissue_changes_may_change_once(company: Platform) -> None:
    for sql in ALLOWED:
        run(company, sql)

    for sql in (ALLOWED[0], "UPDATE signingkey SET retired_at = NULL"):
        with pytest.raises(IntegrityError, match="kept as they are"):
            run(company, sql)


def test_nothing_is_replaced_or_emptied_at_once(company: Platform) -> None:
    is_sqlite = company.database.is_sqlite
    names = "sequence, at, actor_id, action, subject, facts, previous_hash, hash"
    replace = f"INSERT OR REPLACE INTO ledgerentry ({names}) SELECT {names} FROM ledgerentry"
    for sql in [replace] if is_sqlite else ["TRUNCATE ledgerentry", "TRUNCATE response"]:
        with pytest.raises(IntegrityError, match="kept as they are"):
            run(company, sql)


def test_a_trigger_that_was_taken_away_or_rewritten_is_named(company: Platform) -> None:
    assert ledger.verify(company, actor=CONSOLE).found == ()
    on = "" if company.database.is_sqlite else " ON attemptresult"

    run(company, f"DROP TRIGGER guard_attemptresult_delete{on}")

    found = ledger.verify(company, actor=CONSOLE).found
    assert [(one.kind, one.row) for one in found] == [("guard", "attemptresult")]
    lift_guards(company)
    with company.database.read() as session:
        assert guards.missing(session.connection()) == sorted(one.table for one in guards.GUARDS)


def test_every_guarded_table_and_column_exists() -> None:
    for guard in guards.GUARDS:
        columns = set(SQLModel.metadata.tables[guard.table].columns.keys())
        assert columns >= {*guard.free, *guard.once, *guard.emptied}


def test_a_role_of_its_own_works_with_certify_and_may_not_change_records(
    company: Platform,
) -> None:
    if company.database.is_sqlite:
        return
    url = make_url(company.database.engine.url)
    role = f"app_{url.database}"
    with psycopg.connect(
        dbname=url.database,
        user="postgres",
        host=str(url.query["host"]),
        port=str(url.query["port"]),
    ) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN")
        for sql in guards.rights(role):
            connection.execute(sql)
    lift_guards(company)  # the rights alone have to do
    database = connect(url.set(username=role).render_as_string())
    try:
        from dataclasses import replace

        as_role = replace(company, database=database)
        who = actor(as_role, "E1002")
        read_course(as_role, who)
        sit(as_role, who)
        signing_keys.rotate(as_role, actor=CONSOLE, reason="yearly")
        assert all(one.kind == "guard" for one in ledger.verify(as_role, actor=CONSOLE).found)
        for sql in (
            "UPDATE ledgerentry SET actor_id = 7",
            "DELETE FROM ledgerentry",
            "TRUNCATE ledgerentry",
            "UPDATE attemptresult SET earned = '100'",
            "DELETE FROM response",
            "UPDATE signingkey SET made_by = 9",
            "DELETE FROM certificate",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(as_role, sql)
    finally:
        database.close()
        with psycopg.connect(
            dbname=url.database,
            user="postgres",
            host=str(url.query["host"]),
            port=str(url.query["port"]),
        ) as connection:
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")
