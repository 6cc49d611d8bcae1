"""A copy of the sample course that a test may spoil."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.hooks import registry
from certify.i18n import speaking

SAMPLE = Path(__file__).parents[1] / "courses" / "sample"
TYPES = registry.load().question_types


@dataclass(frozen=True)
class CourseFolder:
    """A course folder and ways to change it."""

    path: Path

    def replace(self, name: str, old: str, new: str) -> "CourseFolder":
        """Change one place of a file, the first when there are several."""
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def add(self, name: str, text: str) -> int:
        """Append to a file or make it; returns the line at which the new text begins."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(before + text, encoding="utf-8")
        return before.count("\n") + 1

    def line(self, name: str, text: str, nth: int = 1) -> int:
        """The line of a file on which a text stands for the nth time."""
        lines = (self.path / name).read_text(encoding="utf-8").split("\n")
        return [number for number, one in enumerate(lines, start=1) if text in one][nth - 1]

    def findings(self) -> list[Finding]:
        """What a check says, in English."""
        with speaking("en"):
            return check_course(self.path, TYPES).findings

    def found(self) -> list[tuple[str, int, str]]:
        """File, line and severity of every finding."""
        return [
            (one.path.relative_to(self.path).as_posix(), one.line, one.severity)
            for one in self.findings()
        ]


@pytest.fixture
def course(tmp_path: Path) -> CourseFolder:
    """The sample course, free of findings until a test changes it."""
    folder = CourseFolder(tmp_path / "sample")
    shutil.copytree(SAMPLE, folder.path)
    return folder
