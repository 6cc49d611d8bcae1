"""Items with fields to fill in, as QTI 3.0: numbers, short texts and gaps."""

import re
from collections.abc import Sequence

from certify.api import ItemBlock, _
from certify_qti.markup import mark
from certify_qti.response import Unfit
from certify_qti.xhtml import attribute, text, xhtml
from certify_qti.xml_parts import Parts, declared, names, rules, value, when

_GAP = re.compile(r"\{\{([^{}]*)\}\}")
_NUMBER = re.compile(r"=\s*([+-]?[0-9.]+)\s*(?:±\s*([0-9.]+))?\s*(.*)")
_BAR = re.compile(r"[|｜]")


def numeric_xml(block: ItemBlock) -> Parts:
    """A number with its tolerance; the unit stands behind the field.

    Raises:
        Unfit: several numbers are right, each in its unit.
    """
    found = [_NUMBER.fullmatch(line) for line in block.lines]
    if len(found) != 1 or found[0] is None:
        raise Unfit(
            _("QTI holds one number with one unit, not several."), _("Export it as Markdown.")
        )
    number, tolerance, units = found[0].groups()
    shown = _BAR.split(units)[0].strip()
    held = f" data-units={attribute(units)}" if units else ""
    mode = f'"absolute" tolerance="{tolerance} {tolerance}"' if tolerance else '"exact"'
    return Parts(
        declared("RESPONSE", "single", "float", [number]),
        f'{xhtml(block.stem)}<p><qti-text-entry-interaction response-identifier="RESPONSE"{held}/>'
        f" {text(shown)}</p>",
        rules(
            when(
                f"<qti-equal tolerance-mode={mode}>"
                '<qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/>'
                "</qti-equal>",
                value("1"),
            )
        ),
    )


def text_xml(block: ItemBlock) -> Parts:
    """Words that are looked for as ours are: a point each, and none where a forbidden one is."""
    required = [_words(line) for line in block.lines if line.startswith("=")]
    forbidden = [_words(line) for line in block.lines if line.startswith("!")]
    add = f'<qti-sum><qti-variable identifier="SCORE"/>{value("1")}</qti-sum>'
    conditions = [when(_any_of(words), add) for words in required]
    conditions += [when(_any_of(words), value("0")) for words in forbidden]
    return Parts(
        declared("RESPONSE", "single", "string", [", ".join(words[0] for words in required)]),
        f"{xhtml(block.stem)}<p>"
        '<qti-text-entry-interaction response-identifier="RESPONSE" data-asks="words"/></p>',
        rules(*conditions),
        len(required),
    )


def cloze_xml(block: ItemBlock) -> Parts:
    """A text with gaps, each worth a point."""
    gaps: list[str] = []

    def marked(found: re.Match[str]) -> str:
        gaps.append(found[1])
        return mark(len(gaps) - 1)

    body = xhtml(_GAP.sub(marked, block.stem))
    declarations, maps = [], []
    for number, gap in enumerate(gaps):
        name = f"RESPONSE_{number + 1}"
        texts = [part.strip() for part in _BAR.split(gap) if part.strip()]
        declaration, interaction = _gap(name, texts)
        declarations.append(declaration)
        maps.append(f'<qti-map-response identifier="{name}"/>')
        body = body.replace(mark(number), interaction)
    score = f"<qti-sum>{''.join(maps)}</qti-sum>"
    outcome = f'<qti-set-outcome-value identifier="SCORE">{score}</qti-set-outcome-value>'
    return Parts("\n".join(declarations), body, rules(outcome), len(gaps))


def _gap(name: str, texts: Sequence[str]) -> tuple[str, str]:
    """The declaration and the interaction of one gap."""
    right = [number for number, one in enumerate(texts) if one.startswith("=")]
    if not right:
        typed = f'<qti-text-entry-interaction response-identifier="{name}"/>'
        return declared(name, "single", "string", texts[:1], texts), typed
    named = list(zip(names("choice"), texts, strict=False))
    key = [named[right[0]][0]]
    choices = "".join(
        f'<qti-inline-choice identifier="{one}">{text(option.removeprefix("=").strip())}'
        "</qti-inline-choice>"
        for one, option in named
    )
    chosen = (
        f'<qti-inline-choice-interaction response-identifier="{name}" shuffle="true">{choices}'
        "</qti-inline-choice-interaction>"
    )
    return declared(name, "single", "identifier", key, key), chosen


def _any_of(words: Sequence[str]) -> str:
    found = "".join(
        f'<qti-substring case-sensitive="false"><qti-base-value base-type="string">{text(word)}'
        '</qti-base-value><qti-variable identifier="RESPONSE"/></qti-substring>'
        for word in words
    )
    return f"<qti-or>{found}</qti-or>"


def _words(line: str) -> Sequence[str]:
    return [part.strip() for part in _BAR.split(line[1:]) if part.strip()]
