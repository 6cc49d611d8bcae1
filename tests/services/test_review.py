"""Items come into use by review: on both databases, by people, step by step (R-ASM-13)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from certify.domain.item import ItemState
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.domain.reviewing import Bar, Stage
from certify.errors import BadInput, NotFound, Refused
from certify.platform import Platform
from certify.services import (
    ledger,
    review_bank,
    review_item,
    review_key,
    review_steps,
    review_words,
)
from certify.storage import ledger as entries
from tests.reviewed import (
    AUTHOR,
    CODES,
    FOURTH,
    SECOND,
    THIRD,
    edit,
    item,
    own_course,
    person,
    second_key,
    sync,
    waiting_version,
)


def approve(platform: Platform, staff_no: str, *codes: str, use: bool = False) -> list[bool]:
    outcomes = review_steps.approve(
        platform, actor=person(platform, staff_no), codes=codes, use=use
    )
    return [one.is_done for one in outcomes]


def in_use(platform: Platform, *codes: str) -> None:
    for code in codes:
        second_key(platform, SECOND, code)
    assert all(approve(platform, THIRD, *codes, use=True))


def written(platform: Platform, prefix: str) -> list[LedgerEntry]:
    with platform.database.read() as session:
        return [one for one in entries.entries(session) if one.action.startswith(prefix)]


def test_an_item_goes_from_draft_to_in_use(platform: Platform) -> None:
    own_course(platform)

    assert item(platform, "PAR-001").state is ItemState.DRAFT
    assert approve(platform, SECOND, "PAR-001") == [False]
    assert second_key(platform, SECOND, "PAR-001").agrees
    assert approve(platform, AUTHOR, "PAR-001") == [False]
    assert approve(platform, SECOND, "PAR-001") == [True]
    assert item(platform, "PAR-001").state is ItemState.REVIEWED
    (done,) = review_steps.release(platform, actor=person(platform, THIRD), codes=["PAR-001"])
    assert done.is_done

    stored = item(platform, "PAR-001")
    assert stored.state is ItemState.IN_USE
    assert stored.version_id is not None
    assert stored.draft_id is None
    steps = [one.action for one in written(platform, "item-")]
    assert steps == ["item-second-key", "item-approved", "item-released"]
    assert ledger.verify(platform, actor=CONSOLE).first_false is None


def test_a_reviewed_item_is_still_reviewed_after_its_course_is_loaded_again(
    sqlite_platform: Platform,
) -> None:
    own_course(sqlite_platform)
    second_key(sqlite_platform, SECOND, "PAR-001")
    approve(sqlite_platform, THIRD, "PAR-001")

    edit(sqlite_platform, "course.toml", 'version = "1.0.0"', 'version = "1.0.1"')

    assert item(sqlite_platform, "PAR-001").state is ItemState.REVIEWED
    assert item(sqlite_platform, "PAR-002").state is ItemState.DRAFT


def test_many_items_are_approved_at_once_each_under_its_own_conditions(
    platform: Platform,
) -> None:
    own_course(platform)
    second_key(platform, SECOND, "PAR-001")
    second_key(platform, SECOND, "PAR-002", right=False)

    outcomes = review_steps.approve(
        platform, actor=person(platform, THIRD), codes=[*CODES, "PAR-999", "PAR-001"], use=True
    )

    assert [(one.code, one.is_done) for one in outcomes] == [
        ("PAR-001", True),
        ("PAR-002", False),
        ("PAR-003", False),
        ("PAR-004", False),
        ("PAR-999", False),
    ]
    assert outcomes[1].reason == review_words.reason([Bar.MISMATCH])
    assert outcomes[2].reason == review_words.reason([Bar.NO_SECOND_KEY])
    assert outcomes[2].mend


def test_an_item_without_an_author_waits_until_one_is_named(sqlite_platform: Platform) -> None:
    platform = sqlite_platform
    own_course(platform, author=None)

    (kept_back,) = review_steps.approve(platform, actor=person(platform, THIRD), codes=["PAR-001"])
    assert review_words.reason([Bar.NO_AUTHOR]) in kept_back.reason
    assert "authors = " in kept_back.mend
    edit(platform, "course.toml", "format = 1", f'format = 1\nauthors = ["{AUTHOR}"]')
    assert waiting_version(platform, "PAR-001").authors == [AUTHOR]
    second_key(platform, SECOND, "PAR-001")
    assert approve(platform, AUTHOR, "PAR-001") == [False]
    assert approve(platform, THIRD, "PAR-001") == [True]


def test_nobody_stops_being_an_author_by_leaving_the_file(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    edit(sqlite_platform, "course.toml", f'["{AUTHOR}"]', f'["{SECOND}"]')

    assert waiting_version(sqlite_platform, "PAR-001").authors == [AUTHOR, SECOND]


def test_a_returned_item_goes_back_to_its_author_until_it_is_edited(
    platform: Platform,
) -> None:
    own_course(platform)
    second_key(platform, SECOND, "PAR-003")
    review_steps.give_back(
        platform, actor=person(platform, SECOND), code="PAR-003", why="calendar days?"
    )

    assert approve(platform, THIRD, "PAR-003") == [False]
    assert review_bank.waiting(platform, actor=person(platform, AUTHOR)).returned == 1
    (mine,) = review_bank.bank(platform, actor=person(platform, AUTHOR), mine=True)
    assert (mine.code, mine.waits_for_me) == ("PAR-003", Stage.AUTHOR)
    view = review_item.look(platform, actor=person(platform, AUTHOR), code="PAR-003", key=True)
    assert view.history[-1].note == "calendar days?"
    with pytest.raises(Refused):
        review_steps.give_back(
            platform, actor=person(platform, SECOND), code="PAR-003", why="again"
        )

    edit(platform, "items/handing-out.md", "kept?", "kept, weekends included?")
    assert review_bank.waiting(platform, actor=person(platform, AUTHOR)).returned == 0
    assert approve(platform, THIRD, "PAR-003") == [False]  # a new version needs its own key
    second_key(platform, SECOND, "PAR-003")
    assert approve(platform, THIRD, "PAR-003") == [True]


def test_a_remark_needs_words_and_an_item(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    who = person(sqlite_platform, THIRD)

    with pytest.raises(BadInput):
        review_steps.note(sqlite_platform, actor=who, code="PAR-001", text=" \n ")
    with pytest.raises(NotFound):
        review_steps.note(sqlite_platform, actor=who, code="PAR-999", text="?")


def test_an_edited_item_keeps_its_old_version_in_use_until_the_new_one_is_released(
    platform: Platform,
) -> None:
    own_course(platform)
    in_use(platform, "PAR-001")
    before = item(platform, "PAR-001").version_id

    edit(platform, "items/handing-out.md", "and has nothing else", "but has nothing else")

    assert item(platform, "PAR-001").version_id == before
    assert item(platform, "PAR-001").state is ItemState.IN_USE
    view = review_item.look(platform, actor=person(platform, AUTHOR), code="PAR-001", key=True)
    (change,) = view.differences
    assert (change.part, change.language) == ("stem", "en")
    second_key(platform, SECOND, "PAR-001")
    assert approve(platform, THIRD, "PAR-001") == [True]
    assert item(platform, "PAR-001").version_id == before
    review_steps.release(platform, actor=person(platform, THIRD), codes=["PAR-001"])
    assert item(platform, "PAR-001").version_id not in (None, before)


def test_what_a_person_retired_stays_retired_until_it_is_put_in_use_again(
    platform: Platform,
) -> None:
    own_course(platform)
    in_use(platform, "PAR-001")
    who = person(platform, THIRD)

    with pytest.raises(BadInput):
        review_steps.retire(platform, actor=who, codes=["PAR-001"], why="")
    review_steps.retire(platform, actor=who, codes=["PAR-001", "PAR-002"], why="twice")
    edit(platform, "course.toml", 'version = "1.0.0"', 'version = "1.0.1"')
    assert item(platform, "PAR-001").state is ItemState.RETIRED
    assert item(platform, "PAR-002").state is ItemState.RETIRED

    (done,) = review_steps.release(platform, actor=who, codes=["PAR-001"])
    assert done.is_done
    edit(platform, "course.toml", 'version = "1.0.1"', 'version = "1.0.2"')
    assert item(platform, "PAR-001").state is ItemState.IN_USE


def test_an_item_that_left_its_file_cannot_be_put_in_use(sqlite_platform: Platform) -> None:
    platform = sqlite_platform
    folder = own_course(platform)
    in_use(platform, "PAR-004")
    for name in ("handing-out.md", "handing-out.zh.md"):
        path = folder / "items" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.index("## PAR-004")], encoding="utf-8")
    edit(platform, "course.toml", "count = 3", "count = 2")

    (kept_back,) = review_steps.release(platform, actor=person(platform, THIRD), codes=["PAR-004"])
    assert kept_back.reason == review_words.reason([Bar.GONE])


def test_a_version_that_was_not_the_one_looked_at_is_not_approved(
    sqlite_platform: Platform,
) -> None:
    platform = sqlite_platform
    own_course(platform)
    looked_at = {"PAR-001": waiting_version(platform, "PAR-001").id or 0}
    edit(platform, "items/handing-out.md", "and has nothing else", "but has nothing else")
    second_key(platform, SECOND, "PAR-001")

    (outcome,) = review_steps.approve(
        platform, actor=person(platform, THIRD), codes=["PAR-001"], looked_at=looked_at
    )
    assert not outcome.is_done
    with pytest.raises(Refused):
        review_key.give(
            platform,
            actor=person(platform, FOURTH),
            code="PAR-001",
            version_id=looked_at["PAR-001"],
            answer={"chosen": []},
        )


def test_two_reviewers_at_once_take_turns(platform: Platform) -> None:
    own_course(platform)
    for code in CODES:
        second_key(platform, SECOND, code)
    who = [person(platform, SECOND), person(platform, THIRD), person(platform, FOURTH)]

    with ThreadPoolExecutor(3) as pool:
        outcomes = list(
            pool.map(
                lambda one: review_steps.approve(platform, actor=one, codes=CODES, use=True), who
            )
        )

    for code in CODES:
        done = [one.is_done for each in outcomes for one in each if one.code == code]
        assert done.count(True) == 1
    assert len(written(platform, "item-approved")) == len(CODES)
    assert len(written(platform, "item-released")) == len(CODES)
    assert ledger.verify(platform, actor=CONSOLE).first_false is None


def test_a_course_loaded_twice_changes_nothing(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    in_use(sqlite_platform, "PAR-001")
    sync(sqlite_platform)
    assert item(sqlite_platform, "PAR-001").state is ItemState.IN_USE
