"""Items with choices, lines to order or to match, and essays, as QTI 3.0."""

from certify.api import ItemBlock
from certify_qti.xhtml import attribute, text, xhtml
from certify_qti.xml_parts import MAP, MATCH, Parts, declared, names, simple, template


def choice_xml(block: ItemBlock) -> Parts:
    """A choice of one or of several."""
    named = list(zip(names("choice"), block.options, strict=False))
    right = [name for name, (_text, is_right) in named if is_right]
    single = len(right) == 1
    choices = "".join(simple("choice", name, option) for name, (option, _mark) in named)
    shuffle = "false" if len(named) == 2 else "true"
    return Parts(
        declared("RESPONSE", "single" if single else "multiple", "identifier", right),
        f'{xhtml(block.stem)}<qti-choice-interaction response-identifier="RESPONSE"'
        f' shuffle="{shuffle}" max-choices="{int(single)}">\n{choices}</qti-choice-interaction>',
        template(MATCH),
    )


def order_xml(block: ItemBlock) -> Parts:
    """Lines to put in order."""
    named = list(zip(names("line"), block.options, strict=False))
    choices = "".join(simple("choice", name, option) for name, (option, _mark) in named)
    return Parts(
        declared("RESPONSE", "ordered", "identifier", [name for name, _option in named]),
        f'{xhtml(block.stem)}<qti-order-interaction response-identifier="RESPONSE"'
        f' shuffle="true">\n{choices}</qti-order-interaction>',
        template(MATCH),
    )


def match_xml(block: ItemBlock) -> Parts:
    """Two columns; each line on the left earns a point."""
    head, *rows = block.rows
    rights = dict(zip(dict.fromkeys(row[1] for row in rows), names("right"), strict=False))
    lefts = dict(zip((row[0] for row in rows if row[0]), names("left"), strict=False))
    pairs = [f"{lefts[row[0]]} {rights[row[1]]}" for row in rows if row[0]]
    sets = [
        "".join(
            simple("associable-choice", name, option, f' match-max="{most}"')
            for option, name in side.items()
        )
        for side, most in ((lefts, 1), (rights, len(lefts)))
    ]
    return Parts(
        declared("RESPONSE", "multiple", "directedPair", pairs, pairs),
        f'{xhtml(block.stem)}<qti-match-interaction response-identifier="RESPONSE" shuffle="true"'
        f' max-associations="{len(lefts)}" data-left-head={attribute(head[0])}'
        f" data-right-head={attribute(head[1])}>\n<qti-simple-match-set>\n{sets[0]}"
        f"</qti-simple-match-set>\n<qti-simple-match-set>\n{sets[1]}</qti-simple-match-set>\n"
        "</qti-match-interaction>",
        template(MAP),
        len(lefts),
    )


def essay_xml(block: ItemBlock) -> Parts:
    """A text that a person marks by the rubric below it."""
    head, *rows = (tuple(map(text, row)) for row in block.rows)
    cells = "".join(f"<tr><td>{title}</td><td>{points}</td></tr>\n" for title, points in rows)
    return Parts(
        declared("RESPONSE", "single", "string", ()),
        f'{xhtml(block.stem)}<qti-extended-text-interaction response-identifier="RESPONSE"/>\n'
        '<qti-rubric-block view="scorer" use="scoring"><qti-content-body><table>\n'
        f"<thead><tr><th>{head[0]}</th><th>{head[1]}</th></tr></thead>\n"
        f"<tbody>\n{cells}</tbody></table></qti-content-body></qti-rubric-block>",
        "",
    )
