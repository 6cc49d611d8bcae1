"""The auditor's work: entries in words, checkpoints kept elsewhere, deviations named (R-SUP-06)."""

import ast
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from certify import services
from certify.clock import SetClock
from certify.domain.inspection import NoticeState
from certify.domain.permission import Action
from certify.domain.person import CONSOLE
from certify.domain.proposal import ProposalState
from certify.domain.review import StepKind
from certify.errors import BadInput, NotFound, NotPermitted
from certify.platform import Platform
from certify.services import ledger, signing_keys
from certify.services.audit import checkpoints, entries, words
from certify.services.audit.action_words import ACTIONS
from certify.services.audit.entries import Wanted
from tests.platforms import actor, lift_guards, read_course, sit

FOLDER = Path(services.__file__).parent


@pytest.fixture
def company(platform: Platform) -> Platform:
    """Somebody passed and holds a certificate."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)
    return platform


def run(platform: Platform, sql: str) -> None:
    with platform.database.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(sql))


# ── Words ────────────────────────────────────────────────────────────────────────────────────


def written() -> set[str]:
    """Every action that a service writes as it stands in the code."""
    found: set[str] = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            if name == "ledger.append":
                given = [one.value for one in node.keywords if one.arg == "action"]
            elif name in ("record", "record_step", "_record", "_write", "_step") and node.args:
                given = list(node.args)
            else:
                continue
            for one in given:
                parts = [one.body, one.orelse] if isinstance(one, ast.IfExp) else [one]
                found |= {
                    part.value
                    for part in parts
                    if isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and "-" in part.value
                }
    return found


def test_every_action_that_services_write_has_words() -> None:
    made = {
        *(f"item-{kind.value}" for kind in StepKind),
        *(f"notice-{state.value}" for state in NoticeState),
        *(f"proposal-{state.value}" for state in ProposalState if state is not ProposalState.OPEN),
    }

    assert sorted((written() | made) - set(ACTIONS)) == []
    assert len(written()) > 80


def test_whatever_a_company_did_is_said_in_words(company: Platform) -> None:
    found = entries.entries(company, actor=actor(company, "H0001"))

    assert found
    assert {one.action for one in found} <= set(ACTIONS)
    assert all(one.what != one.action for one in found)


# ── The list ─────────────────────────────────────────────────────────────────────────────────


def test_entries_are_listed_newest_first_by_person_action_day_and_text(company: Platform) -> None:
    hr = actor(company, "H0001")

    def numbers(**wanted: object) -> list[int]:
        found = entries.entries(company, actor=hr, wanted=Wanted(**wanted))  # type: ignore[arg-type]
        return [one.sequence for one in found]

    every = numbers()
    assert every == sorted(every, reverse=True)
    assert numbers(most=2) == every[:2]
    about = entries.entries(company, actor=hr, wanted=Wanted(staff_no="E1001"))
    assert {"attempt-scored", "qualification-granted"} <= {one.action for one in about}
    assert 0 < len(about) < len(every)
    assert len(numbers(action="attempt-scored")) == 1
    assert numbers(text="no such words") == []
    assert numbers(since=date(2024, 3, 4)) == every
    assert numbers(since=date(2024, 3, 5)) == []
    with pytest.raises(NotFound):
        numbers(staff_no="nobody")


def test_only_who_may_see_the_ledger_lists_verifies_and_signs_it(company: Platform) -> None:
    who = actor(company, "E1001")

    for call in (entries.entries, entries.state, ledger.verify, checkpoints.make):
        with pytest.raises(NotPermitted):
            call(company, actor=who)
    assert Action.SEE_LEDGER  # HR and administrators hold it
    assert ledger.verify(company, actor=actor(company, "H0001")).holds


# ── Checkpoints ──────────────────────────────────────────────────────────────────────────────


def test_a_checkpoint_finds_a_tail_that_was_cut_with_the_head(
    company: Platform, tmp_path: Path
) -> None:
    made = checkpoints.write(company, actor=CONSOLE, path=tmp_path / "c.json")
    assert checkpoints.read(tmp_path / "c.json") == made
    state = entries.state(company, actor=CONSOLE)
    assert (state.checkpoint, state.entries) == (made.sequence, made.sequence + 1)
    assert ledger.verify(company, actor=CONSOLE, checkpoints=[made]).holds

    lift_guards(company)
    cut = made.sequence - 1
    run(company, f"DELETE FROM ledgerentry WHERE sequence > {cut}")
    last = f"(SELECT hash FROM ledgerentry WHERE sequence = {cut})"
    run(company, f"UPDATE ledgerhead SET sequence = {cut}, hash = {last}")

    found = ledger.verify(company, actor=CONSOLE, checkpoints=[made])
    assert found.first_false is None
    assert ("checkpoint", str(made.sequence)) in {(one.kind, one.row) for one in found.found}


def test_a_checkpoint_of_another_key_is_no_checkpoint(company: Platform) -> None:
    made = checkpoints.make(company, actor=CONSOLE)
    forged = replace(made, hash="0" * 64)

    found = ledger.verify(company, actor=CONSOLE, checkpoints=[forged])

    assert {one.kind for one in found.found} == {"signature", "checkpoint"}
    signing_keys.rotate(company, actor=CONSOLE, reason="yearly")
    assert ledger.verify(company, actor=CONSOLE, checkpoints=[made]).holds


def test_what_is_no_checkpoint_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}", encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        checkpoints.read(file)

    assert refused.value.place == str(file)


def test_the_first_start_of_a_day_writes_one_checkpoint_and_never_stops(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    there = replace(
        sqlite_platform, settings=replace(sqlite_platform.settings, checkpoints=str(folder))
    )

    assert [checkpoints.daily(there), checkpoints.daily(there)] == ["", ""]
    [file] = folder.iterdir()
    first = file.read_text(encoding="utf-8")
    assert file.name == "ledger-2024-03-04.json"
    assert [one.text() for one in checkpoints.kept(there)] == [first]
    assert checkpoints.daily(sqlite_platform) == ""

    (tmp_path / "file").write_text("", encoding="utf-8")
    nowhere = replace(there, settings=replace(there.settings, checkpoints=str(tmp_path / "file")))
    assert str(tmp_path / "file") in checkpoints.daily(nowhere)
    assert json.loads(first)["company"]


# ── What is wrong is named ───────────────────────────────────────────────────────────────────

WRONG = [
    ("UPDATE attemptresult SET earned = '100'", "different", "attemptresult:1/1"),
    ("DELETE FROM attemptresult", "gone", "attemptresult:1/1"),
    ("UPDATE attempt SET passed = false", "different", "attempt:1"),
    ("UPDATE certificate SET salt = 'x'", "different", "certificate L1-2024-000001-6"),
    ("DELETE FROM qualificationchange", "gone", "qualificationchange:1"),
    (
        "UPDATE qualification SET valid_to = '2030-01-01' WHERE code = 'L1'",
        "different",
        "qualification of L1-2024-000001-6",
    ),
    (
        "INSERT INTO qualificationchange SELECT 99, qualification_id, state, from_day, at, "
        "actor_id, reason FROM qualificationchange WHERE id = 1",
        "untold",
        "qualificationchange:99",
    ),
    ("UPDATE response SET flagged = true WHERE sequence = 2", "responses", "attempt:1/2"),
    ("UPDATE counter SET last = 9 WHERE series = 'L1-2024'", "different", "counter:L1-2024"),
]


@pytest.mark.parametrize(("sql", "kind", "row"), WRONG)
def test_a_record_that_is_not_as_the_ledger_says_is_named(
    company: Platform, sql: str, kind: str, row: str
) -> None:
    lift_guards(company)

    run(company, sql)

    found = ledger.verify(company, actor=CONSOLE)
    assert found.first_false is None
    named = {(one.kind.value, one.row) for one in found.found if one.kind != "guard"}
    assert (kind, row) in named
    lines = [line for _head, each in words.groups(found) for line in each]
    assert len(lines) == len(found.found)
    assert any(row in line for line in lines)


def test_what_the_ledger_says_and_what_stands_there_are_both_named(company: Platform) -> None:
    lift_guards(company)
    run(company, "UPDATE attemptresult SET earned = '100'")

    [wrong] = [one for one in ledger.verify(company, actor=CONSOLE).found if one.kind != "guard"]

    assert (wrong.ledger, wrong.stands) == ("earned 15/2", "earned 100")
    assert wrong.entry
