"""Items of QTI 2 and 3 become items of the bank, or are rejected by name (R-ASM-13)."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certify.api import BadInput, BankFile, BankItem, Entry, NotTaken, _
from certify.hooks import registry
from certify_qti.qti_format import QtiFormat

FORMAT = QtiFormat()
TYPES = registry.load().question_types
ABC = '<simpleChoice identifier="a">一</simpleChoice><simpleChoice identifier="b">二</simpleChoice>'


def read(xml: str | bytes, language: str = "zh") -> list[Entry]:
    data = xml.encode() if isinstance(xml, str) else xml
    file = BankFile("q.xml", data)
    assert FORMAT.recognises(file)
    return list(FORMAT.read(file, language))


def item(xml: str, language: str = "zh") -> BankItem:
    """The only entry of a file; its block is one that its question type takes."""
    (entry,) = read(xml, language)
    assert isinstance(entry, BankItem), entry
    TYPES[entry.type].from_markdown({language: entry.block})
    return entry


def rejected(xml: str) -> NotTaken:
    (entry,) = read(xml)
    assert isinstance(entry, NotTaken), entry
    assert entry.kind == "rejected"
    assert entry.mend
    return entry


def losses(entry: BankItem) -> dict[str, bool]:
    return {loss.message: loss.is_serious for loss in entry.losses}


def qti2(body: str, responses: str = "", rest: str = "", given: str = "") -> str:
    """An item of QTI 2."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q1"'
        f' title="投诉时限" adaptive="false" timeDependent="false"{given}>\n'
        f"{responses}<itemBody>{body}</itemBody>{rest}</assessmentItem>"
    )


def response(
    *correct: str, cardinality: str = "single", base: str = "identifier", mapping: str = ""
) -> str:
    values = "".join(f"<value>{value}</value>" for value in correct)
    return (
        f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
    )


def mapping(**points: float) -> str:
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in points.items()
    )
    return f'<mapping defaultValue="0">{entries}</mapping>'


def choice(options: str = ABC, most: int = 1) -> str:
    return (
        f'<choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="{most}">'
        f"<prompt>最迟多久？</prompt>{options}</choiceInteraction>"
    )


THREE = ABC + '<simpleChoice identifier="c">三</simpleChoice>'
FIELD = '<textEntryInteraction responseIdentifier="R"/>'


def compared(with_what: str) -> str:
    """Response processing that compares the response with its key."""
    return (
        f"<responseProcessing><responseCondition><responseIf>{with_what}"
        '<variable identifier="R"/><correct identifier="R"/></equal>'
        "</responseIf></responseCondition></responseProcessing>"
    )


def test_a_choice_of_one_keeps_its_text_its_key_its_place_and_its_name() -> None:
    found = item(qti2(f"<p>依据 CS-003。</p>{choice(THREE)}", response("b")))

    assert found.type == "single"
    assert found.block.stem == "依据 CS-003。\n\n最迟多久？"
    assert found.block.options == [("一", False), ("二", True), ("三", False)]
    assert (found.place, found.name, found.source_type) == (
        "q.xml:2:1",
        "投诉时限",
        "choiceInteraction",
    )
    assert (found.losses, found.source) == ((), "")


def test_qti_3_and_mixed_spellings_read_as_qti_2_does() -> None:
    old = qti2(f"<p>题</p>{choice(THREE, 0)}", response("a", "c", cardinality="multiple"))
    new = (
        '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
        ' identifier="q1" title="投诉时限"><qti-response-declaration identifier="R"'
        ' cardinality="multiple" base-type="identifier"><qti-correct-response>'
        "<qti-value> a </qti-value><qti-value><![CDATA[c]]></qti-value></qti-correct-response>"
        "</qti-response-declaration><qti-item-body><p>题</p><qti-choice-interaction"
        ' response-identifier="R" max-choices="0"><qti-prompt>最迟多久？</qti-prompt>'
        '<qti-simple-choice identifier="a">一</qti-simple-choice>'
        '<qti-simple-choice identifier="b">二</qti-simple-choice>'
        '<qti-simple-choice identifier="c">三</qti-simple-choice>'
        "</qti-choice-interaction></qti-item-body></qti-assessment-item>"
    )
    mixed = old.replace("choiceInteraction", "qti-choice-interaction").replace(
        "responseIdentifier", "response-identifier"
    )

    blocks = [item(xml).block for xml in (old, new, mixed)]
    assert blocks[0].options == [("一", True), ("二", False), ("三", True)]
    assert blocks[0] == blocks[1] == blocks[2]
    assert {item(xml).type for xml in (old, new, mixed)} == {"multiple"}


