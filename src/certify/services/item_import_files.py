"""The files of a course after an import: new bank files, edited ones, and what is kept beside."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from certify.courseware import bank_edit, bank_ids
from certify.courseware.bank_files import digest
from certify.courseware.bank_ids import Ids
from certify.courseware.item_loader import FOLDER
from certify.courseware.loader import IDS, KEPT
from certify.services.item_import_plan import Taken

MOST_BYTES = 250_000
"""Of one bank file; a course file may have 256 KB."""


@dataclass
class Files:
    """File contents by their place in the course, and hashes of those that are there already."""

    folder: Path
    own: str
    """The course's own language."""
    contents: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def edit(self, taken: Iterable[Taken], wordings: Mapping[str, Mapping[str, Path]]) -> None:
        """Put the sections of known items where they stand; every other byte stays.

        Args:
            wordings: by item code and language the wording files that have it.
        """
        for one in taken:
            code, home = one.item.code, one.item.text.path
            for language, text in one.texts.items():
                path = home if language == self.own else wordings[code].get(language)
                if path is not None:
                    data = bank_edit.replace_section(self._now(path), code, text)
                else:
                    path = home.with_name(f"{home.stem}.{language}.md")
                    data = bank_edit.add_section(self._now(path), text)
                self.contents[self._place(path)] = data

    def add(self, taken: Sequence[Taken], name: str) -> None:
        """Put new items into new bank files named after the file they come from."""
        taken_names = {path.name.casefold() for path in (self.folder / FOLDER).glob("*")}
        texts: list[Taken] = []
        sizes: dict[str, int] = {}
        for one in taken:
            more = {language: len(text.encode()) + 1 for language, text in one.texts.items()}
            if texts and any(
                sizes.get(language, 0) + size > MOST_BYTES for language, size in more.items()
            ):
                self._add_file(texts, name, taken_names)
                texts, sizes = [], {}
            texts.append(one)
            sizes = {
                language: sizes.get(language, 0) + more.get(language, 0)
                for language in {*sizes, *more}
            }
        if texts:
            self._add_file(texts, name, taken_names)

    def keep(self, taken: Iterable[Taken], ids: Ids) -> None:
        """Put foreign sources beside the bank, and the ids given so far."""
        given = False
        for one in taken:
            given = given or one.is_new
            if one.source:
                path = self.folder / KEPT / f"{one.item.code}.xml"
                self._now(path)
                self.contents[self._place(path)] = one.source.encode(errors="replace")
        if given:
            path = self.folder / FOLDER / IDS
            self._now(path)
            prefixes = {one.item.code.rpartition("-")[0] for one in taken if one.is_new}
            old = dict(bank_ids.recorded(self.folder))
            numbers = {**old, **{prefix: ids.highest[prefix] for prefix in prefixes}}
            self.contents[self._place(path)] = bank_ids.record(numbers)

    def _add_file(self, taken: Sequence[Taken], name: str, names: set[str]) -> None:
        stem = free_name(name, names)
        names.add(f"{stem}.md".casefold())
        for language in dict.fromkeys(name for one in taken for name in one.texts):
            end = ".md" if language == self.own else f".{language}.md"
            texts = (one.texts[language] for one in taken if language in one.texts)
            self.contents[f"{FOLDER}/{stem}{end}"] = "\n".join(texts).encode()

    def _now(self, path: Path) -> bytes:
        """What is in a file so far."""
        place = self._place(path)
        if place not in self.contents and path.exists():
            self.contents[place] = path.read_bytes()
            self.before[place] = digest(self.contents[place])
        return self.contents.get(place, b"")

    def _place(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def free_name(name: str, taken: set[str]) -> str:
    """A name for a bank file, without its ending, that no file of the bank has."""
    stem = re.sub(r"[^\w-]+", "-", Path(name).stem).strip("-_")[:60].lower() or FOLDER
    number, free = 1, stem
    while f"{free}.md".casefold() in taken or f"{free}.zh.md" in taken or f"{free}.en.md" in taken:
        number += 1
        free = f"{stem}-{number}"
    return free
