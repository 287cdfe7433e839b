"""Pages that cost almost nothing: rendered once, kept, small; and live lessons where Python answers."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.web.course_server import (
    COUNTER,
    LESSON,
    NO_TLS,
    PASSWORD,
    CourseServer,
    add_cell,
    change_notebook,
    make_live,
)
from tests.web.responses import KEY

PAGE = f"lessons/{LESSON}"


@pytest.fixture
def started(tmp_path, course_copy):
    server = CourseServer(tmp_path / "data", course_dir=course_copy).start()
    yield server
    if server.process.poll() is None:
        server.kill()


def figures(server):
    return httpx.get(server.url + "health", verify=NO_TLS).json()


def test_many_visitors_at_once_cause_one_rendering_and_no_kernel_stays(started):
    cookies = started.person("Mona Many").client().cookies

    async def visit_together():
        async with httpx.AsyncClient(
            verify=NO_TLS, base_url=started.url, cookies=cookies, timeout=120
        ) as client:
            return await asyncio.gather(*(client.get(PAGE) for _ in range(40)))

    # in a thread of its own: a browser of an earlier module keeps a loop running in this one
    with ThreadPoolExecutor(1) as pool:
        replies = pool.submit(asyncio.run, visit_together()).result()
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.text for reply in replies}) == 1
    assert figures(started) == {"status": "ok", "renderings": 1, "kernels": 0}


def test_page_is_the_same_for_everybody_and_names_nobody(started):
    first = started.person("Ada Anybody")
    second = started.person("Bob Anybody")
    pages = [person.client().get(PAGE).text for person in (first, second)]
    assert pages[0] == pages[1]
    for word in (first.account_id, first.name, first.email):
        assert word not in pages[0]


def test_restarted_server_serves_the_kept_page_without_rendering(started):
    client = started.person("Rhea Restart").client()
    before = client.get(PAGE).text
    started.stop()
    started.start()
    assert client.get(PAGE).text == before
    assert figures(started)["renderings"] == 0
    client.close()


def test_changed_lesson_is_seen_at_the_next_visit(started, course_copy):
    client = started.person("Chloe Changed").client()
    assert "A new paragraph." not in client.get(PAGE).text
    change_notebook(course_copy, lambda notebook: add_cell(notebook, "A new paragraph.", "markdown"))
    assert "A new paragraph." in client.get(PAGE).text
    assert figures(started)["renderings"] == 2
    client.close()


def test_broken_new_version_leaves_the_last_good_page_and_tells_the_author(started, course_copy):
    client = started.person("Gina Good").client()
    good = client.get(PAGE).text
    change_notebook(course_copy, lambda notebook: add_cell(notebook, "1 / 0"))
    assert client.get(PAGE).text == good
    assert client.get(PAGE).text == good
    assert figures(started)["renderings"] == 2
    home = started.person("Tom Trainer", role="trainer").client().get("").text
    assert "ZeroDivisionError: division by zero" in home
    assert "ZeroDivisionError" not in client.get("").text
    client.close()


def test_widget_that_needs_a_kernel_is_reported_with_what_to_write(started, course_copy):
    started.person("Wim Widget").client().get(PAGE)
    change_notebook(course_copy, lambda notebook: add_cell(notebook, COUNTER))
    started.person("Vera Widget").client().get(PAGE)
    home = started.person("Tess Trainer", role="trainer").client().get("").text
    assert "Write `kernel: live` below `homevisit:` at the top of the lesson" in home


def test_page_known_to_the_browser_is_not_sent_again(server):
    client = server.person("Edda Etag").client()
    first = client.get(PAGE)
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get(PAGE, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    client.close()


def test_everything_is_compressed_and_versioned_files_are_kept_for_good(server):
    client = server.person("Zita Zip").client()
    page = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    for address in set(re.findall(r'"(/course/static/[^"]+)"', page.text)):
        reply = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert reply.headers["content-encoding"] == "gzip"
        assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    plain = client.get("course/static/lesson.js", headers={"Accept-Encoding": "identity"})
    assert (plain.headers["cache-control"], "content-encoding" in plain.headers) == ("no-cache", False)
    client.close()


def test_lesson_takes_few_requests_and_few_kilobytes(server, browser):
    """At most 8 requests and 150 KB at the first visit, at most 2 requests at the second; images aside."""
    context, _ = signed_in(browser, server, "Kim Kilobyte")
    first = visit(context, server)
    assert len(first) <= 8
    assert sum(first.values()) <= 150 * 1024
    second = visit(context, server)
    assert len(second) <= 2
    assert figures(server)["kernels"] == 0
    context.close()


def signed_in(browser, server, name):
    person = server.person(name)
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(server.url + "login")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(server.url)
    return context, page


def visit(context, server):
    """Open the lesson in a new tab; return the bytes of each answer that came over the network, by address."""
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    answers, sizes = {}, {}

    def note_answer(event):
        answers[event["requestId"]] = event["response"]

    def note_size(event):
        answer = answers.get(event["requestId"])
        is_sent = answer and answer["url"].startswith("http") and not answer.get("fromDiskCache")
        if is_sent and not answer["mimeType"].startswith("image/"):
            sizes[answer["url"]] = event["encodedDataLength"]

    protocol.on("Network.responseReceived", note_answer)
    protocol.on("Network.loadingFinished", note_size)
    page.goto(server.url + PAGE)
    # a clip to watch is fetched once one comes near it
    drawn = [question for question in KEY.questions.values() if question.type != "watch"]
    page.wait_for_function(
        "(n) => document.querySelectorAll('.hvq-question[data-state=not-started]').length >= n",
        arg=len(drawn),
    )
    page.wait_for_load_state("networkidle")
    page.close()
    return sizes


CONTRACT = """import anywidget, traitlets
class Contract(anywidget.AnyWidget):
    _esm = '''
      export default () => ({
        initialize({ model }) { model.set("log", model.get("log") + ", initialized"); },
        render({ model, el }) {
          const line = document.createElement("p");
          line.className = "contract";
          const draw = () => { line.textContent = model.get("log"); };
          model.on("change:log", draw);
          model.set("log", model.get("log") + ", changed");
          model.save_changes();
          model.send({ kind: "greeting" });
          model.off("change:log", draw);
          model.set("log", "heard though nobody listens");
          el.append(line);
          return () => line.remove();
        },
      });
    '''
    _css = ".contract { color: rgb(1, 2, 3); }"
    log = traitlets.Unicode("declared").tag(sync=True)