@pytest.mark.parametrize(
    ("first", "second", "key", "is_true"),
    [
        ("True", "False", "a", True),
        ("Wrong", "Right", "a", False),
        ("错", "对", "b", True),
        ("√", "×", "b", False),
        ("Richtig", "Falsch", "a", True),
    ],
)
def test_two_options_that_mean_true_and_false_become_ours(
    first: str, second: str, key: str, is_true: bool
) -> None:
    options = (
        f'<simpleChoice identifier="a">{first}</simpleChoice>'
        f'<simpleChoice identifier="b">{second}</simpleChoice>'
    )
    found = item(qti2(choice(options), response(key)))

    assert found.type == "truefalse"
    assert found.block.options == [("正确", is_true), ("错误", not is_true)]
    assert item(qti2(choice(options), response(key)), "en").block.options[0][0] == "True"


def test_two_other_options_stay_a_choice_of_one() -> None:
    (found,) = read(qti2(choice(), response("a")))

    assert isinstance(found, BankItem)
    assert found.type == "single"


NO_KEY = "It has no key: no right answer is declared, and none earns points."
UNDECLARED = "It has no key: its response is not declared."
UNKNOWN = "Its key names “{name}”, which is none of its answers."
UNCLEAR = "Its key leaves open which answer is right."
NAMELESS = "Its answers have no identifiers, or two of them the same."


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (qti2(choice(), response()), NO_KEY),
        (qti2(choice(), response(mapping=mapping(a=0, b=-1))), NO_KEY),
        (qti2(choice()), UNDECLARED),
        (qti2(choice(), response("z")), UNKNOWN),
        (qti2(choice(THREE), response("a", "b")), UNCLEAR),
        (qti2(choice(THREE), response(mapping=mapping(a=1, b=1))), UNCLEAR),
        (qti2(choice(ABC.replace('"b"', '"a"')), response("a")), NAMELESS),
    ],
)
def test_a_key_is_never_guessed(xml: str, reason: str) -> None:
    found = rejected(xml)

    assert found.reason == _(reason).format(name="z")
    assert found.stem.startswith("最迟多久？")


def test_where_no_answer_is_declared_the_one_that_earns_most_is_the_key() -> None:
    found = item(qti2(choice(THREE), response(mapping=mapping(a=0.5, b=1, c=-1))))

    assert [mark for _text, mark in found.block.options] == [False, True, False]
    assert _("The points of single answers are left out; ours count.") in losses(found)


def test_points_for_what_is_not_the_key_are_to_be_looked_at() -> None:
    declared = response("a", "b", cardinality="multiple", mapping=mapping(a=1, c=1))
    found = item(qti2(choice(THREE, 0), declared))

    assert losses(found)[_("It pays for answers that are not its key.")]


def test_several_choices_with_one_right_answer_become_a_choice_of_one() -> None:
    found = item(qti2(choice(THREE, 0), response("c", cardinality="multiple")))

    assert found.type == "single"
    assert _("Several answers could be chosen, though one alone is right.") in losses(found)


