"""What the SSH door says before it is known who comes: in both languages, the server's first."""

from collections.abc import Callable

from certify.domain.clean import clean
from certify.errors import CertifyError
from certify.i18n import LANGUAGES, _, _n, speaking


def in_both(first: str, say: Callable[[], str], between: str = "\r\n") -> str:
    """A text in every language.

    Args:
        first: the language that comes first.
    """
    told = []
    for language in sorted(LANGUAGES, key=lambda one: one != first):
        with speaking(language):
            told.append(clean(say()))
    return between.join(dict.fromkeys(told))


def welcome(company: str, open_door: str) -> str:
    """Where one is, and what to type."""
    lead = f"certify · {company}" if company else "certify"
    return "\n".join(
        [
            lead,
            _("Sign in with your password, start code or exam code, or with a public key."),
            _("You do not know how? Come in as “{name}”: ssh {name}@…").format(name=open_door),
        ]
    )


def prompt() -> str:
    """What is asked for, on one line."""
    return _("Password, start code or exam code")


def wrong() -> str:
    """A try failed."""
    return _("Staff number, password or code is wrong.")


def too_many_tries() -> str:
    """The connection is closed after the last try."""
    return _("Too many tries on one connection. Connect again to go on.")


def too_many_here() -> str:
    """There is no room for this connection."""
    return _("Too many connections; try again in a minute.")


def too_slow() -> str:
    """Nobody signed in."""
    return _("Nobody signed in; the connection is closed. Connect again when you are ready.")


def idle(minutes: int) -> str:
    """No key was pressed for long."""
    return _n(
        "Signed out after {minutes} minute without a key. What was saved stays saved.",
        "Signed out after {minutes} minutes without a key. What was saved stays saved.",
        minutes,
    ).format(minutes=minutes)


def elsewhere() -> str:
    """The same person came in on too many terminals."""
    return _("You have signed in on many other terminals since; this one was signed out.")


def no_screens() -> str:
    """The screens need a terminal, and there is none."""
    return _("This terminal shows no screens. Sign in by your number: ssh STAFF_NO@…")


def of(error: CertifyError) -> str:
    """What is wrong, and what to do; names that people gave may stand in it."""
    return clean(f"{error.message} {error.mend}".strip())
