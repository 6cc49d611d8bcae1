"""A text that somebody hands in, made safe to read."""

from collections.abc import Sequence

from certify.api import BadInput, BankFile, Remark, _, clean, decode


def text_of(file: BankFile) -> tuple[str, Sequence[Remark]]:
    """Its text with line feeds only, and what is to be said of its encoding.

    Raises:
        BadInput: it is no text at all.
    """
    text, encoding = decode(file.data)
    if "\0" in text:
        raise BadInput(
            _("This is no text file."),
            place=file.name,
            mend=_("Save the questions as text, or choose the format that the file has."),
        )
    remarks = []
    if encoding not in ("utf-8", "utf-8-sig"):
        said = _("The file was read as {encoding}; look at its special characters.")
        remarks.append(Remark("1:1", said.format(encoding=encoding)))
    safe = clean(text)
    if lost := safe.count("�"):
        said = _("Characters that cannot be shown became “�”: {count}.")
        remarks.append(Remark("1:1", said.format(count=lost)))
    return safe, remarks
