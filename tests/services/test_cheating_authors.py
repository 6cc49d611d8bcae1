"""Ways round the review of items and of the blindness of second keys (R-ASM-13, G14)."""

import pytest

from certify.domain.item import ItemState
from certify.domain.item_format import BankFile
from certify.domain.reviewing import Bar
from certify.errors import NotFound, Refused
from certify.hooks import registry
from certify.platform import Platform
from certify.services import practice_answer, review_item, review_key, review_steps, review_words
from certify.services.item_export import ExportWish, export_items
from certify.services.item_import import ImportWish, import_items
from tests.reviewed import (
    AUTHOR,
    COURSE,
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
from tests.services.test_review import in_use

ITEM = "items/handing-out.md"


def import_own_bank(
    platform: Platform, staff_no: str, old: str = "", new: str = "", *, apply: bool
) -> None:
    """Hand the course's own bank in again, with something in it replaced."""
    platform.plugins.item_formats.update(registry.load(("markdown-bank",)).item_formats)
    text = (platform.settings.home.courses / COURSE / ITEM).read_text(encoding="utf-8")
    assert old in text
    file = BankFile("bank.md", text.replace(old, new, 1).encode())
    wish = ImportWish(COURSE, "markdown", apply=apply)
    import_items(platform, actor=person(platform, staff_no), file=file, wish=wish)


def rename(platform: Platform, old: str, new: str) -> None:
    """Give an item another id in all files at once, and load the course."""
    for path in (platform.settings.home.courses / COURSE / "items").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new), encoding="utf-8")
    sync(platform)


def test_a_key_seen_while_the_item_is_put_away_is_seen(platform: Platform) -> None:
    own_course(platform)
    who = person(platform, SECOND)
    review_steps.retire(platform, actor=who, codes=["PAR-001"], why="存疑")

    seen = review_item.look(platform, actor=who, code="PAR-001", key=True)

    assert any(seen.wording.key.values())
    with pytest.raises(Refused) as refused:
        review_key.question(platform, actor=who, code="PAR-001")
    assert refused.value.message == review_words.reason([Bar.HAS_SEEN])


def test_a_key_seen_while_the_item_is_out_of_its_file_is_seen(sqlite_platform: Platform) -> None:
    platform = sqlite_platform
    own_course(platform)
    rename(platform, "PAR-001", "PAR-009")
    review_item.look(platform, actor=person(platform, SECOND), code="PAR-001", key=True)
    rename(platform, "PAR-009", "PAR-001")

    with pytest.raises(Refused):
        second_key(platform, SECOND, "PAR-001")


def test_who_exports_a_bank_has_seen_its_keys(platform: Platform) -> None:
    own_course(platform)
    review_key.question(platform, actor=person(platform, SECOND), code="PAR-001")

    platform.plugins.item_formats.update(registry.load(("markdown-bank",)).item_formats)
    export_items(platform, actor=person(platform, SECOND), wish=ExportWish(COURSE, "markdown"))

    with pytest.raises(Refused) as refused:
        second_key(platform, SECOND, "PAR-001")
    assert refused.value.message == review_words.reason([Bar.HAS_SEEN])
    assert second_key(platform, THIRD, "PAR-001").agrees


def test_the_author_of_a_retired_item_does_not_bring_it_back(platform: Platform) -> None:
    own_course(platform)
    in_use(platform, "PAR-001")
    review_steps.retire(platform, actor=person(platform, THIRD), codes=["PAR-001"], why="答案错了")

    (again,) = review_steps.release(platform, actor=person(platform, AUTHOR), codes=["PAR-001"])

    assert not again.is_done
    assert item(platform, "PAR-001").state is ItemState.RETIRED
    (other,) = review_steps.release(platform, actor=person(platform, FOURTH), codes=["PAR-001"])
    assert other.is_done


def test_the_key_of_a_practice_item_that_waits_is_told_by_no_answer(platform: Platform) -> None:
    own_course(platform)
    for path in (platform.settings.home.courses / COURSE / "items").glob("*.md"):
        own = path.read_text(encoding="utf-8").partition("## PAR-002")[0]
        own = own.replace("PAR-001", "PAR-013").replace("PAR-013 {", "PAR-013 {pool=practice ")
        path.with_name(path.name.replace("handing-out", "extra")).write_text(own, encoding="utf-8")
    sync(platform)
    in_use(platform, "PAR-013")
    edit(platform, "items/extra.md", "has nothing else with her", "has nothing else")
    waiting = waiting_version(platform, "PAR-013").id or 0
    learner = person(platform, AUTHOR)

    with pytest.raises(NotFound):
        practice_answer.answer(platform, actor=learner, version_id=waiting, seed="any", answer=None)
    in_use_id = item(platform, "PAR-013").version_id or 0
    told = practice_answer.answer(
        platform, actor=learner, version_id=in_use_id, seed="any", answer=None
    )
    assert told.key


def test_who_changes_an_item_by_an_import_is_its_author_beside_the_others(
    platform: Platform,
) -> None:
    own_course(platform)

    import_own_bank(platform, SECOND, "has nothing else with her", "has nothing else", apply=True)

    version = waiting_version(platform, "PAR-001")
    assert set(version.authors) == {AUTHOR, SECOND}
    with pytest.raises(Refused):
        second_key(platform, SECOND, "PAR-001")


def test_nobody_stops_being_an_author_by_naming_another_one(platform: Platform) -> None:
    own_course(platform)
    edit(platform, "course.toml", f'"{AUTHOR}"', f'"{SECOND}"')

    edit(platform, ITEM, "has nothing else with her", "has nothing else")

    assert set(waiting_version(platform, "PAR-001").authors) == {AUTHOR, SECOND}


def test_a_trial_import_that_tells_whether_a_key_is_right_is_a_look_at_it(
    platform: Platform,
) -> None:
    own_course(platform)

    import_own_bank(platform, SECOND, apply=False)

    with pytest.raises(Refused) as refused:
        second_key(platform, SECOND, "PAR-001")
    assert refused.value.message == review_words.reason([Bar.HAS_SEEN])
