"""A new text of a standard from a file of standards with one row."""

from pathlib import Path

from certify.courseware.standards_file import read_standards
from certify.errors import BadInput
from certify.i18n import _
from certify.services.standard_life.drafting import Wanted


def read_wanted(
    path: Path, *, description: str, is_material: bool = True, is_confidential: bool = False
) -> Wanted:
    """The one row of a file as a new text.

    Args:
        description: what changes and why.
    Raises:
        BadInput: the file has an error, no row, or several.
    """
    loaded = read_standards(path)
    if loaded.errors or loaded.manifest is None:
        found = loaded.errors[0]
        raise BadInput(found.message, place=f"{found.path}:{found.line}", mend=found.mend)
    rows = loaded.manifest.standards
    if len(rows) != 1:
        raise BadInput(
            _("A draft is one standard; the file has {count}.").format(count=len(rows)),
            place=str(path),
            mend=_("Write one [[standards]] table."),
        )
    (row,) = rows
    return Wanted(
        row.number, row.text(), row.effective_from, description, is_material, is_confidential
    )
