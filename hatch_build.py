"""Build hook of the wheel: compiles the message catalogues and adds the courses.

Catalogues are committed as `.po` only. In an editable install the courses stay in `courses/`.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = "src/certify/locale/*/LC_MESSAGES/certify.po"


class WheelBuildHook(BuildHookInterface[Any]):
    """Runs for wheels and for editable installs (`version` tells which)."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in sorted(Path(self.root).glob(CATALOGUES)):
            with source.open("rb") as lines:
                catalogue = read_po(lines)
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
        if version == "standard":
            build_data["force_include"]["courses"] = "certify_standard_courses/courses"
