"""Two trainers at the desk: a text is taken, rated, commented on, returned, undone; its learner sees it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from homevisit.config import load_settings
from homevisit.services.desk import posting
from homevisit.services.grading import grade_next
from homevisit.store import accounts as account_store
from homevisit.store import desk_items
from homevisit.store.engine import open_store
from tests.services.cohort import hand_in
from tests.web.course_server import LESSON
from tests.web.responses import CATALOGUE, KEY, good_response
from tests.web.test_accessibility import page, sign_in, violations  # noqa: F401  page is a fixture

QUESTION = "omar-next-step"
NASTY = "<script>document.title='caught'</script> She waits. **Bold** $x^2$ \u202eto left\u202c \U0001f9d2\U0001f3fd "

pytestmark = pytest.mark.usefixtures("no_anchors")


@pytest.fixture
def trainer(server):
    return server.person(f"Tara {uuid4().hex[:6]}", role="trainer")


def handed_in(server, learner, text="She asks the mother: who taught him to build so well? Then she waits."):
    """Let the learner hand in lesson 04 with this text; return the item at the desk."""
    store = server.store()
    responses = {name: good_response(name) for name in KEY.questions} | {QUESTION: {"text": text}}
    account = next(a for a in accounts_of(store) if a.account_id == learner.account_id)
    hand_in(store, CATALOGUE, account, responses)
    with store.read() as conn:
        [item] = desk_items.items_of(conn, learner.account_id, LESSON, QUESTION)
    store.close()
    return item


def accounts_of(store):
    with store.read() as conn:
        return account_store.accounts(conn)


def open_at_desk(page, server, item):  # noqa: F811  the fixture's name
    page.goto(f"{server.url}course/desk/{item.item_id}?learner_id={item.account_id}")
    page.locator("[data-desk-fields]:not([disabled])").wait_for()


def rate(page, levels=(2, 1, 2)):  # noqa: F811  the fixture's name
    for group, level in zip(page.locator("[data-criterion]").all(), levels, strict=True):
        group.locator(f"input[value='{level}']").check()


def test_text_is_rated_commented_on_accepted_by_keyboard_and_seen_by_its_learner(
    server,
    page,  # noqa: F811  the fixture
    learner,
    trainer,
):
    item = handed_in(server, learner, NASTY)
    sign_in(page, server, trainer)
    page.goto(f"{server.url}course/desk?learner_id={learner.account_id}")
    assert violations(page) == []
    open_at_desk(page, server, item)
    assert violations(page) == []
    assert (
        page.locator("[data-desk-text]").inner_text().startswith("<script>document.title='caught'</script>")
    )
    rate(page)
    page.get_by_text("Comment on a phrase").click()
    page.get_by_label("The words", exact=True).fill("She waits.")
    page.get_by_label("Your comment on them").fill("The best moment.")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Comment for the learner").fill("Thank you for <b>this</b>.")
    page.get_by_text("Draft kept at").wait_for()
    page.reload()
    page.locator("[data-desk-fields]:not([disabled])").wait_for()
    assert page.get_by_label("Comment for the learner").input_value() == "Thank you for <b>this</b>."
    assert page.locator(".hv-desk-response mark").inner_text().startswith("She waits.")
    assert violations(page) == []
    page.get_by_label("Comment for the learner").focus()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Accepted.").wait_for()
    assert page.title() != "caught"
    client = learner.client()
    assert (
        "Your trainer has read 1" in client.get("").text
        or "Your trainer has read a text" in client.get("").text
    )
    result = client.get(f"lessons/{LESSON}/result").text
    client.close()
    assert "The best moment." in result or "are being added up" in result


def test_returned_text_asks_for_a_reason_and_can_be_taken_back(server, page, learner, trainer):  # noqa: F811
    item = handed_in(server, learner)
    sign_in(page, server, trainer)
    open_at_desk(page, server, item)
    page.get_by_role("button", name="Return for revision").click()
    page.get_by_role("button", name="Return it").click()
    page.get_by_text("Say in a sentence what the learner should look at again").wait_for()
    page.get_by_label("What should the learner look at again?").fill("Which words did she use?")
    sent = []
    page.on("request", lambda request: sent.append(request.url.rpartition("/")[2]))
    page.get_by_role("button", name="Return it").dblclick()
    page.get_by_text("Returned to the learner.").wait_for()
    assert sent.count("finish") == 1
    page.get_by_role("button", name="Undo").click()
    page.locator("[data-desk-fields]:not([disabled])").wait_for()
    assert page.get_by_role("button", name="Accept").is_visible()


def test_second_trainer_is_told_who_reads_and_keeps_the_words_after_the_claim_is_lost(
    server,
    page,  # noqa: F811  the fixture
    browser,
    learner,
    trainer,
):
    item = handed_in(server, learner)
    other = server.person(f"Theo {uuid4().hex[:6]}", role="trainer")
    sign_in(page, server, trainer)
    open_at_desk(page, server, item)
    context = browser.new_context(reduced_motion="reduce")
    second = context.new_page()
    sign_in(second, server, other)
    second.goto(f"{server.url}course/desk/{item.item_id}")
    second.get_by_text("is reading this text until").wait_for()
    assert second.get_by_label("Comment for the learner").is_disabled()
    context.close()
    page.context.set_offline(True)
    page.get_by_label("Comment for the learner").fill("Written in a tunnel.")
    page.get_by_text("Not kept on the server yet.").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Draft kept at").wait_for()
    page.reload()
    assert page.get_by_label("Comment for the learner").input_value() == "Written in a tunnel."


def test_settings_bank_and_record_pages(server, page, trainer):  # noqa: F811  the fixture
    sign_in(page, server, trainer)
    for place in ("settings", "bank", "agreement", "record"):
        page.goto(f"{server.url}course/desk/{place}")
        assert violations(page) == []
    page.goto(f"{server.url}course/desk/bank")
    page.get_by_label("A new comment").fill("You name what anybody could see.")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_label("Comment, used 0 times").first.wait_for()


def test_desk_is_for_trainers_and_administrators_only(server, learner):
    item = handed_in(server, learner)
    supervisor = server.person(f"Sam {uuid4().hex[:6]}", role="supervisor")
    for person in (learner, supervisor):
        client = person.client()
        for path in ("", "/settings", "/bank", "/record", f"/{item.item_id}"):
            assert client.get(f"course/desk{path}").status_code == 403
        for call in ("claim", "finish", "take-back", "points", "exemplar"):
            assert client.post(f"course/api/desk/{item.item_id}/{call}", json={}).status_code == 403
        assert client.get("course/api/desk/bank").status_code == 403
        client.close()


def test_reply_is_kept_shown_to_the_trainer_and_refused_when_empty(server, learner, trainer):
    item = handed_in(server, learner)
    desk = trainer.client()
    at = f"course/api/desk/{item.item_id}"
    saved = desk.put(
        f"{at}/reading",
        json={
            "kind": "first",
            "base": 0,
            "ratings": {"concrete": 2, "pair": 2, "reason": 1},
            "comment": "Good.",
        },
    ).json()
    done = desk.post(f"{at}/finish", json={"base": saved["version"], "outcome": "accepted"})
    assert done.json()["points"] == 5.0
    mine = learner.client()
    form = {"_xsrf": mine.cookies["_xsrf"], "item": item.item_id, "token": uuid4().hex}
    refused = mine.post(f"lessons/{LESSON}/result", data=form | {"text": "  "})
    assert refused.status_code == 422
    for _ in range(2):
        sent = mine.post(f"lessons/{LESSON}/result", data=form | {"text": "I will try <i>that</i>."})
        assert sent.status_code == 303
    assert "A learner has replied to you" in desk.get("").text
    shown = desk.get(f"course/desk/{item.item_id}").text
    assert shown.count("I will try &lt;i&gt;that&lt;/i&gt;.") == 1
    assert "A learner has replied to you" not in desk.get("").text
    mine.close()
    desk.close()


def test_points_that_the_gradebook_could_not_take_are_taken_after_grading(server, learner, trainer):
    item = handed_in(server, learner)
    desk = trainer.client()
    at = f"course/api/desk/{item.item_id}"
    given = {"kind": "first", "base": 0, "ratings": {"concrete": 1, "pair": 1, "reason": 1}}
    saved = desk.put(f"{at}/reading", json=given).json()
    done = desk.post(f"{at}/finish", json={"base": saved["version"], "outcome": "accepted"}).json()
    desk.close()
    assert done["in_gradebook"] is False
    settings = load_settings(server.course_dir, server.data_dir)
    store = open_store(settings.database_url)
    while grade_next(store, settings, CATALOGUE) is not None:
        pass
    assert [
        one for one in posting.check(store, settings, CATALOGUE) if one.item.item_id == item.item_id
    ] == []
    store.close()
