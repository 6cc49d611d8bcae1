"""Question banks as XML files of Moodle: `moodle-xml`."""

from certify.api import ItemFormat, hookimpl
from certify_moodle.moodle_format import MoodleXml


@hookimpl
def certify_register_item_formats() -> list[ItemFormat]:
    return [MoodleXml()]
