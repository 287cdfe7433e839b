"""The screens of a group session: without barriers, by keyboard alone, and readable from the back row."""

from __future__ import annotations

from uuid import uuid4

import pytest

from homevisit.services.groups import leading
from homevisit.store import accounts as account_store
from homevisit.store import groups_sessions
from tests.web.group_room import CHOOSE, Room, give, guest, open_session
from tests.web.responses import KEY, good_response
from tests.web.test_accessibility import violations

SMALL_TEXT = """() => {
  const least = window.innerHeight / 25;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("template, noscript, script, .hv-unseen")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < least) small.push([walker.currentNode.data, size, least]);
  }
  return small;
}"""
OVERFLOWS = """() => {
  const it = document.querySelector(".hvl-projector");
  return it.scrollHeight > it.clientHeight + 1 || document.documentElement.scrollWidth > window.innerWidth;
}"""
PHASES = ["shown", "alone", "pairs", "together", "again", "compared"]


@pytest.fixture
def room(server, browser):
    sam = server.person(f"Sam {uuid4().hex[:6]}", role="supervisor")
    made = Room(browser, server, open_session(server, sam))
    made.sam = sam
    yield made
    made.close()


@pytest.fixture
def go(room, server):
    """Move the session as its leader would, through the services; the pages learn of it by the next look."""

    def move(position, phase, *, points=False):
        store = server.store()
        with store.read() as conn:
            account = account_store.find_account(conn, room.sam.account_id)
            base = groups_sessions.find_session(conn, room.session.session_id).version
        leading.set_stage(store, account, room.session.session_id, position=position, phase=phase, base=base)
        if points:
            leading.show_points(store, account, room.session.session_id, shown=True)
        store.close()

    return move


def observed(words):
    return {"rows": [{"saw": words, "meaning": "", "at": ""}]}


def fill(room, go, server):
    """Let eight people respond to all three questions, and two ask something for later."""
    option = next(iter(KEY.questions[CHOOSE].public.options))
    guests = [
        guest(server, room.session, f"{name} {number}") for number, name in enumerate(["Ana", "Ben"] * 4)
    ]
    texts = [point.text for point in KEY.questions["omar-observe"].key_points]
    for given_round in ("alone", "again"):
        for position, response in ((1, None), (2, {"chosen": [option]}), (3, good_response("omar-hitches"))):
            go(position, given_round)
            for number, one in enumerate(guests):
                given = response or observed(f"{texts[number % len(texts)]} {given_round} {number}")
                give(one, room.session, position, given, given_round)
    guests[0].post(
        f"course/api/live/{room.session.session_id}/parking",
        json={"text": "And the father?", "token": uuid4().hex},
    )
    for one in guests:
        one.close()


