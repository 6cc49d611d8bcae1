"""Gaps of a stem and what fills them."""

import re
from collections.abc import Sequence

from certify.api import _, plain_markdown
from certify_bank_text.joining import one_line
from certify_bank_text.line import folded
from certify_bank_text.trouble import Trouble, no_key

GAP = re.compile(
    r"(?<!_)_{2,}+|(?<![_ \t])_(?:[ \t]++_)++|[(\[【][ \t]*+_*+[ \t]*+[)\]】]"
    r"|[﹍﹎]{2,}|[—─]{3,}|-{4,}"
)
FILLED = re.compile(
    r"【[ \t]*(?P<black>[^【】\n]{1,60})[ \t]*】|\([ \t]+(?P<round>[^()\n]{1,60}?)[ \t]+\)"
)
PLACE = "\ue000"
ORDER = re.compile(
    r"(?:^|(?<=[\s;,。、]))\s*(?:第\s*[一二三四五六七八九十\d]+\s*[空处个]\s*[:：]?|空\s*\d+\s*[:：]|[①-⑳]\s*[.、:]?|[(]\s*\d+\s*[)]\s*|\d+\s*[.、)](?!\d)\s*)"
)
CIRCLE = re.compile(r"[①-⑳]\s*[.、:]?")
SEPARATORS = (r"\n", r"[;]", r"[|]", r"[、]", r"[,]", r"\s{2,}|\t", r"\s+")
OTHER = re.compile(r"\s*(?:[|]|或者|或(?![许然])|\s+or\s+)\s*", re.IGNORECASE)


def with_gaps(stem: str, answers: Sequence[str]) -> str:
    """The stem in Markdown with a gap `{{…}}` in each place to fill in.

    Raises:
        Trouble: there is no key, or it does not fit the gaps.
    """
    places = list(GAP.finditer(folded(stem)))
    if not answers:
        filled = list(FILLED.finditer(folded(stem)))
        if not filled or GAP.search(FILLED.sub("", folded(stem))):
            raise no_key()
        keys = [_alternatives(_inner(stem, one)) for one in filled]
        return _written(stem, [one.span() for one in filled], keys)
    keys = [_alternatives(part) for part in _parts("\n".join(answers), len(places))]
    return _written(stem, [one.span() for one in places], keys)


def has_gaps(stem: str) -> bool:
    """Whether a stem has a place to fill in."""
    return bool(GAP.search(folded(stem)))


def words(answers: Sequence[str]) -> list[list[str]]:
    """The wordings of each required element of an answer to a stem without gaps."""
    text = "\n".join(answers)
    parts = [part for part in re.split(r"[;；\n]", text) if part.strip()]
    found = [_alternatives(ORDER.sub("", folded_head(part))) for part in parts]
    if not found or not all(found):
        raise no_key()
    return found


def folded_head(text: str) -> str:
    """A text whose number, if it has one, is half-width."""
    return folded(text[:8]) + text[8:]


def _inner(stem: str, found: re.Match[str]) -> str:
    name = found.lastgroup or "black"
    return stem[found.start(name) : found.end(name)]


def _parts(text: str, count: int) -> list[str]:
    """The answer cut into so many parts.

    Raises:
        Trouble: it has more or fewer.
    """
    plain = folded(text)
    for order in (ORDER, CIRCLE):
        marks = list(order.finditer(plain))
        if len(marks) == count and count and not plain[: marks[0].start()].strip():
            ends = [*(mark.start() for mark in marks[1:]), len(text)]
            return [
                text[mark.end() : end].strip().rstrip("；;，,。、")
                for mark, end in zip(marks, ends, strict=True)
            ]
    whole = one_line(text).rstrip("。；;")
    if count == 1 and not re.search("[;；]", whole):
        return [whole]
    if count > 1:
        for separator in SEPARATORS:
            cuts = [0, *(place for one in re.finditer(separator, plain) for place in one.span())]
            cuts.append(len(text))
            parts = [text[a:b].strip() for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
            parts = [part.rstrip("。；;") for part in parts if part.strip("。；; ")]
            if len(parts) == count:
                return parts
    raise Trouble(
        _("The stem has {gaps} gaps, but the key “{text}” does not have as many parts.").format(
            gaps=count, text=whole[:40]
        ),
        _("Part the answers with “；”, one for each gap, in their order."),
    )


def _alternatives(text: str) -> list[str]:
    """Texts of which each is right: parted by `/`, `|` or 或."""
    plain = text.replace("｜", "|").replace("／", "/")
    found: list[str] = []
    for part in OTHER.split(plain):
        found += [part] if _is_one_word(part) else part.split("/")
    tidy = [one_line(part).strip() for part in found]
    return list(dict.fromkeys(part for part in tidy if part))


def _is_one_word(text: str) -> bool:
    """Whether slashes are part of a text: 24/7, km/h and TCP/IP are no choices."""
    pieces = [piece.strip() for piece in text.split("/")]
    is_number = all(piece.isdigit() for piece in pieces)
    return (text.isascii() and (is_number or max(map(len, pieces)) <= 3)) or not all(pieces)


def _written(stem: str, spans: Sequence[tuple[int, int]], keys: Sequence[Sequence[str]]) -> str:
    text, end = "", 0
    for (start, stop), right in zip(spans, keys, strict=True):
        if (
            not right
            or any(sign in one for one in right for sign in "{}|;")
            or any(one.startswith("=") for one in right)
        ):
            raise Trouble(
                _("The answer “{text}” cannot fill a gap.").format(text=" / ".join(right)[:40]),
                _("Write it without braces, “|”, “;” and “=” at its begin."),
            )
        text += stem[end:start] + PLACE
        end = stop
    text = plain_markdown((text + stem[end:]).replace("{{", "{ {").replace("}}", "} }"))
    for right in keys:
        text = text.replace(PLACE, "{{" + "|".join(right) + "}}", 1)
    return text
