"""EcoMaps for tests, and the steps that several tests of the tools' pages share."""

from __future__ import annotations

from tests.web.course_server import PASSWORD

CONTENT = {
    "center": "the family on Tuesdays",
    "people": [
        {"id": "gm", "name": "the grandmother", "kind": "family"},
        {"id": "cl", "name": "the clinic", "kind": "service"},
        {"id": "pg", "name": "the playgroup", "kind": "group"},
    ],
    "ties": [
        {
            "from": "gm",
            "to": "family",
            "strength": "strong-stressful",
            "direction": "both",
            "support": ["emotional", "instrumental"],
            "note": "She sings to him.",
        },
        {
            "from": "cl",
            "to": "family",
            "strength": "weak",
            "direction": "one-way",
            "support": ["informational"],
            "note": "",
        },
        {
            "from": "gm",
            "to": "pg",
            "strength": "stressful",
            "direction": "both",
            "support": [],
            "note": "",
        },
    ],
    "look_next": "Who could ride along?",
}


def sign_in(page, server, person, path=""):
    """Sign in with the form and go to a page of the server."""
    page.goto(f"{server.url}login?next=/{path}")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(server.url + path)


def add_paper(client, title="In May", content=CONTENT, kind="ecomap"):
    """Keep a paper through the API and return its id."""
    reply = client.post("course/api/papers", json={"kind": kind, "title": title, "content": content})
    assert reply.status_code == 201, reply.text
    return reply.json()["paper"]["paper_id"]


def stored(client, paper_id):
    """Return a paper as the server has it."""
    return client.get(f"course/api/papers/{paper_id}").json()["paper"]


def wait_until_saved(page):
    """Wait until the page has nothing left to send."""
    page.locator(".hvq-paper[data-unsent=no]").wait_for()
