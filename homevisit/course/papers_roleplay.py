"""What somebody writes down after a role-play: three short texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.given import clean, parts, within_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

# The browser's form has the same questions (``web/static/lesson/roleplay.js``); a test compares the two.
ASKED = {
    "worked": "What worked, word for word",
    "different": "What I would say or do differently",
    "next": "When I will try it on a visit, and what I will watch for",
}


def blank_note() -> dict[str, Any]:
    """Give the content of a new note."""
    return dict.fromkeys(ASKED, "")


def checked_note(obj: object) -> dict[str, Any]:
    """Give the texts of a note as they are kept; InvalidResponseError for its shape or size."""
    given = parts(obj, dict.fromkeys(ASKED, str))
    note = {name: clean(given[name]) for name in ASKED}
    within_draft(note.values())
    return note


def note_as_text(note: Mapping[str, Any]) -> str:
    """Write a note with what was asked; what is blank says so."""
    return "\n\n".join(f"{asked}:\n{note[name].strip() or '(nothing yet)'}" for name, asked in ASKED.items())
