from __future__ import annotations

import pytest

from homevisit.course.ecomap import blank_map
from homevisit.errors import ConflictError, InvalidEntryError, InvalidResponseError, MissingEntryError
from homevisit.services import papers
from homevisit.store import accounts
from homevisit.store import papers as paper_store


@pytest.fixture
def ann(store):
    with store.begin() as conn:
        return accounts.add_account(conn, email="ann@example.org", name="Ann", role="learner").account_id


def test_new_paper_is_blank_and_its_title_is_one_line(store, ann):
    paper = papers.start_paper(store, ann, "ecomap", title="  Tuesday\n family ")
    assert (paper.title, paper.content) == ("Tuesday family", blank_map())
    assert papers.own_papers(store, ann)[0].paper_id == paper.paper_id


def test_paper_of_an_unknown_tool_is_refused(store, ann):
    with pytest.raises(MissingEntryError) as caught:
        papers.start_paper(store, ann, "genogram")
    assert caught.value.message == "There is no such tool. Go to “Tools” and choose one from the list."


def test_paper_that_cannot_be_taken_leaves_the_stored_one_as_it_is(store, ann):
    paper = papers.start_paper(store, ann, "ecomap", title="Map")
    for title, content in (("x" * 121, blank_map()), ("Map", {"people": "many"}), (7, blank_map())):
        with pytest.raises(InvalidResponseError):
            papers.save_paper(store, ann, paper.paper_id, title=title, content=content, base=1)
    assert papers.find_paper(store, ann, paper.paper_id) == paper


def test_title_too_long_says_how_long_it_may_be():
    with pytest.raises(InvalidResponseError) as caught:
        papers.checked_title("x" * 5000)
    assert caught.value.message == (
        "The title has 5,000 characters; there is room for 120. "
        "Shorten it; everything you wrote is still here."
    )


def test_paper_saved_over_a_newer_one_is_refused(store, ann):
    paper = papers.start_paper(store, ann, "ecomap")
    newer = papers.save_paper(store, ann, paper.paper_id, title="New", content=blank_map(), base=1)
    with pytest.raises(ConflictError):
        papers.save_paper(store, ann, paper.paper_id, title="Old", content=blank_map(), base=1)
    assert papers.find_paper(store, ann, paper.paper_id) == newer


def test_copy_goes_its_own_way(store, ann):
    content = {**blank_map(), "center": "the family on Tuesdays"}
    paper = papers.start_paper(store, ann, "ecomap", title="May", content=content)
    copied = papers.copy_paper(store, ann, paper.paper_id, "June")
    papers.save_paper(store, ann, copied.paper_id, title="June", content=blank_map(), base=1)
    assert papers.find_paper(store, ann, paper.paper_id) == paper
    papers.remove_paper(store, ann, paper.paper_id)
    assert [head.title for head in papers.own_papers(store, ann)] == ["June"]


def test_there_is_room_for_so_many_papers_and_no_more(store, ann):
    with store.begin() as conn:
        for _ in range(papers.MAX_PAPERS):
            paper_store.add_paper(conn, account_id=ann, kind="ecomap", title="", content=blank_map())
    with pytest.raises(InvalidEntryError) as caught:
        papers.start_paper(store, ann, "ecomap")
    assert caught.value.message == (
        "You keep 300 papers, and there is room for no more. Delete one that you no longer need, then try again."
    )


def test_paper_as_text_begins_with_its_title(store, ann):
    paper = papers.start_paper(store, ann, "ecomap")
    assert papers.paper_as_text(paper) == (
        "EcoMap without a title\n\nEcoMap of: the family\n\n"
        "People and places around the family:\n- nobody yet\n"
    )
