"""A file is found however its place was typed, pasted or dropped."""

from pathlib import Path

import pytest

from certify.errors import BadInput
from certify.services import item_file

TEXT = "1. 投诉都要登记。（ √ ）\n"


@pytest.mark.parametrize(
    "typed",
    ["{path}", " {path} ", '"{path}"', "'{path}'", "“{path}”", "{uri}", "{escaped}"],
)
def test_a_path_is_found_however_a_terminal_gives_it(tmp_path: Path, typed: str) -> None:
    file = tmp_path / "题 库#1 (新).txt"
    file.write_text(TEXT, encoding="utf-8")
    escaped = str(file).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")

    read = item_file.read(typed.format(path=file, uri=file.as_uri(), escaped=escaped))

    assert (read.name, read.data.decode()) == (file.name, TEXT)


def test_a_path_may_begin_with_the_home_of_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    assert item_file.read("~/a.txt").data.decode() == TEXT


@pytest.mark.parametrize("typed", ["", "/dev/zero", "/nowhere/a.txt", "a\0b"])
def test_what_is_no_file_is_refused_with_a_mend(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        item_file.read(typed)

    assert caught.value.mend
