"""click's own messages, so that they stand in our catalogues; `speak` makes click look there.

The texts must be letter by letter those of click; `tests/cli/test_click_words.py` holds them to it.
"""

import gettext
import os

from certify import i18n
from certify.i18n import LOCALE, N_, Speaker, _n

DOMAIN = "certify"

WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Positional arguments"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Missing {param_type}"),
    N_("Missing parameter: {param_name}"),
    N_("Choose from:\n\t{choices}"),
    N_("Argument {name!r} takes {nargs} values."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("Could not open file {filename!r}: {message}"),
    N_("unknown error"),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("default: {default}"),
    N_("required"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
)


def plural_words(count: int) -> tuple[str, ...]:
    """The messages of click that depend on a count."""
    return (
        _n("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", count),
        _n(
            "Got unexpected extra argument ({args})",
            "Got unexpected extra arguments ({args})",
            count,
        ),
        _n("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", count),
        _n(
            "Option {name!r} requires an argument.",
            "Option {name!r} requires {nargs} arguments.",
            count,
        ),
        _n(
            "Takes {nargs} values but 1 was given.",
            "Takes {nargs} values but {len} were given.",
            count,
        ),
    )


def speak(language: str) -> None:
    """Let this process speak a language: certify's own words and click's.

    click asks the gettext of the process, which takes its language from the environment.
    """
    i18n.use(Speaker(language))
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
