"""The plugins of a platform whose one special course plays a scenario."""

from certify.hooks import registry
from certify.hooks.registry import Plugins
from tests.platforms import COURSES

EXAM = "played-practical"


def played_plugins() -> Plugins:
    """The plugins with scenarios, the sample course and the one of `tests/courses/played`."""
    loaded = registry.load(("choice", "tables", "scenario"))
    loaded.course_folders += [COURSES / "sample", COURSES / "played"]
    return loaded
