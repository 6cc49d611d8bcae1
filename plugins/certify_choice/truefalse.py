"""`truefalse`: the stem is a statement that is right or wrong."""

from collections.abc import Mapping, Sequence

from certify.api import N_, ContentError, ItemBlock, _
from certify_choice.choice import NUMBER, ChoiceContent
from certify_choice.single import SingleChoice

TRUE = {"zh": "正确", "en": "True"}
FALSE = {"zh": "错误", "en": "False"}


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
        for name, block in blocks.items():
            if not block.stem:
                raise ContentError(_("The stem is missing ({language}).").format(language=name))
        return ChoiceContent(
            stem={name: block.stem for name, block in blocks.items()},
            options={"t": TRUE, "f": FALSE},
            key=("t" if marks[0] else "f",),
            explanation={name: block.explanation for name, block in blocks.items()},
        )

    def order(self, content: ChoiceContent, seed: str) -> Sequence[str]:
        return ("t", "f")

    def asks_number(self, content: ChoiceContent) -> bool:
        return any(NUMBER.search(stem) for stem in content.stem.values())
