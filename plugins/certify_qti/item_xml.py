"""An item of the bank as an item of QTI 3.0."""

from collections.abc import Callable, Mapping

from certify.api import BankItem, ItemBlock, _
from certify_qti.response import Unfit
from certify_qti.xhtml import attribute, xhtml
from certify_qti.xml_choices import choice_xml, essay_xml, match_xml, order_xml
from certify_qti.xml_gaps import cloze_xml, numeric_xml, text_xml
from certify_qti.xml_parts import Parts

ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqtiasi_v3p0'
    ' https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd"'
    ' identifier={identifier} title={title} adaptive="false" time-dependent="false"'
    ' xml:lang={language} tool-name="certify">'
)
SCORE = (
    '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"'
    ' normal-maximum="{most}"/>'
)
FEEDBACK = (
    '<qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier">'
    "<qti-default-value><qti-value>explanation</qti-value></qti-default-value>"
    "</qti-outcome-declaration>"
)


def item_xml(item: BankItem, identifier: str, title: str, language: str) -> str:
    """The XML of an item.

    Raises:
        Unfit: QTI has nothing for this type, or for this item.
    """
    if (writer := WRITERS.get(item.type)) is None:
        raise Unfit(
            _("QTI has no kind of question for it: it is not answered in writing."),
            _("Export it as Markdown."),
        )
    parts = writer(item.block)
    explanation = xhtml(item.block.explanation)
    lines = [
        ROOT.format(
            identifier=attribute(identifier), title=attribute(title), language=attribute(language)
        ),
        parts.declarations,
        SCORE.format(most=parts.most),
        FEEDBACK if explanation else "",
        f"<qti-item-body>\n{parts.body}\n</qti-item-body>",
        parts.processing,
        '<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="explanation"'
        f' show-hide="show"><qti-content-body>\n{explanation}</qti-content-body>'
        "</qti-modal-feedback>"
        if explanation
        else "",
        "</qti-assessment-item>\n",
    ]
    return "\n".join(filter(None, lines))


WRITERS: Mapping[str, Callable[[ItemBlock], Parts]] = {
    "single": choice_xml,
    "multiple": choice_xml,
    "truefalse": choice_xml,
    "ordering": order_xml,
    "matching": match_xml,
    "numeric": numeric_xml,
    "text": text_xml,
    "cloze": cloze_xml,
    "essay": essay_xml,
}
