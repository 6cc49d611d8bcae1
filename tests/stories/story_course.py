"""Writes and loads courses of any size for the stories."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from certify.platform import Platform
from tests.services.learning_steps import sync

_LETTERS = "ABCDEFGHJK"


def load_course(
    platform: Platform,
    folder: Path,
    code: str,
    *,
    kind: str = "onboarding",
    phase: str = "",
    bank: Mapping[str, int],
    blueprint: Sequence[tuple[str, int, str]] = (),
    practical: bool = False,
    process: str = "",
) -> None:
    """Load a course of single-choice items, one lesson for each topic.

    Args:
        bank: how many items there are by topic.
        blueprint: topic, count and points of the cells of its written exam; none without any.
        practical: whether it has a practical exam of 100 points too.
        process: code of the process that the exams give.
    """
    home = folder / code
    for name in ("zh", "en", "items"):
        (home / name).mkdir(parents=True)
    exams = ""
    named = f'process = {{ code = "{process}", zh = "{process}", en = "{process}" }}\n'
    if blueprint:
        exams += f'\n[[exams]]\ncode = "{code}-written"\nminutes = 60\n'
        exams += 'title = { zh = "笔试", en = "Written exam" }\n' + named * bool(process)
        for topic, count, points in blueprint:
            exams += f'\n[[exams.blueprint]]\ntopic = "{topic}"\ntype = "single"\n'
            exams += f'count = {count}\npoints = "{points}"\n'
    if practical:
        exams += f'\n[[exams]]\ncode = "{code}-practical"\npart = "practical"\nminutes = 20\n'
        exams += 'title = { zh = "实操", en = "Practical exam" }\n' + named * bool(process)
        exams += f'\n[[exams.blueprint]]\ntopic = "{next(iter(bank))}"\ntype = "practical"\n'
        exams += "count = 1\npoints = 100\n"
    topics = "".join(
        f'\n[[topics]]\ncode = "{topic}"\nzh = "{topic}"\nen = "{topic}"\n' for topic in bank
    )
    (home / "course.toml").write_text(
        f'format = 1\ncode = "{code}"\nversion = "1.0.0"\nkind = "{kind}"\n'
        + f'phase = "{phase}"\n' * bool(phase)
        + 'track = "service"\nlayer = "new-front-line"\nmodule = "story"\nhours = 8\n'
        + f'\n[title]\nzh = "{code}"\nen = "{code}"\n\n[summary]\nzh = "故事"\nen = "A story."\n'
        + '\n[[sources]]\ncode = "S2"\nzh = "标准"\nen = "Standard"\n'
        + topics
        + exams,
        encoding="utf-8",
    )
    methods, names = ("lecture", "case", "simulation"), list(bank)
    for place in range(max(3, len(names))):  # onboarding needs each of the three methods
        topic = names[place % len(names)]
        head = f'topics = ["{topic}"]\nmethod = "{methods[place % 3]}"\nminutes = 5\n'
        for language, facts in (("zh", head), ("en", "")):
            text = f'+++\nid = "lesson-{place + 1}"\ntitle = "{topic}"\n{facts}+++\n\n## {topic}\n'
            (home / language / f"{place + 1:02}-lesson.md").write_text(text, encoding="utf-8")
    _write_items(home, code, bank, practical)
    platform.plugins.course_folders.append(home)
    loaded = sync(platform)[code]
    assert loaded.change != "refused", loaded.findings


def _write_items(home: Path, code: str, bank: Mapping[str, int], practical: bool) -> None:
    chinese, english = "", ""
    prefix = "".join(letter for letter in code.upper() if letter.isalpha())[:5]
    for letter, (topic, count) in zip(_LETTERS, bank.items(), strict=False):
        for number in range(1, count + 1):
            item = f"{prefix}{letter}-{number:03}"
            chinese += f"## {item} {{type=single difficulty=1 topic={topic} fact=S2-ST3-03}}\n\n"
            chinese += f"{topic} 先做什么（{item}）？\n\n- [x] 问候\n- [ ] 等待\n- [ ] 收费\n\n"
            chinese += "> 先问候。\n\n"
            english += f"## {item}\n\nWhat comes first in {topic} ({item})?\n\n"
            english += "- Greet\n- Wait\n- Charge\n\n> Greet first.\n\n"
    if practical:
        item, topic = f"{prefix}P-001", next(iter(bank))
        chinese += f"## {item} {{type=practical difficulty=2 topic={topic} fact=S2-ST3-03}}\n\n"
        chinese += "接待一位客户。\n\n| 评分项 | 分值 |\n|---|---|\n"
        chinese += "| 问候 | 60 |\n| 倾听 | 40 |\n\n"
        chinese += "> 依据标准。\n"
        english += f"## {item}\n\nReceive a customer.\n\n| Criterion |\n|---|\n| Greets |\n"
        english += "| Listens |\n\n> By the standard.\n"
    (home / "items" / "all.md").write_text(chinese, encoding="utf-8")
    (home / "items" / "all.en.md").write_text(english, encoding="utf-8")
