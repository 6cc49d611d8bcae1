"""Steps of the tests about the life of a standard: a course that asks CS-001, and its texts."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from certify.domain.person import CONSOLE, Role
from certify.platform import Platform
from certify.services import practice_answer, review_stale, review_steps, standard_import
from certify.services.practice import PracticeItem
from certify.services.standard_life import approving, delta, delta_passing, drafting, opinions
from certify.services.standard_life.drafting import Wanted
from tests.platforms import actor
from tests.practised import right_of, wrong_of
from tests.services.learning_steps import grant, sync
from tests.services.steps import clock_of
from tests.standard_rows import row

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
SIDES = ("sales", "technology", "customer-service", "quality")
DRAFTER, REVIEWER, MANAGER, TRAINER = "H0001", "S0001", "0001", "E1002"
"""HR drafts, a supervisor speaks for the departments, the first administrator is at the top."""
COURSE, EXAM, PROCESS = "pick-up", "pick-up-written", "calls"
EXAM_ITEMS, PRACTICE_ITEMS = 5, 3


def at(platform: Platform, day: str, hour: int = 12, minute: int = 0) -> None:
    """Put the clock to a moment in Shanghai."""
    moment = datetime.combine(date.fromisoformat(day), time(hour, minute), SHANGHAI)
    clock_of(platform).set(moment.astimezone(UTC))


def content(seconds: int = 20, **other: Any) -> dict[str, Any]:
    """A text of CS-001 that asks for so many seconds."""
    return {
        "category": "process",
        "item": {"zh": "来电接听", "en": "Answering calls"},
        "department": {"zh": "客服部", "en": "Customer service"},
        "requirement": {
            "zh": f"来电应在 {seconds} 秒内接听。",
            "en": f"A call is answered within {seconds} seconds.",
        },
        **other,
    }


def wanted(
    day: str = "2024-10-01", seconds: int = 20, number: str = "CS-001", **other: Any
) -> Wanted:
    """A new text of a standard."""
    return Wanted(number, content(seconds), date.fromisoformat(day), "客户等待太久。", **other)


def first_text(platform: Platform, folder: Path, number: str = "CS-001") -> None:
    """Version 1, 30 seconds, in force since 2023, from a file."""
    path = folder / "standards.toml"
    text = '{ zh = "来电应在 30 秒内接听。", en = "A call is answered within 30 seconds." }'
    one = row(
        number,
        "2023-01-01",
        category='"process"',
        requirement=text,
        item='{ zh = "来电接听", en = "Answering calls" }',
        department='{ zh = "客服部", en = "Customer service" }',
    )
    path.write_text(f"format = 1\n{one}", encoding="utf-8")
    assert standard_import.import_standards(
        platform, actor=CONSOLE, path=path, apply=True
    ).is_applied


def drafted(platform: Platform, new: Wanted) -> int:
    """A new draft; its number."""
    return drafting.draft(platform, actor=actor(platform, DRAFTER), wanted=new)


def reviewed(platform: Platform, new: Wanted) -> int:
    """A draft on which every side agreed and which worked in one scene."""
    number = drafted(platform, new)
    drafting.submit(platform, actor=actor(platform, DRAFTER), draft_id=number)
    reviewer = actor(platform, REVIEWER)
    for side in SIDES:
        opinions.opine(
            platform, actor=reviewer, draft_id=number, side=side, agrees=True, opinion="同意"
        )
    opinions.try_scene(
        platform, actor=reviewer, draft_id=number, scene="夜班", works=True, feedback="做得到"
    )
    return number


def approved(platform: Platform, new: Wanted) -> int:
    """A new text on its way through every state; the number of its draft."""
    number = reviewed(platform, new)
    approving.approve(platform, actor=actor(platform, MANAGER), draft_id=number)
    return number


def course_on_calls(platform: Platform, folder: Path) -> None:
    """Load a course with 5 exam items and 3 practice items that cite CS-001, and its trainer."""
    home = folder / COURSE
    for name in ("zh", "en", "items"):
        (home / name).mkdir(parents=True)
    (home / "course.toml").write_text(_COURSE, encoding="utf-8")
    for language, title in (("zh", "接听"), ("en", "Answering")):
        facts = 'topics = ["calls"]\nmethod = "lecture"\nminutes = 5\n' if language == "zh" else ""
        lesson = f'+++\nid = "answering"\ntitle = "{title}"\n{facts}+++\n'
        lesson += f"\n## {title}\n\nCS-001: 30 s.\n"
        (home / language / "01-answering.md").write_text(lesson, encoding="utf-8")
    items = [
        f"## {code} {{type=single difficulty=1 topic=calls pool={pool} standard=CS-001}}\n\n"
        f"依据 CS-001，来电由谁接听（{code}）？\n\n"
        "- [ ] 谁也不\n- [x] 当班客服\n- [ ] 值班经理\n\n> CS-001。\n"
        for code, pool in _codes()
    ]
    english = [
        f"## {code}\n\nUnder CS-001, who answers a call ({code})?\n\n"
        "- Nobody\n- The agent on duty\n- The manager\n\n> CS-001.\n"
        for code, _pool in _codes()
    ]
    (home / "items" / "all.md").write_text("\n".join(items), encoding="utf-8")
    (home / "items" / "all.en.md").write_text("\n".join(english), encoding="utf-8")
    platform.plugins.course_folders.append(home)
    loaded = sync(platform)[COURSE]
    assert loaded.change != "refused", loaded.findings
    grant(platform, TRAINER, Role.TRAINER)


def confirm(platform: Platform) -> None:
    """Let the trainer say of every stale item that it is still right."""
    trainer = actor(platform, TRAINER)
    codes = [one.code for one in review_stale.report(platform, actor=trainer).items]
    assert all(one.is_done for one in review_steps.keep(platform, actor=trainer, codes=codes))


def practise_delta(platform: Platform, staff_no: str, *, right: int = 3) -> None:
    """Read what changed, and answer practice items on it, so many of them rightly."""
    who = actor(platform, staff_no)
    (one,) = delta.mine(platform, actor=who)
    delta.confirm_read(platform, actor=who, training_id=one.id)
    clock_of(platform).advance(MINUTE)
    found = delta_passing.begin(platform, actor=who, training_id=one.id)
    for place, item in enumerate(found.items[:3]):
        answer = (right_of if place < right else wrong_of)(platform, item.version_id)
        practice_answer.answer(
            platform, actor=who, version_id=item.version_id, seed=item.seed, answer=answer
        )


def give_right(platform: Platform, staff_no: str, item: PracticeItem) -> None:
    """Answer one practice item rightly."""
    practice_answer.answer(
        platform,
        actor=actor(platform, staff_no),
        version_id=item.version_id,
        seed=item.seed,
        answer=right_of(platform, item.version_id),
    )


def _codes() -> list[tuple[str, str]]:
    exam = [(f"PIC-{place:03}", "exam") for place in range(1, EXAM_ITEMS + 1)]
    first = EXAM_ITEMS + 1
    return exam + [(f"PIC-{first + place:03}", "practice") for place in range(PRACTICE_ITEMS)]


_COURSE = """\
format = 1
code = "pick-up"
version = "1.0.0"
kind = "special"
track = "service"
layer = "new-front-line"
module = "calls"
hours = 1

[title]
zh = "接听来电"
en = "Answering calls"

[summary]
zh = "多快接起电话。"
en = "How fast to answer."

[[topics]]
code = "calls"
zh = "来电"
en = "Calls"

[[exams]]
code = "pick-up-written"
minutes = 30
title = { zh = "接听来电 · 笔试", en = "Answering calls · written exam" }
process = { code = "calls", zh = "接听来电", en = "Answering calls" }

[[exams.blueprint]]
topic = "calls"
type = "single"
count = 2
points = 1
"""
