"""Words, sentences and word stems of what a learner wrote."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from homevisit.scoring.lexicon.lists import same_words

# Articles and pointers, auxiliary and connecting words, and verbs that say nothing by themselves. Words of
# place (beside, up, across), of number (more, both) and of denial (not, never) say something and stay.
_STOP = """
a an the this that these those there here it its he his him he she her hers they their them theirs they're
we us our ours you your yours i me my mine i'm himself herself itself themselves who whom whose which
what where when why how one ones some any each another such am is are was were be been
being do does did done doing have has had having will would shall should can could may might must go goes
going went gone get gets got getting come comes came coming and or but if then so than because while as also of to in
on at by for with from into onto about between through during again very just too much many own only still even
"""
STOP_WORDS = frozenset(_STOP.split())
LONGEST_WORD = 40

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NEXT_TO = re.compile(r"\bnext to\b")
_SENTENCE_END = re.compile(r"""(?<=[.!?;])["')\]\u2019\u201d]*\s+|\n+""")
# An abbreviation, or the number of a list entry: the point after it ends no sentence.
_NO_END = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|vs|e\.g|i\.e)|^\W{0,3}[0-9]{1,2})\.$", re.IGNORECASE | re.MULTILINE
)
_NO_END_REACH = 8


def normalise(text: str) -> str:
    """Give `text` in one form: compatibility forms joined (NFKC), case folded, apostrophes straight."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace(
        "\N{MODIFIER LETTER APOSTROPHE}", "'"
    )


def words(text: str) -> list[str]:
    """Give the words of `text`, folded; an apostrophe inside a word belongs to it, a final 's does not."""
    found = _WORD.findall(_NEXT_TO.sub("beside", normalise(text)))
    return [word.removesuffix("'s")[:LONGEST_WORD] for word in found]


def sentences(text: str) -> list[str]:
    """Give the sentences of `text` as they were written; a new line always ends one."""
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        stop = end.start()
        if "\n" not in end.group() and _NO_END.search(text, max(start, stop - _NO_END_REACH), stop):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the stem of one folded word, the same for words that visitors use for one another."""
    # A stemmer object is not safe between threads, and making one costs less than a microsecond.
    return str(Stemmer.Stemmer("english", 0).stemWord(same_words().get(word, word)))


def stemmed(text: str) -> list[tuple[str, str]]:
    """Give the words of `text` that say something, each with its stem, in their order."""
    return [(word, stem(word)) for word in words(text) if word not in STOP_WORDS]
