"""Questions inside a text, of all kinds that Moodle knows, become gaps."""

import pytest

from certify.api import BankItem
from certify.hooks import registry
from tests.plugins.moodle_files import item, question, refused, serious

TYPES = registry.load().question_types


def judged(found: BankItem) -> object:
    """The content that the question type makes of an item."""
    return TYPES[found.type].from_markdown({"en": found.block})


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("A {1:SHORTANSWER:=Paris#good~%50%Lyon~*#no} b", "A {{Paris}} b"),
        ("A {1:SA:%100%x~=y}", "A {{x|y}}"),
        ("{:MW:=x}", "{{x}}"),
        ("{1:SAC:=x}", "{{x}}"),
        ("{1:MULTICHOICE:a~=b&#39;s#f\\~g~c}", "{{a|=b's|c}}"),
        ("{2:MCV:%0%a~%100%b}", "{{a|=b}}"),
        ("{1:MULTICHOICE_HS:a~=b}", "{{a|=b}}"),
        ("{1:MR:%100%a~b}", "{{=a|b}}"),
        ("{1:NM:=24:0} h, {1:SA:=a\\}b\\#\\~\\/}", "{{24}} h, {{a）b#~/}}"),
        ("<p>{1:SA:=a<br>}</p><table><tr><td>x</td><td>{1:SA:=b}</td></tr></table>",
         "{{a}}\n\nx │ {{b}}"),
        ("1) {1:SA:=a}<br>{not a gap} {{x}} {1:SA:=b}",
         "1\\) {{a}}\\\n{not a gap} \\{\\{x\\}\\} {{b}}"),
    ],
)  # fmt: skip
def test_questions_inside_a_text_become_gaps(text: str, stem: str) -> None:
    found = item(question("cloze", "", text))

    assert (found.type, found.block.stem) == ("cloze", stem)
    judged(found)


def test_one_number_with_a_tolerance_inside_a_text_becomes_a_numeric() -> None:
    found = item(question("cloze", "", "It is {1:NUMERICAL:=3.14:0.01#yes} or so"))

    assert (found.type, found.block.lines) == ("numeric", ("= 3.14 ± 0.01",))
    assert found.block.stem == "It is ＿＿ or so"


def test_a_tolerance_inside_a_text_of_several_gaps_is_to_be_looked_at() -> None:
    found = item(question("cloze", "", "{1:NUMERICAL:=14:0.1#} and {1:NUMERICAL:%100%-2:0#}"))

    assert found.block.stem == "{{14}} and {{-2}}"
    assert serious(found) == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "no gap",
        "{1:MULTICHOICE}",
        "{1:MULTICHOICE:=Apple}",
        "{1:MULTICHOICE:Pear~%50%Apple}",
        "{1:MULTIRESPONSE:=a~=b~c}",
        "{1:SA:=*}",
        "{1:SA:=a",
    ],
)
def test_a_text_whose_gaps_cannot_be_read_is_refused(text: str) -> None:
    assert refused(question("cloze", "", text)).mend


@pytest.mark.parametrize(("kind", "tag"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_words_to_be_chosen_for_gaps(kind: str, tag: str) -> None:
    def box(text: str, group: int) -> str:
        return f"<{tag}><text>{text}</text><group>{group}</group></{tag}>"

    boxes = box("cat", 1) + box("mat", 2) + box("dog", 1) + box("hat", 2)

    found = item(question(kind, boxes, "The [[1]] on the [[2]]."))

    assert found.block.stem == "The {{=cat|dog}} on the {{=mat|hat}}."
    judged(found)
    assert refused(question(kind, boxes, "The [[9]]")).reason
    assert refused(question(kind, boxes, "The cat")).reason


@pytest.mark.parametrize("gap", ["{3:NUMERICAL:=zero}", "{1:NM:=4:1~=five}", "{1:NM:=}"])
def test_a_gap_for_a_number_without_one_is_refused(gap: str) -> None:
    assert refused(question("cloze", "", f"A grade: {gap} {{1:SA:=x}}")).kind == "rejected"
