"""Which forms there are (R-FRM-01)."""

from certify.errors import BadInput
from certify.i18n import _
from certify.services.forms import inspection, ledger, staff, standards, training
from certify.services.forms.form import Form

FORMS: dict[str, Form] = {
    form.name: form
    for forms in (staff, training, inspection, standards, ledger)
    for form in forms.FORMS
}
"""By name, in the order in which people are shown them."""


def form_named(name: str) -> Form:
    """The form of a name.

    Raises:
        BadInput: there is none; the possible ones are named.
    """
    if name not in FORMS:
        raise BadInput(
            _("There is no form “{name}”.").format(name=name),
            mend=_("Possible: {values}").format(values=", ".join(sorted(FORMS))),
        )
    return FORMS[name]
