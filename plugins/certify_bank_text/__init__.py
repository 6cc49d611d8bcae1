"""Readers of question banks as trainers write them: plain text (`text`) and Word (`docx`)."""

from certify.api import ItemFormat, hookimpl
from certify_bank_text.docx_format import DocxFormat
from certify_bank_text.text_format import TextFormat


@hookimpl
def certify_register_item_formats() -> list[ItemFormat]:
    return [TextFormat(), DocxFormat()]
