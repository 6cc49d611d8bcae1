"""Steps that tests of the learning side share: roles, guides, more courses."""

import shutil
from pathlib import Path

from certify.domain.person import CONSOLE, Role, RoleGrant
from certify.platform import Platform
from certify.services import course_sync, guides
from certify.services.course_sync import SyncedCourse
from tests.platforms import COURSES, actor, read_course, sit

LETTERS = "XABCDFGHJ"


def grant(platform: Platform, staff_no: str, role: Role) -> None:
    """Give somebody one role more."""
    with platform.database.write() as session:
        session.add(RoleGrant(person_id=actor(platform, staff_no).person_id, role=role))


def appoint(platform: Platform, staff_no: str, guide: str) -> None:
    """Make somebody a guide, and the guide of a person."""
    grant(platform, guide, Role.GUIDE)
    guides.appoint(platform, actor=CONSOLE, staff_no=staff_no, guide_no=guide)


def pass_course(platform: Platform, staff_no: str, course: str = "sample") -> None:
    """Read a course and pass its exam."""
    who = actor(platform, staff_no)
    read_course(platform, who, course)
    sit(platform, who, f"{course}-written")


def add_course(platform: Platform, folder: Path, code: str, **values: str) -> Path:
    """A copy of the sample course under another code, not loaded yet.

    Args:
        values: lines of its manifest, such as `phase='"head-office"'`; an empty one is left out.
    """
    copy = folder / code
    shutil.copytree(COURSES / "sample", copy)
    letter = LETTERS[len(platform.plugins.course_folders)]
    for path in copy.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("GRE-", f"GR{letter}-").replace("LIM-", f"LI{letter}-")
        text = text.replace('"sample"', f'"{code}"').replace(
            '"sample-written"', f'"{code}-written"'
        )
        path.write_text(text, encoding="utf-8")
    for name, value in values.items():
        set_line(copy, name, value)
    platform.plugins.course_folders.append(copy)
    return copy


def set_line(folder: Path, name: str, value: str) -> None:
    """Set one line of a manifest before its tables; an empty value takes it out."""
    path = folder / "course.toml"
    lines = path.read_text(encoding="utf-8").split("\n")
    end = lines.index("[title]")
    head = [line for line in lines[:end] if not line.startswith(f"{name} =")]
    head = [line for line in head if line] + ([f"{name} = {value}"] if value else [])
    path.write_text("\n".join([*head, "", *lines[end:]]), encoding="utf-8")


def sync(platform: Platform) -> dict[str, SyncedCourse]:
    """What became of each folder, by its name."""
    return {one.folder.name: one for one in course_sync.sync_courses(platform, actor=CONSOLE)}
