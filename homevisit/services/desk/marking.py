"""What a trainer puts down about a text, as a browser sends it and as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.course.given import MAX_TEXT, clean
from homevisit.errors import InvalidEntryError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_HIGHLIGHTS = 100
BLANK: dict[str, Any] = {"ratings": {}, "criterion_comments": {}, "comment": "", "highlights": []}


@dataclass(frozen=True, slots=True)
class Marked:
    """What a trainer has put down so far: ratings, comments, and highlights of the text."""

    ratings: Mapping[str, int]
    criterion_comments: Mapping[str, str]
    comment: str
    highlights: tuple[dict[str, Any], ...]

    def columns(self) -> dict[str, Any]:
        """Return it as the store keeps it."""
        return {
            "ratings": dict(self.ratings),
            "criterion_comments": dict(self.criterion_comments),
            "comment": self.comment,
            "highlights": list(self.highlights),
        }


def marked(obj: Mapping[str, Any], text: str) -> Marked:
    """Return what a browser sent in its normal form.

    Parameters
    ----------
    text : str
        The response that the highlights lie in; what each quotes is taken from it.

    Raises
    ------
    InvalidEntryError
        A rating is no level, a text is too long, or a highlight lies outside the response.
    """
    given = {**BLANK, **{name: obj[name] for name in BLANK if name in obj}}
    ratings, comments = given["ratings"], given["criterion_comments"]
    if not isinstance(ratings, dict) or any(type(level) is not int for level in ratings.values()):
        raise InvalidEntryError("A rating is one of the levels of the rubric. Choose it again.")
    if not isinstance(comments, dict) or not isinstance(given["highlights"], list):
        raise InvalidEntryError("The page sent something the desk could not read. Reload it and try again.")
    if len(given["highlights"]) > MOST_HIGHLIGHTS:
        raise InvalidEntryError(
            f"There is room for {MOST_HIGHLIGHTS} marked places in one text. Remove some of them."
        )
    return Marked(
        ratings={str(name): level for name, level in ratings.items()},
        criterion_comments={str(name): said(words) for name, words in comments.items() if str(words).strip()},
        comment=said(given["comment"]),
        highlights=tuple(_highlight(place, text) for place in given["highlights"]),
    )


def said(words: object) -> str:
    """Return a trainer's words as they are kept; InvalidEntryError when they are too long."""
    text = clean(words).strip()
    if len(text) > MAX_TEXT:
        raise InvalidEntryError(
            f"A comment of {len(text):,} characters is too long; there is room for {MAX_TEXT:,}. "
            "Shorten it; it is still here."
        )
    return text


def _highlight(place: object, text: str) -> dict[str, Any]:
    given: dict[str, Any] = place if isinstance(place, dict) else {}
    start, end = given.get("start"), given.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise InvalidEntryError("A marked place lies outside the text. Mark it again.")
    return {"start": start, "end": end, "quote": text[start:end], "comment": said(given.get("comment", ""))}
