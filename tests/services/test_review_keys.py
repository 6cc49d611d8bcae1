"""Blind second keys, and who has seen a key (R-ASM-13)."""

import pytest

from certify.domain.person import CONSOLE
from certify.domain.reviewing import Bar
from certify.errors import BadInput, Refused
from certify.platform import Platform
from certify.services import (
    review_bank,
    review_item,
    review_key,
    review_steps,
    review_words,
)
from tests.reviewed import (
    AUTHOR,
    FOURTH,
    SECOND,
    THIRD,
    edit,
    own_course,
    person,
    second_key,
    waiting_version,
)
from tests.services.test_review import approve, in_use, written


def test_a_mismatch_blocks_until_two_others_agree_or_the_item_is_edited(
    sqlite_platform: Platform,
) -> None:
    platform = sqlite_platform
    own_course(platform)
    given = second_key(platform, SECOND, "PAR-001", right=False)
    assert (given.agrees, given.keys.missing) == (False, 2)

    second_key(platform, THIRD, "PAR-001")
    assert approve(platform, THIRD, "PAR-001") == [False]
    second_key(platform, FOURTH, "PAR-001")
    assert approve(platform, THIRD, "PAR-001") == [True]

    second_key(platform, SECOND, "PAR-003", right=False)
    edit(platform, "items/handing-out.md", "kept?", "kept at the counter?")
    assert second_key(platform, SECOND, "PAR-003").agrees
    assert approve(platform, THIRD, "PAR-003") == [True]


def test_who_has_seen_the_key_gives_no_second_key_and_that_is_kept_once(
    platform: Platform,
) -> None:
    own_course(platform)
    who = person(platform, SECOND)

    blind = review_item.look(platform, actor=who, code="PAR-001")
    assert not blind.wording.key
    assert not blind.wording.explanation
    review_key.question(platform, actor=who, code="PAR-001")
    for _time in range(2):
        seen = review_item.look(platform, actor=who, code="PAR-001", key=True)
        assert any(seen.wording.key.values())

    with pytest.raises(Refused) as refused:
        review_key.question(platform, actor=who, code="PAR-001")
    assert refused.value.message == review_words.reason([Bar.HAS_SEEN])
    assert len(written(platform, "item-seen")) == 1


def test_the_author_sees_the_key_without_a_trace_and_gives_no_second_key(
    sqlite_platform: Platform,
) -> None:
    own_course(sqlite_platform)
    who = person(sqlite_platform, AUTHOR)

    review_item.look(sqlite_platform, actor=who, code="PAR-001", key=True)

    assert written(sqlite_platform, "item-seen") == []
    with pytest.raises(Refused) as refused:
        second_key(sqlite_platform, AUTHOR, "PAR-001")
    assert refused.value.message == review_words.reason([Bar.IS_AUTHOR])


def test_the_command_line_itself_sees_no_key_of_what_is_not_reviewed(
    sqlite_platform: Platform,
) -> None:
    own_course(sqlite_platform)

    with pytest.raises(Refused):
        review_item.look(sqlite_platform, actor=CONSOLE, code="PAR-001", key=True)
    assert review_item.look(sqlite_platform, actor=CONSOLE, code="PAR-001").wording.stem
    in_use(sqlite_platform, "PAR-001")
    shown = review_item.look(sqlite_platform, actor=CONSOLE, code="PAR-001", key=True)
    assert any(shown.wording.key.values())


def test_a_question_and_a_listing_hold_neither_key_nor_explanation(
    sqlite_platform: Platform,
) -> None:
    own_course(sqlite_platform)
    who = person(sqlite_platform, SECOND)
    review_steps.note(
        sqlite_platform, actor=person(sqlite_platform, THIRD), code="PAR-001", text="it is 1"
    )

    asked = review_key.question(sqlite_platform, actor=who, code="PAR-001")
    lines = review_bank.bank(sqlite_platform, actor=who)
    look = review_item.look(sqlite_platform, actor=who, code="PAR-001")

    for told in (repr(asked), repr(lines), repr(look)):
        assert "handbook asks for the code" not in told
        assert "'key'" not in told.replace("key={}", "")
        assert "it is 1" not in told


def test_an_unanswered_or_impossible_second_key_is_not_kept(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    version_id = waiting_version(sqlite_platform, "PAR-001").id or 0

    impossible: list[dict[str, list[str]]] = [{"chosen": ["zzz"]}, {}, {"chosen": []}]
    for answer in impossible:
        with pytest.raises(BadInput):
            review_key.give(
                sqlite_platform,
                actor=person(sqlite_platform, SECOND),
                code="PAR-001",
                version_id=version_id,
                answer=answer,
            )
    assert written(sqlite_platform, "item-second-key") == []


def test_the_ledger_tells_no_key_answer_or_remark(sqlite_platform: Platform) -> None:
    platform = sqlite_platform
    own_course(platform)
    review_steps.note(platform, actor=person(platform, THIRD), code="PAR-001", text="the key is B")
    second_key(platform, SECOND, "PAR-001")

    for entry in written(platform, "item-"):
        assert set(entry.facts) <= {"version", "agrees"}
