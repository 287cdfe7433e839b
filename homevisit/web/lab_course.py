"""Offers the course API to JupyterLab: an author tries the lessons there under a practice account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import jinja2
from jupyter_server.auth.identity import PasswordIdentityProvider
from jupyter_server.utils import url_path_join

from homevisit.course.catalogue import Catalogue
from homevisit.errors import ContentError, InvalidEntryError, InvalidResponseError, MissingEntryError
from homevisit.services import learning, practice
from homevisit.store.engine import Store, open_store
from homevisit.web import api, pages, paper_exports, papers_api, sharing_api, tools
from homevisit.web.assets import Assets
from homevisit.web.base import TEMPLATES
from homevisit.web.media import MediaHandler

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from homevisit.config import Settings
    from homevisit.course.syllabus import LessonInfo
    from homevisit.services.accounts import SignedIn

T = TypeVar("T")

NOT_HANDED_IN = (
    "Every question is checked: here a learner's lesson would go to the trainer. In JupyterLab nothing is handed in. "
    "To see it as learners do, run homevisit build and homevisit serve in a terminal, "
    "and choose “Try it as a learner”."
)


@dataclass(frozen=True, slots=True)
class LabCourse:
    """What the course's handlers find in the settings of the server, see `CourseHandler`."""

    course_settings: Settings
    course_store: Store
    catalogue: Catalogue
    author: SignedIn
    assets: Assets
    page_templates: jinja2.Environment


class WrittenCatalogue(Catalogue):
    """The course while it is being written: what is wrong on disk is said to the author, and not taken as our fault."""

    def lesson(self, lesson_id: str) -> LessonInfo:
        """Return one lesson; MissingEntryError when the syllabus has no such lesson."""
        try:
            return super().lesson(lesson_id)
        except MissingEntryError as exc:
            message = (
                f"Add the lesson {lesson_id} to course.yml, and run its cells again; nothing is saved before."
            )
            raise MissingEntryError(message) from exc

    def read(self, path: Path, load: Callable[[Path], T]) -> T:
        """Return what `load` makes of a file; InvalidEntryError says what is wrong with it, and where."""
        try:
            return super().read(path, load)
        except ContentError as exc:
            raise InvalidEntryError(
                f"{exc.seen_from(self.course_dir)} Save the file, and try again; what is written here is kept."
            ) from exc


class AuthorIdentity(PasswordIdentityProvider):
    """JupyterLab's own sign-in; whoever is in is the author, under the practice account."""

    async def get_user(self, handler: Any) -> Any:
        """Return who sent this request, with the account that the course's handlers ask for; None for others."""
        user = await super().get_user(handler)
        course = handler.settings.get("course")
        if user is not None and course is not None:
            user.signed_in = course.author
        return user


class NoSubmissionHandler(api.SubmissionHandler):
    """POST: say what handing in would do."""

    async def post(self, lesson_id: str) -> None:
        """Refuse as the course does while questions are unchecked, and otherwise explain."""
        learning.need_all_checked(await self.state(lesson_id))
        raise InvalidResponseError(NOT_HANDED_IN)


def offer_course(server: Any, settings: Settings) -> None:
    """Add the course API, its scripts and its pictures to a Jupyter server that has been initialized.

    Raises
    ------
    StoreError
        The database of the trials cannot be opened.
    """
    store = open_store(settings.database_url)
    server.web_app.settings["course"] = LabCourse(
        course_settings=settings,
        course_store=store,
        catalogue=WrittenCatalogue(settings.course_dir),
        author=practice.author_at_practice(store),
        assets=Assets(),
        page_templates=jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
        ),
    )
    media = {"path": str(settings.lessons_dir / "media")}
    routes = [
        (r"course/api/lessons/([a-z0-9-]+)/submission", NoSubmissionHandler),
        *tools.ROUTES,
        *paper_exports.ROUTES,
        *papers_api.ROUTES,
        *sharing_api.ROUTES,
        *api.ROUTES,
        *(route for route in pages.ROUTES if route[1] is pages.AssetHandler),
        (r"course/media/(.*)", MediaHandler, media),
        # a text in source/NN-slug says ../media/ for what stands in lessons/media
        (r"files/source/media/(.*)", MediaHandler, media),
    ]
    server.web_app.add_handlers(
        ".*$", [(url_path_join(server.base_url, pattern), *rest) for pattern, *rest in routes]
    )
