from __future__ import annotations

import pytest

from homevisit.course.words import WordChoices, Words
from homevisit.scoring.objectivity import INVITATIONS, Flag, check, flag_json, invitation, is_flagged
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
She checks if it is still a good time to come in.
The father gets the bottle ready and shakes it.
He lies on the floor and kicks.
He also drew a kind of house with four windows.
They met in May at the clinic.
She touches her ear, then hands over the spoon too.
He uses the cloth to wipe the bright red tray.
She counts a handful of peas.
The grandmother, her great aunt and a group leader sat down.
He kept still, and the patient next to him coughed.
She asks what the word mean means.
The rough side of the shell is white.
She pressed very close to the window.
The ball was too far for him to reach.
He can be heard in the next room.
The mother takes his picture with her smart phone.
"""
SAID = """\
The mother said, “I am so happy that you came.”
He said 'I don't want it' and walked away.
"She is lazy", the uncle said.
The mother says that she is tired and sad.
The visitor asks whether he wants more milk.
She told him that he was lazy, then left.
She asked her mother if she was angry.
According to the mother, he is shy.
She denied being drunk.
\u2014No quiero, estoy triste \u2014dijo el niño.
\u00abEs muy flojo\u00bb, dijo el tío.
La mamá dijo que estaba cansada y triste.
Le preguntó al papá si el niño era terco.
Según la mamá, él es muy listo.
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
    "She dont like the spoon.": ("dont like", "feeling or inner state"),
    "He was overexcited.": ("overexcited", "feeling or inner state"),
    "The cousin sang unselfishly.": ("unselfishly", "trait or label"),
    "He moved the truck purposelessly.": ("purposelessly", "trait or label"),
    "It was such a visit.": ("such a visit", "trait or label"),
    "He talks too loud.": ("too loud", "trait or label"),
    "He is good at blocks.": ("good", "trait or label"),
    "He won't share.": ("He won't", "intention"),
    "The mother's lap was a comfort, she threw the cup to get her mother's attention.": (
        "to get her mother's attention",
        "intention",
    ),
    "She was very very happy.": ("very very happy", "feeling or inner state"),
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
    assert check("She is trying to sit.", allow=["tries"]) == []
    assert check("The house was a mess.", allow=["a", "the"]) != []
    assert check("She doesn't know them.", allow=["does", "not", "know"]) == []
    assert check("She doesn't like them.", allow=["does", "not", "know"]) != []
    assert check("La mamá estaba contenta.", allow=["Contento"]) == []


def test_invitation_names_the_words_for_every_category():
    for language, marked in (("en", "“these” "), ("es", "«these» ")):
        invitations = [invitation(Flag("these", category, language)) for category in INVITATIONS[language]]
        assert all(text.startswith(marked) and text.endswith("?") for text in invitations)
        listed = {category for found in word_list(language).entries.values() for _, category in found}
        assert listed == {*INVITATIONS[language], "plain", "reported"}


SPANISH = {
    "La niña estaba muy contenta.": ("muy contenta", "feeling or inner state"),
    "El nino esta enojado.": ("enojado", "feeling or inner state"),
    "Las hermanas son celosas.": ("celosas", "feeling or inner state"),
    "No le gusta la sopa.": ("No le gusta", "feeling or inner state"),
    "Ella se siente sola.": ("se siente sola", "feeling or inner state"),
    "La mamá disfrutaba la canción.": ("disfrutaba", "feeling or inner state"),
    "El papá es flojísimo.": ("flojísimo", "trait or label"),
    "Los gemelos se portaron mal.": ("se portaron mal", "trait or label"),
    "Le contesta groseramente.": ("groseramente", "trait or label"),
    "Lo hizo a propósito.": ("a propósito", "intention"),
    "La mamá trata de calmarlo.": ("trata de", "intention"),
    "Parece que va a llover.": ("Parece", "guess"),
    "Tal vez durmió poco.": ("Tal vez", "guess"),
    "El niño siempre gana.": ("siempre", "generalisation"),
    "Lloró xq se cayó la torre.": ("xq", "reason"),
    "Debería sentarse.": ("Debería", "advice"),
}


@pytest.mark.parametrize(("sentence", "expected"), SPANISH.items())
def test_spanish_sentence_is_checked_with_the_spanish_list(sentence, expected):
    assert check(sentence)[0] == Flag(*expected, "es")


def test_each_sentence_is_read_in_its_own_language():
    text = "The mother sat down. La mamá estaba triste. He was sad, and la niña too."
    assert check(text) == [
        Flag("triste", "feeling or inner state", "es"),
        Flag("sad", "feeling or inner state"),
    ]


def test_flag_goes_out_with_an_invitation_in_its_language():
    assert flag_json(Flag("triste", "guess", "es")) == {
        "words": "triste",
        "category": "guess",
        "invitation": "«triste» es una suposición; ¿qué vio u oyó usted que le hizo pensarlo?",
        "language": "es",
    }


def test_letters_with_accents_typed_in_two_parts_are_read_as_one():
    assert check("La mam\u0061\u0301 está preocupada.") == [
        Flag("preocupada", "feeling or inner state", "es")
    ]


@pytest.mark.parametrize(
    ("words", "fine", "flagged"),
    [
        (Words(remove=("rough",)), "He was rough with the dog.", "He was mean."),
        (Words(remove=("Tried to",)), "She tries to sit. She was trying to sit.", "She tries hard."),
        (Words(seems="fine"), "He seems to sleep. She appeared there.", "He seems sad."),
        (Words(add={"trait or label": ("helicopter grandpa", "hangry")}), "", "A helicopter grandpa came."),
        (Words(seems="flagged"), "", "He seems to sleep."),
    ],
)
def test_programme_changes_the_list(words, fine, flagged):
    choices = WordChoices(en=words)
    assert check(fine, words=choices) == []
    assert check(flagged, words=choices) != []


def test_changes_to_one_list_leave_the_other_and_the_next_programme_alone():
    choices = WordChoices(es=Words(seems="fine", remove=("nervioso",)))
    sentence = "La mamá parecía nerviosa."
    assert check(sentence, words=choices) == []
    assert [flag.words for flag in check(sentence)] == ["parecía", "nerviosa"]


@pytest.mark.parametrize(
    "text",
    ["", " \n", "?!", "¿¡»", "\u2014" * 5_000, "''", '"', "'" * 5_000, "“" * 5_000, "said " * 5_000, "é 🙂"],
)
def test_odd_texts_are_taken(text):
    assert check(text) == []
