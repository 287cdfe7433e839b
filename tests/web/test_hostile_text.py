"""Whatever a learner writes shows as the text it is: at the desk, to the learner, in files and in formgrader."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from homevisit.config import load_settings
from homevisit.services.desk import posting, reading
from homevisit.services.grading import grade_next
from homevisit.store import accounts as account_store
from homevisit.store import anchors, desk_items
from tests.services.cohort import hand_in
from tests.services.formgrader import formgrader, submission_of
from tests.web.course_server import LESSON, ROOT
from tests.web.responses import CATALOGUE, KEY, good_response
from tests.web.test_accessibility import sign_in

QUESTION = "omar-next-step"
CATCH = '<script>window.caught = 1</script><img src="x" onerror="window.caught = 1"><svg onload="window.caught = 1">'
TEXTS = {
    "scripts": f"She waits. {CATCH}</pre></textarea></script> {{{{ 7 * 7 }}}} {{% raw %}} \"q\" 'q' &amp; &lt;b&gt;",
    "directions": (
        "She waits \u202eand turns\u202c back. \u05d4\u05d9\u05d0 \u05de\u05d7\u05db\u05d4 \u2067\u0647\u064a "
        "\u062a\u0646\u062a\u0638\u0631\u2069 \u200f! \U0001f468\u200d\U0001f469\u200d\U0001f467 "
        "\U0001f9d2\U0001f3fd e\u0301 Z\u0351\u036b\u0343\u036a"
    ),
    "long": ("She waits for him. " * 790)[:15_000] + "x" * 5_000,
    "marked": (
        "# She waits\n\n- **bold** _em_ `code` ~~gone~~\n\n$x^2$ $$\\int_0^1$$ \\(a\\) \\[b\\]\n\n"
        "[a link](javascript:window.caught=1) ![](x) | a | b |\n|---|---|\n<!-- hidden? --> &nbsp; =1+1"
    ),
}
NAME = "=Zo\u00e9 <b onmouseover='window.caught=1'>{}</b> \u202e"


OVERHANGING = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  const over = [...document.querySelectorAll("body *")].filter(
    (it) => it.getBoundingClientRect().right > clientWidth + 1 && it.checkVisibility()
  );
  return scrollWidth > clientWidth ? over.map((it) => `${it.tagName}.${it.className}`).slice(0, 5) : [];
}"""


class Written:
    """A learner whose name and texts are hostile, read by a trainer who quotes them."""

    def __init__(self, server, store, settings, trainer, text):
        self.person = server.person(f"Writer {uuid4().hex[:6]}")
        self.text = text
        with store.begin() as conn:
            name = NAME.format(uuid4().hex[:4])
            account = account_store.update_account(conn, self.person.account_id, name=name)
        good = {name: good_response(name) for name in KEY.questions}
        hand_in(store, CATALOGUE, account, good | {QUESTION: {"text": earlier(text)}})
        hand_in(store, CATALOGUE, account, {QUESTION: {"text": text}})
        while grade_next(store, settings, CATALOGUE) is not None:
            pass
        with store.read() as conn:
            self.item = desk_items.items_of(conn, account.account_id, LESSON, QUESTION)[-1]
        criteria = [criterion.id for criterion in KEY.questions[QUESTION].rubric]
        given = {
            "ratings": dict.fromkeys(criteria, 1),
            "criterion_comments": {criteria[0]: text[:300]},
            "comment": text[:2_000],
            "highlights": [{"start": 0, "end": min(40, len(text)), "comment": text[:200]}],
        }
        saved = reading.save(store, trainer, self.item.item_id, kind="first", given=given, base=0)
        reading.finish(
            store,
            CATALOGUE,
            trainer,
            self.item.item_id,
            kind="first",
            base=saved.version,
            outcome="accepted",
        )
        assert posting.post(store, settings, CATALOGUE, [self.item.item_id]) == []


@pytest.fixture(scope="module")
def trainer(server):
    return server.person("Tara Reader", role="trainer")


@pytest.fixture(scope="module")
def written(server, trainer):
    """Let each text be written, graded and read."""
    store, settings = server.store(), load_settings(ROOT, server.data_dir)
    with store.begin() as conn:
        anchors.choose(conn, "anchors first", "", datetime.now(UTC), is_on=False)
        reader = account_store.find_account(conn, trainer.account_id)
    made = {name: Written(server, store, settings, reader, text) for name, text in TEXTS.items()}
    store.close()
    return made