def test_an_order_is_its_lines_in_the_order_of_the_key() -> None:
    body = (
        f'<orderInteraction responseIdentifier="R"><prompt>排序</prompt>{THREE}</orderInteraction>'
    )
    found = item(qti2(body, response("c", "a", "b", cardinality="ordered")))

    assert (found.type, found.block.options) == (
        "ordering",
        [("三", None), ("一", None), ("二", None)],
    )
    assert rejected(qti2(body, response("c", "a", cardinality="ordered"))).reason == _(
        "Its key puts some of the lines in order, not all of them once."
    )


def matched(*pairs: str, extra: str = "") -> str:
    left = "".join(
        f'<simpleAssociableChoice identifier="{name}">左{name}</simpleAssociableChoice>'
        for name in "ab"
    )
    right = "".join(
        f'<simpleAssociableChoice identifier="{name}">右{name}</simpleAssociableChoice>'
        for name in f"xy{extra}"
    )
    body = (
        '<p>题</p><matchInteraction responseIdentifier="R" maxAssociations="2"><simpleMatchSet>'
        f"{left}</simpleMatchSet><simpleMatchSet>{right}</simpleMatchSet></matchInteraction>"
    )
    return qti2(body, response(*pairs, cardinality="multiple", base="directedPair"))


def test_a_match_becomes_rows_and_a_partner_too_many_has_none() -> None:
    found = item(matched("a x", "b\n y", extra="z"))

    assert found.type == "matching"
    assert list(found.block.rows)[1:] == [("左a", "右x"), ("左b", "右y"), ("", "右z")]


def test_a_match_with_several_partners_on_one_side_is_turned_round() -> None:
    found = item(matched("a x", "a y"))

    assert list(found.block.rows)[1:] == [("右x", "左a"), ("右y", "左a"), ("", "左b")]
    assert rejected(matched("a x", "a y", "b x")).reason == _(
        "Not every line has one partner, which a matching needs."
    )


def test_pairs_from_one_list_become_two_columns() -> None:
    choices = "".join(
        f'<simpleAssociableChoice identifier="{name}">词{name}</simpleAssociableChoice>'
        for name in "abcde"
    )
    body = f'<p>题</p><associateInteraction responseIdentifier="R">{choices}</associateInteraction>'
    found = item(qti2(body, response("a d", "c b", cardinality="multiple", base="pair")))

    assert list(found.block.rows)[1:] == [("词a", "词d"), ("词c", "词b"), ("", "词e")]
    assert _("Pairs from one list became two columns, which helps the candidate.") in losses(found)


def test_a_text_entry_is_a_gap_with_every_answer_that_earns_points() -> None:
    declared = response("York", base="string", mapping=mapping(York=1, york=0.5, Gloster=1))
    found = item(qti2(f"<p>by this sun of {FIELD};<br/>And {{{{all}}}}</p>", declared))

    assert found.type == "cloze"
    assert found.block.stem == "by this sun of {{York|Gloster}};\\\nAnd \\{\\{all\\}\\}"
    assert losses(found)[_("Half-right answers count as right.")]


def test_marks_that_mean_something_in_a_gap_are_written_otherwise() -> None:
    found = item(qti2(f"<p>{FIELD}</p>", response("=f{x}; y", "a|b", base="string")))

    assert found.block.stem == "{{＝f（x）, y}}"
    assert losses(found)[_("An answer with “|” is left out of a gap.")]
    assert rejected(qti2(f"<p>{FIELD}</p>", response("?!", base="string"))).source_type == (
        "textEntryInteraction"
    )


def test_choices_within_a_text_are_gaps_too() -> None:
    body = (
        '<p>在<inlineChoiceInteraction responseIdentifier="R">'
        '<inlineChoice identifier="a">早上</inlineChoice>'
        '<inlineChoice identifier="b">晚上</inlineChoice></inlineChoiceInteraction>回访。</p>'
    )

    assert item(qti2(body, response("b"))).block.stem == "在{{早上|=晚上}}回访。"


