"""GIFT files as Moodle and people write them, read into the items of the bank."""

from collections.abc import Sequence
from importlib.metadata import EntryPoint

import pytest

from certify.api import BadInput, BankFile, BankItem, Entry, NotTaken, Remark, _
from certify.hooks import registry
from certify_choice import multiple, single, truefalse
from certify_gift.aiken import Aiken
from certify_gift.gift import Gift
from certify_order import matching
from certify_rubric import essay
from certify_written import cloze, numeric, text

JUDGES = {
    one.name: one
    for one in (
        single.SingleChoice(),
        multiple.MultipleChoice(),
        truefalse.TrueFalse(),
        matching.Matching(),
        essay.Essay(),
        cloze.Cloze(),
        numeric.Numeric(),
        text.Text(),
    )
}


def read(source: str | bytes, language: str = "en") -> list[Entry]:
    """All entries of a file; an item that may be one is one for its question type too."""
    data = source if isinstance(source, bytes) else source.encode()
    return list(Gift().read(BankFile("bank.gift", data), language))


def only(source: str | bytes, language: str = "en") -> BankItem:
    """The one item of a file, which its question type takes."""
    (entry,) = read(source, language)
    assert isinstance(entry, BankItem), entry
    if len(entry.block.options) not in (1, 2) or entry.type == "truefalse":
        JUDGES[entry.type].from_markdown({language: entry.block})
    return entry


def refused(source: str) -> NotTaken:
    (entry,) = read(source)
    assert isinstance(entry, NotTaken), entry
    return entry


def lost(item: BankItem) -> dict[str, bool]:
    return {loss.message: loss.is_serious for loss in item.losses}


def right(item: BankItem) -> Sequence[str]:
    return [option for option, mark in item.block.options if mark]


def test_one_right_option_among_wrong_ones_is_a_single_choice() -> None:
    item = only("::Tea::Which leaf is green tea made of?{~mint =tea ~oak}")
    assert (item.type, item.source_type, item.name) == ("single", "multichoice", "Tea")
    assert item.block.stem == "Which leaf is green tea made of?"
    assert item.block.options == (("mint", False), ("tea", True), ("oak", False))
    assert item.place == "1:1"
    assert not item.losses


def test_positive_weights_make_a_multiple_choice() -> None:
    item = only("Which are even? {\n ~%-100%3\n ~%50%2\n ~%50%4\n ~%-100%5 }")
    assert item.type == "multiple"
    assert right(item) == ["2", "4"]
    assert not item.losses
    uneven = only("Which? {~%70%a ~%30%b ~c}")
    assert right(uneven) == ["a", "b"]
    assert lost(uneven) == {
        _("The weights of single options are left out; our rules count."): False
    }


def test_thirds_may_be_written_with_few_decimals() -> None:
    for weight in ("33", "33.3", "33.33333", "33,33333"):
        item = only(f"Which? {{~%{weight}%a ~%{weight}%b ~%{weight}%c ~%-100%d}}")
        assert right(item) == ["a", "b", "c"]
        assert not item.losses


def test_weights_that_do_not_add_up_are_for_a_person_to_look_at() -> None:
    item = only("Which? {~%50%a ~%25%b ~c}")
    assert right(item) == ["a", "b"]
    message = _("The weights of the right options do not add up to 100 %: look which are right.")
    assert lost(item)[message] is True


def test_a_partly_right_option_counts_as_wrong_and_is_named() -> None:
    item = only("Which? {=full ~%50%half ~none}")
    assert (item.type, right(item)) == ("single", ["full"])
    assert lost(item) == {_("A partly right answer counts as wrong."): False}


def test_several_full_options_must_all_be_chosen_which_a_person_looks_at() -> None:
    item = only("Which? {=a =b ~c}")
    assert (item.type, right(item)) == ("multiple", ["a", "b"])
    assert list(lost(item).values()) == [True]


def test_both_signs_before_an_answer_mean_that_it_is_right() -> None:
    item = only("Which? {~=a ~b ~c}")
    assert (item.type, right(item)) == ("single", ["a"])


def test_one_positive_weight_is_one_right_option() -> None:
    item = only("Which? {~%100%a ~%-100%b ~%-100%c}")
    assert (item.type, right(item)) == ("single", ["a"])


@pytest.mark.parametrize("key", ["T", "TRUE", "F", "FALSE", "true", "False", " T "])
def test_true_and_false_have_the_options_of_the_bank(key: str) -> None:
    item = only(f"冰会浮在水上。{{{key}}}", "zh")
    assert item.type == "truefalse"
    is_true = key.strip().upper().startswith("T")
    assert item.block.options == (("正确", is_true), ("错误", not is_true))


