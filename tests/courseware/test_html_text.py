"""HTML of other systems becomes Markdown that courses allow, and shows the same."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certify.courseware.finding import Finding
from certify.courseware.html_text import html_to_line, html_to_markdown
from certify.courseware.item_block import cut
from certify.courseware.markdown import check_safe, parse
from certify.i18n import _

TAGS = (
    "p b i u code br ul ol li table tr td th pre h2 blockquote sub sup div span hr String q rt "
    "math script"
)
PIECES = [
    *(f"<{tag}>" for tag in TAGS.split()),
    *(f"</{tag}>" for tag in TAGS.split()),
    *("<!--", "-->", "<", ">", "&", "&amp;", "&lt;", "&nbsp;", "&#8203;", "\n", " ", "中文，"),
    *("**", "__", "`", "```", "#", "-", "1.", "=", "!", "＝", "|", "~", "\\", "[a]:", "![x](y)"),
    *("<ol start=3>", "<td colspan=3>", "<img src=a.png alt='x<y'>", '<a href="https://a.b/c">'),
]
SOUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("No tags & no entities", "No tags & no entities"),
        ("<p>One &amp; two</p>", "One & two"),
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("<p>One<br>two<br/></p>", "One\\\ntwo"),
        ("One\n  two&nbsp;&nbsp;three", "One two three"),
        ("<p><strong>Never</strong> do <em>this</em>.</p>", "**Never** do *this*."),
        ("<b>注意：</b>请回电", "**注意**：请回电"),
        ("<b>a</b><b>b</b> c", "**ab** c"),
        ('<span style="text-decoration: underline;">word</span>', "*word*"),
        ("H<sub>2</sub>O, m<sup>2</sup>, e<sup>x</sup>", "H₂O, m², e^{x}"),
        ("<code>a*b</code> and <code>`</code>", "`a*b` and `` ` ``"),
        ("<h2>Head</h2>text", "**Head**\n\ntext"),
        ("<blockquote>said</blockquote>", "said"),
        ("a * b * c, x_1_, # &lt;b&gt;", "a \\* b \\* c, x\\_1\\_, \\# \\<b\\>"),
        ("1. first", "1\\. first"),
        ("<p>= 24</p>", "\\= 24"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>d", "- a\n- b\n  - c\n\nd"),
        ("<ol start='3'><li><p>a</p><p>b</p></li></ol>", "3. a\\\n   b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        (
            "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1</td></tr></table>",
            "| A | B\\|C |\n|---|---|\n| 1 |  |",
        ),
        ("<table><tr><td>only</td></tr></table>", "only"),
        ("<pre>if a:\n  b = `c`</pre>", "```\nif a:\n  b = `c`\n```"),
        (r"<p>\(x^2\) and $$a_1$$</p>", r"\\(x^2\\) and $$a\_1$$"),
        ("<style>p {}</style><!-- note -->text", "text"),
        ("List<String> and a < b", "List\\<String\\> and a \\< b"),
        ('<a href="https://a.b/?c=1&amp;d=2">page</a>', "page (https://a.b/?c=1&d=2)"),
        ('<a href="https://a.b/">https://a.b/</a>', "https://a.b/"),
        ("<p>unclosed <b>bold", "unclosed **bold**"),
    ],
)
def test_html_becomes_this_markdown_without_loss(html: str, markdown: str) -> None:
    assert html_to_markdown(html) == (markdown, [])


@pytest.mark.parametrize(
    ("html", "shown", "is_serious"),
    [
        ('<img src="@@PLUGINFILE@@/ein%20bild.png?x=1">', "ein bild.png", True),
        ('<img src="data:image/png;base64,AAAA" alt="x>y">', "x>y", True),
        ('<audio src="a.mp3"></audio>', "a.mp3", True),
        ('<iframe src="https://v.w/film"></iframe>', "film", True),
        ("<math><mi>x</mi><mn>2</mn></math>", "x 2", True),
        ("<s>old</s>", "old", True),
        ("see<script>alert(1)</script>", "see", True),
        ("<table><tr><td rowspan=2>a</td><td>b</td></tr></table>", "a │ b", True),
        ('<a href="http://a.b">page</a>', "page", False),
        ('<span style="color: red">red</span>', "red", False),
    ],
)
def test_what_cannot_be_kept_is_named(html: str, shown: str, is_serious: bool) -> None:
    text, losses = html_to_line(html)

    assert shown in text
    assert [loss.is_serious for loss in losses] == [is_serious]
    assert html_to_markdown(html)[1] == losses


def test_a_picture_leaves_its_description_in_the_language_of_the_reader() -> None:
    text, losses = html_to_markdown('<p>See <img src="a.png" alt="the map">!</p>')

    assert text == f"See {_('[picture: {name}]').format(name='the map')}!"
    assert losses[0].message == _("A picture is lost.")


def test_a_formula_with_its_latex_is_kept_as_latex() -> None:
    html = '<math><mn>1</mn><annotation encoding="application/x-tex">\\frac12</annotation></math>'

    assert html_to_line(html) == (r"\(\frac12\)", [])


def test_lists_and_tables_become_lines_where_they_would_be_taken_for_answers() -> None:
    html = "<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>"

    assert html_to_markdown(html, has_lists=False, has_tables=False)[0] == "• a\\\n• b\n\nc │ d"


@given(SOUP)
@example("<b>*a</b>b<i>c*</i>")
@example("<td><td>`|`<tr>\\|")
@example("<ol><li><li>a<ol><li><ol><li>b")
@example("<ul><li>a</ul><ul><li>b</ul><ul><li>c")
def test_whatever_comes_in_the_markdown_is_allowed_and_shows_all_of_it(html: str) -> None:
    markdown, losses = html_to_markdown(html)
    flat = html_to_markdown(html, has_lists=False, has_tables=False)
    line, same = html_to_line(html)

    assert losses == flat[1] == same
    for text, answers in ((markdown, "= 24"), (flat[0], "- [x] a\n- [ ] b")):
        findings: list[Finding] = []
        item = f"{text}\n\n{answers}\n"
        tokens = check_safe(Path("a.md"), 1, item, findings)
        block = cut(Path("a.md"), item.split("\n"), tokens, has_keys=True, findings=findings)
        assert findings == []
        assert block.stem == text
        tokens = parse(text)
        shown = "".join(
            child.content
            for token in tokens
            for child in token.children or ([token] if token.type == "fence" else [])
        )
        assert _letters(shown) == _letters(line)


def _letters(text: str) -> list[str]:
    """What is read, without bullets, rules and numbers, which Markdown has of its own."""
    return [letter for letter in text if letter.isalpha()]


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<!--", "<a ='", '<a ="<a " ', "<b><i>", "</i>", "&#1", "&#", "<ul><li>a", "<li>"),
        *("<table><tr><td>", "<td colspan=99999>", "<script", "<script>", "a<i></i>", "`", "**a"),
        *("<br>", "<pre>", "<a href=https://x>", "<math>x", "<sub>", "<ol>", "<p", "\n", "_ "),
    ],
)
def test_hostile_html_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        html_to_markdown(piece * count)
        html_to_line(piece * count)
        return time.process_time() - begun

    assert seconds(32_000) < 16 * max(seconds(8_000), 0.05)
