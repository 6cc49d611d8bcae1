"""Every type of question that Moodle knows becomes an item, or is refused by name."""

import pytest

from certify.api import BankItem, NotTaken, fold
from certify.hooks import registry
from tests.plugins.moodle_files import (
    CHOICE,
    answer,
    item,
    question,
    quiz,
    read,
    refused,
    said,
    serious,
    written,
)

TYPES = registry.load().question_types


def judged(found: BankItem) -> object:
    """The content that the question type makes of an item."""
    return TYPES[found.type].from_markdown({"en": found.block})


def test_a_choice_with_one_right_answer() -> None:
    found = item(CHOICE)

    assert (found.type, found.name, found.source_type) == ("single", "Q", "multichoice")
    assert found.place == "3:1"
    assert found.block.stem == "What?"
    assert found.block.options == (("a", True), ("b", False), ("c", False))
    assert found.losses == ()


def test_a_choice_with_several_right_answers() -> None:
    answers = answer("a", "33.33333") + answer("b", "66.66667") + answer("c", -50)

    found = item(question("multichoice", f"<single>false</single>{answers}"))

    assert found.type == "multiple"
    assert found.block.options == (("a", True), ("b", True), ("c", False))
    assert serious(found) == [False, False]


def test_right_options_of_a_plugin_each_have_100_per_cent() -> None:
    answers = answer("a", 100) + answer("b", 100) + answer("c")

    assert item(question("oumultiresponse", answers)).type == "multiple"


@pytest.mark.parametrize(
    "answers",
    [
        answer("a", 50) + answer("b", 50) + answer("c"),
        answer("a") + answer("b"),
        answer("a", 100) + answer("b", 100) + answer("c"),
        answer("a", 100),
        "",
    ],
)
def test_a_choice_whose_key_is_not_clear_is_refused(answers: str) -> None:
    found = refused(question("multichoice", f"<single>1</single>{answers}"))

    assert found.kind == "rejected"
    assert found.reason
    assert found.mend


def test_feedback_becomes_the_explanation() -> None:
    body = (
        "<generalfeedback format='html'><text>&lt;p&gt;See &lt;b&gt;CS-003&lt;/b&gt;&lt;/p&gt;"
        f"</text></generalfeedback>{answer('a', 100, said('Yes'))}{answer('b', 0, said('No'))}"
    )

    assert item(question("multichoice", body + answer("c"))).block.explanation == (
        "See **CS-003**\n\n“a”: Yes\n\n“b”: No"
    )


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("True", "False")), ("zh", ("正确", "错误"))]
)
def test_true_or_false_in_the_words_of_the_bank(language: str, words: tuple[str, str]) -> None:
    found = item(question("truefalse", answer("false", 0) + answer("true", 100)), language)

    assert found.type == "truefalse"
    assert found.block.options == ((words[0], True), (words[1], False))


def test_true_or_false_in_a_foreign_language_is_to_be_looked_at() -> None:
    found = item(question("truefalse", answer("Wahr", 0) + answer("Falsch", 100)))

    assert found.block.options == (("True", False), ("False", True))
    assert serious(found) == [True]


def test_a_short_answer_is_a_gap_that_takes_the_whole_reply() -> None:
    body = answer("Paris", 100) + answer("paris", 100) + answer("Lut*", 0) + answer("Lyon", 50)

    found = item(question("shortanswer", f"<usecase>1</usecase>{body}"))

    assert (found.type, found.block.stem) == ("cloze", "What?\n\n{{Paris}}")
    assert serious(found) == [False, False]
    judged(found)


def test_short_answers_between_asterisks_are_words_that_a_reply_holds() -> None:
    found = item(question("shortanswer", answer("*fire*", 100) + answer("*smoke*", 100)))

    assert (found.type, found.block.lines) == ("text", ("= fire | smoke",))
    judged(found)


@pytest.mark.parametrize("pattern", ["*", "a*b", "?!", "a|b"])
def test_a_short_answer_that_no_gap_can_hold_is_refused(pattern: str) -> None:
    assert refused(question("shortanswer", answer(pattern, 100))).mend


def test_signs_that_mean_something_in_a_gap_are_changed() -> None:
    found = item(question("shortanswer", answer("{a}; =b", 100) + answer("=c", 100)))

    assert found.block.stem == "What?\n\n{{（a）, =b|＝c}}"
    judged(found)


