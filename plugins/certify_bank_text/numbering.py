"""Numbers and letters that Word writes by itself and that are not in the text.

In real files “1.” and “A.” are mostly of this kind. A list counts for its abstract list; what
the levels are called stands in numbering.xml, which styles may name too.
"""

from dataclasses import dataclass, field

from certify.api import safe_xml

CHINESE = "零一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
LEVELS = 9
Element = safe_xml.Element


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    is_glued: bool = False
    """Whether nothing stands between the number and the text."""
    style: str = ""


@dataclass(slots=True)
class Style:
    """What a paragraph's style says of numbers."""

    based_on: str = ""
    number: str | None = None
    level: int | None = None
    is_title: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of one file, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By abstract list."""
    lists: dict[str, str] = field(default_factory=dict)
    """The abstract list of each list."""
    own: dict[str, dict[int, Level]] = field(default_factory=dict)
    """Levels that a list itself lays down anew."""
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    """Where a list begins to count anew, by level."""
    styles: dict[str, Style] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: Element | None) -> str:
        """The number of the next paragraph with these properties, with the blank behind it."""
        number, level = self._list_of(properties)
        abstract = self.lists.get(number)
        if abstract is None:
            return ""
        levels = {**self.levels.get(abstract, {}), **self.own.get(number, {})}
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, [None] * LEVELS)
        fresh = self.starts.get(number, {}).get(level)
        if fresh is not None and (number, level) not in self.begun:
            counts[level] = fresh
        else:
            before = counts[level]
            counts[level] = levels[level].start if before is None else before + 1
        self.begun.add((number, level))
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        text = levels[level].text
        if levels[level].form in ("bullet", "none"):
            return ""
        for place in range(level + 1):
            if f"%{place + 1}" in text:
                one = levels.get(place, Level())
                value = counts[place]
                shown = written(one.start if value is None else value, one.form)
                text = text.replace(f"%{place + 1}", shown)
        return text if levels[level].is_glued or not text else text + " "

    def is_title(self, properties: Element | None) -> bool:
        """Whether a paragraph's style is that of a heading."""
        style = _value(properties, "pStyle")
        return any(one.is_title for one in self._chain(style))

    def _list_of(self, properties: Element | None) -> tuple[str, int]:
        own = properties.child("numPr") if properties else None
        number, level = _value(own, "numId"), _value(own, "ilvl")
        name = _value(properties, "pStyle")
        for style in self._chain(name):
            if number:
                break
            if style.number is not None:
                number = style.number
                if not level and style.level is not None:
                    level = str(style.level)
        if not level and name:
            abstract = self.lists.get(number, "")
            for place, one in self.levels.get(abstract, {}).items():
                if one.style == name:
                    level = str(place)
        found = int(level) if level.isdigit() else 0
        return number, min(found, LEVELS - 1)

    def _chain(self, name: str) -> list[Style]:
        """A style and those it is based on."""
        found: list[Style] = []
        while name in self.styles and len(found) < 20:
            found.append(self.styles[name])
            name = self.styles[name].based_on
        return found


def numbering_of(lists: Element | None, styles: Element | None) -> Numbering:
    """The numbering of a file from its numbering.xml and styles.xml."""
    result = Numbering()
    links: dict[str, str] = {}
    by_style: dict[str, str] = {}
    for one in lists.all("abstractNum") if lists else ():
        name = one.attributes.get("abstractNumId", "")
        result.levels[name] = dict(map(_level, one.all("lvl")))
        if link := _value(one, "styleLink"):
            by_style[link] = name
        if link := _value(one, "numStyleLink"):
            links[name] = link
    for one in lists.all("num") if lists else ():
        name, abstract = one.attributes.get("numId", ""), _value(one, "abstractNumId")
        result.lists[name] = by_style.get(links.get(abstract, ""), abstract)
        for change in one.all("lvlOverride"):
            place = _number(change.attributes.get("ilvl", "0"), 0)
            if (level := change.child("lvl")) is not None:
                result.own.setdefault(name, {})[place] = _level(level)[1]
            if start := _value(change, "startOverride"):
                result.starts.setdefault(name, {})[place] = _number(start, 1)
    for one in styles.all("style") if styles else ():
        properties = one.child("pPr")
        numbers = properties.child("numPr") if properties else None
        level_text = _value(numbers, "ilvl")
        title = _value(one, "name").lower()
        result.styles[one.attributes.get("styleId", "")] = Style(
            based_on=_value(one, "basedOn"),
            number=_value(numbers, "numId") or None,
            level=int(level_text) if level_text.isdigit() else None,
            is_title=title.startswith(("heading", "title", "标题")),
        )
    return result


def _level(element: Element) -> tuple[int, Level]:
    return min(_number(element.attributes.get("ilvl", "0"), 0), LEVELS - 1), Level(
        start=_number(_value(element, "start"), 1),
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        is_glued=_value(element, "suff") == "nothing",
        style=_value(element, "pStyle"),
    )


def _value(element: Element | None, tag: str) -> str:
    found = element.child(tag) if element else None
    return found.attributes.get("val", "") if found else ""


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default


def written(value: int, form: str) -> str:
    """A number as a list shows it, by the name of its form in WordprocessingML."""
    lower = form.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
        return letter if form == "upperLetter" else letter.lower()
    if lower.endswith("roman"):
        roman = ""
        for size, sign in ROMAN:
            roman += sign * (value // size)
            value %= size
        return roman.upper() if form == "upperRoman" else roman
    if "circle" in lower and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if lower == "ideographtraditional" and 1 <= value <= len(STEMS):
        return STEMS[value - 1]
    if lower.startswith(
        ("chinese", "taiwanese", "japanesecounting", "ideographdigital", "koreancounting")
    ):
        return _chinese(value)
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _chinese(value: int) -> str:
    if not 0 <= value < 100:
        return "".join(CHINESE[int(digit)] for digit in str(value))
    tens, ones = divmod(value, 10)
    if not tens:
        return CHINESE[ones]
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")
