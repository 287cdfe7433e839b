"""Where the course, its data and its database are."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from homevisit.errors import ConfigError

DATABASE_VARIABLE = "HOMEVISIT_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths of one course; the database address is not shown, since it may hold a password."""

    course_dir: Path
    data_dir: Path
    database_url: str = field(repr=False)

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None when a server keeps the data."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite" else None

    @property
    def catalogue_path(self) -> Path:
        """The list of lessons."""
        return self.course_dir / "course.yml"

    @property
    def source_dir(self) -> Path:
        """Lesson texts written by hand."""
        return self.course_dir / "source"

    @property
    def keys_dir(self) -> Path:
        """Answer keys, which only the server opens."""
        return self.course_dir / "answer_keys"

    @property
    def lessons_dir(self) -> Path:
        """Lessons as learners get them."""
        return self.course_dir / "lessons"

    @property
    def gradebook_dir(self) -> Path:
        """Submissions and the gradebook of nbgrader."""
        return self.data_dir / "nbgrader"

    @property
    def practice_gradebook_dir(self) -> Path:
        """The same for practice accounts, so that no report counts them."""
        return self.data_dir / "practice"


def load_settings(course_dir: Path | None = None, data_dir: Path | None = None) -> Settings:
    """Return the settings of a course.

    Parameters
    ----------
    course_dir : Path or None
        Folder that holds ``course.yml``; the working directory when None.
    data_dir : Path or None
        Folder for all that the course writes; ``var`` in the course folder when None.

    Raises
    ------
    ConfigError
        There is no course in that folder, or the data folder cannot be used.
    """
    course = (course_dir or Path()).expanduser().resolve()
    if not (course / "course.yml").is_file():
        raise ConfigError(
            f"There is no course.yml in {course}; start from the folder of the course, "
            "or name it with --course."
        )
    data = (data_dir or course / "var").expanduser().resolve()
    if "?" in str(data):
        raise ConfigError(f"The data folder {data} has a question mark in its path; choose another folder.")
    url = os.environ.get(DATABASE_VARIABLE, "").strip() or f"sqlite:///{data / 'course.db'}"
    return Settings(course, data, url)
