"""Where lines may break."""

from hypothesis import given
from hypothesis import strategies as st
from uniseg.linebreak import line_break_units

from certify.tui import wrap

SIGNS = "，。《》“”\"'()（）[] 12,.%-—…！?：/\u3000\u00a0\u200b\u0301é가あっー〈$£\u200d🙂"


@given(st.text(st.one_of(st.sampled_from("中文字ab  "), st.sampled_from(SIGNS)), max_size=20))
def test_a_text_breaks_where_the_unicode_rules_let_it_though_they_see_parts(text: str) -> None:
    assert wrap._units(text) == tuple(line_break_units(text))
