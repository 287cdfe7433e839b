"""An EcoMap among the tools: by keyboard alone, with a finger, through reloads, lost servers and two windows."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.web.maps import CONTENT, add_paper, sign_in, stored, wait_until_saved
from tests.web.test_accessibility import SIZES, violations
from tests.web.test_whole_lesson import Keyboard

pytestmark = pytest.mark.shared_server

STATUS = "[data-hv-status]"
OVERLAPPING = """() => {
  const shapes = [...document.querySelectorAll(".hve-drawing [role=option]")];
  const boxes = shapes.map((it) => it.getBoundingClientRect());
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes.filter((a, i) => boxes.some((b, j) => i !== j && touch(a, b))).length;
}"""


def open_map(page, server, person, content=CONTENT):
    """Keep a map for a person, open its page and return (client, paper id)."""
    client = person.client()
    paper_id = add_paper(client, content=content)
    sign_in(page, server, person, f"course/tools/ecomap/{paper_id}")
    page.locator(".hve-editor").wait_for()
    return client, paper_id


def shape(page, name):
    return page.locator(f'.hve-drawing [role=option][aria-label^="{name}"]')


def place_of(client, paper_id, own_id):
    person = next(each for each in stored(client, paper_id)["content"]["people"] if each["id"] == own_id)
    return person.get("x"), person.get("y")


def begin_map(keys, page):
    """Start a map from the home page and put two on it, the second with a tie, by keys alone; return its id."""
    keys.tab_to('a[href$="/course/tools"]')
    keys.press("Enter")
    page.wait_for_url("**/course/tools")
    keys.tab_to('form[action$="/ecomap/new"] button')
    keys.press("Enter")
    page.wait_for_url("**/course/tools/ecomap/p-*")
    page.locator(".hve-editor").wait_for()
    for name in ("the grandmother", "the clinic"):
        keys.tab_to(".hve-add")
        keys.press("Enter")
        keys.write(name)
    keys.tab_to(".hve-open .hve-tie input")
    keys.press("ArrowDown")
    keys.tab_to(".hve-open input[value=spiritual]")
    keys.press("Space")
    return page.url.rsplit("/", 1)[1]


def test_map_is_begun_drawn_and_moved_with_the_keyboard_alone(server, phone):
    person = server.person(f"Kim {uuid4().hex[:6]}")
    client, keys = person.client(), Keyboard(phone)
    sign_in(phone, server, person)
    paper_id = begin_map(keys, phone)
    # the drawing and the list say what the form says
    assert shape(phone, "the clinic, family member: strong tie, both ways; spiritual support").count() == 1
    assert "strong tie, both ways; spiritual support" in phone.locator(".hve-open .hve-head").inner_text()
    keys.tab_to(".hve-drawing [role=option]")
    keys.press("Home")
    keys.press("ArrowRight")
    assert keys.active("it.getAttribute('aria-label')").startswith("the grandmother")
    wait_until_saved(phone)
    keys.press("Shift+ArrowRight")
    keys.press("Shift+ArrowRight")
    wait_until_saved(phone)
    grandmother, clinic = (each["id"] for each in stored(client, paper_id)["content"]["people"])
    place = place_of(client, paper_id, grandmother)
    assert None not in (*place, *place_of(client, paper_id, clinic))
    keys.tab_to('[aria-label="Move the grandmother down"]')
    keys.press("Enter")
    keys.tab_to(".hve-undo")
    assert keys.active("it.textContent") == "Undo moving the grandmother"
    keys.press("Enter")
    wait_until_saved(phone)
    assert place_of(client, paper_id, grandmother) == place


def test_somebody_is_taken_off_the_map_and_brought_back_with_the_keyboard_alone(server, phone):
    person = server.person(f"Ken {uuid4().hex[:6]}")
    client, keys = person.client(), Keyboard(phone)
    sign_in(phone, server, person)
    paper_id = begin_map(keys, phone)
    keys.tab_to(".hve-drawing [role=option]")
    keys.press("End")
    keys.press("Enter")
    assert keys.active("it.value") == "the clinic"
    keys.tab_to(".hve-open .hve-remove")
    keys.press("Enter")
    assert shape(phone, "the clinic").count() == 0
    assert keys.active("it.textContent") == "Undo"
    keys.press("Enter")
    assert shape(phone, "the clinic, family member: strong tie").count() == 1
    wait_until_saved(phone)
    drawn = stored(client, paper_id)["content"]
    assert [each["name"] for each in drawn["people"]] == ["the grandmother", "the clinic"]
    tie = {"from": drawn["people"][1]["id"], "to": "family", "strength": "strong", "direction": "both"}
    assert drawn["ties"] == [{**tie, "support": ["spiritual"], "note": ""}]
    phone.reload()
    phone.locator(".hve-editor").wait_for()
    assert shape(phone, "the clinic, family member: strong tie, both ways; spiritual support").count() == 1


def pull(phone, target, dx, dy):
    """Pull something with a finger, in eight small moves."""
    box = target.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = phone.context.new_cdp_session(phone)
    for step in range(9):
        point = {"x": x + dx * step / 8, "y": y + dy * step / 8}
        kind = "touchMove" if step else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def test_map_is_worked_on_with_a_finger(server, phone):
    client, paper_id = open_map(phone, server, server.person(f"Fay {uuid4().hex[:6]}"))
    phone.locator(".hve-region").scroll_into_view_if_needed()
    shape(phone, "the clinic").tap()
    assert phone.locator(".hve-open .hve-head strong").inner_text() == "the clinic"
    assert phone.locator(".hve-chosen").inner_text() == "Chosen: the clinic"
    before = phone.evaluate("scrollY")
    pull(phone, shape(phone, "the clinic"), -32, 48)
    assert phone.evaluate("scrollY") == before
    wait_until_saved(phone)
    pulled = place_of(client, paper_id, "cl")
    assert pulled != (None, None)
    phone.get_by_role("button", name="Move the clinic left").tap()
    wait_until_saved(phone)
    assert place_of(client, paper_id, "cl") == (pulled[0] - 24, pulled[1])
    phone.get_by_role("button", name="Larger").tap()
    phone.get_by_role("button", name="Show more on the left").tap()
    phone.get_by_role("button", name="Whole map").tap()
    phone.get_by_role("button", name="Arrange again").tap()
    wait_until_saved(phone)
    assert place_of(client, paper_id, "cl") == (None, None)
    phone.locator(".hve-open label", has_text="no tie").tap()
    phone.locator(".hve-others summary").tap()
    phone.locator(".hve-ends select").first.select_option("cl")
    phone.locator(".hve-ends select").last.select_option("cl")
    phone.get_by_role("button", name="Draw this tie").tap()
    assert phone.locator(".hve-ends [role=alert]").inner_text() == (
        "A tie needs two different ends. Choose another one."
    )
    phone.locator(".hve-ends select").first.select_option("gm")
    phone.locator(".hve-ends select").last.select_option("pg")
    phone.get_by_role("button", name="Draw this tie").tap()
    assert phone.locator(".hve-ends [role=alert]").inner_text().startswith("There is a tie between these two")
    phone.locator(".hve-ends select").last.select_option("cl")
    phone.get_by_role("button", name="Draw this tie").tap()
    wait_until_saved(phone)
    ends = [{tie["from"], tie["to"]} for tie in stored(client, paper_id)["content"]["ties"]]
    assert ends == [{"gm", "family"}, {"gm", "pg"}, {"gm", "cl"}]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_of_a_map_is_lost_by_a_reload_a_killed_server_or_another_window(own_server, browser):
    person = own_server.person("Nora Never")
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    _, paper_id = open_map(page, own_server, person)
    page.click(".hve-head >> nth=0")
    name = page.locator(".hve-open .hvq-field input").first
    name.fill("the grandmother upstairs")
    page.reload()
    shape(page, "the grandmother upstairs").wait_for()
    wait_until_saved(page)
    own_server.kill()
    page.click(".hve-head >> nth=0")
    name.press("End")
    name.press_sequentially(" and her sis")
    page.locator(STATUS, has_text="Not sent yet. We keep trying; you can go on writing.").wait_for()
    name.press_sequentially("ter")
    page.close()
    own_server.start()
    again = context.new_page()
    again.goto(f"{own_server.url}course/tools/ecomap/{paper_id}")
    shape(again, "the grandmother upstairs and her sister").wait_for()
    wait_until_saved(again)
    with closing(person.client()) as client:
        assert (
            stored(client, paper_id)["content"]["people"][0]["name"]
            == "the grandmother upstairs and her sister"
        )
        other = {**CONTENT, "people": CONTENT["people"][:2], "ties": []}
        version = stored(client, paper_id)["version"]
        change = {"title": "From the laptop", "content": other, "base": version}
        assert client.put(f"course/api/papers/{paper_id}", json=change).status_code == 200
        again.fill(".hve-editor > .hvq-field:has(.hvq-text) textarea", "From the phone")
        choice = again.locator(".hvq-conflict")
        choice.wait_for()
        assert "From the phone" in choice.inner_text()
        assert "From the laptop" in choice.inner_text()
        again.get_by_role("button", name="Use this one").click()
        wait_until_saved(again)
        assert stored(client, paper_id)["content"]["look_next"] == "From the phone"
        # somebody deletes it elsewhere: what is on the page can be kept as a new one
        client.delete(f"course/api/papers/{paper_id}")
        again.fill(".hve-editor > .hvq-field:has(.hvq-text) textarea", "Still here")
        again.get_by_role("button", name="Keep it as a new one").click()
        again.wait_for_url(lambda url: paper_id not in url)
        again.locator(".hve-editor").wait_for()
        kept = stored(client, again.url.rsplit("/", 1)[1])
        assert kept["content"]["look_next"] == "Still here"
    context.close()


def test_map_that_is_too_much_stays_on_the_page_with_a_sentence(server, phone):
    crowd = [{"id": f"p{number}", "name": f"neighbor {number}", "kind": "neighbor"} for number in range(60)]
    content = {**CONTENT, "people": crowd, "ties": []}
    client, paper_id = open_map(phone, server, server.person(f"Max {uuid4().hex[:6]}"), content)
    phone.locator(".hve-add").press("Enter")
    assert phone.locator(".hve-entry").count() == 60
    assert (
        phone.locator(".hve-listing [role=status]")
        .inner_text()
        .startswith("The map is full: there is room for 60")
    )
    phone.click(".hve-head >> nth=0")
    phone.fill(".hve-open .hvq-field input >> nth=0", "n" * 500)
    phone.locator(
        ".hvq-paper > .hvq-problem", has_text="has 500 characters; there is room for 200"
    ).wait_for()
    phone.locator(STATUS, has_text="Not saved. A note on this page says why.").wait_for()
    phone.reload()
    phone.click(".hve-head >> nth=0")
    assert phone.input_value(".hve-open .hvq-field input >> nth=0") == "n" * 500
    phone.fill(".hve-open .hvq-field input >> nth=0", "neighbor A")
    phone.fill(".hve-open textarea >> nth=0", "") if phone.locator(
        ".hve-open textarea:visible"
    ).count() else None
    wait_until_saved(phone)
    assert stored(client, paper_id)["content"]["people"][0]["name"] == "neighbor A"
    huge = ".hve-editor > .hvq-field:has(.hvq-text) textarea"
    phone.evaluate(
        "(s) => { const it = document.querySelector(s); it.value = 'x'.repeat(2_000_000);"
        " it.dispatchEvent(new Event('input', { bubbles: true })); }",
        huge,
    )
    phone.locator(".hvq-paper > .hvq-problem", has_text="there is room for 200,000").wait_for()
    assert len(phone.input_value(huge)) == 2_000_000


def test_map_is_taken_along_as_picture_drawing_and_text_with_odd_names_as_text(server, browser):
    names = ["<script>alert(1)</script>", "الجدة من الطابق الثالث", "]]>&amp;", "雅子さん"]
    people = [{"id": f"p{number}", "name": name, "kind": "friend"} for number, name in enumerate(names)]
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    alarms = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    open_map(page, server, server.person(f"Tao {uuid4().hex[:6]}"), {**CONTENT, "people": people, "ties": []})
    with page.expect_download() as svg:
        page.get_by_role("button", name="Drawing (SVG)").click()
    drawing = ET.fromstring(Path(svg.value.path()).read_bytes())
    assert [each.tag for each in drawing.iter() if each.tag.endswith("script")] == []
    said = " ".join("".join(each.itertext()) for each in drawing.iter() if each.tag.endswith("}text"))
    assert all(word in said for word in ("<script>", "الجدة", "雅子さん", "Zigzag: a stressful tie"))
    with page.expect_download() as png:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert Path(png.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    with page.expect_download() as text:
        page.get_by_role("link", name="Text version").click()
    assert "- <script>alert(1)</script> (friend)" in Path(text.value.path()).read_text(encoding="utf-8")
    assert alarms == []
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_tools_have_no_barrier_in_any_state(server, browser, size):
    width, height = SIZES[size]
    # the check itself is a script that the strict policy of our pages would refuse
    size_of = {"width": width, "height": height}
    context = browser.new_context(viewport=size_of, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    person = server.person(f"Axa {uuid4().hex[:6]}")
    client, paper_id = open_map(page, server, person)
    assert violations(page) == []
    page.click(".hve-head >> nth=0")
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    page.get_by_role("button", name="Larger").click()
    assert violations(page) == []
    page.click(".hve-remove")
    page.locator(".hvq-undo button").wait_for()
    assert violations(page) == []
    wait_until_saved(page)
    version = stored(client, paper_id)["version"]
    client.put(f"course/api/papers/{paper_id}", json={"title": "x", "content": CONTENT, "base": version})
    page.fill(".hve-editor > .hvq-field:has(.hvq-text) textarea", "Later")
    page.locator(".hvq-conflict").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Use the other").click()
    client.delete(f"course/api/papers/{paper_id}")
    page.fill(".hve-editor > .hvq-field:has(.hvq-text) textarea", "Later")
    page.get_by_role("button", name="Keep it as a new one").wait_for()
    assert violations(page) == []
    first, second = add_paper(client), add_paper(client, "Later", {**CONTENT, "ties": []})
    pages = ["", f"/ecomap/compare?a={first}&b={first}", f"/ecomap/compare?a={first}&b={second}"]
    for path in pages:
        page.goto(f"{server.url}course/tools{path}")
        page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".hve-still").count() == 2
    context.close()


def test_no_two_shapes_of_a_map_that_was_arranged_by_itself_overlap(server, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    kinds = ["family", "friend", "service", "place", "group"]
    person = server.person(f"Lou {uuid4().hex[:6]}")
    for count in (1, 12, 30, 60):
        people = [{"id": f"p{n}", "name": f"neighbor {n}", "kind": kinds[n % 5]} for n in range(count)]
        content = {**CONTENT, "people": people, "ties": []}
        client = person.client()
        paper_id = add_paper(client, content=content)
        if count == 1:
            sign_in(page, server, person, f"course/tools/ecomap/{paper_id}")
        page.goto(f"{server.url}course/tools/ecomap/{paper_id}")
        page.locator(".hve-editor").wait_for()
        overlapping = page.evaluate(OVERLAPPING)
        assert (page.locator(".hve-drawing [role=option]").count(), overlapping) == (count + 1, 0)
        client.close()
    context.close()