def test_html_and_code_in_an_answer_do_not_become_a_part_of_the_stem() -> None:
    pattern = "&lt;br&gt; `a` [x](y) \\n"
    found = item(question("shortanswer", answer(pattern, 100)))

    assert found.block.stem == "What?\n\n{{＜br> ｀a｀ [x］(y) ＼n}}"
    assert fold("＜br> ｀a｀ [x］(y) ＼n") == fold("<br> `a` [x](y) \\n")
    (again,) = read(written([found])[0])
    assert isinstance(again, BankItem)
    assert again.block == found.block


def number(text: str, tolerance: str = "0", fraction: int = 100) -> str:
    return answer(text, fraction, f"<tolerance>{tolerance}</tolerance>")


def unit(name: str, factor: str) -> str:
    return f"<unit><multiplier>{factor}</multiplier><unit_name>{name}</unit_name></unit>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (number("24"), ("= 24",)),
        (number("3.140", "0.01"), ("= 3.14 ± 0.01",)),
        (number("-5", "1e-3"), ("= -5 ± 0.001",)),
        (number("1,5", "0"), ("= 1.5",)),
        (number("5", "0.1") + number("5", "0.5") + number("*", "0", 0), ("= 5 ± 0.5",)),
        (
            f"{number('24', '1')}<units>{unit('h', '1')}{unit('hours', '1.0')}"
            f"{unit('d', '0.0416667')}</units>",
            ("= 24 ± 1 h | hours", "= 1 ± 0.041666667 d"),
        ),
        (f"{number('24')}<showunits>3</showunits><units>{unit('h', '1')}</units>", ("= 24",)),
    ],
)
def test_numbers_with_tolerance_and_units(body: str, lines: tuple[str, ...]) -> None:
    found = item(question("numerical", body))

    assert (found.type, found.block.lines) == ("numeric", lines)
    judged(found)


@pytest.mark.parametrize(
    "body", [number("2") + number("-2"), number("two"), number("1e40"), number("*"), ""]
)
def test_a_number_that_the_bank_cannot_hold_is_refused(body: str) -> None:
    assert refused(question("numerical", body)).reason


def pair(left: str, right: str) -> str:
    text = f"<text><![CDATA[{left}]]></text>"
    return f'<subquestion format="html">{text}{answer(right)}</subquestion>'


@pytest.mark.parametrize("kind", ["matching", "ddmatch"])
def test_matching_keeps_the_partners_that_are_too_many(kind: str) -> None:
    pairs = pair("<p>dog</p>", "barks") + pair("cat", "mews") + pair("", "moos")

    found = item(question(kind, pairs))

    assert found.type == "matching"
    assert found.block.rows[1:] == (("dog", "barks"), ("cat", "mews"), ("", "moos"))
    judged(found)


def test_a_matching_without_a_partner_is_refused() -> None:
    assert refused(question("matching", pair("a", "1") + pair("b", ""))).mend


def test_an_ordering_is_read_by_its_places() -> None:
    body = answer("b", "2.0000000") + answer("c", "3.0") + answer("a", "1.0")

    found = item(question("ordering", body))

    assert found.block.options == (("a", None), ("b", None), ("c", None))
    judged(found)


def test_an_essay_takes_its_rubric_from_a_table_for_markers() -> None:
    table = (
        "<table><tr><th>What</th><th>Points</th></tr><tr><td>Greets</td><td>2.5</td></tr></table>"
    )
    info = f'<graderinfo format="html"><text><![CDATA[<p>Mind:</p>{table}]]></text></graderinfo>'

    found = item(question("essay", info))

    assert found.block.rows == (("What", "Points"), ("Greets", "2.5"))
    assert found.block.explanation == "Mind:"
    assert found.losses == ()
    judged(found)


def test_an_essay_without_a_rubric_is_to_be_looked_at() -> None:
    found = item(question("essay", "<responsetemplate><text>Dear</text></responsetemplate>"))

    assert len(found.block.rows) == 2
    assert serious(found) == [True, False]
    judged(found)


@pytest.mark.parametrize(
    "kind",
    [
        *("calculated", "calculatedsimple", "calculatedmulti", "ddimageortext", "ddmarker"),
        *("random", "randomsamatch", "stack", "coderunner", "no such type"),
    ],
)
def test_other_types_are_refused_by_name(kind: str) -> None:
    found = refused(question(kind, answer("a", 100)))

    assert found.kind == "rejected"
    assert kind in found.reason
    assert found.mend
    assert found.source_type == kind


def test_texts_and_categories_are_no_questions() -> None:
    category = (
        '<question type="category"><category><text>$course$/top/A//B</text></category></question>'
    )

    found, skipped = read(quiz(category, CHOICE, question("description", "")))

    assert isinstance(found, BankItem)
    assert found.topic == "A/B"
    assert isinstance(skipped, NotTaken)
    assert skipped.kind == "skipped"
