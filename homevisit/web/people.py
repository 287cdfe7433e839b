"""Pages about oneself: sign in and out, take up an invitation, account, practice."""

from __future__ import annotations

from urllib.parse import urlsplit

from jupyter_server.auth.decorator import allow_unauthenticated

from homevisit.errors import CourseError, NotAllowedError
from homevisit.services import accounts, mailing, practice, signin
from homevisit.web import managing
from homevisit.web.base import CourseHandler
from homevisit.web.cookies import TokenCookie
from homevisit.web.identity import SIGN_IN

# Where somebody who practises before having an account came from.
INVITED = TokenCookie("homevisit-invitation", days=1)
CHANGED = {
    "address": "Your e-mail address is changed. Use the new one to sign in from now on.",
    "mail": "Your choice about mail is kept.",
}


class LoginHandler(CourseHandler):
    """Sign in with e-mail and password."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the form; somebody who is signed in goes on."""
        if self.person is not None:
            self.redirect(self.next_page())
            return
        self.finish(self.page("login.html", next=self.next_page(), email="", problem=""))

    @allow_unauthenticated
    async def post(self) -> None:
        """Sign in, or show the form again with what was typed and a sentence."""
        email = self.get_body_argument("email", "").strip()
        password = self.get_body_argument("password", "", strip=False)
        address = self.request.remote_ip or "unknown"
        try:
            token = await self.call(signin.sign_in, self.store, email, password, address)
        except CourseError as exc:
            self.set_status(exc.status)
            self.finish(self.page("login.html", next=self.next_page(), email=email, problem=exc.message))
            return
        SIGN_IN.set(self, token)
        self.redirect(self.next_page())

    def next_page(self) -> str:
        """Return where to go after signing in: a path of this server, never another site."""
        wanted = self.get_argument("next", "")
        parts = urlsplit(wanted)
        is_ours = wanted.startswith(self.base_url) and not parts.scheme and not parts.netloc
        return wanted if is_ours and not wanted.startswith("//") and "\\" not in wanted else self.base_url


class LogoutHandler(CourseHandler):
    """Sign out on this device."""

    async def post(self) -> None:
        """Forget the sign-in on the server and in the browser."""
        await self.call(signin.sign_out, self.store, SIGN_IN.token(self))
        SIGN_IN.clear(self)
        self.current_user = None
        self.finish(self.page("signed_out.html"))


class InvitationHandler(CourseHandler):
    """Take up a one-use invitation."""

    @allow_unauthenticated
    async def get(self, token: str) -> None:
        """Show who is invited and ask for a password; opening the page uses nothing up."""
        invited = await self.call(accounts.find_invited, self.store, token)
        self.finish(self.page("invitation.html", invited=invited, token=token, problem="", name=invited.name))

    @allow_unauthenticated
    async def post(self, token: str) -> None:
        """Set the password and sign in."""
        invited = await self.call(accounts.find_invited, self.store, token)
        name = self.get_body_argument("name", "").strip()
        password = self.get_body_argument("password", "", strip=False)
        try:
            sign_in = await self.call(accounts.accept_invitation, self.store, token, password, name or None)
        except CourseError as exc:
            self.set_status(exc.status)
            self.finish(
                self.page("invitation.html", invited=invited, token=token, problem=exc.message, name=name)
            )
            return
        SIGN_IN.set(self, sign_in)
        INVITED.clear(self)
        self.redirect(self.base_url)


class InvitedPracticeHandler(CourseHandler):
    """The first administrator looks around before setting a password."""

    @allow_unauthenticated
    async def post(self, token: str) -> None:
        """Open the first lesson as a practice account; the invitation stays good."""
        sign_in = await self.call(practice.start_practice_by_invitation, self.store, token)
        SIGN_IN.set(self, sign_in)
        INVITED.set(self, token)
        self.redirect(self.url("lessons", self.catalogue.lessons()[0].lesson_id))


class PracticeHandler(CourseHandler):
    """Try the course as a learner, in a practice account of one's own, and come back."""

    async def post(self, action: str) -> None:
        """Start or stop practicing."""
        token = SIGN_IN.token(self)
        if action == "stop":
            await self.call(practice.stop_practice, self.store, token)
            invitation = INVITED.token(self)
            has_account = self.person is not None and not self.person.owner.is_practice
            self.redirect(self.url("invite", invitation) if invitation and not has_account else self.base_url)
            return
        if self.person is not None and not self.account.is_practice and self.account.role == "learner":
            raise NotAllowedError("Your own lessons are open to you already. Go to the home page.")
        await self.call(practice.start_practice, self.store, token)
        self.redirect(self.url("lessons", self.catalogue.lessons()[0].lesson_id))


class AccountHandler(CourseHandler):
    """One's own account: who I am here, and my password."""

    async def get(self) -> None:
        """Show the account."""
        await show_account(self, done=CHANGED.get(self.get_query_argument("changed", ""), ""))

    async def post(self) -> None:
        """Change the password."""
        old = self.get_body_argument("old", "", strip=False)
        new = self.get_body_argument("new", "", strip=False)
        problem, done = "", ""
        try:
            await self.call(
                accounts.change_password,
                self.store,
                self.account.account_id,
                old,
                new,
                keep_token=SIGN_IN.token(self),
            )
            done = "Your password is changed. Use the new one from now on."
        except CourseError as exc:
            self.set_status(exc.status)
            problem = exc.message
        await show_account(self, problem=problem, done=done)


class AddressHandler(CourseHandler):
    """The e-mail address that an administrator signs in with."""

    async def post(self) -> None:
        """Change the address, or show the page again with what was typed and a sentence."""
        email = self.get_body_argument("email", "").strip()
        password = self.get_body_argument("password", "", strip=False)
        try:
            await self.call(accounts.change_address, self.store, self.account.account_id, email, password)
        except CourseError as exc:
            self.set_status(exc.status)
            await show_account(self, problem=exc.message, email=email)
            return
        self.redirect(self.url("account") + "?changed=address")


async def show_account(handler: CourseHandler, problem: str = "", done: str = "", email: str = "") -> None:
    """Send the account page; `email` is what a refused form held."""
    mail = await handler.call(mailing.choice, handler.store, handler.account)
    handler.finish(handler.page("account.html", problem=problem, done=done, email=email, mail=mail))


ROUTES = [
    (r"login", LoginHandler),
    (r"logout", LogoutHandler),
    (r"invite/([A-Za-z0-9_-]+)", InvitationHandler),
    (r"invite/([A-Za-z0-9_-]+)/practice", InvitedPracticeHandler),
    (r"practice/(start|stop)", PracticeHandler),
    (r"account", AccountHandler),
    (r"account/address", AddressHandler),
    *managing.ROUTES,
]
