"""What a lesson's code cells call: one function for each type of question, `clip` and `finish`."""

from homevisit.widgets.questions import (
    checklist,
    choose,
    clip,
    commitment,
    ecomap,
    finish,
    observe,
    order,
    plan,
    reflect,
    rephrase,
    respond,
    sort,
    watch,
)

__all__ = [
    "checklist",
    "choose",
    "clip",
    "commitment",
    "ecomap",
    "finish",
    "observe",
    "order",
    "plan",
    "reflect",
    "rephrase",
    "respond",
    "sort",
    "watch",
]
