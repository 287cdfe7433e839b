from __future__ import annotations

import pytest

from homevisit.scoring.objectivity import INVITATIONS, Flag, check, invitation, is_flagged
from homevisit.scoring.word_list import word_list

PLAIN_ACTS = """\
She hands him the blocks one at a time.
The mother sits beside him on the floor and turns a block.
The baby turns her head toward the voice and reaches with both hands.
He kicks his legs and coos while his father bends over him.
The mother feels the baby's forehead with the back of her hand.
He moves his hand like a fan.
The child appears in the doorway with a cup.
She presses hard on the crayon until it breaks.
She tries on the hat and looks in the mirror.
Everyone sings Happy Birthday and claps.
She takes care of the twins while Joyce is at the dentist.
Then Joy puts the blue block on the red one, and Hope waves.
Grace picks up the spoon.
She smiles, and he smiles back and laughs.
He cries for two minutes after the door closes.
The water in the tub is cold.
A nod lets him know that it is his turn.
She made a row of felt pieces.
Lena misses the ball and runs after it.
He speaks clearly into the phone.
He stands very close to the window.
The father gets the bottle ready and shakes it.
He lies on the floor and kicks.
He also drew a kind of house with four windows.
They met in May at the clinic.
She touches her ear, then hands over the spoon too.
He uses the cloth to wipe the bright red tray.
She counts a handful of peas.
The grandmother, her great aunt and a group leader sat down.
"""
SAID = """\
The mother said, “I am so happy that you came.”
He said 'I don't want it' and walked away.
"She is lazy", the uncle said.
The mother says that she is tired and sad.
The visitor asks whether he wants more milk.
She told him that he was lazy, then left.
She asked her mother if she was angry.
"""
JUDGING = {
    "The girl looked happy.": ("happy", "feeling or inner state"),
    "He was happily stacking the blocks.": ("happily", "feeling or inner state"),
    "She doesn't like the spoon.": ("doesn't like", "feeling or inner state"),
    "Ana misses her mom.": ("misses her mom", "feeling or inner state"),
    "She is cold.": ("She is cold", "feeling or inner state"),
    "Tom is the smartest in the room.": ("smartest", "trait or label"),
    "She is mean to Joy.": ("is mean", "trait or label"),
    "The father was over-protective.": ("over-protective", "trait or label"),
    "They had a great time.": ("had a great time", "trait or label"),
    "He can't sit.": ("can't", "trait or label"),
    "She tried to open the box.": ("tried to", "intention"),
    "He dropped it on purpose.": ("on purpose", "intention"),
    "He seems at home here.": ("seems", "guess"),
    "She looks like she slept.": ("looks like she", "guess"),
    "He acts as if nobody is there.": ("acts as", "guess"),
    "He always sits there.": ("always", "generalisation"),
    "She laughs a lot.": ("a lot", "generalisation"),
    "He cried because she left.": ("because", "reason"),
    "Since he was late, she left.": ("Since he was", "reason"),
    "She should hold him.": ("should", "advice"),
    "The family needs to go out more.": ("needs to", "advice"),
}


@pytest.mark.parametrize("sentence", [*PLAIN_ACTS.splitlines(), *SAID.splitlines()])
def test_plain_acts_and_what_somebody_said_are_not_flagged(sentence):
    assert check(sentence) == []
    assert not is_flagged(sentence)


@pytest.mark.parametrize(("sentence", "expected"), JUDGING.items())
def test_words_that_say_more_than_was_seen_are_flagged_with_their_category(sentence, expected):
    assert check(sentence) == [Flag(*expected)]
    assert is_flagged(sentence)


def test_flags_keep_the_spelling_and_come_once_in_their_order():
    text = "HAPPILY she sang.\nHe wasn\u2019t sad. He doesn\u2019t care; she is Sad, sad."
    assert check(text) == [
        Flag("HAPPILY", "feeling or inner state"),
        Flag("sad", "feeling or inner state"),
        Flag("doesn\u2019t care", "feeling or inner state"),
    ]


def test_text_in_capital_letters_is_checked_too():
    assert check("THE BOY IS LAZY.") == [Flag("LAZY", "trait or label")]


def test_reported_speech_ends_with_its_clause():
    assert [flag.words for flag in check("She says that he sleeps, and happily turns away.")] == ["happily"]
    assert [flag.words for flag in check("He asks if it fits. He is proud.")] == ["proud"]


def test_allowed_words_are_not_flagged():
    assert check("He is happy and proud.", allow={"Happy"}) == [Flag("proud", "feeling or inner state")]
    assert check("She tried to sit.", allow=["tried"]) != []
    assert check("She tried to sit.", allow=["tried", "to"]) == []


def test_invitation_names_the_words_for_every_category():
    words = {category: invitation(Flag("these", category)) for category in INVITATIONS}
    assert all(text.startswith("“these” ") and text.endswith("?") for text in words.values())
    assert {category for entries in word_list().entries.values() for _, category in entries} == {
        *INVITATIONS,
        "plain",
        "reported",
    }


@pytest.mark.parametrize(
    "text", ["", " \n", "?!", "''", '"', "'" * 5_000, "“" * 5_000, "said " * 5_000, "é 🙂"]
)
def test_odd_texts_are_taken(text):
    assert check(text) == []
