"""Choice and order interactions."""

from collections.abc import Mapping, Sequence

from certify.api import BLOCK_WORDS, _, fold, safe_xml
from certify_qti.answers import Answers, unclear_key, unknown_key
from certify_qti.draft import Draft
from certify_qti.markup import is_html
from certify_qti.response import Response, Unfit

_TRUE = """
    true right correct t richtig wahr vrai verdadero vero verdadeiro waar juist goed sant sann
    верно правда prawda 正确 对 √ ✓ ✔ 正しい
"""
_FALSE = """
    false wrong incorrect f falsch unwahr faux falso onwaar onjuist fout usant osann неверно ложь
    fałsz 错误 不正确 错 × ✗ ✘ 間違い
"""
_IS_TRUE, _IS_FALSE = frozenset(_TRUE.split()), frozenset(_FALSE.split())


def read_choice(draft: Draft, interaction: safe_xml.Element) -> Answers:
    """`single`, `multiple` or `truefalse`."""
    options = offered(draft, interaction, "simplechoice")
    response = draft.response(interaction)
    right = right_choices(response, options)
    if response.correct and set(response.paid) - set(right):
        draft.lose(interaction, _("It pays for answers that are not its key."), is_serious=True)
    marked = [(text, identifier in right) for identifier, text in options.items()]
    if len(right) > 1:
        return Answers("multiple", "options", marked)
    if response.cardinality != "single":
        draft.lose(interaction, _("Several answers could be chosen, though one alone is right."))
    if len(marked) == 2 and (ordered := _true_first(marked)):
        names = BLOCK_WORDS[draft.language].truth
        marked = [(name, mark) for name, (_text, mark) in zip(names, ordered, strict=True)]
        return Answers("truefalse", "options", marked)
    return Answers("single", "options", marked)


def read_order(draft: Draft, interaction: safe_xml.Element) -> Answers:
    """`ordering`: all lines in their right order."""
    options = offered(draft, interaction, "simplechoice")
    order = draft.response(interaction).key()
    if set(order) - set(options):
        raise unknown_key(min(set(order) - set(options)))
    if sorted(order) != sorted(options):
        raise Unfit(
            _("Its key puts some of the lines in order, not all of them once."),
            _("Take the other lines out in the program it comes from, and export it again."),
        )
    return Answers("ordering", "options", [(options[one], None) for one in order])


def offered(draft: Draft, interaction: safe_xml.Element, name: str) -> dict[str, str]:
    """Identifier → text of the choices of an interaction.

    Raises:
        Unfit: there are none, two have one identifier, or one is shown only now and then.
    """
    choices = interaction.all(name)
    found = {choice.attributes.get("identifier", "").strip(): choice for choice in choices}
    if len(found) != len(choices) or not found:
        raise Unfit(
            _("Its answers have no identifiers, or two of them the same."),
            _("Export it again, or mend the file."),
        )
    if any("templateidentifier" in choice.attributes for choice in choices):
        raise computed()
    # Of a question about HTML the answers have different tags, so there the tags are the text.
    all_html = all(map(is_html, choices))
    return {
        identifier: draft.line(choice, is_html=all_html) for identifier, choice in found.items()
    }


def computed() -> Unfit:
    """Why a question cannot be taken that is made anew for each candidate."""
    return Unfit(
        _("It is computed anew for each candidate, so it has no text and key of its own."),
        _("Make one question of it with fixed numbers in the program it comes from."),
    )


def right_choices(response: Response, options: Mapping[str, str]) -> Sequence[str]:
    """The identifiers that are right.

    Raises:
        Unfit: the key is not certain.
    """
    right = tuple(dict.fromkeys(response.key()))
    if unknown := set(right) - set(options):
        raise unknown_key(min(unknown))
    if response.cardinality == "single" and len(right) > 1:
        best = response.points.get(right[0], 0)
        if response.correct or response.points.get(right[1], 0) == best:
            raise unclear_key()
        return right[:1]
    return right


def _true_first(
    marked: Sequence[tuple[str, bool]],
) -> Sequence[tuple[str, bool]]:
    """The two options, the one that means “true” first; empty where they mean something else."""
    one, two = (fold(text) for text, _mark in marked)
    if one in _IS_TRUE and two in _IS_FALSE:
        return marked
    return marked[::-1] if two in _IS_TRUE and one in _IS_FALSE else ()
