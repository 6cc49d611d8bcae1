"""Deck: what this plugin gives to certify."""

from certify.api import ItemFormat, hookimpl

from certify_deck.item_format import Deck


@hookimpl
def certify_register_item_formats() -> list[ItemFormat]:
    """The formats of question-bank files that this plugin gives."""
    return [Deck()]
