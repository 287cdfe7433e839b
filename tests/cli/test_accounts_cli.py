from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from homevisit.cli.main import app
from homevisit.services import accounts
from homevisit.services.running import announce, running_server, withdraw
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store

LINK = "http://127.0.0.1:8866/invite/"


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.delenv("HOMEVISIT_DATABASE_URL", raising=False)
    (tmp_path / "course.yml").write_text("title: A course\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(course, opened):  # noqa: ARG001  a course with data
    def command(*words):
        return CliRunner().invoke(app, ["--course", str(course), "accounts", *words])

    return command


@pytest.fixture
def opened(course):
    store = open_store(f"sqlite:///{course / 'var' / 'course.db'}")
    yield store
    store.close()


def test_add_then_invite_prints_a_link_that_works(run, course, opened):
    added = run("add", "Ann@Example.org", "Ann Lee", "--role", "trainer", "--team", "North")
    assert (added.exit_code, added.stderr) == (0, "")
    assert added.stdout == (
        f"Added ann@example.org as trainer, in {course / 'var'}.\n"
        "For a link to choose a password: "
        f"homevisit accounts invite ann@example.org --course {course}\n"
    )
    invited = run("invite", "ann@example.org")
    assert invited.exit_code == 0
    assert invited.stdout.startswith(LINK)
    found = accounts.find_invited(opened, invited.stdout.strip().removeprefix(LINK))
    assert (found.name, found.role, found.team) == ("Ann Lee", "trainer", "North")


def test_invite_for_a_server_elsewhere_prints_its_address(run):
    run("add", "ann@example.org", "Ann")
    invited = run("invite", "ann@example.org", "--url", "https://example.org/course/")
    assert invited.stdout.startswith("https://example.org/course/invite/")


@pytest.mark.parametrize(
    ("words", "exit_code", "sentence"),
    [
        (
            ("add", "ann", "Ann"),
            2,
            "“ann” is not an e-mail address; write one such as ann@example.org.",
        ),
        (
            ("add", "bo@example.org", "Bo", "--role", "pupil"),
            2,
            "“pupil” is not a role; write learner, trainer, supervisor or administrator.",
        ),
        (
            ("add", "known@example.org", "Known"),
            1,
            (
                "An account with the e-mail address known@example.org exists already; "
                "to change its name, role or team, import a roster with its new row."
            ),
        ),
        (
            ("invite", "nobody@example.org"),
            1,
            (
                "There is no account with the e-mail address nobody@example.org; "
                "check the spelling, or add it first."
            ),
        ),
        (
            ("import", "nothing.csv"),
            2,
            "The file nothing.csv cannot be read; check its name and place.",
        ),
    ],
)
def test_error_is_one_sentence_on_stderr_with_an_exit_code(run, words, exit_code, sentence):
    run("add", "known@example.org", "Known")
    failed = run(*words)
    assert (failed.exit_code, failed.stdout, failed.stderr) == (exit_code, "", sentence + "\n")


def test_course_folder_that_is_none_is_one_sentence_too(tmp_path):
    failed = CliRunner().invoke(app, ["--course", str(tmp_path), "accounts", "list"])
    assert failed.exit_code == 2
    assert failed.stderr == (
        f"There is no course.yml in {tmp_path}; "
        "start from the folder of the course, or name it with --course.\n"
    )


def test_folders_may_stand_after_the_command(course, tmp_path):
    words = ["--course", str(course), "--data", str(tmp_path / "else where")]
    added = CliRunner().invoke(app, ["accounts", "add", "ann@example.org", "Ann", "--new", *words])
    assert added.exit_code == 0
    assert added.stdout.endswith(f"ann@example.org --course {course} --data '{tmp_path / 'else where'}'\n")
    assert (tmp_path / "else where" / "course.db").is_file()
    listed = CliRunner().invoke(app, [*words, "accounts", "list"])
    assert "ann@example.org" in listed.stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("add", "ann@example.org", "Ann"), "; to begin a new course there, add --new"),
        (("import", "roster.csv"), "; to begin a new course there, add --new"),
        (("invite", "ann@example.org"), ""),
        (("list",), ""),
        (("disable", "ann@example.org"), ""),
        (("enable", "ann@example.org"), ""),
    ],
)
def test_folder_without_data_is_named_and_left_as_it_is(course, words, hint):
    """A course that is served from another folder must not get a second, empty one beside it."""
    refused = CliRunner().invoke(app, ["--course", str(course), "accounts", *words])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"There is no course data in {course / 'var'}. "
        f"Name the folder that the server uses with --data{hint}.\n"
    )
    assert not (course / "var").exists()


def test_link_is_for_the_server_that_runs_on_this_data(run, course):
    run("add", "ann@example.org", "Ann")
    guessed = run("invite", "ann@example.org")
    assert guessed.stdout.startswith(LINK)
    assert "No server runs on" in guessed.stderr
    announce(course / "var", "http://127.0.0.1:9123/course/", is_behind_proxy=False)
    found = run("invite", "ann@example.org")
    assert found.stdout.startswith("http://127.0.0.1:9123/course/invite/")
    assert found.stderr == ""
    announce(course / "var", "http://127.0.0.1:9123/", is_behind_proxy=True)
    assert "name it with --url" in run("invite", "ann@example.org").stderr
    withdraw(course / "var")
    assert run("invite", "ann@example.org").stdout.startswith(LINK)


