"""One entry of the handbook's "Answers may include"."""

from __future__ import annotations

from typing import Annotated

from homevisit.course.fields import AsTuple, Checked, Identifier, MaybeText, PointIds, Text


class KeyPoint(Checked):
    """What the handbook lists, where to look again for it, and which points of the source it is.

    `also` says the same in other words, as learners might; the program compares with it, and nobody sees it.
    """

    id: Identifier
    text: Text
    also: Annotated[tuple[Text, ...], AsTuple] = ()
    look_again: MaybeText = ""
    points_of: PointIds = ()
