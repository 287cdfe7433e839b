"""Papers: what a person made with a tool and keeps; a later version never loses to an older one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import tables
from homevisit.store.ids import new_id
from homevisit.store.values import Paper, PaperHead

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

table = tables.papers
HEAD = tuple(PaperHead.__dataclass_fields__)
FIELDS = tuple(Paper.__dataclass_fields__)
NEWER = "This was changed in another window or on another device; choose which of the two to keep."
GONE = (
    "There is no such paper among your tools; it may have been deleted. Go to “Tools” and choose one there."
)


def add_paper(conn: Connection, *, account_id: str, kind: str, title: str, content: dict[str, Any]) -> Paper:
    """Store a new paper as its first version."""
    now = datetime.now(UTC)
    paper = Paper(
        paper_id=new_id("p-"),
        account_id=account_id,
        kind=kind,
        title=title,
        version=1,
        created_at=now,
        updated_at=now,
        content=content,
    )
    conn.execute(insert(table).values(**{field: getattr(paper, field) for field in FIELDS}))
    return paper


def find_paper(conn: Connection, account_id: str, paper_id: str) -> Paper:
    """Return a paper of this person; MissingEntryError when there is none, or when it is another's."""
    columns = [table.c[field] for field in FIELDS]
    row = conn.execute(select(*columns).where(_place(account_id, paper_id))).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(GONE)
    return Paper(**row)


def papers(conn: Connection, account_id: str) -> list[PaperHead]:
    """Return the papers of a person without their content, the last changed first."""
    columns = [table.c[field] for field in HEAD]
    newest = (table.c.updated_at.desc(), table.c.paper_id)
    rows = conn.execute(select(*columns).where(table.c.account_id == account_id).order_by(*newest))
    return [PaperHead(**row) for row in rows.mappings()]


def count_papers(conn: Connection, account_id: str) -> int:
    """Return how many papers a person keeps."""
    query = select(func.count()).select_from(table).where(table.c.account_id == account_id)
    return int(conn.execute(query).scalar_one())


def save_paper(  # noqa: PLR0917  the columns of one row
    conn: Connection, account_id: str, paper_id: str, title: str, content: dict[str, Any], base: int
) -> Paper:
    """Save a paper over the version that its writer saw last.

    Raises
    ------
    ConflictError
        The stored paper has another version than `base`; it stays as it is.
    MissingEntryError
        There is no such paper of this person.
    """
    place = _place(account_id, paper_id)
    saved = {"title": title, "content": content, "updated_at": datetime.now(UTC)}
    change = update(table).where(place, table.c.version == base).values(**saved, version=base + 1)
    is_saved = conn.execute(change).rowcount == 1
    paper = find_paper(conn, account_id, paper_id)
    if not is_saved:
        raise ConflictError(NEWER)
    return paper


def remove_paper(conn: Connection, account_id: str, paper_id: str) -> None:
    """Delete a paper for good; MissingEntryError when there is none, or when it is another's."""
    if conn.execute(delete(table).where(_place(account_id, paper_id))).rowcount == 0:
        raise MissingEntryError(GONE)


def _place(account_id: str, paper_id: str) -> ColumnElement[bool]:
    return (table.c.account_id == account_id) & (table.c.paper_id == paper_id)
