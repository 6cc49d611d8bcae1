"""Why a question cannot be taken."""

from certify.api import _


class Trouble(Exception):
    """A question that a person must mend."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


def no_key() -> Trouble:
    """The key is missing."""
    return Trouble(
        _("The question has no key."),
        _("Write it below the question after “答案：”, such as “答案：B”."),
    )


def two_keys(one: str, other: str) -> Trouble:
    """Two places say different things."""
    return Trouble(
        _("The question has two different keys: “{one}” and “{other}”.").format(
            one=one, other=other
        ),
        _("Find out which is right, and delete the other."),
    )


def unclear_key(text: str) -> Trouble:
    """The key says nothing that can be understood."""
    return Trouble(
        _("The key “{text}” cannot be understood.").format(text=text[:40]),
        _("Write letters of the options, such as “答案：ABD”; of a statement “正确” or “错误”."),
    )
