"""The names of the question types, and nothing else: a lesson's kernel imports this and should start quickly."""

QUESTION_TYPES = (
    "observe",
    "choose",
    "sort",
    "order",
    "rephrase",
    "reflect",
    "respond",
    "checklist",
    "commitment",
    "ecomap",
    "plan",
    "watch",
)
