"""Looks at the Markdown of a lesson: headings, images, links, and how hard it is to read.

The grade is Flesch and Kincaid's (0.39 for each word of a sentence, 11.8 for each syllable of a word, less
15.59), over paragraphs and list entries; headings, tables and code are left out. The end of a list entry or
paragraph ends a sentence. Syllables are groups of vowels, less a silent e and with the commonest pairs of
vowels that are spoken apart: near enough for a grade, and no library is needed for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

    from homevisit.course.lesson_text import Cell

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")  # noqa: RUF001  a typographic apostrophe
_SENTENCE_END = re.compile(r"[.!?]+[\"'”’)*]*(?=\s|$)")  # noqa: RUF001  same
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|vs|etc|e\.g|i\.e)\.")
_VOWELS = re.compile(r"[aeiouyáéíóúü]+")
# "home", "while", "settled", "likely", "something"; but "table", "wanted", "places"
_SILENT_E = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|(?:[^aeiouytdl]|[aeiouy]ll?)ed$|(?:[^aeiouycsxzghl]|[aeiouy]l)es$"
    r"|[^aeiouyl]e(?:ly|less|ness|ments?)$|^some(?=[a-z])"
)
# "go-ing", "mater-i-al", "exper-i-ence", "us-u-al"; but "na-tion", "so-cial", "famil-iar", "e-qual"
_SPOKEN_APART = re.compile(
    r"[aeouy](?=ing$)|(?<![tcsgx])(?<![lnv](?=i[ao][nr]))i(?=[aou]|e(?:t|n[ct]))|(?<![aeiouqg])u(?=al)"
)
_IMG = re.compile(r"<img\b(?![^>]*\balt=(?:\"[^\"]*\S[^\"]*\"|'[^']*\S[^']*'))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a lesson."""

    level: int
    text: str
    line: int

    @property
    def anchor(self) -> str:
        """The name by which a link can lead to it, as the notebook's renderer makes it."""
        return self.text.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Prose:
    """What a lesson's Markdown cells hold: links and images are (address, text, line)."""

    headings: tuple[Heading, ...]
    links: tuple[tuple[str, str, int], ...]
    images: tuple[tuple[str, str, int], ...]
    passages: tuple[str, ...]


def read_prose(cells: Iterable[Cell]) -> Prose:
    """Read all Markdown cells of a lesson."""
    found = Prose((), (), (), ())
    for cell in cells:
        if not cell.is_code:
            more = _read(cell)
            found = Prose(
                found.headings + more.headings,
                found.links + more.links,
                found.images + more.images,
                found.passages + more.passages,
            )
    return found


def heading_problems(headings: Iterable[Heading]) -> Iterator[tuple[int, str]]:
    """Give (line, sentence) for a second or missing title and for each level that is skipped."""
    before = 0
    for heading in headings:
        if heading.level == 1 and before:
            yield heading.line, f'Write "## {heading.text}": the title above is the only heading with one #.'
        elif heading.level > before + 1:
            marks = "#" * (before + 1)
            yield heading.line, f'Write "{marks} {heading.text}" here; a level is skipped.'
        before = heading.level
    if not before:
        yield 1, 'Begin the lesson with its title, "# " and a few words.'


def words_in(text: str) -> list[str]:
    """Give the words of a text in lower case, without marks."""
    return [word.lower() for word in _WORD.findall(text)]


def reading_grade(passages: Iterable[str]) -> float:
    """Give the Flesch-Kincaid grade of paragraphs and list entries; 0 when there is no word in them."""
    words = sentences = syllables = 0
    for passage in passages:
        found = words_in(passage)
        if found:
            words += len(found)
            syllables += sum(map(_syllables, found))
            plain = _ABBREVIATION.sub(r"\1", passage).strip()
            ends = len(_SENTENCE_END.findall(plain))
            sentences += ends if _SENTENCE_END.search(plain[-3:]) else ends + 1
    if not words:
        return 0.0
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def _syllables(word: str) -> int:
    return sum(_syllables_of_part(part) for part in word.split("-") if part)


def _syllables_of_part(part: str) -> int:
    count = len(_VOWELS.findall(part))
    if count > 1 and _SILENT_E.search(part):
        count -= 1
    return max(count + len(_SPOKEN_APART.findall(part)), 1)


def _read(cell: Cell) -> Prose:
    headings: list[Heading] = []
    links: list[tuple[str, str, int]] = []
    images: list[tuple[str, str, int]] = []
    passages: list[str] = []
    tokens = _MARKDOWN.parse(cell.text)
    lines = cell.text.splitlines()
    for number, token in enumerate(tokens):
        start, end = token.map or (0, 0)
        if token.type == "html_block":
            images += _bare_images(token.content, cell.line + start)
        if token.type != "inline":
            continue
        opens = tokens[number - 1]
        if opens.type == "heading_open":
            headings.append(Heading(int(opens.tag[1:]), _plain(token), cell.line + start))
        elif opens.type == "paragraph_open":
            passages.append(_plain(token))
        for child in token.children or ():
            address = str(child.attrGet("src") or child.attrGet("href") or "")
            at = next((at for at in range(start, end) if address and address in lines[at]), start) + cell.line
            if child.type == "image":
                images.append((address, child.content.strip(), at))
            elif child.type == "link_open":
                links.append((address, "", at))
            elif child.type == "html_inline":
                images += _bare_images(child.content, at)
    return Prose(tuple(headings), tuple(links), tuple(images), tuple(passages))


def _bare_images(html: str, line: int) -> Iterator[tuple[str, str, int]]:
    for found in _IMG.finditer(html):
        yield "", "", line + html.count("\n", 0, found.start())


def _plain(token: Token) -> str:
    text = "".join(
        child.content if child.type in ("text", "code_inline") else " "
        for child in token.children or ()
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )
    return " ".join(text.split())
