"""Widgets of the choice types."""

from certify.tui.question_widget import ChoiceList


class OneOfMany(ChoiceList):
    """One option may be chosen."""


class ManyOfMany(ChoiceList):
    """Several options may be chosen."""

    many = True