def test_a_gap_match_offers_all_its_texts_in_every_gap() -> None:
    body = (
        '<gapMatchInteraction responseIdentifier="R"><prompt>填空</prompt>'
        '<gapText identifier="w" matchMax="1">冬</gapText><gapText identifier="s">夏</gapText>'
        '<gapText identifier="h">秋</gapText>'
        '<p>Now <gap identifier="G1"/>, then <gap identifier="G2"/>.</p></gapMatchInteraction>'
    )
    found = item(qti2(body, response("w G1", "s G2", cardinality="multiple", base="directedPair")))

    assert found.block.stem == "填空\n\nNow {{=冬|夏|秋}}, then {{冬|=夏|秋}}."
    assert rejected(
        qti2(body, response("w G1", cardinality="multiple", base="directedPair"))
    ).reason == _("Its key leaves open which answer is right.")


def test_several_questions_of_one_kind_in_one_item_are_gaps_below_each_other() -> None:
    second = response("b").replace('"R"', '"S"')
    body = choice() + choice().replace('responseIdentifier="R"', 'responseIdentifier="S"')
    found = item(qti2(body, response("a") + second))

    assert found.block.stem == "最迟多久？\n\n{{=一|二}}\n\n最迟多久？\n\n{{一|=二}}"


def test_questions_of_several_kinds_in_one_item_are_rejected_by_name() -> None:
    body = choice() + '<extendedTextInteraction responseIdentifier="E"/>'

    assert rejected(qti2(body, response("a"))).reason == _(
        "It asks several things at once: {names}."
    ).format(names="choiceInteraction, extendedTextInteraction")


@pytest.mark.parametrize(
    ("value", "processing", "line"),
    [
        ("24", "", "= 24"),
        ("24.50", compared('<equal toleranceMode="exact">'), "= 24.5"),
        ("24", compared('<equal toleranceMode="absolute" tolerance="0.5 0.5">'), "= 24 ± 0.5"),
        ("24", compared('<equal toleranceMode="absolute" tolerance="1 2">'), "= 24.5 ± 1.5"),
        ("-200", compared('<equal toleranceMode="relative" tolerance="1">'), "= -200 ± 2"),
        (
            "3.14159",
            compared('<equalRounded roundingMode="decimalPlaces" figures="2">').replace(
                "</equal>", "</equalRounded>"
            ),
            "= 3.14 ± 0.005",
        ),
        ("6.02E5", "", "= 602000"),
    ],
)
def test_a_number_takes_the_range_that_the_file_takes(
    value: str, processing: str, line: str
) -> None:
    found = item(qti2(f"<p>多久？</p><p>{FIELD}</p>", response(value, base="float"), processing))

    assert (found.type, found.block.stem, list(found.block.lines)) == (
        "numeric",
        "多久？",
        [line],
    )


@pytest.mark.parametrize(
    ("value", "processing"),
    [
        ("abc", ""),
        ("0.12345678912", ""),
        ("1E400", ""),
        ("NaN", ""),
        ("1", compared('<equal toleranceMode="absolute" tolerance="T">')),
    ],
)
def test_a_number_that_is_not_certain_is_rejected(value: str, processing: str) -> None:
    found = rejected(qti2(f"<p>{FIELD}</p>", response(value, base="float"), processing))
    assert found.source_type == "textEntryInteraction"


def test_a_number_within_a_text_is_right_with_and_without_its_zeros() -> None:
    second = response("2").replace('"R"', '"S"')
    body = f'<p>{FIELD} 和 <textEntryInteraction responseIdentifier="S"/></p>'
    declared = response("4.0", base="float") + second.replace('identifier">', 'integer">', 1)
    assert item(qti2(body, declared)).block.stem == "{{4|4.0}} 和 {{2}}"


def test_an_essay_takes_its_criteria_from_the_rubric_of_the_scorers() -> None:
    rubric = (
        '<rubricBlock view="scorer"><table><tr><th>看什么</th><th>多少分</th></tr>'
        "<tr><td>先道歉</td><td>6</td></tr><tr><td>说清时限</td><td>4 分</td></tr></table>"
        "</rubricBlock>"
    )
    body = f'<p>写下您怎样说。</p><extendedTextInteraction responseIdentifier="R"/>{rubric}'
    found = item(qti2(body, response(base="string")))

    assert (found.type, found.block.stem) == ("essay", "写下您怎样说。")
    assert list(found.block.rows) == [("看什么", "多少分"), ("先道歉", "6"), ("说清时限", "4")]
    assert found.losses == ()


