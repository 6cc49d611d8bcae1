"""The item bank's own Markdown as a format: copied from one course to another, sent by mail."""

from certify.api import ItemFormat, hookimpl
from certify_markdown_bank.bank import MarkdownBank


@hookimpl
def certify_register_item_formats() -> list[ItemFormat]:
    return [MarkdownBank()]
