"""What a key says: letters of options, or a verdict on a statement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from certify_bank_text.line import folded

JOIN = r"(?:\s|[、,;/+&|]|\.(?=[A-L])|和|与|及|and)*"
LETTERS = re.compile(
    rf"(?:应?选择?|是|为)?\s*(?P<letters>[A-L](?:{JOIN}[A-L])*)\s*(?:选?项)?\s*(?:(?:均|都)?(?:正确|对))?"
    r"\s*(?P<rest>\Z|[。.;,:、)\s(【\[].*|[\u4e00-\u9fff].*)",
    re.DOTALL,
)
SMALL = re.compile(rf"(?P<letters>[a-l](?:{JOIN}[a-l])*)\s*[。.;,)]*\Z")
TICKS, CROSSES = "√✓✔☑✅", "×✗✘✕╳☒✖❌❎"
"""Signs that call a statement right or wrong; a variation selector may stand behind them."""
SELECTOR = "\ufe0f?"
TRUE = rf"正确|[{TICKS}]{SELECTOR}|[Vv](?=\Z)|对|是|真|true|yes|right|correct|T|Y"
FALSE = (
    rf"不正确|不对|错误|不是|[{CROSSES}]{SELECTOR}|[Xx](?![a-z])|错|否|非|假"
    r"|false|no|wrong|incorrect|F|N"
)
VERDICT = re.compile(
    rf"(?:(?P<false>{FALSE})|(?P<true>{TRUE}))(?![A-Za-z])\s*(?:的)?\s*(?P<rest>\Z|[。.;,:、)\s(【\[!].*)",
    re.IGNORECASE | re.DOTALL,
)
SIGN = re.compile(rf"(?:(?<=[。!?])(对|错|正确|错误)|([{TICKS}{CROSSES}]){SELECTOR})\s*[。.]?\s*\Z")
BOTH = re.compile(
    rf"(?:\n\s*+(?:(?:true|false|[TFYN{TICKS}{CROSSES}])\s*[.、:)]\s*|[○●□☐◯]\s*)?(?:{FALSE}|{TRUE})"
    r"\s*(?:\(正确答案\))?\s*){2}\Z",
    re.IGNORECASE,
)
"""The two verdicts to choose from, each on a line of its own and without a letter."""
ALONE = re.compile(r"[(\[【]\s*(?:[A-L][\s、,]*)+[)\]】]\s*[。.]?\Z")
"""A key in brackets on a line of its own."""
BRACKET = re.compile(r"(?P<open>[(\[【])(?P<inner>[^()\[\]【】]{0,40})(?P<close>[)\]】])")
LINED = re.compile(
    rf"(?<!_)_++\s*(?P<inner>[A-L](?:[\s、,]*[A-L])*|[{TICKS}{CROSSES}]{SELECTOR})\s*_+"
)
EMPTY = re.compile(r"[(\[【]\s*[)\]】]|(?<!_)_{2,}+|(?<![_\s])_(?:\s++_)++")


@dataclass(frozen=True, slots=True)
class Held:
    """A key that stands in the stem, in brackets or on a line."""

    value: str
    start: int
    end: int
    """Of what is inside the brackets."""


def letters_of(text: str, offered: Sequence[str]) -> tuple[str, str] | None:
    """The letters a key names, and what is written after them; None where it names none.

    Args:
        offered: letters of the options there are.
    """
    plain = folded(text).strip()
    found = LETTERS.match(plain) or SMALL.match(plain)
    if not found:
        return None
    letters = re.findall(r"[A-La-l]", re.sub("and", "", found["letters"]))
    unique = "".join(letters).upper()
    if len(set(unique)) != len(unique):
        return None
    rest = (found.groupdict().get("rest") or "").strip()
    if rest[:1].isascii() and rest[:1].isalpha():
        return None  # “A manager …”: an article, and no letter of an option
    if plain[:1].islower() and len(unique) > 1 and sorted(unique) != list(unique):
        return None
    return unique, text.strip()[len(text.strip()) - len(rest) :] if rest else ""


def verdict_of(text: str) -> tuple[bool, str] | None:
    """Whether a key calls the statement right, and what is written after it."""
    stripped = text.strip().strip("()（）[]【】").strip()
    found = VERDICT.match(folded(stripped))
    if not found:
        return None
    rest = found["rest"].strip(" 。.;,:、!")
    begin = len(stripped) - len(found["rest"]) if rest else len(stripped)
    return found["true"] is not None, stripped[begin:].strip(" 。.;；,，:：、!！")


def letters_in(stem: str) -> list[Held]:
    """Places of a stem that may hold its key: `（ D ）`, `【ABD】`, `____D____`."""
    plain, found = folded(stem), []
    for one in (*BRACKET.finditer(plain), *LINED.finditer(plain)):
        inner = one["inner"].strip()
        if re.fullmatch(r"[A-L](?:[\s、,;.]*[A-L]){0,11}|[a-i]", inner):
            found.append(Held(inner, one.start("inner"), one.end("inner")))
    return sorted(found, key=lambda held: held.start)


def verdicts_in(stem: str) -> list[Held]:
    """The same for verdicts: `（√）`, `（错误）`, or a bare `√` at the end."""
    plain, found = folded(stem), []
    for one in (*BRACKET.finditer(plain), *LINED.finditer(plain)):
        whole = VERDICT.fullmatch(one["inner"].strip())
        if whole and not whole["rest"].strip(" 。."):
            found.append(Held(one["inner"].strip(), one.start("inner"), one.end("inner")))
    if not found and (sign := SIGN.search(plain)):
        group = sign.lastindex or 1
        found.append(Held(sign[group], sign.start(group), sign.end(group)))
    return found


def without_both(stem: str) -> tuple[str, list[str]]:
    """A stem without the lines of the two verdicts below it, and the verdict that is ticked."""
    found = BOTH.search(folded(stem))
    if not found:
        return stem, []
    lines = [line.strip(" \t○●□☐◯") for line in found[0].strip().split("\n")]
    bare = [re.sub(r"^(?:\w+|\W)\s*[.、:)]\s*|\(正确答案\)", "", line) for line in lines]
    verdicts = {said[0] for one in bare if (said := verdict_of(one))}
    if len(verdicts) < 2:
        return stem, []
    ticked = [one for one, line in zip(bare, lines, strict=True) if "正确答案" in line]
    return stem[: found.start()], ticked


def has_empty(stem: str) -> bool:
    """Whether a stem has an empty bracket or a line to write on."""
    return bool(EMPTY.search(LINED.sub("", folded(stem))))


def emptied(stem: str, held: Held) -> str:
    """The stem with an empty bracket where its key stood."""
    before, after = stem[: held.start], stem[held.end :]
    if before.endswith(("_", "＿")):
        return f"{before.rstrip()}{after.lstrip()}"
    if before.rstrip()[-1:] not in ("(", "（", "[", "［", "【", "〔"):
        return (before + after).rstrip()
    return f"{before.rstrip()} {after.lstrip()}"
