"""The screenshots of the tools, a part of tests.screenshots."""

from __future__ import annotations

from contextlib import closing

from tests.web.maps import add_paper

FAMILY = {
    "center": "the family on Tuesdays",
    "people": [
        {"id": "grandmother", "name": "the grandmother", "kind": "family"},
        {"id": "father", "name": "father of both", "kind": "family"},
        {"id": "friend", "name": "friend from the bus", "kind": "friend"},
        {"id": "neighbor", "name": "neighbor A", "kind": "neighbor"},
        {"id": "playgroup", "name": "the playgroup", "kind": "group"},
        {"id": "congregation", "name": "the congregation", "kind": "faith"},
        {"id": "clinic", "name": "the clinic", "kind": "service"},
        {"id": "landlord", "name": "the landlord", "kind": "service"},
        {"id": "bakery", "name": "work at the bakery", "kind": "place"},
    ],
    "look_next": "Who could be called when the early shift begins and a child is sick?",
}
TIES = (
    ("grandmother", "strong", "both", ["emotional", "instrumental"], "She keeps the children on Saturdays."),
    ("father", "strong-stressful", "both", ["instrumental"], "Every Sunday there is a quarrel."),
    ("friend", "strong", "both", ["emotional"], ""),
    ("neighbor", "weak", "one-way", ["instrumental"], ""),
    ("playgroup", "weak", "both", ["emotional", "informational"], ""),
    ("congregation", "strong", "both", ["spiritual", "emotional"], ""),
    ("clinic", "weak", "one-way", ["informational"], ""),
    ("landlord", "stressful", "both", [], ""),
    ("bakery", "stressful", "both", ["instrumental"], "Hours are changed overnight."),
)


def family_map(*left_out):
    """Return the content of a map without those who are left out."""
    ties = [
        {
            "from": own_id,
            "to": "family",
            "strength": strength,
            "direction": way,
            "support": kinds,
            "note": note,
        }
        for own_id, strength, way, kinds, note in TIES
        if own_id not in left_out
    ]
    people = [person for person in FAMILY["people"] if person["id"] not in left_out]
    return {**FAMILY, "people": people, "ties": ties}


def shoot_ecomap(pages):
    """Shoot the list of tools, a map with one form open, two maps side by side, and the question of a lesson."""
    person = pages.server.person(f"Tool {pages.size}")
    with closing(person.client()) as client:
        earlier = add_paper(client, "In May", family_map("playgroup", "friend"))
        later = add_paper(client, "In November", family_map("father"))
    page = pages.signed_in(person.email)
    page.goto(f"{pages.server.url}course/tools")
    pages.shoot(page, "tools")
    page.goto(f"{pages.server.url}course/tools/ecomap/{later}")
    page.locator(".hve-head").first.click()
    page.locator(".hve-split").evaluate("it => it.scrollIntoView({ block: 'start' })")
    pages.shoot(page, "ecomap")
    page.goto(f"{pages.server.url}course/tools/ecomap/compare?a={earlier}&b={later}")
    page.locator(".hve-still").last.wait_for()
    page.locator("#changes").evaluate("it => it.scrollIntoView({ block: 'start' })")
    pages.shoot(page, "ecomap-compare")
    page.goto(f"{pages.server.url}lessons/03-social-connections")
    page.locator("#q-danielles-map .hve-editor").wait_for()
    pages.shoot(page, "question-ecomap", "#q-danielles-map")
    draw_some(page)
    page.click("#q-danielles-map [data-action=check]")
    page.locator("#q-danielles-map .hvq-feedback").wait_for()
    pages.shoot(page, "feedback-ecomap", "#q-danielles-map")
    page.context.close()


def draw_some(page):
    """Put three on the map of the lesson: two parts of the rule are met then."""
    for name, kind, strength, support in (
        ("her mother", "family member", "strong", "emotional"),
        ("the bakery", "school, child care or work", "stressful", "instrumental"),
        ("the nurse", "service or agency", "weak", "informational"),
    ):
        page.click("#q-danielles-map .hve-add")
        page.keyboard.insert_text(name)
        form = page.locator("#q-danielles-map .hve-open")
        form.locator("select").select_option(label=kind)
        form.get_by_label(strength, exact=True).check()
        form.locator(f"input[value={support}]").check()
    page.locator("#q-danielles-map input[value=from]:visible").check()


def shoot_watching(pages):
    """Shoot the storyboards, the watch question at a stop with a mark, and its line of time."""
    place = "#q-omar-hitches"
    page = pages.signed_in(pages.server.person(f"Watch {pages.size}").email)
    for lesson_id, clip_id in (
        ("02-secure-relationship", "nathalie"),
        ("04-roles-for-parents", "omar-stacking"),
    ):
        page.goto(f"{pages.server.url}lessons/{lesson_id}")
        page.locator(f"#clip-{clip_id} .hvq-panels").scroll_into_view_if_needed()
        page.wait_for_function(
            "(id) => [...document.querySelectorAll(`#clip-${id} img`)].every((it) => it.complete && it.naturalWidth)",
            arg=clip_id,
        )
        pages.shoot(page, f"storyboard-{clip_id}", f"#clip-{clip_id}")
    page.locator(place).scroll_into_view_if_needed()
    page.wait_for_function("(it) => document.querySelector(`${it} video`)?.readyState >= 1", arg=place)
    page.evaluate("(it) => { document.querySelector(`${it} video`).currentTime = 83; }", place)
    page.click(f"{place} [data-action=play]")
    page.locator(f"{place} .hvq-stop:not([hidden]) textarea").fill(
        "His mother's hand comes up. The others rest."
    )
    page.click(f"{place} [data-action=mark]")
    page.locator(f"{place} .hvq-marks textarea").fill(
        "The block does not go on. Omar presses and turns it. His mother gives it a little twist and it drops."
    )
    pages.shoot(page, "question-watch", place)
    page.click(f"{place} [data-action=check]")
    page.locator(f"{place} .hvq-times").wait_for()
    pages.shoot(page, "feedback-watch", place)
    page.context.close()


def shoot_practice(pages):
    """Shoot the role-play cards on screen and on paper, a note after one, and the memory book to choose and print."""
    person = pages.server.person(f"Practice {pages.size}")
    page = pages.signed_in(person.email)
    tools = f"{pages.server.url}course/tools"
    page.goto(f"{tools}/role-play")
    pages.shoot(page, "role-play-cards")
    page.locator("main a[href*='/role-play/']:not([href*=print])").first.click()
    page.locator("details.hv-part summary").first.click()
    page.locator("details.hv-part").first.evaluate("it => it.scrollIntoView({ block: 'center' })")
    pages.shoot(page, "role-play-card")
    page.get_by_role("button", name="Write down what I take from it").click()
    page.locator("textarea").first.fill(
        "I asked what the mornings are like before I offered anything. Next time: wait longer."
    )
    pages.shoot(page, "role-play-note")
    for name, address in (
        ("role-play-print", f"{tools}/role-play/print"),
        ("memory-book", f"{tools}/memory-book"),
        ("memory-book-print", f"{tools}/memory-book/print"),
    ):
        page.goto(address)
        pages.shoot(page, name)
    page.context.close()
