"""Corrections in words, the same on the screens and the command line."""

from certify.domain.correction import Change, CorrectionKind
from certify.i18n import N_, _

KINDS = {
    CorrectionKind.VOID: N_("void the item"),
    CorrectionKind.REKEY: N_("another key"),
    CorrectionKind.REWEIGHT: N_("other points"),
    CorrectionKind.REMARK: N_("marked again"),
}


def change_text(change: Change) -> str:
    """What a correction changes for one person besides the mark."""
    if change.kept:
        return _("keeps the higher mark")
    told = []
    if change.passed_after and not change.passed_before:
        told.append(_("not passed → passed"))
    if change.passed_before and not change.passed_after:
        told.append(_("passed → not passed"))
    if change.granted:
        told.append(_("gets {codes}").format(codes=", ".join(change.granted)))
    if change.revoked:
        told.append(_("loses {certificates}").format(certificates=", ".join(change.revoked)))
    if not told:
        return _("nothing") if change.before == change.after else _("the mark only")
    return _("; ").join(told)
