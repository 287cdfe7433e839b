"""Who may see what of a team: each cell of the table in docs/supervisor.md, by page and by API."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from homevisit.config import load_settings
from homevisit.services import grading, learning, sharing
from homevisit.services.desk import release
from homevisit.services.team import days, due
from homevisit.store import accounts as account_store
from homevisit.store import desk_items
from homevisit.store.values_desk import DeskSettings
from tests.services.reading import read_all
from tests.web.course_server import ROOT
from tests.web.responses import CATALOGUE, good_response

LESSON = "02-secure-relationship"
OTHER = "01-building-relationships"
COLUMNS = (
    "the learner",
    "other learners of the team",
    "supervisor of the team",
    "other supervisors",
    "trainers",
    "administrators",
)
TEXTS = {
    "respond-crying": ("trainer", "Only between the two of us, these words."),
    "nathalie-next": ("supervisor", "These words may be read by my supervisor."),
    "nathalie-over-time": ("group", "These words may be read in my group."),
}
POINTS = ("Points that a trainer gave and has not released", "Points of a lesson, graded and released")
DRAFT = "These words are a draft and nobody reads them."
PLANNED = "These words are what I want to try."


def table():
    """Return the cells of the table: {(row, column): what it says}."""
    text = Path(ROOT / "docs" / "supervisor.md").read_text(encoding="utf-8")
    section = text.split("## Who may see what", 1)[1].split("\n##", 1)[0]
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    head, rows = lines[0], lines[2:]
    assert tuple(head[1:7]) == COLUMNS
    return {(row[0], column): row[place] for row in rows for place, column in enumerate(COLUMNS, 1)}


class World:
    """A team with one learner's work in it, and one client for each column of the table."""

    def __init__(self, server):
        self.server = server
        name = uuid4().hex[:6]
        self.team = f"Harbor {name}"
        self.learner = server.person(f"Lena {name}", team=self.team)
        people = {
            "the learner": self.learner,
            "other learners of the team": server.person(f"Otto {name}", team=self.team),
            "supervisor of the team": server.person(f"Sue {name}", role="supervisor", team=self.team),
            "other supervisors": server.person(f"Olga {name}", role="supervisor", team="Forest"),
            "trainers": server.person(f"Tom {name}", role="trainer", team=""),
            "administrators": server.person(f"Ada {name}", role="administrator", team=""),
        }
        self.clients = {column: one.client() for column, one in people.items()}
        self.store = server.store()
        with self.store.read() as conn:
            self.accounts = {
                column: account_store.find_account(conn, one.account_id) for column, one in people.items()
            }
        self.write()

    def write(self):
        """Let the learner write, share and hand in."""
        client = self.clients["the learner"]
        api = f"course/api/lessons/{LESSON}/questions"
        for question_id, question in CATALOGUE.key(LESSON).questions.items():
            response = good_response(question_id, LESSON)
            if question_id in TEXTS:
                response = {"text": TEXTS[question_id][1]}
            elif question.type == "commitment":
                response = response | {"text": PLANNED}
            body = {"response": response, "number": 1, "token": uuid4().hex}
            assert client.post(f"{api}/{question_id}/attempts", json=body).status_code == 201
        for question_id, (readers, _) in TEXTS.items():
            reply = client.put(f"{api}/{question_id}/sharing", json={"readers": readers, "base": ""})
            assert reply.json()["sharing"]["readers"] == readers
        draft = {"response": {"text": DRAFT}, "base": 0}
        client.put(f"course/api/lessons/{OTHER}/questions/once-or-every-week/draft", json=draft)
        # graded here and now, not by the program beside the server
        learning.submit_lesson(self.store, CATALOGUE, self.learner.account_id, LESSON, uuid4().hex)
        self.settings = load_settings(ROOT, self.server.data_dir)
        grading.grade_while_busy(self.store, self.settings, CATALOGUE, 0)
        due.extend(
            self.store,
            CATALOGUE,
            self.accounts["supervisor of the team"],
            self.learner.account_id,
            lesson_id=OTHER,
            text=self.extension.isoformat(),
            now=datetime.now(UTC),
        )

    @property
    def extension(self):
        return days.today() + timedelta(days=200)

    @property
    def person_page(self):
        return f"course/team/{self.learner.account_id}"

    def pages(self, column):
        """Return everything that a role gets from the pages and the API around the team, the desk left out."""
        client = self.clients[column]
        addresses = ["", "course/team", f"course/team?team={self.team}", self.person_page, "course/reports"]
        addresses += [f"course/team?team={self.team}&format=csv{part}" for part in ("", "&part=lessons")]
        for lesson_id in (LESSON, OTHER):
            addresses += [f"lessons/{lesson_id}/result", f"course/api/lessons/{lesson_id}/state"]
            addresses.append(f"course/lessons/{lesson_id}/summary?own=1")
        found = [reply.text for reply in map(client.get, addresses) if reply.status_code == 200]
        book = client.get(f"course/team?team={self.team}&format=xlsx")
        if book.status_code == 200:
            sheets = load_workbook(io.BytesIO(book.content))
            found += [
                str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
            ]
        return "\n".join(found)

    def desk(self, column):
        """Return the desk's pages of this learner's texts, as far as a role may open them."""
        with self.store.read() as conn:
            items = desk_items.items_of(conn, self.learner.account_id, LESSON)
        replies = [self.clients[column].get(f"course/desk/{item.item_id}") for item in items]
        return "\n".join(reply.text for reply in replies if reply.status_code == 200)

    def sees(self, column, words):
        if words in self.pages(column):
            return "yes"
        return "at the desk" if words in self.desk(column) else "no"

    def opens(self, column, *addresses):
        statuses = {self.clients[column].get(address).status_code for address in addresses}
        assert statuses in ({200}, {403}, {404})
        return "yes" if statuses == {200} else "no"


