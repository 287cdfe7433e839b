"""What a lesson's code cells call: one function for each type of question, `clip` and `finish`."""

from homevisit.widgets.questions import (
    checklist,
    choose,
    clip,
    commitment,
    finish,
    observe,
    order,
    reflect,
    rephrase,
    respond,
    sort,
)

__all__ = [
    "checklist",
    "choose",
    "clip",
    "commitment",
    "finish",
    "observe",
    "order",
    "reflect",
    "rephrase",
    "respond",
    "sort",
]
