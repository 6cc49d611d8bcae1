"""Links lead somewhere, and no page leads out of the project by accident."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.pages import FENCE, PAGES, ROOT, name_of

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`[^`]*`")
OUTSIDE = re.compile(
    r"pypi|pythonhosted|mirror|index-url|registry\.|anaconda\.|npmjs"
    r"|(?<![\w.])/(?:home|root|work|tmp|Users)/|[A-Z]:\\",
    re.IGNORECASE,
)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    for target in LINK.findall(text):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _hash, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_file(), f"{name_of(page)}: {target}"
        assert file.is_relative_to(ROOT)
        if anchor:
            assert anchor in _anchors(file), f"{name_of(page)}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_package_registry_or_a_place_on_one_machine(page: Path) -> None:
    assert not OUTSIDE.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_has_one_title_and_steps_down_one_level_at_a_time(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    levels = [len(hashes) for hashes in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def _anchors(file: Path) -> set[str]:
    """The anchors of a page's headings, as the usual hosts make them."""
    text = FENCE.sub("", file.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
