"""A sample cohort for trying the course out, made through the real way of handing in and reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from homevisit.course.catalogue import Catalogue
from homevisit.errors import ConflictError
from homevisit.services import accounts, learning, mailing
from homevisit.services.desk import claims, posting, reading, rubrics
from homevisit.services.grading import grade_while_busy
from homevisit.services.samples import sample_response
from homevisit.store import accounts as account_store
from homevisit.store import backdating, desk_items
from homevisit.store.engine import open_store

if TYPE_CHECKING:
    from homevisit.config import Settings
    from homevisit.course.kinds.rubric import RatedQuestion
    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Role
    from homevisit.store.values_desk import DeskItem

Progress = Literal["begun", "handed in", "read in part", "read", "returned", "handed in again"]


@dataclass(frozen=True, slots=True)
class SampleLearner:
    """A made-up learner: `share` is how much of a question is right, `days` how long ago it began."""

    name: str
    team: str
    share: float
    days: int
    progress: Progress


LEARNERS = (
    SampleLearner("Ana Demo", "North", 1.0, 19, "read"),
    SampleLearner("Bilal Demo", "North", 0.8, 12, "returned"),
    SampleLearner("Chen Demo", "North", 0.6, 9, "read in part"),
    SampleLearner("Dora Demo", "South", 0.9, 16, "handed in again"),
    SampleLearner("Emil Demo", "South", 0.5, 3, "handed in"),
    SampleLearner("Farah Demo", "South", 0.3, 1, "begun"),
)
STAFF = (
    ("Toni Demo", "trainer", ""),
    ("Sam Demo", "supervisor", "North"),
    ("Uma Demo", "supervisor", "South"),
)
COMMENT = "I could picture this moment. Keep the very words that you would say; they are what makes it yours."
REASON = "Please add one sentence in the very words that you would use on the visit, and hand it in again."
ADDED = " And I would say: “You waited, and he found it by himself.”"


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
    store = open_store(settings.database_url)
    try:
        with store.read() as conn:
            if account_store.accounts(conn):
                raise ConflictError(
                    f"There are people in {settings.data_dir} already. Name an empty folder with --data."
                )
        staff = {
            name: accounts.open_account(store, _email(name), name, role, team) for name, role, team in STAFF
        }
        for account in staff.values():
            mailing.choose(store, account, is_wanted=False)  # nobody has these addresses
        cohort = _Cohort(store, settings, catalogue)
        for number, sample in enumerate(LEARNERS):
            cohort.work(sample, number)
        cohort.grade()
        cohort.read(staff["Toni Demo"])
        cohort.spread(datetime.now(UTC))
        people = staff | cohort.people
        links = {
            people[name].role: accounts.invite(store, people[name].account_id)
            for name in ("Ana Demo", "Toni Demo", "Sam Demo")
        }
    finally:
        store.close()
    return Demo(learners=len(LEARNERS), submissions=cohort.submissions, links=links)


class _Cohort:
    """The sample learners and their work in the first lesson."""

    def __init__(self, store: Store, settings: Settings, catalogue: Catalogue) -> None:
        self.store, self.settings, self.catalogue = store, settings, catalogue
        self.lesson_id = catalogue.lessons()[0].lesson_id
        self.people: dict[str, Account] = {}
        self.submissions = 0

    def work(self, sample: SampleLearner, number: int) -> None:
        """Work through the lesson as one learner; who has only begun does half of it."""
        learner = accounts.open_account(self.store, _email(sample.name), sample.name, "learner", sample.team)
        self.people[sample.name] = learner
        mailing.choose(self.store, learner, is_wanted=False)
        questions = self.catalogue.key(self.lesson_id).questions
        is_begun = sample.progress == "begun"
        for question_id, question in list(questions.items())[: len(questions) // 2 if is_begun else None]:
            self._commit(learner, question_id, sample_response(question, sample.share, number))
        if not is_begun:
            self._hand_in(learner)

    def read(self, trainer: Account) -> None:
        """Read as the trainer what each learner's progress says, and let one hand in again."""
        for sample in LEARNERS:
            learner = self.people[sample.name]
            with self.store.read() as conn:
                items = desk_items.items_of(conn, learner.account_id, self.lesson_id)
            wanted = {
                "read": len(items),
                "returned": len(items),
                "handed in again": len(items),
                "read in part": 1,
            }
            for place, item in enumerate(items[: wanted.get(sample.progress, 0)]):
                is_back = place == 0 and sample.progress in ("returned", "handed in again")
                self._read_item(trainer, item, sample.share, is_back=is_back)
                if is_back and sample.progress == "handed in again":
                    self._revise(learner, item)
        posting.post_all_waiting(self.store, self.settings, self.catalogue)
        self.grade()

    def grade(self) -> None:
        """Let nbgrader grade what waits."""
        grade_while_busy(self.store, self.settings, self.catalogue, 0)

    def spread(self, now: datetime) -> None:
        """Move the work into the weeks before `now`."""
        with self.store.begin() as conn:
            for sample in LEARNERS:
                start = now - timedelta(days=sample.days, hours=2)
                backdating.move_to(conn, self.people[sample.name].account_id, start, now)

    def _commit(
        self, learner: Account, question_id: str, response: dict[str, object], number: int = 1
    ) -> None:
        learning.commit_attempt(
            self.store,
            self.catalogue,
            learner.account_id,
            self.lesson_id,
            question_id,
            response=response,
            number=number,
            token=uuid4().hex,
        )

    def _hand_in(self, learner: Account) -> None:
        learning.submit_lesson(self.store, self.catalogue, learner.account_id, self.lesson_id, uuid4().hex)
        self.submissions += 1

    def _read_item(self, trainer: Account, item: DeskItem, share: float, *, is_back: bool) -> None:
        """Rate a text by its rubric, and accept it or return it for revision."""
        question = rubrics.rated_question(self.catalogue, item)
        if question is None:
            return
        claims.claim(self.store, trainer, item.item_id)
        given = {"ratings": _ratings(question, share), "comment": "" if is_back else COMMENT}
        kept = reading.save(self.store, trainer, item.item_id, kind="first", given=given, base=0)
        reading.finish(
            self.store,
            self.catalogue,
            trainer,
            item.item_id,
            kind="first",
            base=kept.version,
            outcome="returned" if is_back else "accepted",
            reason=REASON if is_back else "",
        )

    def _revise(self, learner: Account, item: DeskItem) -> None:
        state = learning.lesson_state(self.store, self.catalogue, learner.account_id, self.lesson_id)
        before = state.latest[item.question_id]
        revised = {"text": before.response["text"] + ADDED}
        self._commit(learner, item.question_id, revised, before.number + 1)
        self._hand_in(learner)


def _ratings(question: RatedQuestion, share: float) -> dict[str, int]:
    levels = {criterion.id: sorted(criterion.levels) for criterion in question.rubric}
    return {name: found[min(int(share * len(found)), len(found) - 1)] for name, found in levels.items()}


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"
