"""The text of a Word paragraph with its forms, as it would be printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from certify.api import Loss, _, safe_xml
from certify_bank_text.line import INVISIBLE, Span

Element = safe_xml.Element
INSIDE = (
    "ins",
    "moveTo",
    "hyperlink",
    "smartTag",
    "sdt",
    "sdtContent",
    "fldSimple",
    "customXml",
    "dir",
    "bdo",
)
PICTURES = ("drawing", "pict", "object")
SYMBOLS = {
    "wingdings": {
        0xFC: "✓",
        0xFB: "✗",
        0xFE: "☑",
        0xFD: "☒",
        0xA8: "☐",
        0x6F: "☐",
        0xF0: "→",
        0xE0: "→",
        0x4A: "☺",
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "☐", 0x30: "□"},
    "symbol": {
        0xB4: "×",
        0xD6: "√",
        0xB8: "÷",
        0xB3: "≥",
        0xA3: "≤",
        0xB1: "±",
        0xB0: "°",
        0xB9: "≠",
        0xAE: "→",
    },
}
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
PICTURE = {"zh": "［图］", "en": "[picture]"}
OFF = ("0", "false", "none", "off")
BLACK = ("", "auto", "000000")


@dataclass(slots=True)
class Written:
    """What a paragraph shows."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    has_hidden: bool = False
    has_box: bool = False

    def add(self, text: str, forms: Sequence[str]) -> None:
        """Take text on, in these forms."""
        if text:
            start, self.text = len(self.text), self.text + text
            self.spans += [Span(start, len(self.text), form) for form in forms]

    def lose(self, message: str) -> None:
        """Note something serious that is lost."""
        loss = Loss("", message, is_serious=True)
        if loss not in self.losses:
            self.losses.append(loss)


def written(paragraph: Element, language: str) -> Written:
    """The text of a paragraph; deleted and hidden text is not in it."""
    result = Written()
    _walk(paragraph, result, language)
    return result


def _walk(parent: Element, result: Written, language: str) -> None:
    for one in parent.children:
        if one.tag == "r":
            _run(one, result, language)
        elif one.tag in INSIDE:
            _walk(one, result, language)
        elif one.tag in ("oMath", "oMathPara"):
            result.add("".join(_formula(one)), ())
            result.lose(_("A formula became plain text."))
        elif one.tag == "AlternateContent" and one.children:
            _walk(one.children[0], result, language)


def _formula(element: Element) -> Iterator[str]:
    for one in element.within():
        if one.tag == "t":
            yield one.text


def _run(run: Element, result: Written, language: str) -> None:
    properties = run.child("rPr")
    if properties is not None and _is_on(properties, "vanish"):
        result.has_hidden = result.has_hidden or any(one.text.strip() for one in run.all("t"))
        return
    forms = _forms(properties) if properties is not None else []
    text = "".join(_pieces(run, result, language))
    align = _value(properties, "vertAlign")
    if align in ("superscript", "subscript") and text.strip():
        moved = text.translate(RAISED if align == "superscript" else LOWERED)
        if any(a == b and not a.isspace() for a, b in zip(text, moved, strict=True)):
            result.lose(_("Raised or lowered letters stand on the line now."))
        text = moved
    result.add(_with_lines(text) if "underline" in forms else text, forms)


def _with_lines(text: str) -> str:
    """Underlined blanks are a place to write on."""
    if text and not text.strip():
        return "_" * max(4, min(len(text), 12))
    lead = len(text) - len(text.lstrip(" \u3000\xa0\t"))
    tail = len(text) - len(text.rstrip(" \u3000\xa0\t"))
    if lead >= 2 and tail >= 2:
        return "__" + text.strip() + "__"
    return text


def _pieces(run: Element, result: Written, language: str) -> Iterator[str]:
    for one in run.children:
        if one.tag == "t":
            yield INVISIBLE.sub("", one.text.replace("\n", " "))
        elif one.tag in ("tab", "ptab"):
            yield "\t"
        elif one.tag in ("br", "cr"):
            yield "\n"
        elif one.tag == "noBreakHyphen":
            yield "-"
        elif one.tag == "sym":
            yield _symbol(one, result)
        elif one.tag in PICTURES:
            yield _picture(one, result, language)
        elif one.tag == "AlternateContent" and one.children:
            yield from _pieces(one.children[0], result, language)
        elif one.tag == "ruby" and (base := one.child("rubyBase")):
            yield "".join(part.text for part in base.within() if part.tag == "t")
        elif one.tag == "instrText" and one.text.strip().upper().startswith("EQ"):
            result.lose(_("A formula became plain text."))
        elif one.tag in ("footnoteReference", "endnoteReference"):
            result.lose(_("A footnote was left out."))


def _symbol(element: Element, result: Written) -> str:
    font = element.attributes.get("font", "").lower()
    try:
        code = int(element.attributes.get("char", ""), 16) & 0xFF
    except ValueError:
        code = 0
    if (known := SYMBOLS.get(font, {}).get(code)) is None:
        result.lose(_("A sign of a special font was left out."))
    return known or "�"


def _picture(element: Element, result: Written, language: str) -> str:
    if any(one.tag == "txbxContent" for one in element.within()):
        result.has_box = True
        result.lose(_("A text box was left out."))
        return ""
    if any(one.tag == "hr" or one.attributes.get("hr") == "t" for one in element.within()):
        return ""
    result.lose(_("A picture, formula or embedded file was left out."))
    return PICTURE[language]


def _forms(properties: Element) -> list[str]:
    found = []
    if _is_on(properties, "b"):
        found.append("bold")
    if _is_on(properties, "i"):
        found.append("italic")
    if _is_on(properties, "u"):
        found.append("underline")
    if _value(properties, "color").lower() not in BLACK:
        found.append("colour")
    shade = properties.child("shd")
    fill = shade.attributes.get("fill", "").lower() if shade else ""
    if _is_on(properties, "highlight") or fill not in ("", "auto", "ffffff"):
        found.append("highlight")
    return found


def _is_on(properties: Element, tag: str) -> bool:
    found = properties.child(tag)
    return found is not None and found.attributes.get("val", "on").lower() not in OFF


def _value(element: Element | None, tag: str) -> str:
    found = element.child(tag) if element is not None else None
    return found.attributes.get("val", "") if found is not None else ""
