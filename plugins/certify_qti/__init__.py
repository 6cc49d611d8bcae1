"""`qti`: items and packages of QTI 2.0 to 3.0, the standard of 1EdTech (R-ASM-13)."""

from certify.api import ItemFormat, hookimpl
from certify_qti.qti_format import QtiFormat


@hookimpl
def certify_register_item_formats() -> list[ItemFormat]:
    return [QtiFormat()]