@pytest.fixture(scope="module")
def graders(server, written, tmp_path_factory):  # noqa: ARG001  its gradebook holds what was written
    with formgrader(ROOT, tmp_path_factory.mktemp("home"), HOMEVISIT_DATA=str(server.data_dir)) as client:
        yield client


@pytest.fixture
def visit(server, browser):
    """Return a function that gives a signed-in page on a phone; no policy stops a script there."""
    contexts = []

    def signed_in(person):
        context = browser.new_context(
            reduced_motion="reduce", viewport={"width": 390, "height": 844}, bypass_csp=True
        )
        contexts.append(context)
        page = context.new_page()
        sign_in(page, server, person)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def earlier(text):
    """Return what was written at the first try."""
    return f"{text[:19_900]} At the first try."


def plain(text):
    return "".join(text.split())


def shows(page, text, selector="main"):
    """Whether the text stands on the page as text, nothing of it acts, and nothing hangs over the side."""
    seen = plain("".join(page.locator(selector).all_text_contents()))
    assert plain(text) in seen
    assert page.evaluate("() => window.caught") is None
    assert page.evaluate(OVERHANGING) == []


@pytest.mark.parametrize("name", TEXTS)
def test_text_shows_as_text_at_the_desk(server, trainer, written, visit, name):
    one = written[name]
    page = visit(trainer)
    page.goto(f"{server.url}course/desk?state=read&learner_id={one.person.account_id}")
    shows(page, "<b onmouseover='window.caught=1'>", ".hv-queue h2")
    page.goto(f"{server.url}course/desk/{one.item.item_id}?state=read")
    page.locator("[data-desk-text] mark").wait_for()
    page.evaluate("() => document.querySelectorAll('mark sup').forEach((it) => it.remove())")
    assert page.locator("[data-desk-text]").inner_text().strip() == one.text.strip()
    shows(page, one.text, "[data-desk-text]")
    assert page.locator("#overall").input_value() == one.text[:2_000].strip()
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    shows(page, one.text[:10_000], ".hv-changes")
    for place in ("desk/record", "reports", f"reports/{LESSON}", "desk/agreement", "desk/settings"):
        page.goto(f"{server.url}course/{place}")
        assert page.evaluate("() => window.caught") is None
    assert page.locator("b[onmouseover]").count() == 0


@pytest.mark.parametrize("name", TEXTS)
def test_text_shows_as_text_to_its_learner(server, written, visit, name):
    one = written[name]
    page = visit(one.person)
    assert page.evaluate("() => window.caught") is None
    page.goto(f"{server.url}lessons/{LESSON}/result")
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    block = f"[data-question={QUESTION}]"
    page.evaluate("() => document.querySelectorAll('.hv-back sup').forEach((it) => it.remove())")
    assert plain(page.locator(f"{block} .hv-back .hv-given").inner_text()) == plain(one.text)
    shows(page, one.text, f"{block} details .hv-given")
    shows(page, one.text[:2_000], f"{block} .hv-comment")
    page.goto(f"{server.url}lessons/{LESSON}")
    question = f"#q-{QUESTION}"
    page.locator(f"{question} .hvq-feedback").wait_for()
    shows(page, one.text, f"{question} .hvq-response")
    shows(page, earlier(one.text), f"{question} .hvq-earlier")
    page.goto(f"{server.url}course/lessons/{LESSON}/summary?own=1")
    shows(page, one.text)


@pytest.mark.parametrize("name", TEXTS)
def test_text_shows_as_text_in_formgrader(server, written, graders, visit, name):
    one = written[name]
    page = visit(one.person)
    # what formgrader's page fetches from other hosts is not what is looked at here
    page.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
    found = submission_of(server.data_dir / "nbgrader", one.person.account_id)
    page.goto(f"{graders.base_url}formgrader/submissions/{found}?token=test", wait_until="load")
    assert plain(one.text) in plain(page.locator("body").text_content())
    assert page.evaluate("() => window.caught") is None
    assert page.locator("svg[onload], img[onerror], a[href^='javascript']").count() == 0


def test_files_hold_names_and_comments_as_text_and_no_formula(trainer, written):
    with closing(trainer.client()) as client:
        record = list(csv.reader(io.StringIO(client.get("course/desk/record?format=csv").text)))
        book = client.get(f"course/reports/{LESSON}?format=xlsx").content
        table = client.get(f"course/reports/{LESSON}?format=csv").text
    learner = record[0].index("learner")
    named = {row[learner] for row in record if row[0] != "at"}
    assert len([name for name in named if name.startswith("'=Zo\u00e9 <b")]) == len(written)
    cells = [cell for sheet in load_workbook(io.BytesIO(book)) for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(table)) for cell in row)