def test_criteria_in_a_list_are_read_where_each_has_its_points() -> None:
    rubric = (
        '<rubricBlock view="scorer tutor"><ul><li>Says sorry (5 points)</li>'
        "<li>时限：4 分</li></ul></rubricBlock>"
    )
    body = f'<p>写。</p><extendedTextInteraction responseIdentifier="R"/>{rubric}'

    assert list(item(qti2(body)).block.rows)[1:] == [("Says sorry", "5"), ("时限", "4")]


def test_an_essay_without_criteria_gets_one_and_a_person_must_look() -> None:
    rubric = '<rubricBlock view="scorer"><p>看整体。</p></rubricBlock>'
    body = f'<p>写。</p><extendedTextInteraction responseIdentifier="R"/>{rubric}'
    found = item(qti2(body, response("示范作答", base="string")))

    assert [row[1] for row in found.block.rows][1:] == ["10"]
    assert found.block.explanation == "示范作答\n\n看整体。"
    assert True in losses(found).values()


def test_a_note_for_the_scorers_never_reaches_the_candidate() -> None:
    notes = (
        '<rubricBlock view="scorer"><p>答案是二</p></rubricBlock>'
        '<rubricBlock view="candidate"><p>请选一项。</p></rubricBlock>'
        '<rubricBlock view="tutor author"><p>提示学生</p></rubricBlock>'
    )
    found = item(qti2(notes + choice(THREE), response("b")))

    assert found.block.stem == "请选一项。\n\n最迟多久？"
    assert _("Notes for others than the candidate are left out.") in losses(found)


def test_feedback_becomes_the_explanation_each_text_once() -> None:
    options = THREE.replace(
        "一<", '一<feedbackInline outcomeIdentifier="F" identifier="a">太短</feedbackInline><'
    )
    feedback = "".join(
        f'<modalFeedback outcomeIdentifier="F" identifier="{name}"><p>24 小时。</p></modalFeedback>'
        for name in ("right", "wrong")
    )
    block = '<feedbackBlock outcomeIdentifier="F" identifier="x"><p>见 CS-003。</p></feedbackBlock>'
    found = item(qti2(choice(options) + block, response("b"), feedback))

    assert found.block.options[0] == ("一", False)
    assert found.block.explanation == "24 小时。\n\n一 – 太短\n\n见 CS-003。"
    assert _("Feedback that depended on the answer stands together.") in losses(found)


def test_what_is_lost_is_named_at_its_place_and_the_source_is_kept() -> None:
    body = '<p>看图 <img src="images/a%20b.png" alt="标牌"/></p>' + choice(THREE)
    xml = qti2(body, response("b"), given=' toolName="X"').replace(
        'adaptive="false"', 'adaptive="true"'
    )
    found = item(xml)

    assert losses(found) == {
        _("A picture is lost."): True,
        _("Here the item is answered once, not in several tries."): False,
    }
    assert found.losses[1].place.startswith("q.xml:3:")
    assert found.source == xml


def test_rules_of_marking_of_its_own_are_named() -> None:
    rules = (
        "<responseProcessing><responseCondition><responseIf><member><variable identifier='R'/>"
        "</member></responseIf></responseCondition></responseProcessing>"
    )
    found = item(qti2(choice(THREE), response("b"), rules))
    known = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'

    assert losses(found) == {
        _("Rules of marking of its own are left out; our rules mark by the key."): True
    }
    assert found.source
    assert item(qti2(choice(THREE), response("b"), known)).losses == ()


