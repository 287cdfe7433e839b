"""`homevisit lab`: an author opens a lesson's Markdown in JupyterLab, and its questions work."""

from __future__ import annotations

import os

import httpx
import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from homevisit.cli.main import app
from homevisit.course.catalogue import Catalogue
from homevisit.services.checking import check_lessons
from tests.web.conftest import copy_course
from tests.web.course_server import LESSON, NO_TLS
from tests.web.lab_server import LabServer, run_all_cells, save
from tests.web.responses import KEY, good_response

expect.set_options(timeout=30_000)
NEW_QUESTION = """\
questions:
  new-one:
    type: choose
    several: false
    source: own
    points: 1
    public:
      prompt: What comes first at the door?
      options: {greet: A greeting, form: A form}
    correct: [greet]
    feedback: {greet: It opens the door., form: It can wait.}

"""
WORDS = "The boy adds a block, and aa dd stands here too."


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    running = LabServer(folder / "author", copy_course(folder / "course")).start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def page(lab, browser):
    """Return a page with the notebook of the lesson, in a browser that has signed in by the printed address."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.goto(lab.address + "&reset")  # without the tabs that another page left
    opened.locator(".jp-Notebook .jp-Cell").first.wait_for()
    yield opened
    context.close()


@pytest.fixture
def kept(lab):
    """Put the text, the key and the list of lessons back as they were."""
    files = (text_of(lab), key_of(lab), lab.course_dir / "course.yml")
    before = {path: path.read_bytes() for path in files}
    yield
    for path, content in before.items():
        path.write_bytes(content)


def key_of(lab):
    return lab.course_dir / "answer_keys" / f"{LESSON}.yml"


def text_of(lab):
    return lab.course_dir / "source" / LESSON / f"{LESSON}.md"


def test_author_answers_questions_in_the_notebook_and_the_text_stays_as_it_was(lab, browser):
    before = text_of(lab).read_bytes()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(lab.address.replace(f"/tree/source/{LESSON}/{LESSON}.md", ""))
    files = page.locator(".jp-DirListing-itemText")
    files.filter(has_text=LESSON).dblclick()
    files.filter(has_text=f"{LESSON}.md").dblclick()
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    assert files.count() == 1  # what a build makes is not offered for editing
    run_all_cells(page)
    page.locator("#hand-in").wait_for()
    cells = page.locator(".jp-Cell").count()

    choose = page.locator("#q-who-is-in-the-network")
    option = choose.locator("input").first
    option.focus()
    # of these, JupyterLab would take all but the first for commands: delete the cell, add one, go to the next
    for key in ("Space", "d", "d", "a", "ArrowDown"):
        page.keyboard.press(key)
    expect(option).to_be_checked()
    expect(option).to_be_focused()
    assert page.locator(".jp-Cell").count() == cells
    choose.locator("[data-action=check]").focus()
    page.keyboard.press("Enter")
    expect(choose.locator(".hvq-feedback-place")).to_contain_text("Feedback")
    expect(choose).to_have_attribute("data-state", "checked")

    field = page.locator("#q-omar-observe textarea").first
    field.press_sequentially(WORDS)
    page.locator("#q-omar-observe[data-state=draft][data-unsent=no]").wait_for()
    save(page)
    assert text_of(lab).read_bytes() == before
    page.locator("#hand-in button").click()
    expect(page.locator("#hand-in .hvq-problem")).to_contain_text("are not checked yet")

    page.reload()
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    run_all_cells(page)
    expect(page.locator("#q-omar-observe textarea").first).to_have_value(WORDS)
    expect(choose).to_have_attribute("data-state", "checked")
    assert [url for url in asked if not url.startswith((lab.url, "data:", "blob:"))] == []
    context.close()
    assert check_lessons(Catalogue(lab.course_dir), LESSON).findings == ()


@pytest.mark.usefixtures("kept")
def test_course_counts_as_it_stands_on_disk(lab, page):
    path = key_of(lab)
    key = path.read_text(encoding="utf-8")
    listed = (lab.course_dir / "course.yml").read_text(encoding="utf-8")
    (lab.course_dir / "course.yml").write_text(listed.replace(LESSON, "04-unlisted"), encoding="utf-8")
    run_all_cells(page)
    expect(page.locator(".hvq-status-line")).to_contain_text(f"Add the lesson {LESSON} to course.yml")
    (lab.course_dir / "course.yml").write_text(listed, encoding="utf-8")
    run_all_cells(page)

    question = page.locator("#q-meaningful-when")
    question.locator("input").first.check()
    changed = key
    for sentence in KEY.questions["meaningful-when"].feedback.values():
        changed = changed.replace(sentence, "The author wrote this a moment ago.")
    path.write_text(changed, encoding="utf-8")
    question.locator("[data-action=check]").click()
    expect(question.locator(".hvq-feedback-place")).to_contain_text("The author wrote this a moment ago.")

    broken = key.replace("    points: 2", "    points: none", 1)
    path.write_text(broken, encoding="utf-8")
    place = f"answer_keys/{LESSON}.yml:{broken.splitlines().index('    points: none') + 1}: questions."
    question.locator("[data-action=revise]").click()
    question.locator("input").last.check()
    question.locator("[data-action=check]").click()
    expect(question.locator(".hvq-problem")).to_contain_text(place)
    run_all_cells(page)
    output = page.locator(".jp-OutputArea-output[data-mime-type*=error], [data-mime-type*=stderr]").first
    expect(output).to_contain_text(place)
    assert "Traceback" not in output.text_content()

    path.write_text(key.replace("questions:\n", NEW_QUESTION, 1), encoding="utf-8")
    first = page.locator(".jp-CodeCell").first
    first.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type('\nchoose("new-one")')
    page.keyboard.press("Control+Enter")
    expect(page.locator("#q-new-one .hvq-kicker")).to_contain_text("Question 1 ·")
    page.locator("#q-new-one input").first.check()
    page.locator("#q-new-one [data-action=check]").click()
    expect(page.locator("#q-new-one .hvq-feedback-place")).to_contain_text("It opens the door.")


@pytest.mark.usefixtures("kept")
def test_saved_notebook_changes_the_text_only_where_it_was_edited(lab):
    author = lab.client()
    before = text_of(lab).read_text(encoding="utf-8")
    address = f"api/contents/source/{LESSON}/{LESSON}.md"
    notebook = author.get(address, params={"type": "notebook", "content": 1}).json()["content"]
    # what JupyterLab, nbgrader's panel and a run put in
    notebook["metadata"]["kernelspec"]["display_name"] = "Python of this machine"
    notebook["metadata"] |= {"language_info": {"name": "python"}, "celltoolbar": "Create Assignment"}
    asked = next(cell for cell in notebook["cells"] if cell["source"].startswith("choose("))
    asked["metadata"] |= {"nbgrader": {"grade": True, "points": 5}, "jupyter": {"source_hidden": True}}
    asked |= {
        "execution_count": 7,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "An output."}],
    }
    titled = next(cell for cell in notebook["cells"] if cell["source"].startswith("# Roles"))
    titled["source"] += "\n\nOne more sentence."
    reply = author.put(address, json={"type": "notebook", "format": "json", "content": notebook})
    assert reply.status_code == 200, reply.text
    after = text_of(lab).read_text(encoding="utf-8")
    assert after.replace("\n\nOne more sentence.", "") == before
    author.close()


def test_course_in_jupyterlab_is_for_its_author_alone(lab):
    author = lab.client()
    state = f"course/api/lessons/{LESSON}/state"
    for path in (state, "course/media/omar-stacking.svg", "files/source/media/omar-stacking.svg", "lab"):
        assert httpx.get(lab.url + path, verify=NO_TLS).status_code in {302, 401, 403}, path
        assert author.get(path).status_code == 200, path
    assert author.get(state).json()["practice"] is True
    assert author.get("formgrader").status_code == 404
    author.close()


def test_handing_in_explains_itself_when_everything_is_checked(lab):
    author = lab.client()
    tried = author.get(f"course/api/lessons/{LESSON}/state").json()["questions"]
    for question_id in KEY.questions:
        reply = author.post(
            f"course/api/lessons/{LESSON}/questions/{question_id}/attempts",
            json={
                "response": good_response(question_id),
                "number": len(tried[question_id]["attempts"]) + 1,
                "token": f"author-{question_id}",
            },
        )
        assert reply.status_code == 201, reply.text
    reply = author.post(f"course/api/lessons/{LESSON}/submission", json={"token": "author-hands-in"})
    assert reply.status_code == 422
    assert "In JupyterLab nothing is handed in" in reply.json()["error"]["message"]
    assert author.get(f"course/api/lessons/{LESSON}/state").json()["submission"] is None
    author.close()


def test_lesson_that_the_course_does_not_list_says_what_to_do(lab):
    author = lab.client()
    reply = author.get("course/api/lessons/09-not-listed/state")
    assert (reply.status_code, reply.json()["error"]["message"]) == (
        404,
        "Add the lesson 09-not-listed to course.yml, and run its cells again; nothing is saved before.",
    )
    author.close()


def test_second_lab_says_what_is_in_its_way(lab, tmp_path):
    course = ["--course", str(lab.course_dir)]
    environment = dict(os.environ)
    for options, sentence in (
        (["--data", str(lab.data_dir)], "A server already runs on"),
        (
            ["--data", str(tmp_path), "--port", str(lab.port)],
            f"Try another one, such as --port {lab.port + 1}",
        ),
        (["09-not-listed"], f"Write one of: {LESSON}."),
    ):
        result = CliRunner().invoke(app, ["lab", *options, *course])
        assert result.exit_code != 0
        assert sentence in result.output
    assert dict(os.environ) == environment
