"""A whole group session in real browsers: everything that was typed is there in the end, once, under its name."""

from __future__ import annotations

import pytest

from tests.web.group_room import CHOOSE, Room, open_session, rows
from tests.web.responses import KEY

NAMES = ["Ben", "Cleo", "Dora", "Eli", "Femi", "Gus", "Hana", "Ines", "Jo", "Kim"]
SEE, NETWORK = 1, 2


@pytest.fixture
def room(own_server, browser):
    sam = own_server.person("Sam Super", role="supervisor")
    made = Room(browser, own_server, open_session(own_server, sam))
    made.sam = sam
    yield made
    made.close()


def press(page, caption):
    page.get_by_role("button", name=caption, exact=True).click()


def at_stage(pages, words):
    for page in pages:
        page.locator(".hvl-step .hvl-doing", has_text=words).wait_for()


def write(phone, text):
    phone.locator(".hvq-saw").first.fill(text)


def send(phone):
    phone.locator(".hvl-send").click()


def sent(phone):
    phone.locator(".hvl-sent", has_text="Sent.").wait_for()


def signed_in_phone(room, person):
    """Join with an account: the address of the QR code, one tap."""
    page = room.signed_in(person, 390, 844)
    page.goto(f"{room.server.url}course/join/{room.session.code}")
    page.click("main button[type=submit]")
    page.locator(".hvl-step h1").wait_for()
    return page


def test_nothing_is_lost_doubled_or_put_under_another_name(room, own_server):  # noqa: PLR0915  one session
    nora = own_server.person("Nora Next", role="trainer")
    leader = room.leader(room.sam)
    projector = room.projector(leader)
    ana = signed_in_phone(room, own_server.person("Ana Account"))
    phones = {"Ana": ana} | {name: room.phone(name) for name in NAMES}
    projector.get_by_text("11 here").wait_for()

    press(leader, "Next step")
    press(leader, "Let everyone write")
    typed = {name: f"{name} saw: the mother waits, then she turns a block for him." for name in phones}
    at_stage(phones.values(), "Write on your own")
    asleep, leaving, waiting = phones["Gus"], phones["Hana"], phones["Ines"]
    write(asleep, typed["Gus"])
    asleep.context.set_offline(True)
    send(asleep)
    asleep.locator(".hvl-sent", has_text="Not sent yet").wait_for()
    for name in [*NAMES[:5], "Hana", "Ana"]:
        write(phones[name], typed[name])
        send(phones[name])
        sent(phones[name])
    leaving.get_by_role("button", name="Leave").click()
    leaving.get_by_text("You have left the session.").wait_for()
    late = phones["Lou"] = room.phone("Lou")
    typed["Lou"] = "Lou came late and saw: nobody hurries him."
    write(late, typed["Lou"])

    own_server.kill()
    write(waiting, typed["Ines"])
    send(waiting)
    send(late)
    waiting.locator(".hvl-sent", has_text="Not sent yet").wait_for()
    waiting.locator(".hvl-step .hvq-response", has_text=typed["Ines"]).wait_for()
    write(phones["Jo"], typed["Jo"])
    own_server.start()
    sent(waiting)
    sent(late)
    # Jo's page is loaded again in the middle of writing
    phones["Jo"].reload()
    assert phones["Jo"].locator(".hvq-saw").first.input_value() == typed["Jo"]
    send(phones["Jo"])
    sent(phones["Jo"])
    leader.locator(".hvl-now", has_text=typed["Lou"]).wait_for()
    # nobody sees the others' words yet
    assert typed["Ben"] not in phones["Cleo"].content()
    assert typed["Ben"] not in projector.content()

    other = room.leader(nora)
    press(other, "Take over")
    other.get_by_role("button", name="Show what was written").wait_for()
    leader.get_by_text("Nora Next leads this session now.").wait_for()
    assert leader.get_by_role("button", name="Show what was written").count() == 0
    asleep.context.set_offline(False)
    sent(asleep)
    press(other, "Show what was written")
    at_stage([asleep, late, ana], "This is what the group wrote")
    projector.locator(".hvl-card").first.wait_for()
    assert "Ben" not in projector.locator("[data-live=count]").inner_text()
    entries = phones["Kim"].locator(".hvl-group .hvl-entries > li")
    entries.nth(len(typed) - 2).wait_for()
    assert entries.count() == len(typed) - 1  # all but Kim, who wrote nothing
    own = asleep.locator(".hvl-step .hvq-response")
    assert typed["Gus"] in own.inner_text()

    press(other, "Form pairs")
    writer = next(phone for phone in phones.values() if phone.locator(".hvl-pair").count() or phone is ana)
    writer.locator(".hvl-pair", has_text="You are with").wait_for()
    write(writer, "The pair saw: she lets him try it twice.")
    send(writer)
    sent(writer)

    press(other, "Write once more")
    again = {name: f"{name} now saw: he looks at her before he goes on." for name in ("Ben", "Cleo", "Lou")}
    for name, text in again.items():
        at_stage([phones[name]], "write once more")
        write(phones[name], text)
        send(phones[name])
        sent(phones[name])
    press(other, "Compare")
    phones["Ben"].get_by_text("What you wrote after the talk").wait_for()

    press(other, "Next step")
    press(other, "Let everyone vote")
    options = list(KEY.questions[CHOOSE].public.options)
    voters = [name for name in phones if name != "Hana"]
    for number, name in enumerate(voters):
        at_stage([phones[name]], "Choose on your own")
        phones[name].locator(f"input[value='{options[number % 2]}']").check()
        send(phones[name])
        sent(phones[name])
    press(other, "Show the votes")
    projector.locator(".hvl-vote").first.wait_for()
    counts = [int(text.split()[-1]) for text in projector.locator(".hvl-number").all_inner_texts()]
    assert sum(counts) == len(voters)

    press(other, "End the session…")
    other.locator("dialog button[value=yes]").click()
    phones["Kim"].get_by_text("The session has ended. Thank you.").wait_for()
    phones["Kim"].get_by_text("Very useful").click()
    phones["Kim"].get_by_role("button", name="Send").click()
    phones["Kim"].get_by_text("Thank you for telling us.").wait_for()
    other.get_by_role("link", name="Open the report").wait_for()

    found, count, session = rows(own_server, room.session)
    assert session.state == "ended"
    assert count == len(found)
    first = {
        name: text for (name, position, kind), text in found.items() if (position, kind) == (SEE, "alone")
    }
    assert set(first) == set(typed) - {"Kim"}
    for name, text in first.items():
        assert typed[name] in text
        assert not any(other_text in text for one, other_text in typed.items() if one != name)
    second = {name: text for (name, _, kind), text in found.items() if kind == "again"}
    assert set(second) == set(again)
    assert all(again[name] in text for name, text in second.items())
    assert {name for name, position, _ in found if position == NETWORK} == set(voters)
    [pair_text] = [text for (_, _, kind), text in found.items() if kind == "pairs"]
    assert "The pair saw" in pair_text
