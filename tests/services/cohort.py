"""A copy of the course, and learners who hand in its lesson."""

from __future__ import annotations

import shutil
from uuid import uuid4

from homevisit.services import learning
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from tests.web.course_server import LESSON, ROOT


def copied_course(root):
    """Copy the course to `root`, so that its data stand there too."""
    root.mkdir()
    for name in ("course.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    for name in ("source", "answer_keys", "lessons"):
        shutil.copytree(ROOT / name, root / name)
    return root


def add_learner(store, name):
    email = f"{name.lower().replace(' ', '.')}@example.org"
    with store.begin() as conn:
        return account_store.add_account(conn, email=email, name=name, role="learner", team="North")


def hand_in(store, catalogue, learner, responses, lesson_id=LESSON):
    """Commit a response to each question that `responses` names, and hand in; return the submission."""
    tried = learning.lesson_state(store, catalogue, learner.account_id, lesson_id).attempts
    for question_id, response in responses.items():
        learning.commit_attempt(
            store,
            catalogue,
            learner.account_id,
            lesson_id,
            question_id,
            response=response,
            number=len(tried[question_id]) + 1,
            token=uuid4().hex,
        )
    return learning.submit_lesson(store, catalogue, learner.account_id, lesson_id, uuid4().hex)


def attempts_of(store, submission):
    with store.read() as conn:
        tried = attempt_store.attempts(conn, submission.account_id, submission.lesson_id)
    return [attempt for attempt in tried if attempt.attempt_id in submission.attempt_ids]
