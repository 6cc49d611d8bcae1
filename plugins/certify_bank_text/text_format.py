"""`text`: a bank as plain text, from a file or pasted."""

import re
from collections.abc import Iterator

from certify.api import N_, BadInput, BankFile, Entry, ItemFormat, Remark, _, decode
from certify_bank_text.entries import entries
from certify_bank_text.line import Line, as_line

MOST = 50_000_000
"""Bytes."""
DRESS = re.compile(
    r"\s*(?:#{1,6}\s+|>\s?|[-*+•]\s+(?=[【\[*]*(?:正确|参考|标准)?(?:答案|解析|难度|知识点)))"
)
AIKEN = re.compile(r"(?m)^ANSWER: ?[A-Z][ \t]*$")
GIFT = re.compile(r"(?s)(?<!\\)\{[^{}]{0,2000}?(?:[=~]|#\d|\s*(?:T|F|TRUE|FALSE)\s*\})")
OWN = re.compile(r"(?m)^## [A-Z][A-Z0-9]{1,7}-\d{3,5}\b")
NUMBERED = re.compile(r"(?m)^\s*(?:第\s*\d+\s*题|[(（]?[\d０-９]{1,4}\s*[.、．)）:：])")
LABELLED = re.compile("答案|单选|多选|判断|选择题|填空题|简答题")

FOLDED = re.compile(r"</?(?:details|summary)\b[^<>\n]*>", re.IGNORECASE)
SUMMARY = re.compile(r"<summary\b[^<>\n]*>([^<>\n]*)</summary>", re.IGNORECASE)
"""Markdown unfolds a key where the reader asks for it."""
ANSWER = re.compile(
    r"(?:\s|[>*【\[]|<[^<>\n]*>)*(?:正确|参考|标准)?(?:答案|解析|(?:correct )?answer)",
    re.IGNORECASE,
)


class TextFormat(ItemFormat):
    """Reads numbered questions with lettered options, as people write them."""

    name = "text"
    label = N_("Question bank as text")
    suffixes = (".txt", ".text", ".md", ".markdown")

    def recognises(self, file: BankFile) -> bool:
        """Not the text formats that programs write: Aiken and GIFT, and our own bank."""
        if b"\x00" in file.data[:4000] and not file.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return False
        text, _encoding = decode(file.data[:200_000])
        if OWN.search(text):
            return False
        if LABELLED.search(text):
            return True
        if GIFT.search(text):
            return False
        is_plain = not file.name.lower().endswith((".md", ".markdown"))
        return bool(NUMBERED.search(text)) or (is_plain and not AIKEN.search(text))

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        if len(file.data) > MOST:
            raise BadInput(
                _("The file is too large: at most {size} MB.").format(size=MOST // 1_000_000),
                place=file.name,
                mend=_("Split it into several files."),
            )
        text, encoding = decode(file.data)
        if encoding not in ("utf-8", "utf-8-sig"):
            message = _("The file was read as {encoding}; look whether its letters are right.")
            yield Remark("1:1", message.format(encoding=encoding))
        yield from entries(lines_of(text), language)


def lines_of(text: str) -> list[Line]:
    """The lines of a text with their places."""
    if FOLDED.search(text):
        text = FOLDED.sub("", SUMMARY.sub(_summary, text))
    return [_line(number, raw) for number, raw in enumerate(text.split("\n"), start=1)]


def _summary(found: re.Match[str]) -> str:
    """What the head of a part that unfolds says: that the key follows, or its own text."""
    if not re.search("答案|解析|answer", found[1], re.IGNORECASE):
        return found[1]
    is_said = ANSWER.match(found.string, found.end())
    return "" if is_said else "答案："


def _line(number: int, raw: str) -> Line:
    column = len(raw) - len(raw.lstrip("\ufeff \t\u3000\xa0")) + 1
    if dress := DRESS.match(raw):
        raw = raw[dress.end() :]
    bare = raw.strip()
    if bare.startswith("**") and bare.count("**") % 2 == 0 and len(bare) > 4:
        raw = raw.replace("**", "")
    return as_line(f"{number}:{column}", raw)
