"""A course whose keys, explanations and criteria carry canaries, and where they are looked for."""

import re
from pathlib import Path

from sqlmodel import select

from certify.domain.item import ItemVersion
from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services import course_sync
from certify.storage import items
from tests.platforms import COURSES, actor, read_course

CANARY, NUMBER, CONTROL = "qzkv7731", "86753091", "qzctl55"
"""Stand in every explanation, criterion and key; as a right number; in every stem, to be found."""
EXAM_TITLE = "题型示例"
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()].|.)")


def plant(platform: Platform) -> None:
    """Load the course of every type with canaries in it, and let E1001 read its lessons."""
    platform.plugins.course_folders.append(COURSES / "kinds")
    course_sync.sync_courses(platform, actor=CONSOLE)
    with platform.database.write() as session:
        items.versions(session, [])
        for version in session.exec(select(ItemVersion)).all():
            version.content = _planted(version.type, version.content)
    platform.item_contents.clear()
    read_course(platform, actor(platform, "E1001"), "kinds")


def _planted(kind: str, content: dict[str, object]) -> dict[str, object]:
    changed = dict(content)
    changed["explanation"] = {"zh": f"{CANARY} e", "en": f"{CANARY} e"}
    stem = content["stem"]
    assert isinstance(stem, dict)
    changed["stem"] = {language: f"{CONTROL} {text}" for language, text in stem.items()}
    key = content.get("key")
    if kind == "text":
        assert isinstance(key, dict)
        required = [[*group, CANARY] for group in key["required"]]
        changed["key"] = {"required": required, "forbidden": [*key["forbidden"], CANARY]}
    elif kind == "numeric":
        assert isinstance(key, list)
        changed["key"] = [*key, {"value": NUMBER, "tolerance": "0", "units": {}}]
    elif kind == "cloze":
        assert isinstance(key, list)
        first = {**key[0], "key": [*key[0]["key"], CANARY]}
        changed["key"] = [first, *key[1:]]
    if criteria := content.get("criteria"):
        assert isinstance(criteria, list)
        title = {"zh": f"{CANARY} c", "en": f"{CANARY} c"}
        changed["criteria"] = [{**one, "title": title} for one in criteria]
    return changed


def hits(data: bytes | str) -> list[str]:
    """The canaries in what somebody got, whatever sequences stand between its cells."""
    text = data.encode(errors="replace") if isinstance(data, str) else data
    plain = ESCAPES.sub(b"", text)
    return [one for one in (CANARY, NUMBER) if one.encode() in text or one.encode() in plain]


def has_control(data: bytes) -> bool:
    """Whether what everybody may see was found in the same way: so the search works."""
    return CONTROL.encode() in ESCAPES.sub(b"", data)


def in_process_list() -> list[str]:
    """The canaries in the command lines and environments that any user of the machine may ask."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "comm"):
            try:
                found += hits((process / name).read_bytes())
            except OSError:
                continue
    return found


def in_files(folder: Path) -> list[str]:
    """The files below a folder, but the database, that hold a canary."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and ".db" not in path.name and hits(path.read_bytes())
    ]
