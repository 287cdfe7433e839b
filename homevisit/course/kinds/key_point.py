"""One entry of the handbook's "Answers may include"."""

from __future__ import annotations

from homevisit.course.fields import Checked, Identifier, MaybeText, PointIds, Text


class KeyPoint(Checked):
    """What the handbook lists, where to look again for it, and which points of the source it is."""

    id: Identifier
    text: Text
    look_again: MaybeText = ""
    points_of: PointIds = ()
