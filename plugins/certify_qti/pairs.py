"""Match and associate interactions."""

from collections import Counter
from collections.abc import Mapping, Sequence

from certify.api import BLOCK_WORDS, _, safe_xml
from certify_qti.answers import Answers, unknown_key
from certify_qti.choices import offered
from certify_qti.draft import Draft
from certify_qti.response import Response, Unfit, one_line

Pair = tuple[str, str]


def read_match(draft: Draft, interaction: safe_xml.Element) -> Answers:
    """`matching`; the set in which every line has one partner stands on the left."""
    sets = [offered(draft, one, "simpleassociablechoice") for one in _sets(interaction)]
    if len(sets) != 2:
        raise _unpaired()
    left, right = sets
    pairs = _pairs(draft.response(interaction), left, right)
    if not _is_complete(pairs, left):
        left, right = right, left
        pairs = [(two, one) for one, two in pairs]
    if not _is_complete(pairs, left):
        raise _unpaired()
    given = interaction.attributes
    heads = [one_line(given.get(name, "")) for name in ("datalefthead", "datarighthead")]
    own = BLOCK_WORDS[draft.language].pair_heads  # QTI does not say what columns are called
    return _rows(heads if all(heads) else own, pairs, left, right)


def read_associate(draft: Draft, interaction: safe_xml.Element) -> Answers:
    """`matching`, where the file has one list: what each pair names first stands on the left."""
    choices = offered(draft, interaction, "simpleassociablechoice")
    pairs = _pairs(draft.response(interaction), choices, choices)
    counts = Counter(one for pair in pairs for one in pair)
    if not pairs or max(counts.values()) > 1:
        raise _unpaired()
    draft.lose(interaction, _("Pairs from one list became two columns, which helps the candidate."))
    left = {one: choices[one] for one, _two in pairs}
    right = {one: text for one, text in choices.items() if one not in left}
    return _rows(BLOCK_WORDS[draft.language].pair_heads, pairs, left, right)


def _sets(interaction: safe_xml.Element) -> Sequence[safe_xml.Element]:
    return [one for one in interaction.children if one.tag == "simplematchset"]


def _pairs(response: Response, left: Mapping[str, str], right: Mapping[str, str]) -> list[Pair]:
    """The pairs of the key, each with its left one first.

    Raises:
        Unfit: a pair names what is not there.
    """
    found = []
    for pair in dict.fromkeys(response.key()):
        one, _blank, two = pair.partition(" ")
        if one in left and two in right:
            found.append((one, two))
        elif two in left and one in right:
            found.append((two, one))
        else:
            raise unknown_key(pair)
    return found


def _is_complete(pairs: Sequence[Pair], left: Mapping[str, str]) -> bool:
    """Whether every line on the left has exactly one partner."""
    return Counter(one for one, _two in pairs) == Counter(list(left))


def _rows(
    heads: Sequence[str],
    pairs: Sequence[Pair],
    left: Mapping[str, str],
    right: Mapping[str, str],
) -> Answers:
    partner = dict(pairs)
    rows = [(left[one], right[partner[one]]) for one in left]
    rows += [("", text) for one, text in right.items() if one not in partner.values()]
    return Answers("matching", "rows", rows=[tuple(heads), *rows])


def _unpaired() -> Unfit:
    return Unfit(
        _("Not every line has one partner, which a matching needs."),
        _("Make a multiple choice of it, or split it, in the program it comes from."),
    )
