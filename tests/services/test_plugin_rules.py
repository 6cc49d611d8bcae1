"""Rules that plugins add: they are asked with facts, shown with their reasons, never trusted."""

import dataclasses
import logging
from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from sqlmodel import select

from certify import i18n
from certify.api import Candidate, ExamFacts, PastAttempt, hookimpl, language
from certify.domain.item import ItemVersion
from certify.errors import Refused
from certify.platform import Platform
from certify.services import lobby, sitting
from tests.platforms import actor, read_course, sit

EXAM = "sample-written"
REASON = {"zh": "请先和带教老师谈一谈。", "en": "Talk to your guide first."}
Rule = Callable[[Candidate, ExamFacts, Sequence[PastAttempt]], object]


class Ruling:
    """A plugin that has one rule, and remembers what it was asked."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.asked: list[tuple[Candidate, ExamFacts, Sequence[PastAttempt]]] = []

    @hookimpl
    def certify_attempt_blockers(
        self, candidate: Candidate, exam: ExamFacts, past: Sequence[PastAttempt]
    ) -> object:
        """Ask the rule."""
        self.asked.append((candidate, exam, past))
        return self.rule(candidate, exam, past)


def ruled(platform: Platform, *rules: Rule) -> list[Ruling]:
    """Give the platform plugins with these rules."""
    plugins = [Ruling(rule) for rule in rules]
    for number, plugin in enumerate(plugins):
        platform.plugins.manager.register(plugin, name=f"rule-{number}")
    return plugins


def no_second(candidate: Candidate, exam: ExamFacts, past: Sequence[PastAttempt]) -> list[str]:
    return [REASON[language()]] if past else []


def failing(candidate: Candidate, exam: ExamFacts, past: Sequence[PastAttempt]) -> list[str]:
    raise ZeroDivisionError


def test_a_rule_lets_the_first_attempt_begin_and_blocks_the_second_one(
    platform: Platform,
) -> None:
    ruled(platform, no_second)
    who = actor(platform, "E1001")
    read_course(platform, who)

    assert lobby.lobby(platform, actor=who, exam=EXAM).blockers == ()
    sit(platform, who)

    assert REASON["zh"] in lobby.lobby(platform, actor=who, exam=EXAM).blockers
    with pytest.raises(Refused, match=REASON["zh"]):
        sitting.start(platform, actor=who, exam=EXAM)


def test_a_rule_gives_its_reason_in_the_language_being_spoken(sqlite_platform: Platform) -> None:
    ruled(sqlite_platform, no_second)
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    sit(sqlite_platform, who)

    i18n.use(i18n.Speaker("en"))

    assert REASON["en"] in lobby.lobby(sqlite_platform, actor=who, exam=EXAM).blockers
    with pytest.raises(Refused, match=REASON["en"]):
        sitting.start(sqlite_platform, actor=who, exam=EXAM)


def test_a_rule_learns_who_when_and_how_the_past_ended_and_nothing_that_was_answered(
    platform: Platform,
) -> None:
    (rule,) = ruled(platform, no_second)
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)

    lobby.lobby(platform, actor=who, exam=EXAM)

    candidate, exam, past = rule.asked[-1]
    assert (candidate.staff_no, candidate.department, candidate.post) == ("E1001", "CS", "agent")
    assert (exam.exam, exam.course, exam.part) == (EXAM, "sample", "written")
    assert exam.now == platform.clock.now()
    (one,) = past
    assert (one.passed, one.mark) == (True, Fraction(100))
    assert one.submitted_at is not None
    assert one.submitted_at >= one.started_at
    names = {field.name for facts in (candidate, exam, one) for field in dataclasses.fields(facts)}
    assert names & {"answer", "answers", "key", "form", "items", "responses"} == set()


@pytest.mark.parametrize("broken", [failing, lambda *_facts: 5], ids=["raises", "gives no list"])
def test_a_rule_that_fails_is_logged_by_name_and_blocks_nobody(
    broken: Rule, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    ruled(platform, broken, no_second)
    who = actor(platform, "E1001")
    read_course(platform, who)

    with caplog.at_level(logging.ERROR, "certify.plugins"):
        assert sit(platform, who)

    assert "rule-0" in caplog.text
    assert "rule-1" not in caplog.text
    assert REASON["zh"] in lobby.lobby(platform, actor=who, exam=EXAM).blockers


def test_the_trace_tells_of_each_rule_and_listener_but_of_no_item(
    sqlite_platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    ruled(sqlite_platform, no_second, failing)
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)

    with caplog.at_level(logging.DEBUG, "certify.hooks.trace"):
        sit(sqlite_platform, who)

    told = [one.getMessage() for one in caplog.records if one.name == "certify.hooks.trace"]
    ours = [line for line in told if line.startswith("certify_attempt_blockers(candidate=")]
    assert any("→ rule-0: list of 0 [" in line for line in ours)
    assert any("→ rule-1: ZeroDivisionError: " in line for line in ours)
    assert all(line.endswith(" ms]") for line in told)
    assert all("exam='sample-written'" in line for line in ours)
    with sqlite_platform.database.read() as session:
        known = session.exec(select(ItemVersion)).all()
    texts = [text for one in known for text in secrets_of(one.content)]
    assert len(texts) > 10
    assert [text for text in texts if any(text in line for line in told)] == []


def secrets_of(content: object) -> list[str]:
    """Every text of an item that could give it away."""
    if isinstance(content, str):
        return [content] if len(content) > 2 else []
    if not isinstance(content, dict | list):
        return []
    parts = content.values() if isinstance(content, dict) else content
    return [text for part in parts for text in secrets_of(part)]
