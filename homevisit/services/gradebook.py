"""The only door to nbgrader: its configuration, release, autograde and gradebook.

nbgrader's "student" is our learner, its "assignment" our lesson.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homevisit.errors import GradingError
from homevisit.services.authoring import NOTHING_YET, lesson_version, write_source
from homevisit.services.locks import alone
from homevisit.services.quick_nbgrader import BUSY_SECONDS, kept_gradebook, quick_nbgrader

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.values import Account

ANSWER_KEYS = "HOMEVISIT_ANSWER_KEYS"
COURSE_ID = "homevisit"
# nbgrader's formgrader puts names into its pages as they are; these marks would act there.
MARKS_IN_NAMES = str.maketrans({"<": "\u2039", ">": "\u203a", '"': "\u201d", "&": "+"})
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
        self._released: dict[str, tuple[str, Any]] = {}

    @property
    def api(self) -> Any:
        """Return nbgrader's programming interface, opened on first use."""
        if self._api is None:
            from nbgrader.apps import NbGraderAPI  # noqa: PLC0415  1,300 modules: only building and grading need them
            from nbgrader.coursedir import CourseDirectory  # noqa: PLC0415  same
            from traitlets.config import Config  # noqa: PLC0415  same

            _put_scripts_on_path()
            with alone(self.directory):
                self._ensure_database()
            config = Config()
            configure(
                config,
                self.catalogue.course_dir,
                self.directory,
                source=self.source_dir,
                release=self.release_dir,
            )
            self._run_without_kernel(config)
            self._api = NbGraderAPI(CourseDirectory(config=config), config=config)
            self._api.log_level = "ERROR"
        return self._api

    @property
    def database(self) -> Path:
        """Return where nbgrader's database stands."""
        return self.directory.resolve() / "gradebook.db"

    def _ensure_database(self) -> None:
        """Make nbgrader's database under another name first, so that a power cut leaves no half of one."""
        from nbgrader.api import Gradebook as Rows  # noqa: PLC0415  1,300 modules, as above

        if not self.database.exists():
            fresh = self.database.with_suffix(f".{os.getpid()}.new")
            Rows(f"sqlite:///{fresh}", COURSE_ID).close()
            # nbgrader's steps add its course of no name; two processes must not add it at the same moment
            Rows(f"sqlite:///{fresh}").close()
            fresh.replace(self.database)
        with closing(sqlite3.connect(self.database, timeout=BUSY_SECONDS)) as connection:
            # readers need not wait for writers, and a commit need not wait for the disk: see quick_nbgrader
            connection.execute("PRAGMA journal_mode=WAL")

    def _run_without_kernel(self, config: Any) -> None:
        """Put our executor in the place of nbgrader's, and the guard before all other steps."""
        from nbgrader.converters import Autograde  # noqa: PLC0415  1,300 modules, as above
        from nbgrader.preprocessors import Execute  # noqa: PLC0415  same

        from homevisit.services.autograde import executor, guard  # noqa: PLC0415  same: IPython

        config.Autograde.sanitize_preprocessors = [
            guard(self.released),
            *Autograde.sanitize_preprocessors.default(),
        ]
        config.Autograde.autograde_preprocessors = [
            executor(self.released, Execute) if step is Execute else step
            for step in Autograde.autograde_preprocessors.default()
        ]
        # nbconvert validates a notebook after the last step instead of after each of them
        config.Exporter.optimistic_validation = True

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

    def released(self, lesson_id: str) -> Any:
        """Return the released notebook, read once a version and not to be changed.

        The lesson is released first unless this gradebook has it as it is now.
        """
        import nbformat  # noqa: PLC0415  heavy: its schema checker loads a grammar

        version = lesson_version(self.catalogue, lesson_id)
        if self._released.get(lesson_id, ("",))[0] != version:
            path = self.release_dir / lesson_id / f"{lesson_id}.ipynb"
            stamp = self.directory / f"{lesson_id}.version"
            _ = self.api  # before the lock, which opening it asks for too
            with alone(self.directory):
                if not (path.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == version):
                    self.release(lesson_id)
                    stamp.write_text(version, encoding="utf-8")
                self._released[lesson_id] = version, nbformat.read(path, as_version=4)
        return self._released[lesson_id][1]

    def submitted_dir(self, account_id: str, lesson_id: str) -> Path:
        """Return the folder that takes a learner's submission notebook."""
        return self.directory / "submitted" / account_id / lesson_id

    def autograde(self, learner: Account, lesson_id: str) -> None:
        """Grade the notebook in `submitted_dir`; GradingError says what nbgrader reported."""
        first, _, last = learner.name.translate(MARKS_IN_NAMES).rpartition(" ")
        url = self.api.coursedir.db_url
        # another gradebook of this process may have set it for its own course
        os.environ[ANSWER_KEYS] = str(self.catalogue.course_dir.resolve() / "answer_keys")
        with quick_nbgrader(self.database):
            with kept_gradebook(url, COURSE_ID) as rows:
                rows.update_or_create_student(
                    learner.account_id,
                    first_name=first or last,
                    last_name=last if first else "",
                    email=learner.email,
                )
            self._run(self.api.autograde(lesson_id, learner.account_id), lesson_id)
        graded = self.directory / "autograded" / learner.account_id / lesson_id / f"{lesson_id}.ipynb"
        for cell in json.loads(graded.read_bytes())["cells"]:
            for output in cell.get("outputs", []):
                if output["output_type"] == "error":
                    raise GradingError(
                        f"A grading cell of {lesson_id} failed: {output['ename']}: {output['evalue']}"
                    )

    def forget(self, account_id: str) -> None:
        """Remove a learner's rows and notebooks; nothing happens where there are none."""
        from nbgrader.api import MissingEntry  # noqa: PLC0415  1,300 modules, as above

        url = self.api.coursedir.db_url
        with quick_nbgrader(self.database), kept_gradebook(url, COURSE_ID) as rows, suppress(MissingEntry):
            rows.remove_student(account_id)
        for step in STEPS:
            shutil.rmtree(self.directory / step / account_id, ignore_errors=True)

    def _run(self, result: dict[str, Any], lesson_id: str) -> None:
        if not result["success"]:
            reason = _reason(result)
            own = re.match(r"homevisit\.errors\.\w+: (.+)", reason)
            raise GradingError(own[1] if own else f"nbgrader could not take {lesson_id}: {reason}")


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
