"""Named filters that people keep of a page."""

import pytest

from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import saved_views
from certify.services.saved_views import KeptView
from tests.platforms import actor

PAGE = "people"


def names(platform: Platform, staff_no: str = "H0001", page: str = PAGE) -> list[str]:
    found = saved_views.kept(platform, actor=actor(platform, staff_no), page=page)
    return [one.name for one in found]


def test_a_view_is_kept_by_page_and_person_and_replaced_under_its_name(platform: Platform) -> None:
    hr = actor(platform, "H0001")

    saved_views.keep(platform, actor=hr, page=PAGE, name="客服部", values={"department": "CS"})
    saved_views.keep(platform, actor=hr, page=PAGE, name="客服部", values={"department": "IT"})

    found = saved_views.kept(platform, actor=hr, page=PAGE)
    assert found == (KeptView("客服部", {"department": "IT"}, False),)
    assert names(platform, page="qualification-list") == []
    assert names(platform, "E1001") == []


def test_a_view_is_renamed_and_deleted(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    for name in ("a", "b"):
        saved_views.keep(platform, actor=hr, page=PAGE, name=name, values={})

    saved_views.rename(platform, actor=hr, page=PAGE, name="a", to="c")
    assert names(platform) == ["b", "c"]
    with pytest.raises(Refused):
        saved_views.rename(platform, actor=hr, page=PAGE, name="b", to="c")

    saved_views.delete(platform, actor=hr, page=PAGE, name="b")
    assert names(platform) == ["c"]
    for gone in (saved_views.delete, saved_views.begin_with):
        with pytest.raises(NotFound):
            gone(platform, actor=hr, page=PAGE, name="b")


def test_one_view_at_most_is_what_a_page_begins_with(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    for name in ("a", "b"):
        saved_views.keep(platform, actor=hr, page=PAGE, name=name, values={})

    def defaults() -> list[str]:
        return [
            one.name for one in saved_views.kept(platform, actor=hr, page=PAGE) if one.is_default
        ]

    saved_views.begin_with(platform, actor=hr, page=PAGE, name="a")
    saved_views.begin_with(platform, actor=hr, page=PAGE, name="b")
    assert defaults() == ["b"]
    saved_views.keep(platform, actor=hr, page=PAGE, name="b", values={"status": "left"})
    assert defaults() == ["b"]
    saved_views.begin_with(platform, actor=hr, page=PAGE, name=None)
    assert defaults() == []


@pytest.mark.parametrize("name", ["", "   ", "长" * 41])
def test_a_view_has_a_name_of_a_fitting_length(platform: Platform, name: str) -> None:
    with pytest.raises(BadInput):
        saved_views.keep(platform, actor=actor(platform, "H0001"), page=PAGE, name=name, values={})


def test_odd_characters_in_a_name_do_no_harm(sqlite_platform: Platform) -> None:
    hr = actor(sqlite_platform, "H0001")

    name = saved_views.keep(
        sqlite_platform, actor=hr, page=PAGE, name="a\x1b[31m‮'\";--[@click]", values={}
    )

    assert "\x1b" not in name
    assert "‮" not in name
    assert names(sqlite_platform) == [name]
    saved_views.delete(sqlite_platform, actor=hr, page=PAGE, name=name)
    assert names(sqlite_platform) == []


def test_nobody_keeps_too_many_and_the_command_line_keeps_none(sqlite_platform: Platform) -> None:
    hr = actor(sqlite_platform, "H0001")
    for number in range(saved_views.MOST):
        saved_views.keep(sqlite_platform, actor=hr, page=PAGE, name=str(number), values={})

    with pytest.raises(Refused):
        saved_views.keep(sqlite_platform, actor=hr, page=PAGE, name="one more", values={})
    with pytest.raises((NotPermitted, Refused)):
        saved_views.keep(sqlite_platform, actor=CONSOLE, page=PAGE, name="a", values={})
