"""The file in which an import lists what it rejected, for whoever mends it."""

from pathlib import Path

from certify.platform import Platform
from certify.services.item_import_report import ImportReport
from certify.services.whole_file import whole_file


def write(platform: Platform, *, report: ImportReport) -> Path:
    """List every rejected question with its place, the reason and the mend; gives the file.

    Raises:
        BadInput: the exports of the home cannot be written.
    """
    exports = platform.settings.home.exports
    path = exports / f"{Path(report.file).stem}.rejected.txt"
    with whole_file(path, exports) as out:
        for outcome in report.outcomes:
            if outcome.fate == "rejected":
                parts = (f"{report.file}:{outcome.place}", outcome.reason, outcome.mend)
                text = "\n".join(part for part in (*parts, outcome.stem) if part)
                out.write(f"{text}\n\n".encode(errors="replace"))
    return path
