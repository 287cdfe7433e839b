"""What was written survives: a killed kernel, a killed server, a change of device."""

from __future__ import annotations

import os
import signal

import pytest

from homevisit.store import drafts as draft_store
from tests.web.course_server import LESSON, PASSWORD, CourseServer, make_live

REFLECT = "culture-reflection"
TEXT = f"#q-{REFLECT} textarea"
STATUS = ".hvq-status-line, .hv-status-line"


@pytest.fixture
def own_server(tmp_path, course_copy, request):
    """Return a server that a test may kill; with a kernel for each visitor where the test asks for one."""
    if getattr(request, "param", "kept") == "live":
        make_live(course_copy)
    server = CourseServer(tmp_path / "data", course_dir=course_copy).start()
    yield server
    if server.process.poll() is None:
        server.kill()


def open_lesson(context, server, person):
    page = context.new_page()
    page.goto(f"{server.url}login?next=/lessons/{LESSON}")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.locator(TEXT).wait_for()
    return page


def stored_draft(server, person):
    store = server.store()
    try:
        with store.read() as conn:
            found = draft_store.find_draft(conn, person.account_id, LESSON, REFLECT)
    finally:
        store.close()
    return found.response["text"] if found else ""


def wait_for_status(page, words):
    page.locator("[data-hv-status]", has_text=words).wait_for()


@pytest.mark.parametrize("own_server", ["kept", "live"], indirect=True)
def test_nothing_is_lost_when_kernel_and_server_are_killed_mid_sentence(own_server, browser):
    person = own_server.person("Nina Never")
    phone = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    page = open_lesson(phone, own_server, person)
    page.check('#q-who-is-in-the-network input[value="sister"]')
    page.click("#q-who-is-in-the-network [data-action=check]")
    page.locator("#q-who-is-in-the-network[data-state=checked]").wait_for()

    page.locator(TEXT).press_sequentially("Before the kernel died. ")
    kernels = own_server.kernels()
    assert bool(kernels) == ("hv-widgets" not in page.content())
    for pid in kernels:
        os.kill(pid, signal.SIGKILL)
    page.locator(TEXT).press_sequentially("After the kernel died. ")
    page.wait_for_timeout(2000)
    page.locator(TEXT).press_sequentially("In the middle of a sen")
    own_server.kill()
    assert stored_draft(own_server, person).startswith("Before the kernel died. After the kernel died. ")

    page.locator(TEXT).press_sequentially("tence, with the server away. ")
    wait_for_status(page, "Not sent yet. We keep trying; you can go on writing.")
    page.check("#q-network-findings input >> nth=0")
    page.click("#q-network-findings [data-action=check]")
    page.locator("#q-network-findings .hvq-later").wait_for()

    own_server.start()
    whole = (
        "Before the kernel died. After the kernel died. In the middle of a sentence, with the server away. "
    )
    wait_for_status(page, "Saved")
    page.locator("#q-network-findings[data-state=checked]").wait_for()
    assert stored_draft(own_server, person) == whole
    assert page.input_value(TEXT) == whole

    laptop = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    other = open_lesson(laptop, own_server, person)
    other.locator("#q-who-is-in-the-network[data-state=checked]").wait_for()
    other.locator("#q-network-findings[data-state=checked]").wait_for()
    assert other.input_value(TEXT) == whole
    phone.close()
    laptop.close()


def test_words_typed_just_before_the_page_is_closed_come_back(own_server, browser):
    person = own_server.person("Rita Reload")
    phone = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    page = open_lesson(phone, own_server, person)
    own_server.kill()
    page.locator(TEXT).press_sequentially("Typed with no server at all.")
    page.close()
    own_server.start()
    again = phone.new_page()
    again.goto(f"{own_server.url}lessons/{LESSON}")
    again.locator(TEXT).wait_for()
    wait_for_status(again, "Saved")
    assert again.input_value(TEXT) == "Typed with no server at all."
    assert stored_draft(own_server, person) == "Typed with no server at all."
    phone.close()


def test_two_devices_that_write_at_once_keep_both_texts(own_server, browser):
    person = own_server.person("Tilda Two")
    phone = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    laptop = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    first = open_lesson(phone, own_server, person)
    second = open_lesson(laptop, own_server, person)
    first.locator(TEXT).press_sequentially("From the phone.")
    wait_for_status(first, "Saved")
    second.locator(TEXT).press_sequentially("From the laptop.")
    choice = second.locator(f"#q-{REFLECT}", has_text="You also wrote in another window or on another device")
    choice.wait_for()
    assert "From the phone." in choice.inner_text()
    assert "From the laptop." in choice.inner_text()
    phone.close()
    laptop.close()
