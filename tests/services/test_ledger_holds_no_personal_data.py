"""A company that lived a while has a ledger with nobody's name, number or words (R-FRM-05)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlmodel import Session

from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.domain.personal_tables import TABLES
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import demo
from certify.services import ledger as checking
from certify.settings import Settings
from certify.storage import personal


def texts(value: object) -> Iterator[str]:
    """Every text in plain JSON data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def words_of_people(session: Session) -> set[str]:
    """Names, numbers and whatever somebody wrote: not codes, days and numbers of things."""
    found = set()
    for name, one in TABLES.items():
        if name == "policyversion":  # rules of the company, told with their reason
            continue
        here = personal.table(name)
        for column in (*one.texts.split(), *one.company.split(), *one.third.split()):
            for value in session.scalars(select(here.columns[column])):
                found |= {text for text in texts(value) if not text.isascii() or " " in text}
        for column in one.pseudonyms.split():
            found |= set(session.scalars(select(here.columns[column])))
    return found - {""}


def test_no_entry_of_the_ready_made_company_holds_a_name_a_number_or_a_word(
    demo_platform: Platform,
) -> None:
    with demo_platform.database.read() as session:
        words = words_of_people(session)
        told = [
            (entry.action, text)
            for entry in session.scalars(select(LedgerEntry))
            for text in texts([entry.subject, entry.facts])
            if text in words
        ]
    assert len(words) > 150
    assert told == []
    assert checking.verify(demo_platform, actor=CONSOLE).entries > 300


@pytest.fixture(scope="module")
def demo_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The ready-made company."""
    settings = Settings(home=Home(tmp_path_factory.mktemp("lived")), lang="zh")
    demo.make(settings)
    one = open_platform(settings)
    yield one
    one.close()
