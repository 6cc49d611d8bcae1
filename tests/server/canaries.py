"""A course whose keys, explanations and criteria carry canaries, and where they are looked for."""

import asyncio
import re
import zipfile
from inspect import isawaitable
from io import BytesIO
from pathlib import Path

from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.item import ItemVersion
from certify.domain.person import CONSOLE
from certify.i18n import _
from certify.platform import Platform
from certify.server import metrics
from certify.server.hall import Hall
from certify.services import course_sync
from certify.storage import items
from tests.platforms import COURSES, actor, read_course
from tests.server.browsing import Visitor
from tests.server.serving import Client

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


def unpacked(data: bytes) -> bytes:
    """A file as whoever gets it can read it: with everything that is packed in it."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return data + b"".join(unpacked(packed.read(name)) for name in packed.namelist())


def attempt_of(platform: Platform) -> Attempt:
    """The one that was begun last."""
    with platform.database.read() as session:
        return session.exec(select(Attempt)).all()[-1]


def nothing_anywhere(platform: Platform, hall: Hall, log: str, *people: Client | Visitor) -> None:
    """Look for canaries everywhere but in the database."""
    for one in people:
        assert hits(bytes(one.received)) == []
        assert hits(one.shown) == []
    assert hits(metrics.text(hall)) == []
    assert hits(log) == []
    assert in_process_list() == []
    assert in_files(platform.settings.home.root) == []


async def rest(one: Client | Visitor) -> None:
    """Wait until nothing more comes for a moment."""
    before = -1
    while len(one.received) != before and not one.ended.is_set():
        before = len(one.received)
        await asyncio.sleep(0.05)


async def press(one: Client | Visitor, *keys: str) -> None:
    """Press keys one after the other, each when what the last one did has come."""
    for key in keys:
        if isawaitable(sent := one.press(key)):
            await sent
        if key == "escape":  # what comes at once after it would make it another key
            await asyncio.sleep(0.15)
        await rest(one)


async def open_exam(one: Client | Visitor) -> None:
    """From the first page to an item, whether the exam is begun or gone on with."""
    await one.until("F1")
    await rest(one)
    if "1 课程" in one.shown:  # the first page; who comes back in an exam may be elsewhere
        await press(one, "3")
        await one.until_gone("1 课程")
    await one.until(EXAM_TITLE)
    for _step in range(10):
        if any("▸" in line and EXAM_TITLE in line for line in one.shown.splitlines()):
            break
        before = one.shown
        await press(one, "down")
        while one.shown == before:  # a key that is still on its way would go one too far
            await asyncio.sleep(0.05)
    for _step in range(20):  # the lobby takes no key before it has looked up how things are
        if " / 8 " in one.shown:
            break
        await press(one, "enter")
        await asyncio.sleep(0.2)
    await one.until(" / 8 ")
    await rest(one)


async def work_through(one: Client | Visitor) -> None:
    """Answer every item in some way, with help, palette and other sizes in between."""
    for number in range(8):
        await press(one, "f1", "escape", "1", "2", "24", "escape", "ctrl+p", "key", "escape")
        for size in ((120, 40) if number % 2 else (10_000, 10_000), (80, 24)):
            if isawaitable(told := one.resize(*size)):
                await told
        await press(one, "right")


async def hand_in(one: Client | Visitor) -> None:
    """Submit the exam and say yes."""
    await press(one, "escape", "\x1b[21~")
    await one.until(_("Submit the exam now?"))
    while " / 8 " in one.shown:  # the question takes no answer in its first moment
        await press(one, "y")
