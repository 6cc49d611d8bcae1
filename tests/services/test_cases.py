"""The case library: nothing is published with data of a customer, or by its own author."""

from pathlib import Path

import pytest

from certify.domain.person import CONSOLE, Role
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import case_steps, cases
from certify.storage import ledger
from tests.platforms import actor
from tests.services.learning_steps import grant
from tests.services.steps import check_books

CLEAN = "客户第三次来电，说洗衣机还在漏水。专员先道歉，再约时间。"
TOLD = "王先生（13812345678）第三次来电。"


@pytest.fixture
def staffed(platform: Platform) -> Platform:
    """S0001 writes as a supervisor, H0001 publishes as HR, E1002 is a trainer."""
    grant(platform, "E1002", Role.TRAINER)
    return platform


def write(platform: Platform, body: str = CLEAN, who: str = "S0001") -> str:
    lessons = [("sample", "lesson-1")]
    return case_steps.write(
        platform, actor=actor(platform, who), title="第三次来电", body=body, lessons=lessons
    )


def publish(platform: Platform, code: str, who: str = "H0001", **harmless: str) -> None:
    found = cases.case(platform, actor=actor(platform, who), code=code)
    digest = cases.digest_of(found.title, found.body)
    case_steps.publish(
        platform, actor=actor(platform, who), code=code, digest=digest, harmless=harmless
    )


def codes(platform: Platform, who: str) -> list[str]:
    return [one.code for one in cases.library(platform, actor=actor(platform, who))]


def test_a_published_case_is_read_by_everybody_and_listed_at_its_lesson(staffed: Platform) -> None:
    code = write(staffed)
    assert codes(staffed, "E1001") == []
    assert codes(staffed, "S0001") == codes(staffed, "H0001") == [code] == ["CASE-0001"]
    with pytest.raises(NotFound):
        cases.case(staffed, actor=actor(staffed, "E1001"), code=code)

    publish(staffed, code)

    learner = actor(staffed, "E1001")
    assert cases.case(staffed, actor=learner, code=code).published_by == "人事"
    for lesson, expected in (("lesson-1", [code]), ("lesson-2", [])):
        found = cases.library(staffed, actor=learner, lesson=("sample", lesson))
        assert [one.code for one in found] == expected
    check_books(staffed)


def test_every_place_with_data_of_a_customer_keeps_a_case_from_being_published(
    staffed: Platform,
) -> None:
    code = write(staffed, TOLD)
    view = cases.case(staffed, actor=actor(staffed, "H0001"), code=code)
    assert [one.text for one in view.findings] == ["王先生", "13812345678"]
    with pytest.raises(Refused) as refused:
        publish(staffed, code)
    assert all(cases.finding_text(one) in refused.value.message for one in view.findings)
    with pytest.raises(Refused):
        publish(staffed, code, 王先生="虚构的人物")
    with pytest.raises(BadInput):
        publish(staffed, code, **{"王先生": "虚构的人物", "13812345678": " "})

    publish(staffed, code, **{"王先生": "虚构的人物", "13812345678": "虚构的号码"})

    assert codes(staffed, "E1001") == [code]
    with staffed.database.read() as session:
        assert ledger.has(
            session, at=staffed.clock.now(), action="case-published", subject=f"case:{code}"
        )


def test_the_author_does_not_publish_and_neither_does_the_command_line(staffed: Platform) -> None:
    code = write(staffed, who="E1002")
    with pytest.raises(NotPermitted):
        publish(staffed, code, "E1002")
    with pytest.raises(Refused):
        case_steps.publish(staffed, actor=CONSOLE, code=code, digest="")
    with pytest.raises(NotPermitted):
        case_steps.publish(staffed, actor=actor(staffed, "S0001"), code=code, digest="")
    publish(staffed, code)


def test_what_is_published_is_what_was_read(staffed: Platform) -> None:
    code = write(staffed)
    view = cases.case(staffed, actor=actor(staffed, "H0001"), code=code)
    case_steps.rewrite(
        staffed, actor=actor(staffed, "S0001"), code=code, title=view.title, body="改过。"
    )
    with pytest.raises(Refused):
        case_steps.publish(
            staffed,
            actor=actor(staffed, "H0001"),
            code=code,
            digest=cases.digest_of(view.title, view.body),
        )


def test_a_draft_written_anew_is_linked_elsewhere_only_where_a_lesson_is_named(
    staffed: Platform,
) -> None:
    code, author = write(staffed), actor(staffed, "S0001")

    case_steps.rewrite(staffed, actor=author, code=code, title="x", body="y")
    assert cases.case(staffed, actor=author, code=code).lessons == (("sample", "lesson-1"),)
    with pytest.raises(NotFound):
        case_steps.rewrite(
            staffed, actor=author, code=code, title="z", body="y", lessons=[("sample", "gone")]
        )
    assert cases.case(staffed, actor=author, code=code).title == "x"
    case_steps.rewrite(
        staffed, actor=author, code=code, title="z", body="y", lessons=[("sample", "lesson-2")]
    )

    assert cases.case(staffed, actor=author, code=code).lessons == (("sample", "lesson-2"),)


def test_a_published_case_does_not_change_and_can_be_withdrawn_with_a_reason(
    staffed: Platform,
) -> None:
    code, author = write(staffed), actor(staffed, "S0001")
    publish(staffed, code)
    with pytest.raises(Refused):
        case_steps.rewrite(staffed, actor=author, code=code, title="x", body="y")
    with pytest.raises(NotPermitted):
        case_steps.withdraw(staffed, actor=actor(staffed, "E1001"), code=code, reason="x")
    with pytest.raises(BadInput):
        case_steps.withdraw(staffed, actor=author, code=code, reason="")

    case_steps.withdraw(staffed, actor=author, code=code, reason="写错了时限")

    assert codes(staffed, "E1001") == []
    with pytest.raises(Refused):
        publish(staffed, code)
    with pytest.raises(Refused):
        case_steps.withdraw(staffed, actor=author, code=code, reason="x")


def test_who_may_not_write_is_refused_and_so_is_a_lesson_that_does_not_exist(
    staffed: Platform,
) -> None:
    with pytest.raises(NotPermitted):
        write(staffed, who="E1001")
    with pytest.raises(NotFound):
        case_steps.write(
            staffed,
            actor=actor(staffed, "S0001"),
            title="x",
            body="y",
            lessons=[("sample", "nothing")],
        )
    for body in ("", " \n", "x" * 20_001):
        with pytest.raises(BadInput):
            write(staffed, body)


def test_a_file_gives_title_and_text(tmp_path: Path) -> None:
    path = tmp_path / "case.md"
    path.write_text(f"# 第三次来电\n\n{CLEAN}\n", encoding="utf-8")
    title, body = case_steps.read_file(path)
    assert (title, body.strip()) == ("第三次来电", CLEAN)
    for text in ("没有标题", "# 只有标题\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput):
            case_steps.read_file(path)
    with pytest.raises(BadInput):
        case_steps.read_file(tmp_path / "none.md")