def test_feedback_of_true_and_false_tells_the_wrong_answer_first() -> None:
    item = only("Ice floats.{T#It does.#Right.####Density.}")
    assert item.block.explanation == "Density.\n\n“False”: It does.\n\n“True”: Right."
    assert only("Ice sinks.{FALSE#No.}").block.explanation == "“True”: No."


def test_short_answers_become_a_gap_at_the_end_or_in_the_sentence() -> None:
    assert only("Two plus two?{=four =4}").block.stem == "Two plus two? {{four|4}}"
    assert only("Two plus two is {four}.").block.stem == "Two plus two is {{four}}."
    assert only("投诉应在{=24 =二十四}小时内答复。", "zh").block.stem == (
        "投诉应在{{24|二十四}}小时内答复。"
    )
    assert only("两个加两个是{=4}", "zh").block.stem == "两个加两个是{{4}}"
    item = only("Town? {=Rome#good =%50%Roma}")
    assert (item.type, item.source_type) == ("cloze", "shortanswer")
    assert item.block.explanation == "“Rome”: good"
    assert set(lost(item)) == {
        _("A partly right answer counts as wrong."),
        _("Feedback on single answers stands in the explanation."),
    }


def test_asterisks_around_a_word_mean_that_it_is_looked_for() -> None:
    item = only("Say sorry. {=*sorry* =*apologise*}")
    assert (item.type, item.block.lines) == ("text", ("= sorry | apologise",))
    starred = only("Word? {=colo*r =colour}")
    assert starred.block.stem == "Word? {{colour}}"
    assert lost(starred) == {_("Answers with a “*” for any text are left out."): True}
    assert only("Sign? {=5\\*4}").block.stem == "Sign? {{5*4}}"
    assert refused("Anything? {=*}").kind == "rejected"


def test_what_a_gap_cannot_hold_becomes_a_text() -> None:
    item = only("Which words? {=a; b}")
    assert (item.type, item.block.lines) == ("text", ("= a; b",))
    assert len(item.losses) == 1
    assert only("Which $$\\{\\{1\\}\\}$$ ? {=x}").type == "text"


def test_numbers_have_tolerances_and_ranges_are_exact() -> None:
    assert only("Pi? {#3.14:0.005}").block.lines == ("= 3.14 ± 0.005",)
    assert only("Pi? {#3.141..3.142}").block.lines == ("= 3.1415 ± 0.0005",)
    assert only("Cold? {#-5..-1}").block.lines == ("= -3 ± 2",)
    assert only("Year? {#1822}").block.lines == ("= 1822",)
    assert only("Half? {#.5}").block.lines == ("= 0.5",)
    assert only("Big? {#1.5e3:1}").block.lines == ("= 1500 ± 1",)
    assert only("Tenths? {#0.1..0.2}").block.lines == ("= 0.15 ± 0.05",)
    assert only("Back? {#5..1}").block.lines == ("= 3 ± 2",)


def test_of_several_numbers_the_widest_range_counts_or_none() -> None:
    item = only("Year? {#=1822:0#exact =%50%1822:2#near ~#far}")
    assert item.block.lines == ("= 1822 ± 0",)
    assert item.block.explanation == "“1822:0”: exact\n\n“1822:2”: near\n\n“*”: far"
    assert only("Year? {#=1822:0 =1822:2}").block.lines == ("= 1822 ± 2",)
    assert only('Days? {#3:2~#far off}";').block.lines == ("= 3 ± 2",)
    assert refused("Days? {#three ~#far off}").reason == _("“{text}” is no number.").format(
        text="three"
    )
    assert refused("Roots? {#=1 =-1}").source_type == "numerical"
    assert refused("Number? {#3,5}").reason == _("“{text}” is no number.").format(text="3,5")
    assert refused("Number? {#}").kind == "rejected"
    assert refused("Number? {#=*}").kind == "rejected"
    assert refused("Number? {#1e999999999}").kind == "rejected"


def test_pairs_become_a_matching_with_distractors() -> None:
    item = only("配对。{\n =猫 -> 喵\n =狗->汪\n = -> 咩\n####动物 }", "zh")
    assert item.type == "matching"
    assert item.block.rows == (("项目", "对应项"), ("猫", "喵"), ("狗", "汪"), ("", "咩"))
    assert item.block.explanation == "动物"
    assert refused("Match {=a -> b =c}").source_type == "match"
    assert refused("Match {=a -> b =c ->}").source_type == "match"