def test_a_formula_keeps_its_tex() -> None:
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>x</mi>'
        '<annotation encoding="application/x-tex">$$x_1$$</annotation></semantics></math>'
    )

    assert (
        "(x\\_1\\\\)" in item(qti2(f"<p>{formula}</p>" + choice(THREE), response("b"))).block.stem
    )


@pytest.mark.parametrize(
    "name",
    [
        "hotspotInteraction",
        "sliderInteraction",
        "drawingInteraction",
        "uploadInteraction",
        "mediaInteraction",
        "customInteraction",
        "hottextInteraction",
        "graphicGapMatchInteraction",
        "brandNewInteraction",
    ],
)
def test_an_interaction_without_a_counterpart_is_rejected_by_name(name: str) -> None:
    found = rejected(qti2(f'<p>题</p><{name} responseIdentifier="R"/>', response("a")))

    said = name if name != "brandNewInteraction" else name.lower()
    assert found.reason == _("“{name}” has no counterpart among our question types.").format(
        name=said
    )


@pytest.mark.parametrize(
    "extra",
    [
        '<templateDeclaration identifier="A"/><itemBody><p><printedVariable identifier="A"/></p>',
        "<templateProcessing><setCorrectResponse identifier='R'/></templateProcessing><itemBody>",
    ],
)
def test_a_question_that_is_computed_is_rejected(extra: str) -> None:
    xml = qti2(choice(THREE), response("b")).replace("<itemBody>", extra)

    assert rejected(xml).reason == _(
        "It is computed anew for each candidate, so it has no text and key of its own."
    )


def test_an_unknown_part_beside_a_certain_key_is_a_loss() -> None:
    xml = qti2(choice(THREE), response("b")).replace(
        "<itemBody>", "<templateDeclaration/><itemBody>"
    )

    assert _("Parts that our bank does not know are left out.") in losses(item(xml))


def test_markup_of_another_kind_is_read_as_text_and_named() -> None:
    found = item(qti2(f"<p>一<x:note xmlns:x='u'>二</x:note></p>{choice(THREE)}", response("b")))

    assert found.block.stem == "一二\n\n最迟多久？"
    assert losses(found) == {_("Markup of another kind is read as plain text."): False}
    assert "<x:note" in found.source


def test_readings_beside_characters_stand_in_brackets() -> None:
    ruby = "<ruby>北海道<rp>(</rp><rt>ほっかいどう</rt><rp>)</rp></ruby>"

    assert item(qti2(f"<p>{ruby}</p>{choice(THREE)}", response("b"))).block.stem.startswith(
        "北海道(ほっかいどう)"
    )


def test_a_text_that_asks_nothing_is_skipped() -> None:
    (found,) = read(qti2("<p>请阅读。</p>"))

    assert isinstance(found, NotTaken)
    assert (found.kind, found.stem) == ("skipped", "投诉时限")


def test_html_that_is_written_as_text_is_read_as_html() -> None:
    hidden = "<![CDATA[<p>多久，<b>最迟</b>？</p>]]>"
    options = THREE.replace("一", "<![CDATA[<p>24 &amp; 1</p>]]>")
    body = choice(options).replace("最迟多久？", hidden)
    of_tags = item(qti2(body, response("b")))
    body = body.replace(">二<", ">&lt;p>二&lt;/p><").replace(">三<", ">&lt;p>三&lt;/p><")

    assert of_tags.block.stem == "多久，**最迟**？"
    assert of_tags.block.options[0] == ("<p>24 &amp; 1</p>", False)
    assert item(qti2(body, response("b"))).block.options[0] == ("24 & 1", False)


def test_the_title_stands_for_a_missing_text_and_a_person_must_look() -> None:
    body = choice(THREE).replace("<prompt>最迟多久？</prompt>", "")
    found = item(qti2(body, response("b")))

    assert found.block.stem == "投诉时限"
    assert losses(found)[_("It has no text; its title stands for it.")]


