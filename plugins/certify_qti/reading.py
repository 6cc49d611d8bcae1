"""Reads a file of QTI: one XML file, or a package with a manifest."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from certify.api import BadInput, BankFile, Entry, NotTaken, Remark, _, _n, safe_xml
from certify_qti.item import read_item
from certify_qti.manifest import NOTHING, About, Resource, resources
from certify_qti.package import MAX_MANIFEST, MAX_PART, Package, is_xml, open_package
from certify_qti.response import Unfit
from certify_qti.xml_file import (
    ITEM,
    OLD,
    TESTS,
    elements,
    holds_items,
    passage_in,
    root_of,
    title_of,
)

MANIFEST = "imsmanifest.xml"
MAX_PASSAGE = 200_000
"""Bytes of a text that items share."""


def read_file(file: BankFile, language: str) -> Iterator[Entry]:
    """The entries of one XML file.

    Raises:
        BadInput: it is no item of QTI 2 or 3, or broken before its first item ends.
    """
    root = root_of(file.data)
    if not holds_items(file.data):
        problem = _no_item(root)
        raise BadInput(problem.reason, place=file.name, mend=problem.mend)
    if root == ITEM and len(file.data) > MAX_PART:
        raise BadInput(
            _("This file is too large for an item."),
            place=file.name,
            mend=_("An XML file may have {size} MB; split it.").format(size=MAX_PART // 1_000_000),
        )
    count = 0
    try:
        for element, source in elements(file.name, file.data):
            yield read_item(element, file.name, language, about=NOTHING, source=source)
            count += 1
    except BadInput as problem:
        if not count:
            raise
        yield _rejected(file.name, problem)


def read_package(file: BankFile, language: str) -> Iterator[Entry]:
    """The entries of a package: its items in the order of the manifest, then those it leaves out.

    Raises:
        BadInput: it cannot be opened safely, or nothing in it looks like an item.
    """
    reader = _Reader(open_package(file), language)
    yield from reader.manifests()
    parts = reader.package.parts
    for path in dict.fromkeys((*reader.listed, *filter(is_xml, parts))):
        if not path.lower().endswith(MANIFEST):
            yield from reader.part(path)
    if count := len(reader.unlisted):
        message = _n(
            "{count} item stands in no manifest and was found all the same.",
            "{count} items stand in no manifest and were found all the same.",
            count,
        )
        yield Remark(reader.unlisted[0], message.format(count=count))
    if not reader.found:
        nested = any(path.lower().endswith(".zip") for path in parts)
        problem = _no_item("zip" if nested else "")
        raise BadInput(problem.reason, place=file.name, mend=problem.mend)


@dataclass
class _Reader:
    """One package while it is read."""

    package: Package
    language: str
    listed: dict[str, Resource] = field(default_factory=dict)
    """What the manifests list, by its path."""
    unlisted: list[str] = field(default_factory=list)
    """The files of items that stand in no manifest."""
    passages: dict[str, safe_xml.Element | None] = field(default_factory=dict)
    """The last few texts that items share, by their paths."""
    found: int = 0
    """Items taken, skipped and rejected."""

    def manifests(self) -> Iterator[Remark]:
        """Read every manifest, the outermost first; a broken one is said and does no harm."""
        names = [path for path in self.package.parts if path.lower().endswith(MANIFEST)]
        if not names:
            yield Remark(self.package.name, _("It has no manifest; every item in it is read."))
        for name in sorted(names, key=lambda path: path.count("/")):
            try:
                for resource in resources(name, self.package.read(name, MAX_MANIFEST)):
                    path = self._path(dirname(name), resource.href)
                    if path in self.package.parts or resource.is_item:
                        self.listed.setdefault(path, resource)
            except BadInput as problem:
                yield Remark(problem.place, problem.message)

    def part(self, path: str) -> Iterator[Entry]:
        """The entries of one file; none where it holds no item and is not said to."""
        resource = self.listed.get(path)
        is_item = resource is not None and resource.is_item
        try:
            for entry in self._entries(path, resource.about if resource else NOTHING, is_item):
                if not isinstance(entry, Remark):
                    self.found += 1
                    self.unlisted += [] if resource else [path]
                yield entry
        except BadInput as problem:
            begins = self.package.begins(path)
            if is_item or root_of(begins) in (ITEM, OLD, ""):
                self.found += 1
                yield _rejected(path, problem)
            else:
                yield Remark(problem.place or path, problem.message)

    def _entries(self, path: str, about: About, is_item: bool) -> Iterator[Entry]:
        if path not in self.package.parts:
            reason = _("The manifest lists this item, but its file is not in the package.")
            yield NotTaken(path, "rejected", path, reason, _("Export the package again."))
            return
        data = self.package.read(path) if is_item or is_xml(path) else b""
        root = root_of(data)
        if holds_items(data):
            for element, source in elements(path, data):
                yield read_item(
                    element,
                    path,
                    self.language,
                    about=about,
                    source=source,
                    passage=partial(self._passage, dirname(path)),
                )
        elif root in TESTS:
            message = _("A test or section, which is no item: {title}")
            yield Remark(path, message.format(title=title_of(data)))
        elif is_item or root == OLD:
            problem = _no_item(root)
            yield NotTaken(path, "rejected", path, problem.reason, problem.mend)

    def _passage(self, folder: str, href: str) -> safe_xml.Element | None:
        """The body of a text that items share; None where it is missing or broken."""
        path = self._path(folder, unquote(href))
        if path not in self.passages:
            found = None
            if path in self.package.parts:
                with suppress(BadInput):
                    found = passage_in(path, self.package.read(path, MAX_PASSAGE))
            # Items that share a text follow each other, so the last few are enough.
            self.passages = {**dict(list(self.passages.items())[-3:]), path: found}
        return self.passages[path]

    def _path(self, folder: str, href: str) -> str:
        """The path in the package of what a manifest writes, capitals or not."""
        path = normpath(join(folder, href.replace("\\", "/")))
        return path if path in self.package.parts else self._small.get(path.lower(), path)

    @cached_property
    def _small(self) -> dict[str, str]:
        return {path.lower(): path for path in self.package.parts}


def _rejected(path: str, problem: BadInput) -> NotTaken:
    """The entry of a file that is broken."""
    return NotTaken(problem.place or path, "rejected", path, problem.message, problem.mend)


def _no_item(root: str) -> Unfit:
    """Why a file with this root holds no item that can be read."""
    if root == OLD:
        return Unfit(
            _("This is QTI 1; QTI 2.0 to 2.2 and 3.0 can be read."),
            _("Export it as QTI 2.1 or newer; where that cannot be, as Moodle XML or GIFT."),
        )
    if root in (*TESTS, "manifest"):
        return Unfit(
            _("This file lists questions and holds none."),
            _("Hand in the whole package, the .zip file that it lies in."),
        )
    if root == "zip":
        return Unfit(
            _("No item is in this package, but another package is."),
            _("Unpack it and hand in the packages inside one by one."),
        )
    return Unfit(
        _("No item of QTI 2 or 3 is in this file."),
        _("Check that it is the right file, and export it as QTI 2.1 or newer."),
    )
