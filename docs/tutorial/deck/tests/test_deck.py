"""What the cards mean."""

from certify.api import BankFile

from certify_deck.item_format import Deck


def read(text):
    return list(Deck().read(BankFile("cards.deck", text.encode()), "en"))


def test_notes_and_empty_lines_are_no_questions():
    assert read("# by Lin\n\n   # another note\n") == []


def test_a_card_has_a_topic_and_says_why():
    (card,) = read("[greeting] Who speaks first? | You | They # It opens the talk.")

    assert card.topic == "greeting"
    assert card.block.stem == "Who speaks first?"
    assert card.block.options == (("You", True), ("They", False))
    assert card.block.explanation == "It opens the talk."


def test_a_card_may_do_without_both():
    (card,) = read("Who speaks first? | You | They")

    assert (card.topic, card.block.explanation) == ("", "")


def test_a_slip_is_rejected_with_its_place_its_reason_and_its_mend():
    slips = read("| You | They\nWho?\nWho? | You | \n[greeting Who? | You | They")

    assert [slip.kind for slip in slips] == ["rejected"] * 4
    assert [slip.place for slip in slips] == ["1:1", "2:1", "3:1", "4:1"]
    assert [slip.reason for slip in slips] == [
        "The question is missing.",
        "A card needs a right answer and a wrong one.",
        "An answer is empty.",
        "The bracket of the topic stays open.",
    ]
    assert all(slip.mend for slip in slips)
