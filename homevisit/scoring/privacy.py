"""Points out what in a text may tell who a family is: names, addresses, numbers, dates. Nothing is changed or kept.

A full date is pointed out whether or not it is a birth date, since a program cannot know; one without a year only
beside a word such as "born".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.scoring.names import Known, find_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre)(?![a-z])(?:\.(?= ?\d))?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_WRITTEN_DAY = rf"(?:{_MONTH} {_DAY}|{_DAY}(?: of| de)? {_MONTH})"
_STREET = (
    r"(?:street|st\.?|avenue|ave\.?|road|rd\.?|lane|ln\.?|drive|dr\.?|court|ct\.?|boulevard|blvd\.?|way|place|pl\.?"
    r"|terrace|circle|highway|hwy\.?)"
)
# A word of a street's name: "10 feet down the road" has none, since these tell a distance.
_STREET_WORD = (
    r"(?!(?:feet|foot|ft|miles?|blocks?|minutes?|hours?|days?|weeks?|months?|years?|times?|steps?|of|the|a|down|up"
    r"|to|on|in|at|from|people|families|kids|children|am|pm|more|other|different|visits?)\b)[a-z0-9.'\u2019-]{2,20}"
)
_BORN = (
    r"(?:born(?: on)?|birth ?(?:day|date)(?: is| was)?|date of birth|d\.?o\.?b\.?|naci[\u00f3o](?: el)?"
    r"|fecha de nacimiento|cumplea\u00f1os)"
)
_IS = r"(?::| is| was| es| fue| on| el){0,2}"
_CASE = (
    r"(?:case|file|client|docket|medicaid|medicare|policy|member|license|passport|alien|caso|expediente|registro"
    r"|folio|cliente)"
)
_NUMBER = r"(?: ?(?:id|no\.?|num\.?|number|n\u00famero|n\u00fam\.?|#|:|is|es))*"

_ENGLISH_ADDRESS = (
    rf"(?<![\d#./-])\d{{1,6}}(?: [nsew]\.?| (?:north|south|east|west))?(?: {_STREET_WORD}){{1,3}} {_STREET}"
    r"(?!\w)(?:,? (?:apt|apartment|unit|#)\.? ?\w{1,5})?"
)
_SPANISH_ADDRESS = (
    r"\b(?:calle|avenida|av\.|calzada|carretera|colonia|callej\u00f3n|boulevard)"
    r"(?: (?!cuando|donde|para|con|y|a|en)[\w\u00c0-\u024f.]{1,20}){1,4},?"
    r" ?(?:#|n\u00famero|no\.|n\u00fam\.)? ?\d{1,5}\b"
)

# Earlier kinds win where two overlap; patterns are bounded, so that a long text costs little.
_PATTERNS = (
    ("an e-mail address", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[a-z]{2,}"),
    ("a Social Security number", r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])"),
    (
        "a Social Security number",
        rf"\b(?:ssn|social security|seguro social){_NUMBER} ?(\d[\d -]{{2,12}}\d)",
    ),
    ("a date of birth", rf"\b{_BORN}{_IS} ?({_WRITTEN_DAY}(?:,? (?:de |del )?{_YEAR})?)"),
    ("a date of birth", rf"\b{_BORN}{_IS} ?(\d{{1,2}}[./-]\d{{1,2}}(?:[./-](?:\d{{4}}|\d{{2}}))?)(?!\d)"),
    ("a full date", rf"\b{_WRITTEN_DAY},? (?:de |del )?{_YEAR}\b"),
    (
        "a full date",
        rf"(?<![\d./-])(?:\d{{1,2}}([./-])\d{{1,2}}\1(?:{_YEAR}|\d{{2}})|{_YEAR}-\d{{2}}-\d{{2}})(?![\d/-])",
    ),
    (
        "a case number",
        rf"\b{_CASE}{_NUMBER}[ :#]*((?=[a-z-]{{0,6}}\d)[a-z\d-]{{0,12}}\d[\d-]{{2,12}}[a-z\d]?)\b",
    ),
    ("a case number", r"\bA[- ]?\d{3}[- ]?\d{3}[- ]?\d{3}\b"),
    (
        "a phone number",
        r"(?<![\d/.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-]?)\d{3}[ .-]?\d{4}(?![\d/-])",
    ),
    ("a phone number", r"(?<![\d/.-])\d{3}[.-]\d{4}(?![\d/-])"),
    ("a phone number", r"(?<!\w)\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?!\d)"),
    ("an address", _ENGLISH_ADDRESS),
    ("an address", r"\bp\.? ?o\.? box \d{1,6}\b"),
    ("an address", _SPANISH_ADDRESS),
    ("an address", r"\b(?:apt|apartment|apartamento|depto|departamento|lot|trailer)\.? ?#? ?\d{1,5}[a-z]?\b"),
    ("an address", r"\b(?:[A-Z][a-z]+,? )?[A-Z]{2},? \d{5}(?:-\d{4})?\b"),
)
_COMPILED = tuple(
    # A state's two letters and an alien number are written in capitals.
    (kind, re.compile(pattern, 0 if "[A-Z]" in pattern or r"\bA[" in pattern else re.IGNORECASE))
    for kind, pattern in _PATTERNS
)
# Digits enough for a number of somebody's, whatever it is called.
_LONG_NUMBER = re.compile(r"(?<![\d.,/-])\d{7,}(?![\d.,/-]?\d)")


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of a text as it was written, what it may be, and where it stands."""

    text: str
    kind: str
    start: int
    end: int


def check(text: str, known: Collection[str] = ()) -> list[Finding]:
    """Give what may tell who somebody is, in the order of the text; the same piece comes once.

    Parameters
    ----------
    text : str
        What a learner wrote.
    known : collection of str
        Words of the lesson as it writes them. Those with a capital letter are its own people and places and are
        not pointed out; those in small letters are ordinary words, also where a sentence begins with them.
    """
    taken: list[Finding] = []
    covered = bytearray(len(text))
    for kind, start, end in (
        *_numbers(text),
        *(("a name", *found) for found in find_names(text, Known.of(known))),
    ):
        if covered.find(1, start, end) < 0:
            covered[start:end] = b"\1" * (end - start)
            taken.append(Finding(text[start:end], kind, start, end))
    taken.sort(key=lambda finding: finding.start)
    return list({finding.text.casefold(): finding for finding in reversed(taken)}.values())[::-1]


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _COMPILED:
        for found in pattern.finditer(text):
            # where a word such as "born" leads to it, only what follows is shown
            group = 1 if pattern.groups and kind != "a full date" else 0
            yield kind, *found.span(group)
    for found in _LONG_NUMBER.finditer(text):
        yield "a long number", *found.span()
