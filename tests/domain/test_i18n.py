"""Each front end speaks its own language, and switches it in place."""

import asyncio
import threading
from contextvars import copy_context

import pytest

from certify import i18n
from certify.i18n import Speaker, language, pick, speaking, use

TEXTS = {"zh": "投诉", "en": "Complaints"}


def test_a_speaker_switches_everything_in_its_context_in_place() -> None:
    def front_end() -> list[str]:
        speaker = Speaker("zh")
        use(speaker)
        heard = [pick(TEXTS)]
        speaker.speak("en")
        return [*heard, pick(TEXTS), language()]

    before = language()

    assert copy_context().run(front_end) == ["投诉", "Complaints", "en"]
    assert language() == before


def test_a_block_in_another_language_ends_with_the_language_before_even_when_it_fails() -> None:
    with speaking("zh"):
        with pytest.raises(KeyError, match="Complaints"), speaking("en"):
            raise KeyError(pick(TEXTS))
        assert pick(TEXTS) == "投诉"


def test_two_people_in_one_process_hear_their_own_language() -> None:
    async def one(name: str, heard: list[str]) -> None:
        use(Speaker(name))
        for _ in range(5):
            await asyncio.sleep(0)
            heard.append(language())

    async def both() -> tuple[list[str], list[str]]:
        first: list[str] = []
        second: list[str] = []
        await asyncio.gather(one("zh", first), one("en", second))
        return first, second

    assert asyncio.run(both()) == (["zh"] * 5, ["en"] * 5)


def test_work_in_a_thread_speaks_the_language_of_who_asked_for_it() -> None:
    async def ask() -> str:
        use(Speaker("en"))
        return await asyncio.to_thread(pick, TEXTS)

    assert asyncio.run(ask()) == "Complaints"


def test_a_plain_thread_starts_with_the_default_language() -> None:
    heard: list[str] = []
    with speaking("en"):
        thread = threading.Thread(target=lambda: heard.append(language()))
        thread.start()
        thread.join()

    assert heard == ["zh"]


@pytest.mark.parametrize(
    ("texts", "spoken", "shown"),
    [
        (TEXTS, "en", "Complaints"),
        ({"zh": "投诉"}, "en", "投诉"),
        ({"zh": "投诉", "en": ""}, "en", "投诉"),
        ({"en": "Complaints"}, "zh", "Complaints"),
        ({}, "zh", ""),
    ],
)
def test_a_text_that_lacks_the_language_is_shown_in_the_one_it_has(
    texts: dict[str, str], spoken: str, shown: str
) -> None:
    with speaking(spoken):
        assert pick(texts) == shown


def test_a_message_without_translation_is_shown_in_english() -> None:
    with speaking("zh"):
        assert i18n._("No catalogue has this message.") == "No catalogue has this message."
        assert i18n._n("{count} thing", "{count} things", 2) == "{count} things"
