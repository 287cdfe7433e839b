"""Waits until a lesson's questions are drawn."""

from __future__ import annotations

DRAWN = "([n, state]) => document.querySelectorAll(`.hvq-question[data-state=${state}]`).length >= n"


def all_drawn(page, questions, state="not-started"):
    """Come near the questions that are fetched only then, and wait until all stand there in a state."""
    late = [question for question in questions.values() if question.type == "watch"]
    page.wait_for_function(DRAWN, arg=[len(questions) - len(late), state])
    for note in page.locator("[data-later]").all():
        note.evaluate("(note) => note.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.wait_for_function(DRAWN, arg=[len(questions), state])