Contract()
"""


def test_any_anywidget_draws_itself_in_a_page_without_a_kernel(started, course_copy, browser):
    change_notebook(course_copy, lambda notebook: add_cell(notebook, CONTRACT))
    context, page = signed_in(browser, started, "Cora Contract")
    page.goto(started.url + PAGE)
    line = page.locator(".contract")
    line.wait_for()
    assert line.inner_text() == "declared, initialized, changed"
    assert line.evaluate("(it) => getComputedStyle(it).color") == "rgb(1, 2, 3)"
    gone = page.evaluate(
        """async () => {
          const { draw } = await import(document.querySelector('meta[name="homevisit-module"]').content);
          const carried = JSON.parse(document.getElementById("hv-widgets").textContent);
          const place = document.querySelector(".contract").parentElement.cloneNode(false);
          document.body.append(place);
          const clean = await draw(carried, [place]);
          const before = place.querySelectorAll(".contract").length;
          clean();
          return [before, place.querySelectorAll(".contract").length];
        }"""
    )
    assert gone == [1, 0]
    context.close()


def test_live_lesson_runs_python_callbacks_and_saves_through_the_same_api(live_server, browser):
    context, page = signed_in(browser, live_server, "Liv Live")
    page.goto(live_server.url + PAGE)
    count = page.get_by_role("button", name="Count")
    count.click()
    page.get_by_text("pressed 1 times").wait_for()
    count.click()
    page.get_by_text("pressed 2 times").wait_for()
    page.check('#q-who-is-in-the-network input[value="sister"]')
    page.click("#q-who-is-in-the-network [data-action=check]")
    page.locator("#q-who-is-in-the-network[data-state=checked]").wait_for()
    page.reload()
    page.locator("#q-who-is-in-the-network[data-state=checked]").wait_for()
    context.close()


def test_live_lesson_beyond_the_last_kernel_shows_a_waiting_page(course_copy, tmp_path):
    make_live(course_copy)
    server = CourseServer(tmp_path / "data", course_dir=course_copy, options=["--max-kernels", "1"]).start()
    client = server.person("Wanda Waiting").client()
    assert client.get(PAGE).status_code == 200
    full = client.get(PAGE)
    assert (full.status_code, full.headers["retry-after"]) == (503, "10")
    assert "This page tries again every ten seconds" in full.text
    assert figures(server)["kernels"] == 1
    client.close()
    server.stop()


def test_kept_page_has_no_script_in_it_that_would_run(server):
    """What runs comes from files alone, so that the policy of the page can forbid the rest."""
    client = server.person("Paul Policy").client()
    page = client.get(PAGE)
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page.text)
    assert inline == [' id="hv-widgets" type="application/json"']
    assert "script-src 'self' blob:;" in page.headers["content-security-policy"]
    client.close()
