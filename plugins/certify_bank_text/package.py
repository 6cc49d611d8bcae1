"""The parts of a Word file; nothing is unpacked before its size is known."""

import io
import posixpath
import zipfile
import zlib

from certify.api import BadInput, BankFile, _, safe_xml

MAX_FILE = 100_000_000
"""Bytes of the file; pictures in it are never unpacked."""
MAX_PART = 50_000_000
"""Bytes that a part may unpack to."""
MAX_PARTS = 20_000
MAX_RATIO = 400
SMALL_PART = 2_000_000
"""A part up to this size may be packed as tightly as it likes."""
OLD = b"\xd0\xcf\x11\xe0"


class Package:
    """A Word file, opened."""

    def __init__(self, file: BankFile) -> None:
        self.name = file.name
        if file.data.startswith((OLD, b"{\\rtf")):
            raise BadInput(
                _("This is a Word file of the old kind, or it has a password."),
                place=file.name,
                mend=_("Open it in Word and save it as .docx, without a password."),
            )
        if len(file.data) > MAX_FILE:
            raise self.too_large("")
        try:
            self.parts = zipfile.ZipFile(io.BytesIO(file.data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
            raise self._broken(problem) from problem
        self.sizes = {part.filename: part for part in self.parts.infolist()}
        if len(self.sizes) > MAX_PARTS:
            raise self.too_large("")
        self.main = self._main()

    def beside(self, name: str) -> bytes | None:
        """A part in the folder of the document, such as `numbering.xml`; None if it has none."""
        path = posixpath.join(posixpath.dirname(self.main), name)
        return self.read(path) if path in self.sizes else None

    def read(self, path: str) -> bytes:
        """The bytes of a part.

        Raises:
            BadInput: it is too large, or broken.
        """
        part = self.sizes[path]
        if part.file_size > MAX_PART:
            raise self.too_large(path)
        if part.file_size > max(SMALL_PART, MAX_RATIO * part.compress_size):
            raise self.too_large(path)
        if part.flag_bits & 1:
            raise self._broken(_("it has a password"))
        try:
            return self.parts.read(part)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as problem:
            raise self._broken(problem) from problem

    def _main(self) -> str:
        if "word/document.xml" in self.sizes:
            return "word/document.xml"
        if "_rels/.rels" in self.sizes:
            for one in safe_xml.parse(
                f"{self.name}: _rels/.rels", self.read("_rels/.rels")
            ).children:
                target = one.attributes.get("Target", "").lstrip("/")
                is_main = one.attributes.get("Type", "").endswith("/officeDocument")
                if is_main and target in self.sizes:
                    return target
        raise BadInput(
            _("This is no Word file: it has no document in it."),
            place=self.name,
            mend=_("Open it in Word and save it as .docx."),
        )

    def _broken(self, problem: object) -> BadInput:
        return BadInput(
            _("The Word file cannot be read: {reason}").format(reason=problem),
            place=self.name,
            mend=_("Open it in Word and save it as .docx again."),
        )

    def too_large(self, path: str) -> BadInput:
        """What is said of a file that holds more than any bank."""
        return BadInput(
            _("The Word file is too large: at most {size} MB of text unpacked.").format(
                size=MAX_PART // 1_000_000
            ),
            place=f"{self.name}: {path}" if path else self.name,
            mend=_("Split it into several files."),
        )
