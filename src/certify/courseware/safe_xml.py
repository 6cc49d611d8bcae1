"""XML that somebody hands in, read element by element with its places.

Nothing outside the file is ever fetched, and a file that declares entities of its own (the way
to a bomb) is refused. Expat tells line and column, which ElementTree does not.
"""

import codecs
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from certify.errors import BadInput
from certify.i18n import _

PIECE = 65_536
KNOWN = ("utf-8", "utf-16", "ascii", "iso8859-1")
"""What expat itself reads."""
DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
DEEPEST = 200
"""Elements inside one another; real files have some twenty."""


@dataclass(slots=True)
class Element:
    """One element with all that is inside it; names are without their namespace."""

    tag: str
    attributes: dict[str, str]
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1."""
    text: str = ""
    """What stands before the first child."""
    tail: str = ""
    """What stands after the element, within its parent."""
    children: list["Element"] = field(default_factory=list)
    namespace: str = ""

    def child(self, tag: str) -> "Element | None":
        """The first child of a name."""
        return next((one for one in self.children if one.tag == tag), None)

    def all(self, tag: str) -> "list[Element]":
        """Every child of a name."""
        return [one for one in self.children if one.tag == tag]

    def within(self) -> "Iterator[Element]":
        """The element and all elements inside it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)

    def content(self) -> str:
        """All text inside it, without markup."""
        return self.text + "".join(child.content() + child.tail for child in self.children)


class _Reader:
    def __init__(self, name: str, wanted: Collection[str], encoding: str | None) -> None:
        self.name, self.wanted = name, wanted
        self.open: list[Element] = []
        self.done: list[Element] = []
        self.names: dict[str, tuple[str, str]] = {}
        """Namespace and name of what expat calls an element; the same few come again and again."""
        self.parser = parser = expat.ParserCreate(encoding, " ")
        parser.buffer_text = True
        parser.buffer_size = PIECE
        parser.ordered_attributes = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if (parted := self.names.get(name)) is None:
            namespace, _space, tag = name.rpartition(" ")
            parted = self.names[name] = namespace, tag
        namespace, tag = parted
        inside = self.open
        if not inside and self.wanted and tag not in self.wanted:
            return
        if len(inside) == DEEPEST:
            raise self._wrong(_("Its elements stand more than {count} deep.").format(count=DEEPEST))
        if attributes and " " in "".join(attributes):
            attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        parser = self.parser
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        element = Element(tag, attributes, line, column, "", "", [], namespace)
        if inside:
            inside[-1].children.append(element)
        inside.append(element)

    def _end(self, name: str) -> None:
        if self.open:
            element = self.open.pop()
            if not self.open:
                self.done.append(element)

    def _text(self, text: str) -> None:
        if not self.open:
            return
        parent = self.open[-1]
        if children := parent.children:
            children[-1].tail += text
        else:
            parent.text += text

    def _refuse(self, *_declared: object) -> None:
        raise self._wrong(_("It declares entities of its own, which no such file needs."))

    def _wrong(self, reason: str) -> BadInput:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return BadInput(
            _("This is no XML that can be read: {reason}").format(reason=reason),
            place=f"{self.name}:{line}:{column}",
            mend=_("Write the file anew with the program it comes from."),
        )


def stream(name: str, data: bytes, tags: Collection[str] = ()) -> Iterator[Element]:
    """Each outermost element of the given names, as soon as it ends; without names the root.

    Args:
        name: of the file, for messages.
    Raises:
        BadInput: it is not well-formed, or declares entities; elements before that were given.
    """
    data, encoding = _readable(name, data)
    reader = _Reader(name, tags, encoding)
    for start in range(0, max(len(data), 1), PIECE):
        piece = data[start : start + PIECE]
        try:
            reader.parser.Parse(piece, start + PIECE >= len(data))
        except expat.ExpatError as problem:
            yield from reader.done
            raise reader._wrong(expat.ErrorString(problem.code)) from problem
        yield from reader.done
        reader.done.clear()


def _readable(name: str, data: bytes) -> tuple[bytes, str | None]:
    """The bytes as expat can read them, and their encoding where it is not the declared one."""
    declared = DECLARED.match(data.lstrip()[:200])
    try:
        encoding = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
        if encoding in KNOWN:
            return data, None
        return data.decode(encoding).encode(), "utf-8"
    except (LookupError, UnicodeDecodeError) as problem:
        raise BadInput(
            _("This is no XML that can be read: {reason}").format(reason=problem),
            place=f"{name}:1:1",
            mend=_("Write the file anew with the program it comes from."),
        ) from problem


def parse(name: str, data: bytes) -> Element:
    """The root of a file with all that is inside it.

    Raises:
        BadInput: see `stream`.
    """
    return next(stream(name, data))
