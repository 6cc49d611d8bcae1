"""Texts with gaps: text entry, inline choice, gap match, and several single choices in one item."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from certify.api import _, fold, safe_xml
from certify_qti.answers import Answers, unclear_key, unknown_key
from certify_qti.choices import offered, right_choices
from certify_qti.draft import Draft
from certify_qti.numbers import is_tolerant
from certify_qti.response import Response, Unfit, decimal

CHOICES = {
    "choiceinteraction": "simplechoice",
    "inlinechoiceinteraction": "inlinechoice",
}
GAPPED = (*CHOICES, "textentryinteraction", "gapmatchinteraction")
"""Interactions of which several make one cloze."""
MOST = 50
"""Gaps of an item that are read; how many it may have says its question type."""
_TYPED = str.maketrans({"{": "（", "}": "）", ";": ","})
"""Marks that mean nothing in an answer, in place of those that mean something in a gap."""
_SHOWN = str.maketrans({"{": "｛", "}": "｝", "|": "∣", "｜": "∣"})


def read_gaps(draft: Draft, interactions: Sequence[safe_xml.Element]) -> Answers:
    """`cloze`; several single choices in one item are gaps below their prompts."""
    gaps: dict[int, str] = {}
    if len(interactions) > MOST:
        raise Unfit(
            _("It has more than {count} gaps.").format(count=MOST),
            _("Split it into several questions in the program it comes from."),
        )
    for interaction in interactions:
        if interaction.tag == "textentryinteraction":
            gaps[id(interaction)] = _typed(draft, interaction)
        elif interaction.tag == "gapmatchinteraction":
            gaps.update(_matched(draft, interaction))
        else:
            options = offered(draft, interaction, CHOICES[interaction.tag])
            right = right_choices(draft.response(interaction), options)
            if len(right) > 1:
                raise unclear_key()
            gaps[id(interaction)] = _chosen(options, right[0])
    return Answers("cloze", "stem", gaps=gaps)


def _typed(draft: Draft, interaction: safe_xml.Element) -> str:
    """The texts that are right, however the file gives them."""
    response = draft.response(interaction)
    if response.is_number:
        texts = _numbers(draft, interaction, response)
    else:
        texts = [*response.key(), *response.paid]
    if response.weighs():
        draft.lose(interaction, _("Half-right answers count as right."), is_serious=True)
    found: dict[str, str] = {}
    for text in texts:
        if folded := fold(text):
            found.setdefault(folded, text.translate(_TYPED))
    kept = [_without_sign(text) for text in found.values() if not {"|", "｜"} & set(text)]
    if len(kept) < len(found):
        draft.lose(interaction, _("An answer with “|” is left out of a gap."), is_serious=True)
    if not kept:
        raise Unfit(
            _("No right answer of a gap has a letter or digit, or it holds “|”."),
            _("Make a choice of it in the program it comes from."),
        )
    return "|".join(kept)


def _numbers(draft: Draft, interaction: safe_xml.Element, response: Response) -> Sequence[str]:
    """A number as people write it and as the file does."""
    texts = []
    for text in response.key():
        if (number := decimal(text)) is None:
            raise unclear_key()
        texts += [_short(number), text]
    if is_tolerant(draft, response):
        draft.lose(
            interaction, _("A gap takes the exact number; the tolerance is lost."), is_serious=True
        )
    return texts


def _short(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _matched(draft: Draft, interaction: safe_xml.Element) -> dict[int, str]:
    """A gap for each of a gap match, all its texts to choose from."""
    if any(element.tag == "gapimg" for element in interaction.within()):
        raise Unfit(
            _("Its answers are pictures."),
            _("Write them as text in the program it comes from, and export it again."),
        )
    options = offered(draft, interaction, "gaptext")
    gaps = {
        element.attributes.get("identifier", "").strip(): element
        for element in interaction.within()
        if element.tag == "gap"
    }
    right: dict[str, str] = {}
    for pair in dict.fromkeys(draft.response(interaction).key()):
        text, _blank, gap = pair.partition(" ")
        text, gap = (gap, text) if text in gaps else (text, gap)
        if text not in options or gap not in gaps:
            raise unknown_key(pair)
        if gap in right:
            raise unclear_key()
        right[gap] = text
    if set(right) != set(gaps):
        raise unclear_key()
    return {id(element): _chosen(options, right[name]) for name, element in gaps.items()}


def _chosen(options: Mapping[str, str], right: str) -> str:
    return "|".join(
        f"{'=' if identifier == right else ''}{_without_sign(text.translate(_SHOWN))}"
        for identifier, text in options.items()
    )


def _without_sign(text: str) -> str:
    """A sign at its beginning would make it a right choice; the wide one reads the same."""
    return f"＝{text[1:]}" if text.startswith("=") else text
