"""The courses that come with certify, and the standards they cite."""

from pathlib import Path

from certify.api import hookimpl

PACKED = Path(__file__).parent / "courses"
"""Where an installed wheel has them; in a checkout they lie in the top folder `courses/`."""


@hookimpl
def certify_register_courses() -> list[Path]:
    folder = PACKED if PACKED.is_dir() else Path(__file__).parents[2] / "courses"
    return sorted(path.parent for path in folder.glob("*/course.toml"))


@hookimpl
def certify_register_standards() -> list[Path]:
    return [Path(__file__).with_name("standards.toml")]
