"""Makes the reference pages that repeat what the code says: `make docs` runs it.

A policy value, setting, hook, command, option or key without a word of explanation ends it with
the name of what is missing; `tests/docs/` compares the pages with the files.
"""

from pathlib import Path

from docs.pages import commands, hooks, keys, personal_data, policy, settings

REFERENCE = Path(__file__).parent / "reference"
PAGES = {
    "policy.md": policy.page,
    "settings.md": settings.page,
    "hooks.md": hooks.page,
    "commands.md": commands.page,
    "keys.md": keys.page,
    "personal-data.md": personal_data.page,
}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
