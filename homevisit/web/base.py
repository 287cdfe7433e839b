"""What every page and API handler shares: the person, the page frame, the one door for errors."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError

from homevisit.errors import CourseError, NotAllowedError, NotSignedInError, SlowDownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from homevisit.config import Settings
    from homevisit.course.catalogue import Catalogue
    from homevisit.services.accounts import SignedIn
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.web.assets import Asset

P = ParamSpec("P")
T = TypeVar("T")

TEMPLATES = Path(__file__).parent / "templates"
# Widgets without a kernel come as modules that the page turns into blobs.
POLICY = (
    "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
LESSON_PATH = re.compile(r"(?:course/(?:api/)?)?lessons/([a-z0-9-]+)")
INVITATION = re.compile(r"(/invite/)[A-Za-z0-9_-]+")
NOT_FOUND = "There is no page at this address. The home page lists everything you can open."
BROKEN = "Something went wrong on our side. What you wrote is kept. Try again in a minute."
EXPIRED_FORM = "This page was open for too long. Go back, reload it and try again."


def policy_with_media(origins: Iterable[str]) -> str:
    """Return the policy of a page whose clips come from these servers as well, and nothing else does."""
    return POLICY.replace("media-src 'self'", " ".join(["media-src 'self'", *origins]))


class CourseHandler(JupyterHandler):
    """Base of all our handlers."""

    @property
    def store(self) -> Store:
        """The course's store."""
        store: Store = self.settings["course"].course_store
        return store

    @property
    def course_settings(self) -> Settings:
        """Where the course and its data stand."""
        found: Settings = self.settings["course"].course_settings
        return found

    @property
    def catalogue(self) -> Catalogue:
        """Syllabus and answer keys."""
        found: Catalogue = self.settings["course"].catalogue
        return found

    @property
    def person(self) -> SignedIn | None:
        """The signed-in person, or None."""
        return getattr(self.current_user, "signed_in", None)

    @property
    def account(self) -> Account:
        """The account acted as; NotSignedInError for a visitor."""
        if self.person is None:
            raise NotSignedInError("Please sign in first.")
        return self.person.account

    def need_role(self, *roles: str) -> Account:
        """Return the account when it has one of `roles`; NotAllowedError otherwise."""
        if self.account.role not in roles:
            raise NotAllowedError("This page is for " + " and ".join(f"{role}s" for role in roles) + ".")
        return self.account

    def url(self, *parts: str) -> str:
        """Return an address of this server, below its base."""
        return url_path_join(self.base_url, *parts)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service function in a thread, so that a slow disk never holds up other people."""
        return await asyncio.to_thread(function, *args, **kwargs)

    def page(self, template: str, **values: Any) -> str:
        """Return a page made from one of our templates."""
        return (
            self.settings["course"]
            .page_templates.get_template(template)
            .render(
                base=self.base_url,
                xsrf=self.xsrf_token.decode(),
                person=self.person,
                path=self.request.uri,
                asset=lambda name: self.url(self.settings["course"].assets.path(name)),
                **values,
            )
        )

    def send_asset(self, asset: Asset, cache_control: str) -> None:
        """Send a file that is held in memory: compressed where the browser can, 304 where it has it."""
        self.set_header("Cache-Control", cache_control)
        self.set_header("Vary", "Accept-Encoding, Cookie")
        self.set_header("Etag", f"W/{asset.etag}")
        self.set_header("Content-Type", asset.content_type)
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
        elif "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(asset.packed)
        else:
            self.finish(asset.body)

    @property
    def content_security_policy(self) -> str:
        """Let a page use what this server sends and nothing else."""
        return POLICY

    def on_finish(self) -> None:
        """Note that this person was here, and with which lesson: minutes and last seen come from this."""
        super().on_finish()
        regular = getattr(self.settings.get("course"), "regular", None)
        signed_in: SignedIn | None = getattr(getattr(self, "_jupyter_current_user", None), "signed_in", None)
        if regular is None or signed_in is None or self.get_status() >= 400:  # noqa: PLR2004  HTTP's refusals
            return
        if not signed_in.account.is_practice:
            of_lesson = LESSON_PATH.match(self.request.path.removeprefix(self.base_url))
            place = (signed_in.account.account_id, of_lesson[1] if of_lesson else "")
            regular.contacts.touch(*place, datetime.now(UTC))

    def set_default_headers(self) -> None:
        """Keep pages out of shared caches and other sites' frames."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with one sentence, never a traceback."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if not hasattr(self, "_jupyter_current_user"):  # refused before anybody asked who it is
            self.current_user = self._jupyter_current_user = None
        if status_code == 403 and self.person is None and not isinstance(error, CourseError):  # noqa: PLR2004
            error = error if _is_expired_form(error) else NotSignedInError("Please sign in first.")
        status, sentence, code = explain(status_code, error)
        self.set_status(status)
        if isinstance(error, SlowDownError):
            self.set_header("Retry-After", str(error.seconds))
        if self.wants_json:
            self.set_header("Content-Type", "application/json")
            self.finish(
                json.dumps({"error": {"code": code, "message": sentence}} | self.error_details(error))
            )
        else:
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(self.page("error.html", sentence=sentence, status=status))

    wants_json = False

    def error_details(self, error: BaseException | None) -> dict[str, Any]:  # noqa: ARG002  for subclasses
        """Return more keys for a JSON error."""
        return {}

    def _request_summary(self) -> str:
        """Name the request in the log, without the secret of an invitation's address."""
        return INVITATION.sub(r"\1…", super()._request_summary())

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log only what is our fault: a person's mistake is no error of the server."""
        if not (isinstance(value, CourseError) and value.status < 500):  # noqa: PLR2004  HTTP's server errors
            super().log_exception(typ, value, tb)


def explain(status: int, error: BaseException | None) -> tuple[int, str, str]:
    """Return (HTTP status, sentence for a person, short code) for an error."""
    if isinstance(error, CourseError):
        return error.status, error.message, error.code
    if _is_expired_form(error):
        return 403, EXPIRED_FORM, "expired-form"
    sentences = {
        403: ("You cannot open this page with your account.", "not-allowed"),
        404: (NOT_FOUND, "missing-entry"),
        405: (NOT_FOUND, "missing-entry"),
        413: ("That is more than the course can take at once. Shorten it; it is kept here.", "too-large"),
        400: ("The page sent something the course could not read. Reload it and try again.", "bad-request"),
    }
    sentence, code = sentences.get(status, (BROKEN, "broken"))
    return status, sentence, code


def _is_expired_form(error: BaseException | None) -> bool:
    return isinstance(error, HTTPError) and error.status_code == 403 and "_xsrf" in (error.log_message or "")  # noqa: PLR2004
