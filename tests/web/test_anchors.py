"""A new trainer reads the anchors in a browser before grading; examples on the pages of who may see them."""

from __future__ import annotations

from uuid import uuid4

from homevisit.config import load_settings
from homevisit.services.desk import anchors, examples, given_back, reading
from homevisit.services.grading import grade_next
from homevisit.store import accounts as account_store
from homevisit.store import anchors as anchor_store
from tests.web.course_server import LESSON
from tests.web.responses import CATALOGUE
from tests.web.test_accessibility import page, sign_in, violations  # noqa: F401  page is a fixture
from tests.web.test_desk import handed_in

LEVELS = {"concrete": 2, "pair": 2, "reason": 1}


def account_of(store, person):
    with store.read() as conn:
        return account_store.find_account(conn, person.account_id)


def rate_most(server, person, leave):
    """Rate all anchors but the last `leave`, as was agreed."""
    store = server.store()
    place = (store, CATALOGUE, account_of(store, person))
    left = anchors.standing(*place).left
    for text in left[: len(left) - leave]:
        agreed = {name: one.level for name, one in text.agreed.items()}
        anchors.rate(*place, text.anchor_id, number=1, ratings=agreed)
    store.close()


def test_new_trainer_reads_the_anchors_and_may_grade_then(server, page):  # noqa: F811  the fixture
    item = handed_in(server, server.person(f"Lena {uuid4().hex[:6]}"))
    nora = server.person(f"Nora {uuid4().hex[:6]}", role="trainer", is_excused=False)
    api = nora.client()
    refused = api.post(f"course/api/desk/{item.item_id}/claim", json={})
    assert (refused.status_code, "read the anchor texts" in refused.json()["error"]["message"]) == (403, True)
    assert api.put(f"course/api/desk/{item.item_id}/reading", json={"base": 0}).status_code == 403
    sign_in(page, server, nora)
    page.goto(f"{server.url}course/desk/{item.item_id}")
    assert page.get_by_label("Comment for the learner").is_disabled()
    page.goto(f"{server.url}course/desk")
    assert violations(page) == []
    page.get_by_role("link", name="Read the anchor texts").click()
    page.get_by_role("heading", name="Text 1 of 10").wait_for()
    assert violations(page) == []
    first = page.locator(".hv-desk-response").inner_text()
    page.get_by_role("button", name="Compare with the agreed levels").click()
    page.get_by_text("Choose a level for").wait_for()
    for group in page.locator(".hv-criterion").all():
        group.locator("input").first.check()
    page.get_by_role("button", name="Compare with the agreed levels").click()
    page.get_by_role("heading", name="Agreed levels", exact=True).wait_for()
    assert page.locator(".hv-desk-response").inner_text() == first
    assert violations(page) == []
    page.get_by_role("link", name="Next text").click()
    page.get_by_role("heading", name="Text 2 of 10").wait_for()
    assert page.locator(".hv-desk-response").inner_text() != first
    rate_most(server, nora, leave=1)
    page.reload()
    for group in page.locator(".hv-criterion").all():
        group.locator("input").last.check()
    page.get_by_role("button", name="Compare with the agreed levels").click()
    page.get_by_role("link", name="See how it went").click()
    page.get_by_role("heading", name="You have read all 10").wait_for()
    assert page.get_by_text("30 levels were compared.").is_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Go to the desk").click()
    assert page.get_by_role("heading", name="First, the anchor texts").count() == 0
    assert api.post(f"course/api/desk/{item.item_id}/claim", json={}).status_code == 200
    api.close()


def test_administrator_excuses_a_trainer_and_the_setting_can_be_switched_off(server):
    item = handed_in(server, server.person(f"Lena {uuid4().hex[:6]}"))
    nora = server.person(f"Nora {uuid4().hex[:6]}", role="trainer", is_excused=False)
    other = server.person(f"Olaf {uuid4().hex[:6]}", role="trainer", is_excused=False)
    boss = server.person(f"Ada {uuid4().hex[:6]}", role="administrator").client()
    assert nora.name in boss.get("course/desk/anchors").text
    form = {"_xsrf": boss.cookies["_xsrf"], "do": "excuse", "trainer": nora.account_id}
    mine = nora.client()
    assert boss.post("course/desk/anchors", data=form).status_code == 303
    assert mine.post(f"course/api/desk/{item.item_id}/claim", json={}).status_code == 200
    own = {"_xsrf": mine.cookies["_xsrf"], "do": "excuse", "trainer": other.account_id}
    assert mine.post("course/desk/anchors", data=own).status_code == 403
    mine.delete(f"course/api/desk/{item.item_id}/claim")
    theirs = other.client()
    assert theirs.post(f"course/api/desk/{item.item_id}/claim", json={}).status_code == 403
    choice = {"_xsrf": boss.cookies["_xsrf"], "do": "anchors"}
    assert "Kept." in boss.post("course/desk/settings", data=choice).text
    assert theirs.post(f"course/api/desk/{item.item_id}/claim", json={}).status_code == 200
    boss.post("course/desk/settings", data=choice | {"anchors_first": "yes"})
    for client in (boss, mine, theirs):
        client.close()