def test_an_essay_gets_one_criterion_which_a_person_looks_at() -> None:
    item = only("Describe. { ####Look at style. }")
    assert item.type == "essay"
    assert item.block.rows[1][1] == "10"
    assert item.block.explanation == "Look at style."
    assert list(lost(item).values()) == [True]


def test_answers_within_the_sentence_leave_a_blank() -> None:
    item = only("Tea is {~milled =brewed ~fried} in water.")
    assert item.block.stem == "Tea is _____ in water."
    assert only("{=Tea ~Ink} is drunk.").block.stem == "_____ is drunk."
    assert only("Tea (_____) and _x_ {=a ~b ~c}!").block.stem.endswith("_____!")
    assert only("Tea {=a ~b ~c} // not said").block.stem == "Tea"
    assert only("Tea is\n{=a ~b ~c}\nin water.").block.stem == "Tea is\\\n\\_____\\\nin water."


def test_a_text_without_braces_is_skipped_and_answers_without_braces_are_not() -> None:
    first, second = read("Part one of the test.\n\nTwo? {=2 ~3}")
    assert isinstance(first, NotTaken)
    assert (first.kind, first.source_type) == ("skipped", "description")
    assert isinstance(second, BankItem)
    assert refused("Two?\n=2\n~3").kind == "rejected"


def test_categories_give_the_topic() -> None:
    items = read(
        "$CATEGORY: $course$/top/Tea/Green//white\n\nA? {T}\n\n$CATEGORY:$system$/top\nB? {F}\n"
        "\n$CATEGORY: tom/dick\n\n$CATEGORY: Only\nC? {T}\n$CATEGORY: Last\n\nD? {T}"
    )
    topics = [item.topic for item in items if isinstance(item, BankItem)]
    assert topics == ["Green/white", "", "Only", "Last"]


def test_a_text_too_long_for_an_item_is_refused() -> None:
    assert refused(f"[markdown]{'![](' * 6_000} {{T}}").source_type == "truefalse"
    assert only(f"[html]<p>One {'<!-- much -->' * 6_000}</p>{{T}}").block.stem == "One"


def test_comments_carry_ids_and_tags() -> None:
    item = only(
        "// question: 7  name: x [id:TEA-014] [tag:difficulty:3] [tag:fact:S1-01]\n\n"
        "// [tag:standard:CS-003] [tag:fact:S1-02] [tag:pool:practice]\n::TEA-014::Tea? {T}\n"
        "// [id:TEA-015]"
    )
    assert (item.code, item.name, item.difficulty, item.pool) == ("TEA-014", "", 3, "practice")
    assert (item.facts, item.standards) == (("S1-01", "S1-02"), ("CS-003",))
    assert not item.losses
    foreign = only("// [id:my \\] id] [tag:spring]\nTea? {T}")
    assert (foreign.code, foreign.name) == ("", "my ] id")
    assert lost(foreign) == {_("Tags are left out."): False}


def test_a_comment_belongs_to_the_question_below_it() -> None:
    first, second = read("A? {\n=a\n// no [tag:difficulty:1]\n~b}\n// [id:TEA-002]\n::B::B? {T}")
    assert isinstance(first, BankItem)
    assert isinstance(second, BankItem)
    assert (first.code, first.difficulty) == ("", 1)
    assert (second.code, second.difficulty) == ("TEA-002", None)
    assert first.block.options == (("a", True), ("b", False))


def test_every_escape_means_its_character() -> None:
    item = only(r"::a\:b\::: x \= \{1\} \~ \# c\:\\d\nnext \\(x\\) {=\=a\#b ~\~c\}}")
    assert item.name == "a:b:"
    assert item.block.stem == "x = {1} \\~ \\# c:\\\\d\\\nnext \\\\(x\\\\)"
    assert item.block.options == (("=a#b", True), ("~c}", False))


def test_commands_of_latex_are_no_new_lines() -> None:
    item = only(r"Is $$a \neq b$$ and \\(\frac\{1\}\{2\}\\)? {T}")
    assert item.block.stem == r"Is $$a \\neq b$$ and \\(\\frac{1}{2}\\)?"


def test_braces_of_latex_are_no_answers() -> None:
    item = only(r"What is $$\frac{1}{2} + x^{2}$$? {=\frac{3}{4} ~x_{T} ~$$y^{}$$}")
    assert item.block.options == (("\\frac{3}{4}", True), ("x_{T}", False), ("$$y^{}$$", False))
    assert refused(r"Look at $$\frac{1}{2}$$.").kind == "skipped"
    assert refused(r"Look at $$x^{2}$$.").kind == "skipped"
    assert only(r"Is $${}^{14}C$$ old? {F}").block.stem == "Is $${}^{14}C$$ old?"


