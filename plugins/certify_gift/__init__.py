"""Question banks as text files of Moodle: `gift` with all its kinds, and `aiken`."""

from certify.api import ItemFormat, hookimpl
from certify_gift.aiken import Aiken
from certify_gift.gift import Gift


@hookimpl
def certify_register_item_formats() -> list[ItemFormat]:
    return [Gift(), Aiken()]
