"""A tool inside a lesson: fetched only there, asked for again where it did not come, copied among one's own."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.web.course_server import LESSON
from tests.web.maps import sign_in, stored

pytestmark = pytest.mark.shared_server

WITH_MAP = "03-social-connections"
PLACE = "#q-danielles-map"


def test_map_of_a_lesson_comes_at_the_second_try_survives_a_reload_and_is_kept_among_the_tools(server, phone):
    person = server.person("Tess Tool")
    fetched = []
    phone.on("request", lambda request: fetched.append(request.url))
    sign_in(phone, server, person, f"lessons/{LESSON}")
    phone.locator(".hvq-question[data-state=not-started]").first.wait_for()
    assert [url for url in fetched if "/tools." in url] == []

    phone.route("**/tools.js*", lambda route: route.abort())
    phone.goto(f"{server.url}lessons/{WITH_MAP}")
    again = phone.get_by_role("button", name="Try again")
    again.wait_for()
    phone.unroute("**/tools.js*")
    again.click()
    phone.locator(f"{PLACE} .hve-editor").wait_for()
    assert phone.input_value(f"{PLACE} .hve-editor input >> nth=0") == "Danielle, Jo and Mika"
    phone.click(f"{PLACE} .hve-add")
    phone.keyboard.insert_text("her mother")
    phone.reload()
    phone.locator(f"{PLACE} .hve-head", has_text="her mother").wait_for()

    phone.get_by_role("button", name="Keep a copy among my tools").click()
    phone.get_by_role("link", name="Open the copy").click()
    phone.wait_for_url("**/course/tools/ecomap/p-*")
    phone.locator(".hve-head", has_text="her mother").wait_for()
    with closing(person.client()) as client:
        kept = stored(client, phone.url.rsplit("/", 1)[1])
    assert kept["title"] == "EcoMap from “Social connections”"
    assert kept["content"]["people"][0]["name"] == "her mother"
