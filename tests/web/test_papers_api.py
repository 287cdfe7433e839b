"""The API of papers with a real server: owners, versions, bad input."""

from __future__ import annotations

import pytest

from tests.web.maps import CONTENT, add_paper, stored

pytestmark = pytest.mark.shared_server

# Python reads these as numbers, though they are no JSON.
NOWHERE = (
    b'{"title": "", "base": 1, "content": {"center": "", "ties": [], "look_next": "", '
    b'"people": [{"id": "a", "name": "A", "kind": "friend", "x": NaN, "y": Infinity}]}}'
)


@pytest.fixture(scope="module")
def ann(server):
    client = server.person("Ann Papers").client()
    yield client
    client.close()


@pytest.fixture(scope="module")
def bo(server):
    client = server.person("Bo Papers").client()
    yield client
    client.close()


def test_paper_is_kept_listed_saved_and_deleted(ann):
    paper_id = add_paper(ann)
    paper = stored(ann, paper_id)
    assert (paper["title"], paper["version"], paper["content"]) == ("In May", 1, CONTENT)
    saved = ann.put(f"course/api/papers/{paper_id}", json={"title": "May", "content": CONTENT, "base": 1})
    assert saved.json()["version"] == 2
    listed = ann.get("course/api/papers").json()["papers"]
    assert [(head["paper_id"], head["title"], head["version"]) for head in listed] == [(paper_id, "May", 2)]
    assert "content" not in listed[0]
    text = ann.get(f"course/tools/ecomap/{paper_id}/text")
    assert text.headers["Content-Disposition"].startswith('attachment; filename="ecomap-')
    assert "- the grandmother (family member): strong and stressful tie, both ways;" in text.text
    assert ann.delete(f"course/api/papers/{paper_id}").status_code == 200
    assert ann.get(f"course/api/papers/{paper_id}").status_code == 404


def test_save_over_a_newer_version_brings_the_newer_one_back(ann):
    paper_id = add_paper(ann)
    change = {"title": "Laptop", "content": CONTENT, "base": 1}
    ann.put(f"course/api/papers/{paper_id}", json=change)
    late = ann.put(f"course/api/papers/{paper_id}", json={**change, "title": "Phone"})
    assert late.status_code == 409
    assert (late.json()["paper"]["title"], late.json()["paper"]["version"]) == ("Laptop", 2)
    assert late.json()["error"]["code"] == "conflict"


def test_nobody_reads_changes_copies_or_deletes_another_persons_paper(ann, bo):
    paper_id = add_paper(ann)
    place = f"course/tools/ecomap/{paper_id}"
    replies = [
        bo.get(f"course/api/papers/{paper_id}"),
        bo.put(f"course/api/papers/{paper_id}", json={"title": "", "content": CONTENT, "base": 1}),
        bo.delete(f"course/api/papers/{paper_id}"),
        bo.get(place),
        bo.get(f"{place}/text"),
        bo.post(f"{place}/copy"),
        bo.post(f"{place}/delete"),
        bo.get(f"course/tools/ecomap/compare?a={paper_id}&b={add_paper(bo)}"),
    ]
    assert [reply.status_code for reply in replies] == [404] * len(replies)
    assert all("the grandmother" not in reply.text for reply in replies)
    assert stored(ann, paper_id)["version"] == 1


def test_visitor_is_sent_to_the_sign_in_page_and_a_script_is_told_so(server):

    with server.visitor() as visitor:
        assert visitor.get("course/tools").headers["Location"].startswith("/login")
        assert visitor.get("course/api/papers").status_code == 401


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            {"people": [{"id": f"p{n}", "name": "x", "kind": "friend"} for n in range(300)]},
            "That is 300 people",
        ),
        ({"ties": [CONTENT["ties"][0], CONTENT["ties"][0]]}, "are tied twice"),
        ({"ties": [{**CONTENT["ties"][0], "to": "gm"}]}, "is tied to itself"),
        ({"people": [{"id": "gm", "name": "x", "kind": "alien"}]}, "“alien” is no kind of person or place"),
        ({"people": [{"id": "gm", "name": "x" * 201, "kind": "friend"}]}, "there is room for 200"),
        (
            {"people": [{"id": "gm", "name": "x", "kind": "friend", "x": 1e9, "y": 0}]},
            "lies outside the drawing",
        ),
        ({"look_next": "x" * 2_000_000}, "there is room for 200,000"),
        ({"people": "everybody"}, "do not fit each other any more"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_map_that_cannot_be_taken_is_refused_with_a_sentence_and_nothing_is_lost(ann, content, words):
    paper_id = add_paper(ann)
    reply = ann.put(
        f"course/api/papers/{paper_id}", json={"title": "", "content": {**CONTENT, **content}, "base": 1}
    )
    assert reply.status_code == 422
    assert words in reply.json()["error"]["message"]
    assert stored(ann, paper_id)["content"] == CONTENT


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'{"title": "", "base": "1", "content": {}}', 400),
        (b'{"title": "", "base": 1}', 422),
        (
            b'{"title": 7, "base": 1, "content": {"center": "", "people": [], "ties": [], "look_next": ""}}',
            422,
        ),
        (NOWHERE, 422),
    ],
)
def test_request_that_is_none_is_refused(ann, body, status):
    paper_id = add_paper(ann)
    reply = ann.put(f"course/api/papers/{paper_id}", content=body)
    assert reply.status_code == status
    assert reply.json()["error"]["message"].endswith(".")
    assert stored(ann, paper_id)["version"] == 1


def test_two_maps_are_compared_in_words_and_names_stay_text(ann):
    later = {
        **CONTENT,
        "people": [{**CONTENT["people"][0], "name": "</script><b>nana"}, CONTENT["people"][1]],
    }
    later["ties"] = [{**CONTENT["ties"][0], "strength": "strong"}, CONTENT["ties"][1]]
    first, second = add_paper(ann), add_paper(ann, "In November", later)
    page = ann.get(f"course/tools/ecomap/compare?a={first}&b={second}").text
    for words in (
        "No longer on the map: “the playgroup”.",
        "is now called “&lt;/script&gt;&lt;b&gt;nana”.",
        "it was strong and stressful and is now strong.",
    ):
        assert words in page
    assert "</script><b>" not in page
    same = ann.get(f"course/tools/ecomap/compare?a={first}&b={first}").text
    assert "These are one and the same map. Choose two different ones." in same
