"""A sample cohort for trying the course out, made through the real way of handing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from homevisit.course.catalogue import Catalogue
from homevisit.errors import ConflictError
from homevisit.services import accounts, learning
from homevisit.services.grading import grade_while_busy
from homevisit.services.samples import sample_response
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store

if TYPE_CHECKING:
    from homevisit.config import Settings
    from homevisit.store.engine import Store
    from homevisit.store.values import Role

# Made-up people; the last figure is how much of a question each of them gets right.
LEARNERS = (
    ("Ana Demo", "North", 1.0),
    ("Bilal Demo", "North", 0.8),
    ("Chen Demo", "North", 0.6),
    ("Dora Demo", "South", 0.9),
    ("Emil Demo", "South", 0.5),
    ("Farah Demo", "South", 0.3),
)
STAFF = (
    ("Toni Demo", "trainer", ""),
    ("Sam Demo", "supervisor", "North"),
    ("Uma Demo", "supervisor", "South"),
)


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made; `links` maps a role to the invitation token of one person who has it."""

    learners: int
    submissions: int
    links: dict[Role, str]


def make_demo(settings: Settings) -> Demo:
    """Fill the empty data directory of `settings` with a cohort; most hand in the first lesson.

    Raises
    ------
    ConflictError
        There are accounts in this data directory already.
    """
    catalogue = Catalogue(settings.course_dir)
    lesson_id = catalogue.lessons()[0].lesson_id
    store = open_store(settings.database_url)
    try:
        with store.read() as conn:
            if account_store.accounts(conn):
                raise ConflictError(
                    f"There are people in {settings.data_dir} already. Name an empty folder with --data."
                )
        people = {
            name: accounts.open_account(store, _email(name), name, role, team) for name, role, team in STAFF
        }
        handed_in = 0
        for number, (name, team, share) in enumerate(LEARNERS):
            learner = accounts.open_account(store, _email(name), name, "learner", team)
            people[name] = learner
            handed_in += _work(store, catalogue, learner.account_id, lesson_id, share=share, number=number)
        links = {
            people[name].role: accounts.invite(store, people[name].account_id)
            for name in ("Ana Demo", "Toni Demo", "Sam Demo")
        }
        grade_while_busy(store, settings, catalogue, 0)
    finally:
        store.close()
    return Demo(learners=len(LEARNERS), submissions=handed_in, links=links)


def _work(
    store: Store, catalogue: Catalogue, account_id: str, lesson_id: str, *, share: float, number: int
) -> bool:
    """Work through a lesson as one learner; return whether it was handed in (the last is not done)."""
    questions = catalogue.key(lesson_id).questions
    is_last = number == len(LEARNERS) - 1
    for question_id, question in list(questions.items())[: len(questions) // 2 if is_last else None]:
        response = sample_response(question, share, number)
        learning.commit_attempt(
            store,
            catalogue,
            account_id,
            lesson_id,
            question_id,
            response=response,
            number=1,
            token=uuid4().hex,
        )
    if not is_last:
        learning.submit_lesson(store, catalogue, account_id, lesson_id, uuid4().hex)
    return not is_last


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"