def test_every_screen_in_every_phase_has_no_barrier_and_the_projector_is_readable(room, go, server):
    visitor = room.context(390, 844).new_page()
    for address in ("course/join", f"course/join/{room.session.code}"):
        visitor.goto(server.url + address)
        assert violations(visitor) == []
    visitor.fill("#code", "222222")
    visitor.fill("#name", "Ana")
    visitor.click("main button[type=submit]")
    visitor.locator("[role=alert]").wait_for()
    assert visitor.input_value("#name") == "Ana"
    assert visitor.evaluate("() => document.activeElement.id") == "code"
    assert violations(visitor) == []
    phone = room.phone("Zoe")
    leader = room.leader(room.sam)
    projector = room.projector(leader)
    check_projector(projector)
    fill(room, go, server)
    leader.set_viewport_size({"width": 390, "height": 844})
    for position, phases in (
        (0, ["shown"]),
        (1, PHASES),
        (2, ["alone", "compared"]),
        (3, ["compared"]),
        (4, ["shown"]),
        (5, ["shown"]),
    ):
        for phase in phases:
            go(position, phase, points=phase == "compared" and position != 3)
            for page in (phone, leader, projector):
                page.reload()
                page.locator(f"[data-stage='{position}.{phase}']").wait_for()
                assert violations(page) == [], (position, phase, page.url)
                assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
            check_projector(projector)
        if position == 3:
            # without the points, what each wrote first and once more stands in one row
            assert projector.locator(".hvl-beside h2").all_inner_texts() == ["First", "Second"]
            rows = projector.locator(".hvl-beside:not(:has(h2))").all()
            assert [row.locator(".hvl-card").count() for row in rows] == [2] * len(rows) != []
    leader.set_viewport_size({"width": 1280, "height": 900})
    leader.reload()
    leader.locator("[data-stage]").wait_for()
    assert violations(leader) == []
    assert leader.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def check_projector(page):
    for width, height in ((1024, 768), (1920, 1080), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(SMALL_TEXT) == []
        assert not page.evaluate(OVERFLOWS)
        assert page.locator("button, a, input").count() == 0


def test_leader_goes_through_a_session_by_keyboard_alone(room):
    phone = room.phone("Ana")
    page = room.leader(room.sam)
    projector = room.projector(page)
    page.bring_to_front()

    def tab_to(name):
        page.evaluate("() => document.activeElement.blur()")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.textContent.trim()").startswith(name):
                return
        raise AssertionError(f"the keyboard does not reach: {name}")

    tab_to("Next step")
    page.keyboard.press("Enter")
    page.locator("[data-stage='1.shown']").wait_for()
    tab_to("Let everyone write")
    page.keyboard.press("Space")
    page.locator("[data-stage='1.alone']").wait_for()
    assert page.evaluate("() => document.activeElement.dataset.key") == "alone"
    # single letters do nothing until they are switched on
    page.keyboard.press("n")
    assert page.locator("[data-stage='1.alone']").count() == 1
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("n")
    page.locator("[data-stage='2.shown']").wait_for()
    page.keyboard.press("p")
    page.locator("[data-stage='1.shown']").wait_for()
    tab_to("End the session")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    # asked again before the browser tells that the first question was closed
    page.evaluate(
        """() => {
          const end = document.activeElement;
          end.click();
          document.querySelector("dialog").close();
          end.click();
        }"""
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("The session has ended. Minutes").wait_for()
    phone.get_by_role("heading", name="The session has ended. Thank you.").wait_for()
    projector.get_by_role("heading", name="Thank you.").wait_for()
    # the code is of no use any more
    assert not page.get_by_text("Code to join").is_visible()
    assert not projector.locator(".hvl-smallcode").is_visible()
    for one in (page, phone, projector):
        assert violations(one) == []
    check_projector(projector)


def test_leader_whose_page_is_behind_is_told_so_and_sees_where_the_session_is(room, go):
    page = room.leader(room.sam)
    for part in ("state", "events"):
        page.route(f"**/{part}?*", lambda route: route.abort())
    page.reload()
    page.get_by_role("button", name="Next step").wait_for()
    go(2, "alone")
    page.unroute("**/state?*")
    page.get_by_role("button", name="Next step").click()
    page.get_by_text("The session was moved on from another screen.").wait_for()
    page.locator("[data-stage='2.alone']").wait_for()


def test_more_entries_than_fit_stand_on_pages_and_the_projector_says_so(room, go, server):
    leader = room.leader(room.sam)
    projector = room.projector(leader)
    go(1, "alone")
    for number in range(14):
        one = guest(server, room.session, f"Person {chr(65 + number)}")
        give(
            one,
            room.session,
            1,
            observed(f"Entry {number} says that she waits while he turns the block around."),
        )
        one.close()
    go(1, "together")
    projector.get_by_text("more on the next pages").wait_for()
    first = projector.locator(".hvl-card").all_inner_texts()
    leader.get_by_role("button", name="Page on").click()
    projector.get_by_text("Page 2 of").wait_for()
    assert not set(first) & set(projector.locator(".hvl-card").all_inner_texts())
    projector.keyboard.press("PageUp")
    projector.get_by_text("Page 1 of").wait_for()
    assert projector.locator(".hvl-card").all_inner_texts() == first
    # a scene has pages as well; a page that fits needs no buttons
    go(4, "shown")
    for screen in (projector, leader):
        screen.reload()
        screen.locator("[data-stage='4.shown']").wait_for()
    leader.get_by_text("Projector: page 1 of").wait_for()
    leader.get_by_role("button", name="Page on").click()
    projector.get_by_text("Page 2 of").wait_for()
    leader.get_by_text("Projector: page 2 of").wait_for()
    leader.reload()
    leader.get_by_text("Projector: page 2 of").wait_for()
    leader.get_by_role("button", name="Next step").click()
    leader.get_by_role("button", name="Page on").wait_for(state="detached")


def test_guest_sees_the_clips_and_drawings_while_the_session_is_open_and_a_visitor_does_not(room, server):
    address = "course/media/omar-stacking.svg"
    with server.visitor() as visitor:
        assert visitor.get(address).status_code == 302
    client = guest(server, room.session, "Ana")
    assert client.get(address).status_code == 200
    assert client.get("course/media/media.yml").status_code == 404
    page = room.leader(room.sam)
    page.get_by_role("button", name="End the session").click()
    page.locator("dialog button[value=yes]").click()
    page.get_by_text("The session has ended. Minutes").wait_for()
    assert client.get(address).status_code == 302
    client.close()
