"""What a course plugin promises: its folders are there and check clean."""

from collections.abc import Iterator

from certify.conformance.fault import Fault
from certify.courseware.checker import check_course
from certify.hooks.registry import Plugins


def check(plugins: Plugins, name: str) -> Iterator[Fault]:
    """Every error in the course folders of a plugin."""
    for folder in plugins.folders_of(name):
        for finding in check_course(folder, plugins.question_types).errors:
            yield Fault(f"{finding.path}:{finding.line}", finding.message, finding.mend)
