"""Pages for administrators: the list of people, and one person to change, to invite anew or to close."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from homevisit.errors import ConflictError, InvalidEntryError
from homevisit.services import accounts, mailing, managing, register
from homevisit.web.base import CourseHandler

if TYPE_CHECKING:
    from homevisit.store.values import Account

FIELDS = ("name", "email", "role", "team")
ROLES = {
    "learner": "Learner (home visitor)",
    "trainer": "Trainer",
    "supervisor": "Supervisor",
    "administrator": "Administrator",
}
DONE = {
    "change": "The changes are kept.",
    "close": "The account is closed. What this person wrote is kept.",
    "open": "The account is open again.",
}
NO_SUCH_ACTION = "The page sent something the course does not know. Reload it and try again."


class ManagingHandler(CourseHandler):
    """What both pages share."""

    async def prepare(self) -> None:
        """Refuse everybody but administrators."""
        await super().prepare()
        if self.person is not None:
            self.need_role("administrator")

    def typed(self) -> dict[str, str]:
        """Return what the form holds."""
        return {name: self.get_body_argument(name, "") for name in FIELDS}

    def made_link(self, account: Account, token: str) -> dict[str, object]:
        """Return what the page shows of a new link, this one time."""
        address = mailing.public_address() or f"{self.request.protocol}://{self.request.host}{self.base_url}"
        link = f"{address}invite/{token}"
        mail = "" if account.email.endswith("@localhost") else managing.letter(account, address, link)
        return {"account": account, "link": link, "mail": mail}


class PeopleHandler(ManagingHandler):
    """Everybody who has an account, and a form for one more."""

    async def get(self) -> None:
        """Show the list; ``?q=`` looks for people."""
        await self.show()

    async def post(self) -> None:
        """Add a person and show the link this once, or show the form again with what was typed."""
        typed = self.typed()
        try:
            account, token = await self.call(managing.add_person, self.store, **typed)
        except (InvalidEntryError, ConflictError) as exc:
            self.set_status(exc.status)
            await self.show(problem=exc.message, known=getattr(exc, "account_id", ""), typed=typed)
            return
        added = await self.call(managing.find_person, self.store, account.account_id, datetime.now(UTC))
        await self.show(
            made=self.made_link(account, token),
            almost=added.almost,
            typed={"role": account.role, "team": account.team},
        )

    async def show(
        self,
        *,
        problem: str = "",
        known: str = "",
        typed: dict[str, str] | None = None,
        made: dict[str, object] | None = None,
        almost: tuple[str, ...] = (),
    ) -> None:
        """Send the page; `typed` is what the form holds, `known` who has the e-mail address already."""
        wanted = self.get_query_argument("q", "")
        number = self.get_query_argument("page", "1")
        page = int(number) if number.isdecimal() and len(number) < 6 else 1  # noqa: PLR2004  digits
        self.finish(
            self.page(
                "people.html",
                people=await self.call(managing.list_people, self.store, wanted, page),
                wanted=wanted,
                query=lambda page: urlencode({"q": wanted, "page": page} if wanted else {"page": page}),
                state_of=register.state_of,
                roles=ROLES,
                problem=problem,
                known=known,
                typed=dict.fromkeys(FIELDS, "") | (typed or {}),
                made=made,
                almost=almost,
            )
        )


class PersonHandler(ManagingHandler):
    """One person."""

    async def get(self, account_id: str) -> None:
        """Show what is known, and what can be done."""
        await self.show(account_id, done=DONE.get(self.get_query_argument("done", ""), ""))

    async def post(self, account_id: str) -> None:
        """Change, close, open or invite anew; a refusal is shown with a sentence and what was typed."""
        action = self.get_body_argument("action", "")
        typed = self.typed() if action == "change" else None
        try:
            if action == "link":
                made = await self.new_link(account_id)
                await self.show(account_id, made=made)
                return
            await self.act(account_id, action)
        except (InvalidEntryError, ConflictError) as exc:
            self.set_status(exc.status)
            await self.show(
                account_id, problem=exc.message, known=getattr(exc, "account_id", ""), typed=typed
            )
            return
        self.redirect(f"{self.url('course/people', account_id)}?done={action}", status=303)

    async def act(self, account_id: str, action: str) -> None:
        """Do what the form asks for."""
        store, viewer = self.store, self.account
        if action == "change":
            await self.call(managing.change_person, store, viewer, account_id, **self.typed())
        elif action in ("close", "open"):
            await self.call(managing.set_closed, store, viewer, account_id, is_closed=action == "close")
        else:
            raise InvalidEntryError(NO_SUCH_ACTION)

    async def new_link(self, account_id: str) -> dict[str, object]:
        """Make a link with which this person chooses a password; an earlier one that was not used ends."""
        person = await self.call(managing.find_person, self.store, account_id, datetime.now(UTC))
        token = await self.call(accounts.invite, self.store, account_id)
        return self.made_link(person.account, token)

    async def show(
        self,
        account_id: str,
        *,
        problem: str = "",
        known: str = "",
        done: str = "",
        typed: dict[str, str] | None = None,
        made: dict[str, object] | None = None,
    ) -> None:
        """Send the page; `typed` is what a refused form held."""
        person = await self.call(managing.find_person, self.store, account_id, datetime.now(UTC))
        account = person.account
        self.finish(
            self.page(
                "people_person.html",
                known_of=person,
                who=account,
                is_own=account_id == self.account.account_id,
                state=register.state_of(account),
                roles=ROLES,
                problem=problem,
                known=known,
                done=done,
                typed=typed or {name: getattr(account, name) for name in FIELDS},
                made=made,
            )
        )


ROUTES = [
    (r"course/people", PeopleHandler),
    (r"course/people/(a-[a-z2-7]+)", PersonHandler),
]