def test_no_learner_supervisor_or_visitor_reaches_an_anchor(server):
    store = server.store()
    learner = server.person(f"Lea {uuid4().hex[:6]}")
    trainer = server.person(f"Tara {uuid4().hex[:6]}", role="trainer")
    texts = anchors.standing(store, CATALOGUE, account_of(store, trainer)).texts
    store.close()
    supervisor = server.person(f"Sam {uuid4().hex[:6]}", role="supervisor")
    visitor = server.visitor(timeout=60)
    for client in (learner.client(), supervisor.client(), visitor):
        for path in ("course/desk/anchors", f"course/desk/anchors?seen={texts[0].anchor_id}&round=1"):
            reply = client.get(path)
            assert reply.status_code in {302, 403}
            assert texts[0].text[:40] not in reply.text
        assert client.get("course/desk/anchors/new?item=i-aaaaaaaaaa").status_code in {302, 403}
        client.close()
    mine = trainer.client()
    # the agreed levels come after one's own, for a trainer too
    assert mine.get(f"course/desk/anchors?seen={texts[0].anchor_id}&round=1").status_code == 404
    assert texts[0].agreed["reason" if "reason" in texts[0].agreed else "heard"].why not in (
        mine.get("course/desk/anchors").text
    )
    mine.close()


def accepted(server, store, tara, learner, text):
    """Let a learner hand in a text and a trainer accept it; return the item."""
    item = handed_in(server, learner, text)
    given = {"ratings": LEVELS}
    draft = reading.save(store, tara, item.item_id, kind="first", given=given, base=0)
    wanted = {"kind": "first", "base": draft.version, "outcome": "accepted"}
    reading.finish(store, CATALOGUE, tara, item.item_id, **wanted)
    return item


def test_example_stands_on_the_pages_of_who_may_see_it_until_the_yes_is_taken_back(server, page):  # noqa: F811
    store = server.store()
    trainer = server.person(f"Tara {uuid4().hex[:6]}", role="trainer")
    tara = account_of(store, trainer)
    writer, reader = (server.person(f"{name} {uuid4().hex[:6]}") for name in ("Wanda", "Rosa"))
    shared = f"I would sit beside the mother and wait. <i>{uuid4().hex}</i>"
    item = accepted(server, store, tara, writer, shared)
    mine = accepted(server, store, tara, reader, "She asks the mother who taught him, and waits.")
    reading.ask_for_exemplar(store, tara, item.item_id)
    wanda = account_of(store, writer)
    given_back.answer_consent(store, wanda, item.item_id, is_given=True)
    settings = load_settings(server.course_dir, server.data_dir)
    while grade_next(store, settings, CATALOGUE) is not None:
        pass
    sign_in(page, server, reader)
    result = f"{server.url}lessons/{LESSON}/result"
    page.goto(result)
    page.locator("#total").wait_for()
    assert page.get_by_text("Examples that learners agreed to share").count() == 0
    examples.show(store, CATALOGUE, tara, LESSON, is_on=True)
    try:
        page.reload()
        page.get_by_text("Examples that learners agreed to share").click()
        assert page.get_by_text(shared).is_visible()
        assert writer.name not in page.content()
        assert violations(page) == []
        desk = trainer.client()
        shown = desk.get(f"course/desk/{mine.item_id}").text
        assert shared.replace("<", "&lt;").replace(">", "&gt;") in shown
        given_back.answer_consent(store, wanda, item.item_id, is_given=False)
        page.reload()
        assert page.get_by_text("Examples that learners agreed to share").count() == 0
        assert "Examples that learners agreed" not in desk.get(f"course/desk/{mine.item_id}").text
        desk.close()
    finally:
        examples.show(store, CATALOGUE, tara, LESSON, is_on=False)
        with store.read() as conn:
            assert anchor_store.choices(conn, "examples") == {LESSON: False}
        store.close()
