"""That a supervisor and a learner talked about what the learner planned to try on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.errors import MissingEntryError
from homevisit.services.team.standing import member
from homevisit.store import attempts as attempt_store
from homevisit.store import team_standing

if TYPE_CHECKING:
    from datetime import datetime

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account


def note_talk(
    store: Store, catalogue: Catalogue, viewer: Account, account_id: str, *, lesson_id: str, now: datetime
) -> None:
    """Note that the newest commitment of a person in a lesson was talked about.

    Raises
    ------
    MissingEntryError
        The viewer does not look after this person, or nothing was planned in the lesson.
    """
    member(store, viewer, account_id)
    asked = {
        name for name, question in catalogue.key(lesson_id).questions.items() if question.type == "commitment"
    }
    with store.begin() as conn:
        made = [
            one for one in attempt_store.attempts(conn, account_id, lesson_id) if one.question_id in asked
        ]
        if not made:
            raise MissingEntryError("Nothing is planned in this lesson yet, so there is nothing to note.")
        team_standing.set_talked(conn, made[-1].attempt_id, by=viewer.account_id, at=now)