@pytest.mark.parametrize(
    "stem", ["Is it 5$", "Is it 5$ ", "$$x$$", r"One\n", r"One\n\n", "____ ", "C\\\\n"]
)
@pytest.mark.parametrize("answers", ["{T}", "{FALSE}", "{=a ~b ~c}", "{#3}", "{T#no}", "{}"])
def test_answers_after_signs_of_formulas_are_answers(stem: str, answers: str) -> None:
    for before in ("", "// comment\n"):
        assert only(f"{before}::Title::{stem}{answers}").name == "Title"


def test_each_format_is_read_by_its_rules() -> None:
    html = only("[html]<p>One <b>two</b></p>\n<p>three&nbsp;4</p>{=<i>a</i> ~b &amp; c ~d}")
    assert html.block.stem == "One **two**\n\nthree 4"
    assert html.block.options == (("a", True), ("b & c", False), ("d", False))
    marked = only("[markdown]One *two*\\n\\nthree{=*a* ~b ~c####**why**}")
    assert marked.block.stem == "One *two*\n\nthree"
    assert right(marked) == ["a"]
    assert marked.block.explanation == "**why**"
    plain = only("[plain]One *two* <b>{=a ~b ~c}")
    assert plain.block.stem == r"One \*two\* \<b\>"
    auto = only("One<br>two\n& three {=a ~b ~c}")
    assert auto.block.stem == "One\\\ntwo & three"
    assert only("[note] One? {T}").block.stem == "[note] One?"


def test_pictures_are_serious_losses() -> None:
    for stem in (
        '[html]<p>See <img src\\="@@PLUGINFILE@@/map.png" alt\\="map"></p>',
        "[markdown]See ![map](@@PLUGINFILE@@/map.png)",
        'See <img src\\="map.png"/>',
    ):
        item = only(f"{stem} {{=a ~b ~c}}")
        assert True in lost(item).values()
        assert "img" not in item.block.stem
        assert "![" not in item.block.stem


def test_attributes_and_entities_in_options_begin_no_answer() -> None:
    item = only('Which? {=<span style="color:red">a</span> ~b&#39;s ~c}')
    assert item.block.options == (("a", True), ("b's", False), ("c", False))


def test_markdown_that_an_item_cannot_hold_becomes_what_it_can() -> None:
    item = only("[markdown]# Head\\n\\n- one\\n- two\\n\\n\\= x{=a ~b ~c}")
    assert "# " not in item.block.stem
    assert "- " not in item.block.stem
    assert "one" in item.block.stem


def test_empty_lines_within_braces_belong_to_the_question() -> None:
    for source in (
        "One? {\n\n=a\n\n~b\n\n~c\n\n}\n\n::Two::Two? {T}",
        "One? {\n=a\n \n~b\n\n\n~c}\nTwo? {T}",
        "One?\n\n{=a\n~b\n~c}\n\nTwo? {T}",
        "::One::\n\nOne? {=a ~b ~c}\n\nTwo? {T}",
    ):
        items = read(source)
        assert [item.type for item in items if isinstance(item, BankItem)] == [
            "single",
            "truefalse",
        ], source
        assert all(isinstance(item, BankItem) for item in items)
        assert [item.block.stem for item in items if isinstance(item, BankItem)] == ["One?", "Two?"]


def test_questions_without_an_empty_line_between_are_several() -> None:
    items = read("One? {T}\nTwo? {=a ~b ~c}\n::Three::Three? {F}\n// four\nFour\nfour? {=x}")
    assert [item.place for item in items if isinstance(item, BankItem)] == [
        "1:1",
        "2:1",
        "3:1",
        "5:1",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "One? {=a ~b\n\nTwo? {T}",
        "One? {=a ~b\nTwo? {T}",
        "One? {\n=a\n~b\nTwo? {T}",
        "One? {\n\n=a\n\n~b\n\nTwo? {T}",
        "One? {=a ~b\n::Two::Two? {T}",
        "One? {=a ~b\n$CATEGORY: x\nTwo? {T}",
    ],
)
def test_after_an_open_brace_the_next_question_is_read(source: str) -> None:
    first, second = read(source)
    assert isinstance(first, NotTaken)
    assert (first.place, first.kind) == ("1:6", "rejected")
    assert first.stem.startswith("One?")
    assert isinstance(second, BankItem)
    assert (second.type, second.block.stem) == ("truefalse", "Two?")


