"""`truefalse`: the stem is a statement that is right or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from certify.api import (
    BLOCK_WORDS,
    N_,
    ContentError,
    ItemBlock,
    _,
    names_number,
    stem_and_explanation,
)
from certify_choice.choice import ChoiceContent
from certify_choice.single import SingleChoice

TRUE, FALSE = (
    {language: words.truth[place] for language, words in BLOCK_WORDS.items()} for place in (0, 1)
)


class TrueFalse(SingleChoice):
    """Two fixed options in a fixed order."""

    name = "truefalse"
    label = N_("True or false")

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ChoiceContent:
        language, own = next(iter(blocks.items()))
        texts = [text for text, _mark in own.options]
        marks = [mark for _text, mark in own.options]
        if texts != [TRUE[language], FALSE[language]] or sorted(map(bool, marks)) != [False, True]:
            raise ContentError(
                _(
                    "Give exactly the lines “- [x] {true}” and “- [ ] {false}”, one of them marked."
                ).format(true=TRUE[language], false=FALSE[language])
            )
        return ChoiceContent(
            options={"t": TRUE, "f": FALSE},
            key=("t" if marks[0] else "f",),
            **stem_and_explanation(blocks),
        )

    def to_markdown(
        self, content: ChoiceContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        block = super().to_markdown(content, language, with_key=with_key)
        return block if with_key else replace(block, options=())

    def order(self, content: ChoiceContent, seed: str) -> Sequence[str]:
        return ("t", "f")

    def asks_number(self, content: ChoiceContent) -> bool:
        return names_number(content.stem.values())
