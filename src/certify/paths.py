"""Where things lie in a home: the one file that knows directories."""

from dataclasses import dataclass
from pathlib import Path


def default_home() -> Path:
    """The data folder of this user, as the operating system has it."""
    import platformdirs  # only who gives no home pays for the import

    return Path(platformdirs.user_data_dir("certify", appauthor=False))


@dataclass(frozen=True)
class Home:
    """One installation's folder."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "certify.db"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def policy(self) -> Path:
        return self.root / "policy.toml"

    @property
    def courses(self) -> Path:
        """Course folders a trainer put here are found like those of any plugin."""
        return self.root / "courses"

    @property
    def checklists(self) -> Path:
        """A company's own checklists for inspections, one a file."""
        return self.root / "checklists"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def keys(self) -> Path:
        """Private signing keys, for their owner alone; no part of the database or its backups."""
        return self.root / "keys"

    @property
    def log(self) -> Path:
        return self.root / "certify.log"