def test_what_cannot_be_taken_is_named_with_its_place() -> None:
    sources = {
        "One? =a ~b}": "1:1",
        "One {=a} two {=b}": "1:1",
        "Some {a} and {b}": "1:1",
        "\n\n  {=a ~b}": "3:4",
        "None? {~a ~b}": "1:8",
        "Odd? {a ~b =c}": "1:7",
        "Half? {=%50%a}": "1:8",
        "Empty? {=a ~ ~c}": "1:9",
    }
    for source, place in sources.items():
        entry = refused(source)
        assert (entry.place, entry.kind) == (place, "rejected"), source
        assert entry.reason
        assert entry.mend


def test_a_title_stands_for_a_missing_text() -> None:
    item = only("::Is tea green?::{T}")
    assert item.block.stem == "Is tea green?"
    assert lost(item) == {_("It has no text; its title stands for it."): True}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_encodings_and_line_breaks_make_no_difference(encoding: str, line_break: str) -> None:
    source = "::茶::绿茶是什么？{\n=茶叶\n~薄荷\n~菊花\n}\n\n红茶不是茶。{F}\n"
    entries = read(source.replace("\n", line_break).encode(encoding), "zh")
    items = [entry for entry in entries if isinstance(entry, BankItem)]
    assert [item.block.stem for item in items] == ["绿茶是什么？", "红茶不是茶。"]
    assert [item.place for item in items] == ["1:1", "7:1"]
    said = [entry for entry in entries if isinstance(entry, Remark)]
    assert len(said) == (encoding in ("utf-16", "gb18030"))


def test_western_letters_of_old_windows_are_read_and_said() -> None:
    remark, item = read("Où est né l'élève ? {=à Nîmes ~à Évian ~à Pau}".encode("cp1252"))
    assert isinstance(remark, Remark)
    assert "windows-1252" in remark.message
    assert isinstance(item, BankItem)
    assert right(item) == ["à Nîmes"]


def test_control_characters_are_made_visible_and_said() -> None:
    remark, item = read("One\x1b[31m? {T}")
    assert isinstance(remark, Remark)
    assert isinstance(item, BankItem)
    assert "\x1b" not in item.block.stem


def test_a_file_that_is_no_text_is_refused_as_a_whole() -> None:
    with pytest.raises(BadInput):
        read(b"PK\x03\x04\0\0\0\0{=a}")


def test_the_content_tells_gift_from_other_texts() -> None:
    for source in ("Q {=a ~b}", "Q{T}", "Q {}", "::t::x", "a\n$CATEGORY: x", "Q {#3}"):
        assert Gift().recognises(BankFile("x.txt", source.encode()))
    for source in ("1. 问题（ A ）\nA. 甲\nB. 乙", "Q\nA. a\nB. b\nANSWER: A", "", "{a: 1}"):
        assert not Gift().recognises(BankFile("x.txt", source.encode()))


def test_the_plugin_offers_both_formats() -> None:
    point = EntryPoint("gift", "certify_gift", "certify")
    plugins = registry.load(installed=lambda: [point])
    assert {"gift", "aiken"} <= set(plugins.item_formats)


def test_comments_behind_a_title_a_brace_or_a_verdict_are_no_text() -> None:
    text = (
        "::Visits:: // from the handbook\n// second edition\nCall first. // sic\n"
        "{ // the key\n    // is here\n    F // not on Sundays\n}\n"
    )
    item = only(text)
    assert (item.type, item.name, item.block.stem) == ("truefalse", "Visits", "Call first. // sic")


def test_a_sentence_with_answers_on_two_lines_is_one_question_to_be_mended() -> None:
    text = "We call back within {=3 =three} days\nand ask {=4 =four} questions.\n"
    entry = refused(text)
    assert entry.kind == "rejected"
    assert len(read("We call back within {=3} days.\nWe ask {=4} questions.\n")) == 2
    assert len(read("We call back in days: {=3}\nWe ask {=4} questions.\n")) == 2


def test_a_description_is_named_by_its_words_not_by_its_tags() -> None:
    [entry] = read('::Intro::[html]<p>Read <a href\\="x">this</a> &amp; that.</p>\n')
    assert isinstance(entry, NotTaken)
    assert (entry.kind, entry.stem) == ("skipped", "Read this & that.")


def test_numbered_questions_with_a_small_answer_are_no_aiken() -> None:
    rest = "Who calls?\nA. We\nB. They\n{}: A\n"
    for source, is_aiken in (
        (rest.format("ANSWER"), True),
        ("1. " + rest.format("ANSWER"), True),
        (rest.format("Answer"), True),
        ("1. " + rest.format("Answer"), False),
        (rest.format("Correct Answer"), False),
    ):
        assert Aiken().recognises(BankFile("x.txt", source.encode())) == is_aiken, source
