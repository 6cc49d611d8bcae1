"""A file with one example of each type of item, for people who begin with an empty sheet."""

from importlib.resources import files
from pathlib import Path

from certify.courseware.bank_text import read_items
from certify.domain.item_format import BankItem
from certify.hooks.registry import Plugins
from certify.i18n import _
from certify.services import item_formats
from certify.services.item_export import ExportReport, write_bank
from certify.services.whole_file import whole_file


def examples(language: str) -> list[BankItem]:
    """One item of each type that can be exchanged, in a language."""
    text = files("certify.services").joinpath(f"item_template.{language}.md").read_text("utf-8")
    return [one for one in read_items("template", text) if isinstance(one, BankItem)]


def write_template(
    plugins: Plugins, *, format_name: str, path: Path, language: str
) -> ExportReport:
    """Write the examples in a format.

    Raises:
        BadInput: there is no such format, or the place cannot be written.
    """
    writer = item_formats.in_plugins(plugins, format_name, to_write=True)
    title = _("Question bank")
    with whole_file(path, path.parent) as out:
        return write_bank(
            writer, examples(language), out, path, title, language, lambda _found, _lost: None
        )
