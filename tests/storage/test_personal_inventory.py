"""The inventory of personal data names every column of every table (R-FRM-05, G23)."""

import pytest
from sqlmodel import SQLModel

from certify.domain.personal_tables import TABLES
from certify.domain.privacy import Fate, PersonalTable, Whose
from certify.domain.privacy import declared as declared_in
from certify.storage import personal, tables

FIELDS = ("texts", "codes", "company", "technical", "pseudonyms", "third", "actors")

assert tables.__all__


def test_every_table_is_declared_and_no_other() -> None:
    assert set(TABLES) == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_every_column_is_declared_once_and_exists(name: str) -> None:
    declared = TABLES[name]
    columns = set(SQLModel.metadata.tables[name].columns.keys())
    named = [column for field in FIELDS for column in str(getattr(declared, field)).split()]
    assert len(named) == len(set(named))
    assert set(named) <= columns
    assert set(declared.hidden) <= columns
    undeclared = [column for column in columns if personal.declared(name, column) is None]
    assert undeclared == []


def test_a_column_added_tomorrow_is_missed() -> None:
    assert declared_in(PersonalTable(), "note", is_free=True) is None
    assert declared_in(PersonalTable(), "day", is_free=False) is not None


@pytest.mark.parametrize("name", sorted(n for n, one in TABLES.items() if one.person))
def test_every_way_to_a_person_ends_at_a_person(name: str) -> None:
    assert personal.way(name)[-1] == "person"
    assert TABLES[name].title


def test_whatever_is_kept_says_why() -> None:
    for name, table in SQLModel.metadata.tables.items():
        for column in table.columns.keys():  # noqa: SIM118  the keys of columns are no dict's
            found = personal.declared(name, column)
            assert found is not None
            if found.whose in (Whose.PERSON, Whose.ACTOR, Whose.THIRD):
                assert (found.fate is Fate.KEPT) == bool(found.why) or found.whose is Whose.ACTOR


def test_texts_and_json_are_never_declared_by_their_type_alone() -> None:
    for name, column in (("absence", "reason"), ("attempt", "profile"), ("guidance", "guide_id")):
        assert personal.is_free(name, column)
    for name, column in (("absence", "from_day"), ("attempt", "pass_mark"), ("person", "status")):
        assert not personal.is_free(name, column)
