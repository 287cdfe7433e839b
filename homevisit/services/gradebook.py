"""The only door to nbgrader: its configuration, release, autograde and gradebook.

nbgrader's "student" is our learner, its "assignment" our lesson.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homevisit.errors import GradingError
from homevisit.services.authoring import NOTHING_YET, lesson_version, write_source

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.values import Account

ANSWER_KEYS = "HOMEVISIT_ANSWER_KEYS"
COURSE_ID = "homevisit"
STEPS = ("submitted", "autograded", "feedback")


def configure(config: Any, course_dir: Path, gradebook_dir: Path, *, source: Path, release: Path) -> None:
    """Set nbgrader's options in a traitlets `config`, and the environment that grading cells need.

    Parameters
    ----------
    config : traitlets.config.Config
        Changed in place.
    course_dir : Path
        Holds ``answer_keys/``.
    gradebook_dir : Path
        Where submissions, graded notebooks and ``gradebook.db`` stand; outside version control.
    source, release : Path
        Folders of the source and of the released notebooks.
    """
    directory = config.CourseDirectory
    directory.course_id = COURSE_ID
    directory.root = str(course_dir.resolve())
    directory.source_directory = str(source.resolve())
    directory.release_directory = str(release.resolve())
    for step in STEPS:
        setattr(directory, f"{step}_directory", str(gradebook_dir.resolve() / step))
    directory.db_url = f"sqlite:///{gradebook_dir.resolve() / 'gradebook.db'}"
    directory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache", "*.md"]
    config.ClearSolutions.text_stub = NOTHING_YET
    config.IncludeHeaderFooter.header = ""
    os.environ[ANSWER_KEYS] = str(course_dir.resolve() / "answer_keys")


class Gradebook:
    """One nbgrader course: folders and ``gradebook.db`` below `gradebook_dir`.

    Parameters
    ----------
    catalogue : Catalogue
        The course whose lessons are graded.
    gradebook_dir : Path
        Made where it does not exist.
    source, release : Path or None
        Folders of the source and of the released notebooks; below `gradebook_dir` when None.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        gradebook_dir: Path,
        *,
        source: Path | None = None,
        release: Path | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.directory = gradebook_dir
        self.source_dir = source or gradebook_dir / "source"
        self.release_dir = release or gradebook_dir / "release"
        self._api: Any = None

    @property
    def api(self) -> Any:
        """Return nbgrader's programming interface, opened on first use."""
        if self._api is None:
            from nbgrader.apps import NbGraderAPI  # noqa: PLC0415  1,300 modules: only building and grading need them
            from nbgrader.coursedir import CourseDirectory  # noqa: PLC0415  same
            from traitlets.config import Config  # noqa: PLC0415  same

            _put_scripts_on_path()
            self._ensure_database()
            config = Config()
            configure(
                config,
                self.catalogue.course_dir,
                self.directory,
                source=self.source_dir,
                release=self.release_dir,
            )
            self._api = NbGraderAPI(CourseDirectory(config=config), config=config)
            self._api.log_level = "ERROR"
        return self._api

    @property
    def database(self) -> Path:
        """Return where nbgrader's database stands."""
        return self.directory / "gradebook.db"

    def _ensure_database(self) -> None:
        """Make nbgrader's database under another name first, so that a power cut leaves no half of one."""
        from nbgrader.api import Gradebook as Rows  # noqa: PLC0415  1,300 modules, as above

        self.directory.mkdir(parents=True, exist_ok=True)
        if not self.database.exists():
            fresh = self.database.with_suffix(f".{os.getpid()}.new")
            Rows(f"sqlite:///{fresh}", COURSE_ID).close()
            fresh.replace(self.database)

    def release(self, lesson_id: str) -> Path:
        """Build the lesson and let nbgrader release and enter it; return the released notebook.

        Raises
        ------
        GradingError
            nbgrader refused the lesson.
        ContentError
            The lesson's text or key is wrong.
        """
        write_source(self.catalogue, lesson_id, self.source_dir)
        self._run(self.api.generate_assignment(lesson_id), lesson_id)
        return self.release_dir / lesson_id / f"{lesson_id}.ipynb"

    def release_if_changed(self, lesson_id: str) -> Path:
        """Release the lesson unless this gradebook knows it as it is now; return the released notebook."""
        released = self.release_dir / lesson_id / f"{lesson_id}.ipynb"
        stamp = self.directory / f"{lesson_id}.version"
        version = lesson_version(self.catalogue, lesson_id)
        if not (released.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == version):
            self.release(lesson_id)
            stamp.write_text(version, encoding="utf-8")
        return released

    def submitted_dir(self, account_id: str, lesson_id: str) -> Path:
        """Return the folder that takes a learner's submission notebook."""
        return self.directory / "submitted" / account_id / lesson_id

    def autograde(self, learner: Account, lesson_id: str) -> None:
        """Grade the notebook in `submitted_dir`; GradingError says what nbgrader reported."""
        import nbformat  # noqa: PLC0415  heavy: its schema checker loads a grammar
        from nbgrader.api import Gradebook as Rows  # noqa: PLC0415  1,300 modules, as above

        first, _, last = learner.name.rpartition(" ")
        with Rows(self.api.coursedir.db_url, COURSE_ID) as rows:
            rows.update_or_create_student(
                learner.account_id,
                first_name=first or last,
                last_name=last if first else "",
                email=learner.email,
            )
        self._run(self.api.autograde(lesson_id, learner.account_id), lesson_id)
        graded = self.directory / "autograded" / learner.account_id / lesson_id / f"{lesson_id}.ipynb"
        for cell in nbformat.read(graded, as_version=4).cells:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    raise GradingError(
                        f"A grading cell of {lesson_id} failed: {output.ename}: {output.evalue}"
                    )

    def _run(self, result: dict[str, Any], lesson_id: str) -> None:
        if not result["success"]:
            raise GradingError(f"nbgrader could not take {lesson_id}: {_reason(result)}")


def _reason(result: dict[str, Any]) -> str:
    """Return the most telling line of what nbgrader logged: the first exception that names its cause."""
    lines = [
        line.strip()
        for line in f"{result.get('log', '')}\n{result.get('error', '')}".splitlines()
        if line.strip()
    ]
    causes = [line for line in lines if re.match(r"[\w.]+(Error|Exception): ", line)]
    return (causes or lines or ["no reason given"])[0]


def _put_scripts_on_path() -> None:
    """Let nbgrader find `alembic`, which it starts as a program to make its database."""
    scripts = str(Path(sys.executable).parent)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")
