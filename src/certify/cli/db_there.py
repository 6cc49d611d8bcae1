"""The database that is there, opened as it is, for the commands of `certify db`."""

from certify.cli.call import Call
from certify.errors import HomeUnusable
from certify.i18n import _
from certify.storage import folder
from certify.storage.database import Database, connect


def existing(call: Call) -> Database:
    """The database of a call; nothing is made or upgraded.

    Raises:
        HomeUnusable: there is none.
    """
    home = call.settings.home
    if not call.settings.db and not home.database.is_file():
        folder.check_can_be(home.database)
        raise HomeUnusable(
            _("There is no database."),
            place=str(home.database),
            mend=_("Start “certify” once, or name another --home."),
        )
    return connect(call.settings.database_url)
