"""Which format of question-bank files is meant: by name, else by ending and content."""

from collections.abc import Iterable

from certify.domain.item_format import BankFile, ItemFormat
from certify.errors import BadInput
from certify.hooks.registry import Plugins
from certify.i18n import _
from certify.platform import Platform

PASTED = "pasted.txt"
"""Name of what comes from standard input."""


def by_name(platform: Platform, name: str, *, to_write: bool = False) -> ItemFormat:
    """The format of this name.

    Raises:
        BadInput: there is none, or it cannot do it.
    """
    return in_plugins(platform.plugins, name, to_write=to_write)


def in_plugins(plugins: Plugins, name: str, *, to_write: bool = False) -> ItemFormat:
    """The same where there is no home.

    Raises:
        BadInput
    """
    known = {
        key: one
        for key, one in plugins.item_formats.items()
        if (one.can_write if to_write else one.can_read)
    }
    if name in plugins.item_formats and name not in known:
        only = _("Files of format “{name}” can only be read, not written.")
        if not to_write:
            only = _("Files of format “{name}” can only be written, not read.")
        raise BadInput(only.format(name=name), mend=_possible(known))
    if name not in known:
        raise BadInput(_("There is no format “{name}”.").format(name=name), mend=_possible(known))
    return known[name]


def told(platform: Platform, file: BankFile) -> ItemFormat:
    """The format of a file, told from the end of its name and from its content.

    Raises:
        BadInput: it is none that is known.
    """
    known = [one for one in platform.plugins.item_formats.values() if one.can_read]
    fitting = [one for one in known if file.name.lower().endswith(one.suffixes)]
    # Whose own ending it is takes what no other one knows by its content: .txt may be GIFT.
    fitting.sort(key=lambda one: file.name.lower().endswith(one.suffixes[0]))
    for group in (fitting, known if file.name == PASTED else ()):
        for one in group:
            if one.recognises(file):
                return one
    own = [one for one in fitting if file.name.lower().endswith(one.suffixes[0])]
    if len(own) == 1:
        return own[0]  # it says itself what is wrong with the file
    raise BadInput(
        _("It is not clear which kind of question bank this is."),
        place=file.name,
        mend=_possible(one.name for one in known),
    )


def _possible(names: Iterable[str]) -> str:
    values = ", ".join(sorted(names)) or "–"
    return _("Say it with --format; possible: {values}").format(values=values)
