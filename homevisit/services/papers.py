"""What a person keeps among the tools: start a paper, find it again, save it, copy it, delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.given import clean
from homevisit.course.papers import PAPER_KINDS, PaperKind
from homevisit.errors import InvalidEntryError, InvalidResponseError, MissingEntryError
from homevisit.store import papers as paper_store

if TYPE_CHECKING:
    from homevisit.store.engine import Store
    from homevisit.store.values import Paper, PaperHead

MAX_TITLE = 120
MAX_PAPERS = 300


def paper_kind(kind: str) -> PaperKind:
    """Return what the course knows of a kind of paper; MissingEntryError when there is no such tool."""
    if kind not in PAPER_KINDS:
        raise MissingEntryError("There is no such tool. Go to “Tools” and choose one from the list.")
    return PAPER_KINDS[kind]


def own_papers(store: Store, account_id: str) -> list[PaperHead]:
    """Return the papers of a person without their content, the last changed first."""
    with store.read() as conn:
        return paper_store.papers(conn, account_id)


def find_paper(store: Store, account_id: str, paper_id: str) -> Paper:
    """Return a paper of this person; MissingEntryError when there is none, or when it is another's."""
    with store.read() as conn:
        return paper_store.find_paper(conn, account_id, paper_id)


def start_paper(
    store: Store, account_id: str, kind: str, *, title: str = "", content: object = None
) -> Paper:
    """Keep a new paper; without `content` it is blank.

    Raises
    ------
    InvalidEntryError
        The person keeps as many papers as there is room for.
    InvalidResponseError
        Title or content are not as they should be.
    MissingEntryError
        There is no such tool.
    """
    tool = paper_kind(kind)
    given = tool.blank() if content is None else tool.checked(content)
    with store.begin() as conn:
        if paper_store.count_papers(conn, account_id) >= MAX_PAPERS:
            raise InvalidEntryError(
                f"You keep {MAX_PAPERS} papers, and there is room for no more. "
                "Delete one that you no longer need, then try again."
            )
        return paper_store.add_paper(
            conn, account_id=account_id, kind=kind, title=checked_title(title), content=given
        )


def copy_paper(store: Store, account_id: str, paper_id: str, title: str) -> Paper:
    """Keep a second paper that begins as this one is now."""
    paper = find_paper(store, account_id, paper_id)
    return start_paper(store, account_id, paper.kind, title=title, content=paper.content)


def save_paper(
    store: Store, account_id: str, paper_id: str, *, title: object, content: object, base: int
) -> Paper:
    """Save a paper over the version `base` that the browser saw last.

    Raises
    ------
    ConflictError
        It was saved in another window since; what is stored stays as it is.
    InvalidResponseError
        Title or content are not as they should be; what is stored stays as it is.
    MissingEntryError
        There is no such paper of this person.
    """
    kind = find_paper(store, account_id, paper_id).kind
    given = paper_kind(kind).checked(content)
    wanted = checked_title(title)
    with store.begin() as conn:
        return paper_store.save_paper(conn, account_id, paper_id, wanted, given, base)


def remove_paper(store: Store, account_id: str, paper_id: str) -> None:
    """Delete a paper of this person for good."""
    with store.begin() as conn:
        paper_store.remove_paper(conn, account_id, paper_id)


def paper_as_text(paper: Paper) -> str:
    """Return a paper as plain text, title first."""
    tool = paper_kind(paper.kind)
    return f"{paper.title or tool.untitled}\n\n{tool.as_text(paper.content)}\n"


def checked_title(title: object) -> str:
    """Return a title as one line, empty for none; InvalidResponseError when it is too long."""
    words = " ".join(clean(title).split())
    if len(words) > MAX_TITLE:
        raise InvalidResponseError(
            f"The title has {len(words):,} characters; there is room for {MAX_TITLE}. "
            "Shorten it; everything you wrote is still here."
        )
    return words
