"""What a lesson's code cells call: one function for each kind of question, `clip` and `finish`."""

from homevisit.widgets.questions import choose, clip, finish, observe, reflect, sort

__all__ = ["choose", "clip", "finish", "observe", "reflect", "sort"]
