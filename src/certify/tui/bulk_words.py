"""How deeds for many certificates are said."""

from certify.domain.bulk import Deed
from certify.i18n import N_

DEEDS = {
    Deed.REMIND: N_("Remind the holders"),
    Deed.REGISTER: N_("Register for the exam that renews it"),
    Deed.RENEW: N_("Renew levels that no exam renews"),
    Deed.EXTEND: N_("Extend levels"),
    Deed.SUSPEND: N_("Suspend"),
}
"""In the order in which they are offered."""
