"""Where this installation finds its things and how it looks; company rules are in `policy`.

A value comes from the command line, else from the environment (`CERTIFY_` and the field's name
in capitals), else from `settings.toml` in the home, else from the default below.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from certify.errors import BadInput
from certify.i18n import LANGUAGES, _
from certify.paths import Home, default_home

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Settings:
    """One installation's settings."""

    home: Home
    """The folder of this installation (`CERTIFY_HOME`, `--home`)."""
    db: str = ""
    """Database URL; empty means SQLite in the home (`postgresql+psycopg://…` for PostgreSQL)."""
    lang: str = ""
    """Language of the screens: `zh` or `en`; empty means the language of the environment."""
    theme: str = "dark"
    """Colours of the screens: `light` or `dark`."""
    plugins: str = ""
    """Names of the plugins that may be loaded, separated by commas; empty means every one."""
    keys: str = ""
    """Folder of the private signing keys; empty means `keys` in the home."""
    checkpoints: str = ""
    """Folder elsewhere into which the first start of each day writes a signed checkpoint of the
    ledger; empty means none."""

    web_origins: str = ""
    """Where browsers open the page when a proxy stands before the web door, separated by commas:
    `https://exam.example.com`."""
    web_proxies: str = ""
    """Addresses or networks of those proxies, separated by commas; what they say of the address of
    a browser is believed."""

    @property
    def language(self) -> str:
        """The language to start in."""
        return self.lang or _environment_language(os.environ)

    @property
    def allowed_plugins(self) -> tuple[str, ...]:
        """The plugins that may be loaded; none named means every one."""
        return tuple(name.strip() for name in self.plugins.split(",") if name.strip())

    @property
    def keys_folder(self) -> Path:
        """Where the private signing keys lie."""
        return Path(self.keys).expanduser().absolute() if self.keys else self.home.keys

    @property
    def checkpoints_folder(self) -> Path | None:
        """Where daily checkpoints of the ledger are written; None for nowhere."""
        return Path(self.checkpoints).expanduser().absolute() if self.checkpoints else None

    @property
    def database_url(self) -> str:
        """The URL of the database in use."""
        return self.db or f"sqlite:///{self.home.database}"


def load(
    given: Mapping[str, str | Path | None], environment: Mapping[str, str] | None = None
) -> Settings:
    """Settings from the command line's options, the environment and the home's file.

    Args:
        given: options by field name; None means not given.
        environment: the process environment.
    Raises:
        BadInput: a value or the settings file cannot be used.
    """
    environment = os.environ if environment is None else environment
    home = Path(given.get("home") or environment.get("CERTIFY_HOME") or default_home())
    found = _from_file(Home(home.expanduser().absolute()))
    for field in fields(Settings):
        value = given.get(field.name) or environment.get(f"CERTIFY_{field.name.upper()}")
        if field.name != "home" and value:
            found[field.name] = str(value)
    settings = Settings(home=Home(home.expanduser().absolute()), **found)
    _check(settings)
    return settings


def save(settings: Settings) -> None:
    """Keep language and theme in the home for the next start; the rest of the file stays.

    Raises:
        OSError: the home cannot be written.
    """
    kept = _from_file(settings.home) | {"lang": settings.lang, "theme": settings.theme}
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in kept.items()
        if value
    ]
    settings.home.root.mkdir(parents=True, exist_ok=True)
    settings.home.settings.write_text("".join(lines), encoding="utf-8")


def _from_file(home: Home) -> dict[str, str]:
    try:
        text = home.settings.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(str(problem), place=str(home.settings)) from problem
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInput(str(problem), place=str(home.settings)) from problem
    known = {field.name for field in fields(Settings)} - {"home"}
    if unknown := sorted(set(values) - known):
        raise BadInput(
            _("Unknown setting: {name}").format(name=", ".join(unknown)),
            place=str(home.settings),
            mend=_("Known settings: {names}").format(names=", ".join(sorted(known))),
        )
    for name, value in values.items():
        if not isinstance(value, str):
            raise _cannot_be(home, name, value, _("text in quotes"))
    return values


def _check(settings: Settings) -> None:
    for name, allowed in (("lang", ("", *LANGUAGES)), ("theme", THEMES)):
        value = getattr(settings, name)
        if value not in allowed:
            raise _cannot_be(settings.home, name, value, ", ".join(filter(None, allowed)))


def _cannot_be(home: Home, name: str, value: object, possible: str) -> BadInput:
    return BadInput(
        _("Setting {name} cannot be “{value}”.").format(name=name, value=value),
        place=str(home.settings),
        mend=_("Possible: {values}").format(values=possible),
    )


def _environment_language(environment: Mapping[str, str]) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "zh" if value.startswith(("zh", "C")) else "en"
    return "zh"
