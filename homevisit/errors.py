"""The one tree of errors; each carries the sentence a person may read.

CourseError
├── ConfigError            a setting or the data directory is unusable
├── ContentError           a lesson text, key or catalogue is wrong (file, line, field)
├── InvalidResponseError   what a learner gave cannot be taken as it stands
├── InvalidEntryError      a form, roster row or command argument is wrong
├── MissingEntryError      what was asked for does not exist
├── ConflictError          the thing changed meanwhile: stale attempt, newer draft, used link
│   └── HeldError          another person is at work on it (carries who, and until when)
├── NotSignedInError       the visitor must sign in first
├── NotAllowedError        the role, or the owner of the data, forbids it
│   └── OtherPersonError   the page belongs to somebody who is no longer signed in on this device
├── SlowDownError          too many tries (carries the seconds to wait)
├── GradingError           nbgrader could not grade a submission
└── StoreError             the database failed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class CourseError(Exception):
    """Base of all errors that a person may see.

    Parameters
    ----------
    message : str
        A whole sentence in plain words that says what to do.
    """

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def code(self) -> str:
        """Short name for programs, for example ``invalid-response``."""
        name = type(self).__name__.removesuffix("Error")
        return "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")

    def _render_traceback_(self) -> list[str]:
        """Give IPython the sentence in place of a traceback: whoever writes a lesson reads it below the cell."""
        return [str(self)]


class ConfigError(CourseError):
    """A setting or the data directory is unusable."""

    exit_code = 2


class ContentError(CourseError):
    """A lesson text, answer key or catalogue is wrong.

    Parameters
    ----------
    message : str
        What to write instead.
    path : Path or None
        The file, shown before the message.
    line : int or None
        Line in the file, counted from 1.
    field : str
        Dotted place inside the file, for example ``questions.omar-observe.points``.
    others : tuple of ContentError
        Further problems of the same file, so that an author sees them all at once.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        path: Path | None = None,
        line: int | None = None,
        field: str = "",
        others: tuple[ContentError, ...] = (),
    ) -> None:
        place = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(": ".join(part for part in (place, field, message) if part))
        self.path, self.line, self.field, self.advice = path, line, field, message
        self.others = others

    def seen_from(self, folder: Path) -> ContentError:
        """Return the same problem with its file named as somebody in `folder` would."""
        path = self.path
        if path is not None and path.is_relative_to(folder):
            path = path.relative_to(folder)
        others = tuple(other.seen_from(folder) for other in self.others)
        return ContentError(self.advice, path, self.line, self.field, others)

    def _render_traceback_(self) -> list[str]:
        return [str(problem) for problem in (self, *self.others)]


class InvalidResponseError(CourseError):
    """What a learner gave cannot be taken as it stands; it stays in the draft."""

    status = 422


class InvalidEntryError(CourseError):
    """A form field, roster row or command argument is wrong."""

    status = 422
    exit_code = 2


class MissingEntryError(CourseError):
    """What was asked for does not exist, or not for this person."""

    status = 404


class ConflictError(CourseError):
    """The thing changed meanwhile: a stale attempt, a newer draft, a used link.

    `version` is that of what was kept all the same, None when nothing was.
    """

    status = 409
    version: int | None = None


class HeldError(ConflictError):
    """Another person is at work on the thing.

    Parameters
    ----------
    name : str
        Who.
    until : datetime
        When it is free again, if that person stops.
    """

    def __init__(self, message: str, name: str, until: datetime) -> None:
        super().__init__(message)
        self.name, self.until = name, until


class NotSignedInError(CourseError):
    """The visitor must sign in first."""

    status = 401


class NotAllowedError(CourseError):
    """The role, or the owner of the data, forbids it."""

    status = 403


class OtherPersonError(NotAllowedError):
    """The page was opened by somebody else than the person who is signed in now."""


class SlowDownError(CourseError):
    """Too many tries; `seconds` says how long to wait."""

    status = 429

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class GradingError(CourseError):
    """nbgrader could not grade a submission."""


class StoreError(CourseError):
    """The database failed."""

    status = 503
