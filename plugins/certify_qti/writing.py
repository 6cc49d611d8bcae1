"""Writes a package of QTI 3.0: a manifest and a file for each item."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from certify.api import BankItem, Loss, NotTaken, _
from certify_qti.item_xml import item_xml
from certify_qti.manifest import DIFFICULTY, SCHEME
from certify_qti.response import Unfit
from certify_qti.xhtml import attribute, safe, text

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"'
    ' xmlns:lom="http://ltsc.ieee.org/xsd/LOM" identifier="certify">\n'
    "<metadata>\n<schema>QTI Package</schema>\n<schemaversion>3.0.0</schemaversion>\n"
    "<lom:lom><lom:general><lom:title><lom:string language={language}>{title}</lom:string>"
    "</lom:title></lom:general></lom:lom>\n</metadata>\n<organizations/>\n<resources>\n"
)
TAIL = "</resources>\n</manifest>\n"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Of every file in the package, so that the same items give the same bytes."""


def write_package(
    items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
) -> list[Loss | NotTaken]:
    """Write the items and say what QTI cannot hold of them.

    Args:
        title: of the course.
        language: of the texts.
    """
    told: list[Loss | NotTaken] = []
    resources = [HEAD.format(language=attribute(language), title=text(title))]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, item in enumerate(items, start=1):
            identifier = item.code or f"item-{number:04}"
            try:
                xml = item_xml(item, identifier, item.name or identifier, language)
            except Unfit as problem:
                told.append(_not_taken(item, problem))
                continue
            told += _losses(item)
            path = f"items/{identifier}.xml"
            _put(package, path, xml)
            resources.append(_resource(item, identifier, path))
        _put(package, "imsmanifest.xml", "".join([*resources, TAIL]))
    return told


def _put(package: zipfile.ZipFile, path: str, content: str) -> None:
    part = zipfile.ZipInfo(path, _MOMENT)
    part.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(part, content.encode())


def _not_taken(item: BankItem, problem: Unfit) -> NotTaken:
    begins = item.block.stem.split("\n")[0]
    return NotTaken(item.place, "rejected", begins, problem.reason, problem.mend, item.type)


def _losses(item: BankItem) -> Iterator[Loss]:
    if item.wordings:
        yield Loss(item.place, _("Wordings in other languages are left out."))
    if item.source:
        yield Loss(item.place, _("The foreign source that is kept beside it is left out."))


def _resource(item: BankItem, identifier: str, path: str) -> str:
    taxa = [
        ("topic", [item.topic] if item.topic else []),
        ("fact", item.facts),
        ("standard", item.standards),
        ("pool", [item.pool]),
    ]
    classified = "".join(
        _classified(source, entry) for source, entries in taxa for entry in entries
    )
    return (
        f'<resource identifier={attribute(identifier)} type="imsqti_item_xmlv3p0"'
        f" href={attribute(path)}>\n<metadata><lom:lom>{_difficulty(item.difficulty)}{classified}"
        f"</lom:lom></metadata>\n<file href={attribute(path)}/>\n</resource>\n"
    )


def _difficulty(level: int | None) -> str:
    if level not in DIFFICULTY:
        return ""
    return (
        "<lom:educational><lom:difficulty><lom:source>LOMv1.0</lom:source>"
        f"<lom:value>{DIFFICULTY[level]}</lom:value></lom:difficulty></lom:educational>"
    )


def _classified(source: str, entry: str) -> str:
    return (
        "\n<lom:classification><lom:taxonPath><lom:source>"
        f"<lom:string>{SCHEME}{source}</lom:string></lom:source><lom:taxon><lom:entry>"
        f"<lom:string>{text(safe(entry))}</lom:string></lom:entry></lom:taxon></lom:taxonPath>"
        "</lom:classification>"
    )