def test_the_code_of_an_item_of_ours_is_kept() -> None:
    xml = qti2(choice(THREE), response("b"))

    for code in ("CMP-014", "CMP-10014"):
        assert item(xml.replace('"q1"', f'"{code}"')).code == code
    assert item(xml).code == ""


def test_items_within_one_file_are_entries_each_with_its_own_source() -> None:
    one = qti2(choice(THREE) + "<hr/>", response("b"), given=' adaptive="true"').split("?>\n")[1]
    one = one.replace('adaptive="false" ', "")
    found = read(f"<items>\n{one}\n{one.replace('b</v', 'c</v')}</items>")

    assert [entry.place for entry in found] == ["q.xml:2:1", f"q.xml:{3 + one.count(chr(10))}:1"]
    assert all(
        isinstance(entry, BankItem) and entry.source.startswith("<assess") for entry in found
    )
    assert all(isinstance(entry, BankItem) and entry.source.endswith("Item>") for entry in found)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_that_says_its_name_is_read(encoding: str) -> None:
    xml = qti2(f"<p>依据。</p>{choice(THREE)}", response("b"))
    name = encoding.removesuffix("-sig")
    (found,) = read(xml.replace("UTF-8", name).encode(encoding))

    assert isinstance(found, BankItem)
    assert found.block.stem.startswith("依据。")


def test_a_blank_before_the_declaration_does_no_harm() -> None:
    assert item("\n\n" + qti2(choice(THREE), response("b"))).place == "q.xml:4:1"


@pytest.mark.parametrize(
    "xml",
    [
        "<questestinterop><item/></questestinterop>",
        "<assessmentTest identifier='t'/>",
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"/>',
        qti2("<p>a</b>"),
        qti2("<p>&nbsp;</p>"),
        "<assessmentItem" + " " * 5_100_000 + "/>",
    ],
)
def test_a_file_that_is_no_item_is_refused_with_what_to_do(xml: str) -> None:
    with pytest.raises(BadInput) as problem:
        read(xml)

    assert problem.value.place.startswith("q.xml")
    assert problem.value.mend


def test_qti_1_is_refused_by_its_name() -> None:
    with pytest.raises(BadInput) as problem:
        read("<?xml version='1.0'?><!-- x --><questestinterop/>")

    assert problem.value.message == _("This is QTI 1; QTI 2.0 to 2.2 and 3.0 can be read.")


def test_a_file_of_another_kind_is_not_taken_for_ours() -> None:
    assert not FORMAT.recognises(BankFile("q.xml", b"<quiz><question/></quiz>"))
    assert not FORMAT.recognises(BankFile("q.xml", b""))


PIECES = (
    "<p>", "</p>", "<b>", "text", "&lt;", "<br/>", "{{", "|", "=", "<math>", "</math>", "\u202e",
    "<textEntryInteraction responseIdentifier='R'/>", "<prompt>", "</prompt>", "\U000f0000", "！",
    "<extendedTextInteraction/>", "<gap/>", "<table><tr><td>1</td></tr></table>",
    "<choiceInteraction responseIdentifier='R'>", "<simpleChoice identifier='a'>x</simpleChoice>",
    "</choiceInteraction>", "<ul><li>x</li></ul>",
    "<rubricBlock view='scorer'><li>a (3)</li></rubricBlock>", "<feedbackInline>", "<img/>",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["a", "4", "a b", ""]))
@example(["<gap/>"], "a")
def test_whatever_stands_in_a_body_is_one_entry_or_a_refusal(
    pieces: Sequence[str], key: str
) -> None:
    try:
        found = read(qti2("".join(pieces), response(key, base="string")))
    except BadInput:
        return
    assert len(found) == 1


@given(st.binary(max_size=400))
@example(b"<assessmentItem")
@example(b"\xff\xfe<\x00a\x00")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + b"\0" * 18)
def test_no_bytes_make_the_reader_stumble(data: bytes) -> None:
    file = BankFile("q.xml", data)
    FORMAT.recognises(file)
    with pytest.raises(BadInput):
        list(FORMAT.read(file, "en"))
