"""Settings: command line before environment before file before default."""

from pathlib import Path

import pytest

from certify.errors import BadInput
from certify.paths import Home
from certify.settings import Settings, load, save


def home_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_line_wins_over_environment_file_and_default(tmp_path: Path) -> None:
    home = home_with(tmp_path, 'theme = "light"\nlang = "en"\ndb = "sqlite:///file.db"')
    environment = {"CERTIFY_LANG": "zh", "CERTIFY_DB": "sqlite:///environment.db"}

    found = load({"home": home, "db": "sqlite:///given.db", "lang": None}, environment)

    assert found.db == "sqlite:///given.db"
    assert found.lang == "zh"
    assert found.theme == "light"
    assert found.plugins == ""


def test_the_home_comes_from_the_command_line_before_the_environment(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"

    assert load({"home": one}, {"CERTIFY_HOME": str(two)}).home.root == one
    assert load({"home": None}, {"CERTIFY_HOME": str(two)}).home.root == two


def test_an_empty_value_counts_as_not_given(tmp_path: Path) -> None:
    home = home_with(tmp_path, 'lang = "en"')

    assert load({"home": home, "lang": ""}, {"CERTIFY_LANG": ""}).lang == "en"


def test_a_home_that_is_relative_is_the_same_whatever_folder_one_goes_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert load({"home": "here"}, {}).home.root == tmp_path / "here"


def test_without_a_url_the_database_lies_in_the_home(tmp_path: Path) -> None:
    assert load({"home": tmp_path}, {}).database_url == f"sqlite:///{tmp_path}/certify.db"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('colour = "red"', "colour"),
        ('home = "elsewhere"', "home"),
        ('lang = "fr"', "lang"),
        ('theme = "blue"', "theme"),
        ("lang = 5", "lang"),
        ('plugins = ["choice"]', "plugins"),
        ("lang = ", ""),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_with_its_name_and_file(
    tmp_path: Path, text: str, named: str
) -> None:
    with pytest.raises(BadInput) as refused:
        load({"home": home_with(tmp_path, text)}, {})

    assert refused.value.place == str(tmp_path / "settings.toml")
    assert named in refused.value.message


def test_a_setting_from_the_environment_is_checked_too(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="theme"):
        load({"home": tmp_path}, {"CERTIFY_THEME": "blue"})


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"lang = '\xff'")

    with pytest.raises(BadInput):
        load({"home": tmp_path}, {})


def test_saving_keeps_language_and_theme_and_what_else_the_file_holds(tmp_path: Path) -> None:
    kept = 'sqlite:///C:\\data "x".db'
    home = home_with(tmp_path, f"db = '{kept}'\ntheme = \"dark\"")

    save(Settings(home=Home(home), db=kept, lang="en", theme="light"))

    found = load({"home": home}, {})
    assert (found.db, found.lang, found.theme) == (kept, "en", "light")


def test_saving_does_not_keep_what_was_given_for_one_run_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")

    save(Settings(home=home, db="postgresql+psycopg://hr:secret@host/x", lang="zh", plugins="a"))

    assert "secret" not in home.settings.read_text(encoding="utf-8")
    assert load({"home": home.root}, {}) == Settings(home=home, lang="zh")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "C.UTF-8"}, "zh"),
        ({}, "zh"),
    ],
)
def test_without_a_language_that_of_the_environment_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert load({"home": tmp_path}, {}).language == language
    assert load({"home": tmp_path, "lang": "en"}, {}).language == "en"


@pytest.mark.parametrize(
    ("plugins", "allowed"),
    [("", ()), (" , ", ()), ("choice", ("choice",)), (" choice , tables,", ("choice", "tables"))],
)
def test_the_plugins_that_may_be_loaded_are_read_at_one_place(
    tmp_path: Path, plugins: str, allowed: tuple[str, ...]
) -> None:
    assert Settings(home=Home(tmp_path), plugins=plugins).allowed_plugins == allowed