def test_server_that_was_killed_is_not_taken_for_one_that_runs(course):
    folder = course / "var"
    folder.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (folder / "server.json").write_text(
        json.dumps({"pid": ended.pid, "url": "http://127.0.0.1:1/", "is_behind_proxy": False}),
        encoding="utf-8",
    )
    assert running_server(folder) is None
    (folder / "server.json").write_text("{", encoding="utf-8")
    assert running_server(folder) is None


def test_list_shows_people_and_whether_they_can_sign_in(run, opened):
    assert run("list").stdout == "email  name  role  team  state\n"
    run("add", "ann@example.org", "Ann Lee", "--team", "North")
    run("add", "bo@example.org", "Bo", "--role", "trainer")
    run("add", "cy@example.org", "Cy")
    run("disable", "cy@example.org")
    invited = run("invite", "bo@example.org").stdout.strip().removeprefix(LINK)
    accounts.accept_invitation(opened, invited, "quiet river morning")
    assert run("list").stdout == (
        "email            name     role     team   state\n"
        "ann@example.org  Ann Lee  learner  North  no password yet\n"
        "bo@example.org   Bo       trainer         active\n"
        "cy@example.org   Cy       learner         closed\n"
    )


def test_list_as_csv_keeps_names_with_commas_and_quotes(run):
    run("add", "ann@example.org", 'Lee, Ann "Annie"', "--team", "North; town")
    rows = list(csv.reader(io.StringIO(run("list", "--csv").stdout)))
    assert rows == [
        ["email", "name", "role", "team", "state"],
        ["ann@example.org", 'Lee, Ann "Annie"', "learner", "North; town", "no password yet"],
    ]


def test_disable_and_enable_say_what_they_did(run):
    run("add", "ann@example.org", "Ann")
    assert run("disable", "ann@example.org").stdout == "Closed ann@example.org; its work is kept.\n"
    refused = run("invite", "ann@example.org")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "The account of Ann is closed; open it again before you invite.\n",
    )
    assert run("enable", "ann@example.org").stdout == "Opened ann@example.org again.\n"
    assert run("invite", "ann@example.org").exit_code == 0


def test_import_prints_a_link_for_each_new_account(run, course, opened):
    roster = course / "roster.csv"
    roster.write_text(
        "email,name,role,team\nann@example.org,Ann,learner,North\nbo@example.org,Bo,trainer,\n",
        encoding="utf-8",
    )
    done = run("import", str(roster), "--url", "http://127.0.0.1:8866/")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:7] == [
        f"In {course / 'var'}:",
        "added: 2",
        "  ann@example.org",
        "  bo@example.org",
        "updated: 0",
        "unchanged: 0",
        "Links to choose a password, each for one person, once, for 14 days; earlier ones of theirs end:",
    ]
    links = dict(line.split() for line in lines[7:])
    invited = {
        email: accounts.find_invited(opened, link.removeprefix(LINK)).email for email, link in links.items()
    }
    assert invited == {"ann@example.org": "ann@example.org", "bo@example.org": "bo@example.org"}


def test_import_with_bad_rows_takes_the_good_ones_and_exits_1(run, course):
    roster = course / "roster.csv"
    roster.write_text(
        "email;name;role;team\nann@example.org;Ann;learner;North\nbo;Bo;learner;\n", encoding="utf-8-sig"
    )
    done = run("import", str(roster), "--url", "http://127.0.0.1:8866/")
    assert done.exit_code == 1
    assert done.stderr == (
        "row 3: “bo” is not an e-mail address; write one such as ann@example.org.\n"
        "1 row was left out; mend the file and import it again.\n"
    )
    assert run("list", "--csv").stdout.splitlines()[1:] == [
        "ann@example.org,Ann,learner,North,no password yet"
    ]


def test_import_dry_run_changes_nothing(run, course):
    roster = course / "roster.csv"
    roster.write_text(
        "email,name,role,team\nann@example.org,Ann,learner,North\nbo,,,\ncy,,,\n", encoding="utf-8"
    )
    done = run("import", str(roster), "--dry-run")
    assert done.exit_code == 1
    assert done.stdout == (
        f"In {course / 'var'}:\n"
        "Nothing was changed; without --dry-run this would happen:\n"
        "added: 1\n  ann@example.org\nupdated: 0\nunchanged: 0\n"
    )
    assert done.stderr.endswith("2 rows were left out; mend the file and import it again.\n")
    assert run("list").stdout == "email  name  role  team  state\n"


def test_command_line_program_ends_with_the_same_sentence_and_code(tmp_path):
    program = "from homevisit.cli.main import main; main()"
    environment = {name: value for name, value in os.environ.items() if name != "HOMEVISIT_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", program, "--course", str(tmp_path), "accounts", "list"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"There is no course.yml in {tmp_path};")
    assert done.stderr.count("\n") == 1


def test_remove_asks_for_the_address_and_removes_nothing_when_it_is_another(run, course, opened):
    run("add", "ann@example.org", "Ann Lee")
    run("add", "bo@example.org", "Bo")
    words = ["--course", str(course), "accounts", "remove", "ann@example.org"]
    refused = CliRunner().invoke(app, words, input="bo@example.org\n")
    assert refused.exit_code == 2
    assert "everything this person wrote. It cannot be undone." in refused.stdout
    assert refused.stderr == "That is not ann@example.org; nothing was removed.\n"
    removed = CliRunner().invoke(app, words, input="Ann@example.org\n")
    assert removed.exit_code == 0
    assert "Removed ann@example.org with 0 responses." in removed.stdout
    assert run("remove", "bo@example.org", "--confirm", "bo@example.org").exit_code == 0
    with opened.read() as conn:
        assert account_store.accounts(conn) == []
