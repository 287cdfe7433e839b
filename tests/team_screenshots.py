"""Screenshots of the team: its page, a person's page, the choice of readers below a text, and people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from homevisit.services.team import days
from homevisit.store import accounts, contacts, due_dates, text_sharing
from homevisit.store.values_team import Stretch
from tests.web.course_server import ROOT

TARGET = ROOT / "docs" / "screenshots"
LESSONS = ("01-building-relationships", "02-secure-relationship", "03-social-connections")


def fill_team(server):
    """Give the team of the demo due dates and minutes, and let one text be shared."""
    store, now = server.store(), datetime.now(UTC)
    with store.begin() as conn:
        people = {account.name: account.account_id for account in accounts.accounts(conn)}
        by = {"by": people["Sam Demo"], "at": now}
        for lesson_id, in_days in zip(LESSONS, (-6, -1, 9), strict=True):
            day = days.today() + timedelta(days=in_days)
            due_dates.set_team_date(conn, "North", lesson_id, day, **by)
        longer = days.today() + timedelta(days=5)
        due_dates.set_extension(conn, people["Ana Demo"], LESSONS[1], longer, **by)
        starts = [now - timedelta(days=1 + 2 * place) for place in range(3)]
        spent = zip(("Ana Demo", "Bilal Demo", "Chen Demo"), starts, (35, 46, 57), strict=True)
        contacts.add_stretches(
            conn,
            [
                Stretch(people[name], LESSONS[0], days.day_of(at), at, at + timedelta(minutes=minutes))
                for name, at, minutes in spent
            ],
        )
        place = (people["Bilal Demo"], LESSONS[0], "leave-it-to-you")
        text_sharing.save_choice(conn, *place, readers="supervisor", at=now)
    store.close()


def shoot_team(pages, email):
    """Shoot the pages as the supervisor sees them, and the choice as a learner does."""
    page = pages.signed_in(email)
    page.goto(f"{pages.server.url}course/team")
    page.screenshot(path=TARGET / f"team-{pages.size}.png", full_page=True)
    page.get_by_role("link", name="Bilal Demo").click()
    page.get_by_role("heading", name="Lesson by lesson").wait_for()
    page.screenshot(path=TARGET / f"team-person-{pages.size}.png", full_page=True)
    page.goto(f"{pages.server.url}lessons/{LESSONS[1]}")
    place = "#q-nathalie-next"
    page.locator(f"{place} .hvq-sharing").wait_for()
    page.locator(f"{place} .hvq-sharing select").select_option("supervisor")
    pages.shoot(page, "sharing", place)
    page.context.close()


def shoot_people(pages, email):
    """Shoot the page of people after one was added, and the page of one person, as an administrator sees them."""
    page = pages.signed_in(email)
    page.goto(f"{pages.server.url}course/people")
    page.get_by_label("Name", exact=True).fill("Mia Demo")
    page.get_by_label("E-mail address", exact=True).fill(f"mia.{pages.size}@example.org")
    page.get_by_label("Team (may stay empty)").fill("North")
    page.get_by_role("button", name="Add and make a link").click()
    page.get_by_role("heading", name="Link for Mia Demo").wait_for()
    page.screenshot(path=TARGET / f"people-{pages.size}.png", full_page=True)
    page.get_by_role("link", name="Bilal Demo").click()
    page.get_by_role("heading", name="Close the account").wait_for()
    page.screenshot(path=TARGET / f"people-person-{pages.size}.png", full_page=True)
    page.context.close()
