"""The queue of texts that trainers read: how a text comes into it, and a page of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.errors import MissingEntryError, NotAllowedError
from homevisit.scoring.language import language_of
from homevisit.services.desk import rubrics
from homevisit.services.desk.posting import effective
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import submissions as submission_store
from homevisit.store.values_desk import DeskSettings, QueueFilters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Attempt, Role
    from homevisit.store.values_desk import DeskItem, QueueEntry

READERS: tuple[Role, ...] = ("trainer", "administrator")
PAGE_LENGTH = 50
STATES = ("waiting", "mine", "second", "returned", "read")
ORDERS = ("oldest", "question", "learner")


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue as this trainer may see it.

    Parameters
    ----------
    learner : str
        An alias where names are hidden.
    readers : tuple of str
        Who has finished a reading.
    is_rubric_changed : bool
        Whether the rubric is another now than the one by which the text was read.
    is_begun : bool
        Whether the viewer has it open, or claimed it a moment ago.
    """

    entry: QueueEntry
    learner: str
    lesson_title: str
    prompt: str
    is_claimed_by_other: bool
    is_begun: bool
    readers: tuple[str, ...]
    is_rubric_changed: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, how many it holds in all, and what can be chosen to filter it by.

    `counts` maps each list of the queue to how many items the other filters leave in it; `lessons` maps ids to
    titles, `questions` (lesson, question) to prompts, `trainers` accounts to names.
    """

    rows: tuple[QueueRow, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, int]
    lessons: Mapping[str, str]
    questions: Mapping[tuple[str, str], str]
    teams: tuple[str, ...]
    trainers: Mapping[str, str]


def need_reader(viewer: Account) -> None:
    """Raise NotAllowedError for everybody who is neither trainer nor administrator."""
    if viewer.role not in READERS:
        raise NotAllowedError("The desk is for trainers.")


def enqueue(conn: Connection, catalogue: Catalogue, learner: Account, attempts: Iterable[Attempt]) -> None:
    """Put what a trainer reads of a submission into the queue, in the transaction that stores the submission.

    An attempt that was handed in before keeps its item. A newer attempt takes the place of an older one that
    nobody has read. Practice is not queued.
    """
    if learner.is_practice:
        return
    attempts = list(attempts)
    known = desk_items.known_attempts(conn, [attempt.attempt_id for attempt in attempts])
    settings = desk_notes.desk_settings(conn)
    for attempt in attempts:
        question = catalogue.key(attempt.lesson_id).questions.get(attempt.question_id)
        if question is None or not question.is_read_by_trainer or attempt.attempt_id in known:
            continue
        wanted = settings.get(attempt.lesson_id, DeskSettings(attempt.lesson_id))
        desk_items.withdraw_older(conn, learner.account_id, attempt.lesson_id, attempt.question_id)
        desk_items.add_item(
            conn,
            attempt_id=attempt.attempt_id,
            account_id=learner.account_id,
            lesson_id=attempt.lesson_id,
            question_id=attempt.question_id,
            language=language_of(str(attempt.response.get("text", ""))),
            needs_second=is_drawn(attempt.attempt_id, wanted.second_share),
            allocated_to=_trainer_for(conn, wanted, learner),
        )


def is_drawn(attempt_id: str, share: float) -> bool:
    """Whether an attempt belongs to the `share` (0 to 1) that is read twice; the same attempt always does."""
    number = int.from_bytes(hashlib.sha256(attempt_id.encode()).digest()[:8], "big")
    return number < share * 2**64


def fill_queue(store: Store, catalogue: Catalogue) -> int:
    """Put texts into the queue that were handed in before there was a desk; return how many.

    Where the queue holds anything it is whole, because each text comes into it with its submission.
    """
    with store.begin() as conn:
        if desk_items.has_any(conn):
            return 0
        people = {account.account_id: account for account in account_store.accounts(conn)}
        for info in catalogue.lessons():
            for submission in submission_store.latest_submissions(conn, info.lesson_id):
                tried = attempt_store.attempts(conn, submission.account_id, info.lesson_id)
                handed_in = [attempt for attempt in tried if attempt.attempt_id in submission.attempt_ids]
                enqueue(conn, catalogue, people[submission.account_id], handed_in)
        return len(desk_items.all_items(conn))


def queue(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    filters: QueueFilters,
    *,
    page: int = 1,
    now: datetime | None = None,
) -> QueuePage:
    """Return a page of the queue; a fixed number of queries, however much waits.

    Raises
    ------
    NotAllowedError
        The viewer is neither trainer nor administrator.
    """
    need_reader(viewer)
    now = now or datetime.now(UTC)
    filters = _usable(filters)
    with store.read() as conn:
        counts = desk_items.count_queue(conn, filters, viewer.account_id)
        total = counts[filters.state]
        pages = max(1, -(-total // PAGE_LENGTH))
        page = min(max(page, 1), pages)
        entries = desk_items.queue_page(
            conn, filters, viewer.account_id, limit=PAGE_LENGTH, offset=(page - 1) * PAGE_LENGTH
        )
        standing = desk_items.standing(conn)
        settings = desk_notes.desk_settings(conn)
        readers = account_store.accounts_in(conn, READERS)
    titles = {info.lesson_id: info.title for info in catalogue.lessons()}
    names = {account.account_id: account.name for account in readers}
    return QueuePage(
        rows=tuple(_row(catalogue, titles, settings, names, entry, viewer, now) for entry in entries),
        total=total,
        page=page,
        pages=pages,
        counts=counts,
        lessons={
            lesson: titles.get(lesson, lesson) for lesson in dict.fromkeys(sorted(r[0] for r in standing))
        },
        questions={
            (lesson, question): prompt_of(catalogue, lesson, question)
            for lesson, question in sorted({(row[0], row[1]) for row in standing})
        },
        teams=tuple(sorted({row[2] for row in standing if row[2]})),
        trainers={
            account.account_id: account.name
            for account in readers
            if account.role == "trainer" and not account.is_disabled
        },
    )


def waiting_count(store: Store, viewer: Account) -> int:
    """Return how many texts wait at the desk; nothing waits for people who do not read."""
    if viewer.role not in READERS:
        return 0
    with store.read() as conn:
        return desk_items.count_queue(conn, QueueFilters(), viewer.account_id)["waiting"]


def next_item(
    store: Store, viewer: Account, filters: QueueFilters, after: str, now: datetime | None = None
) -> str:
    """Return the text that comes after one in the queue as it is now and that nobody else reads; "" at its end."""
    need_reader(viewer)
    with store.read() as conn:
        order = desk_items.queue_order(conn, _usable(filters), viewer.account_id, after)
        held = desk_items.claimed_by_others(conn, filters, viewer.account_id, now or datetime.now(UTC))
    place = order.index(after) if after in order else -1
    return next((item_id for item_id in order[place + 1 :] if item_id not in held), "")


def prompt_of(catalogue: Catalogue, lesson_id: str, question_id: str) -> str:
    """Return the prompt of a question, or its id when the course has it no more."""
    try:
        question = catalogue.key(lesson_id).questions[question_id]
    except (KeyError, MissingEntryError):
        return question_id
    return question.public.prompt


def alias(item: DeskItem) -> str:
    """Return a name for a learner whose own is hidden: the same within a lesson, another in the next."""
    digest = hashlib.sha256(f"{item.account_id}\0{item.lesson_id}".encode()).digest()
    return f"Learner {int.from_bytes(digest[:3], 'big') % 9000 + 1000}"


def _usable(filters: QueueFilters) -> QueueFilters:
    return replace(
        filters,
        state=filters.state if filters.state in STATES else STATES[0],
        order=filters.order if filters.order in ORDERS else ORDERS[0],
    )


def _row(  # noqa: PLR0917  one line of a page, made from what one query each gave
    catalogue: Catalogue,
    titles: Mapping[str, str],
    settings: Mapping[str, DeskSettings],
    names: Mapping[str, str],
    entry: QueueEntry,
    viewer: Account,
    now: datetime,
) -> QueueRow:
    item = entry.item
    is_hidden = item.lesson_id in settings and settings[item.lesson_id].is_anonymous
    is_held = entry.claimed_until is not None and entry.claimed_until > now
    counted = effective(entry.readings)
    return QueueRow(
        entry=entry,
        learner=alias(item) if is_hidden else entry.learner_name,
        lesson_title=titles.get(item.lesson_id, item.lesson_id),
        prompt=prompt_of(catalogue, item.lesson_id, item.question_id),
        is_claimed_by_other=is_held and entry.claimed_by != viewer.account_id,
        is_begun=is_held and entry.claimed_by == viewer.account_id,
        readers=tuple(
            dict.fromkeys(names.get(one.reader_id or "", "somebody else") for one in entry.readings)
        ),
        is_rubric_changed=counted is not None
        and rubrics.is_changed(rubrics.rated_question(catalogue, item), counted),
    )


def _trainer_for(conn: Connection, settings: DeskSettings, learner: Account) -> str | None:
    if settings.allocation == "open":
        return None
    trainers = sorted(
        account.account_id
        for account in account_store.accounts(conn)
        if account.role == "trainer" and not account.is_disabled and not account.is_practice
    )
    if not trainers:
        return None
    if settings.allocation == "by team":
        digest = hashlib.sha256(learner.team.encode()).digest()
        return trainers[int.from_bytes(digest[:4], "big") % len(trainers)]
    return trainers[len(desk_items.all_items(conn, lesson_id=settings.lesson_id)) % len(trainers)]