@pytest.fixture(scope="module")
def world(server):
    made = World(server)
    yield made
    for client in made.clients.values():
        client.close()
    made.store.close()


def points_seen(world, column):
    """Return where a role sees the points of the whole lesson."""
    client = world.clients[column]
    if column == "the learner":
        total = re.search(r'<h2 id="total">([^<]+)', client.get(f"lessons/{LESSON}/result").text)[1]
        return "no" if "so far" in total else "yes"
    if re.search(r"<dt>Points</dt><dd>[\d.]+ of", client.get(world.person_page).text):
        return "yes"
    return "at the desk" if re.search(r"\d points", world.desk(column)) else "no"


def shared_words(world, column, words):
    account = world.accounts[column]
    found = sharing.shared_with_group(world.store, account.team, LESSON, "nathalie-over-time")
    return words in found


def opens_team(world, column):
    team = f"course/team?team={world.team}"
    return world.opens(column, team, f"{team}&format=csv", f"{team}&format=xlsx")


def sees_group_text(world, column):
    words = TEXTS["nathalie-over-time"][1]
    found = world.sees(column, words)
    return "without a name" if found == "no" and shared_words(world, column, words) else found


def sees_that_planned(world, column):
    own = f"course/lessons/{LESSON}/summary?own=1"
    found = world.clients[column].get(own if column == "the learner" else world.person_page).text
    return "yes" if PLANNED in found or "<dt>To try</dt>" in found else "no"


def chooses(world, column):
    """Try to change who may read the learner's text, as oneself and in the learner's name."""
    place = (world.store, world.learner.account_id, LESSON, "respond-crying")
    before = sharing.choice(*place)
    path = f"course/api/lessons/{LESSON}/questions/respond-crying/sharing"
    for more in ("", f"?account_id={world.learner.account_id}"):
        world.clients[column].put(path + more, json={"readers": "trainer", "base": ""})
    return "no" if sharing.choice(*place) == before else "yes"


def acts(world, column):
    """Try all that can be done on the team's pages; all of it works or none."""
    client = world.clients[column]
    xsrf = {"_xsrf": client.cookies["_xsrf"]}
    day = (days.today() + timedelta(days=300)).isoformat()
    of_team = {"team": world.team, "lesson": "05-support-for-home-visitors", "due": day}
    actions = (
        {"action": "extend", "lesson": "03-social-connections", "due": day},
        {"action": "talked", "lesson": LESSON},
        {"action": "remind"},
    )
    replies = [
        client.post("course/team", data=xsrf | of_team),
        *(client.post(world.person_page, data=xsrf | action) for action in actions),
    ]
    statuses = [reply.status_code for reply in replies]
    # the second who reminds on one day is told so
    assert statuses[:3] in ([303] * 3, [403] * 3, [403, 404, 404])
    assert statuses[3] in ({303, 409} if statuses[0] == 303 else {403, 404})
    return "yes" if statuses[0] == 303 else "no"


def test_points_stand_on_the_pages_once_they_are_released(world):
    trainer, said = world.accounts["trainers"], table()
    wanted = DeskSettings(LESSON, release="together")
    release.change_settings(world.store, CATALOGUE, trainer, wanted)
    read_all(world.store, world.settings, trainer, world.accounts["the learner"], LESSON)
    row = POINTS[0]
    assert {column: points_seen(world, column) for column in COLUMNS} == {
        column: said[row, column] for column in COLUMNS
    }
    release.release_lesson(world.store, trainer, LESSON)
    row = POINTS[1]
    assert {column: points_seen(world, column) for column in COLUMNS} == {
        column: said[row, column] for column in COLUMNS
    }


ROWS = {
    "The team page, its CSV and XLSX": opens_team,
    "A person's page": lambda world, column: world.opens(column, world.person_page),
    "A draft": lambda world, column: world.sees(column, DRAFT),
    'A checked text for "my trainer"': lambda world, column: world.sees(column, TEXTS["respond-crying"][1]),
    'A checked text for "my supervisor too"': lambda world, column: world.sees(
        column, TEXTS["nathalie-next"][1]
    ),
    'A checked text for "my group, without my name"': sees_group_text,
    "The words of what was planned to try": lambda world, column: world.sees(column, PLANNED),
    "That something was planned, tried, talked about": sees_that_planned,
    "An extension": lambda world, column: world.sees(column, days.in_words(world.extension, days.today())),
    "Choose who may read a text": chooses,
    "Set a due date, give an extension, note a talk, send a reminder": acts,
}


def test_every_row_of_the_table_is_tested():
    tested = {*ROWS, *POINTS}
    assert {row for row, _ in table()} - tested == set()


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row", ROWS)
def test_each_cell_of_the_table_holds(world, row, column):
    assert ROWS[row](world, column) == table()[row, column]
