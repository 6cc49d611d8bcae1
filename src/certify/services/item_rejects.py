"""The file in which an import lists what it rejected, for whoever mends it."""

from pathlib import Path

from certify.platform import Platform
from certify.services.item_import_report import ImportReport
from certify.services.whole_file import whole_file


def usual_place(platform: Platform, report: ImportReport) -> Path:
    """Where the list goes unless somebody names another place."""
    return platform.settings.home.exports / f"{Path(report.file).stem}.rejected.txt"


def write(platform: Platform, *, report: ImportReport, path: Path | None = None) -> Path:
    """List every rejected question with its place, the reason and the mend; gives the file.

    Args:
        path: left out, its usual place.
    Raises:
        BadInput: the place cannot be written.
    """
    path = path or usual_place(platform, report)
    with whole_file(path, platform.settings.home.exports) as out:
        for outcome in report.outcomes:
            if outcome.fate == "rejected":
                parts = (f"{report.file}:{outcome.place}", outcome.reason, outcome.mend)
                text = "\n".join(part for part in (*parts, outcome.stem) if part)
                out.write(f"{text}\n\n".encode(errors="replace"))
    return path
