"""Grading without a kernel, held against stock nbgrader: every row, every notebook, every kind of output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import closing

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import Execute
from sqlalchemy import create_engine, select

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.errors import GradingError
from homevisit.services import grading
from homevisit.services.autograde import executor
from homevisit.services.gradebook import COURSE_ID, Gradebook, configure
from homevisit.store.engine import open_store
from tests.services.cohort import add_learner, attempts_of, copied_course, hand_in
from tests.services.test_grading import NASTY
from tests.web.course_server import LESSON, ROOT
from tests.web.responses import KEY, good_response, half_right_places

REFLECTIONS = [question_id for question_id, question in KEY.questions.items() if question.is_read_by_trainer]


def good():
    return {question_id: good_response(question_id) for question_id in KEY.questions}


def half_right():
    sorts = [question_id for question_id, question in KEY.questions.items() if question.type == "sort"]
    return good() | {question_id: half_right_places(question_id) for question_id in sorts}


def written(text):
    """Respond with `text` wherever one writes, and with the first choice everywhere else."""
    responses = good()
    for question_id, question in KEY.questions.items():
        if question.type == "observe":
            responses[question_id] = {"rows": [{"saw": text, "meaning": text, "at": ""}]}
        if question.type == "reflect":
            responses[question_id] = {"text": text}
        if question.type == "choose":
            responses[question_id] = {"chosen": [next(iter(question.public.options))]}
    return responses


class Ours:
    """The course's own way to the gradebook."""

    def __init__(self, catalogue, directory):
        self.gradebook = Gradebook(catalogue, directory)

    def grade(self, learner):
        self.gradebook.autograde(learner, LESSON)


class Stock:
    """nbgrader as it is installed, over folders of the same shape."""

    def __init__(self, catalogue, directory):
        from nbgrader.apps import NbGraderAPI
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config import Config

        self.gradebook = Gradebook(catalogue, directory)
        config = Config()
        places = {"source": self.gradebook.source_dir, "release": self.gradebook.release_dir}
        configure(config, catalogue.course_dir, directory, **places)
        self.api = NbGraderAPI(CourseDirectory(config=config), config=config)

    def grade(self, learner):
        first, last = learner.name.split()
        with rows_of(self.gradebook) as rows:
            names = {"first_name": first, "last_name": last, "email": learner.email}
            rows.update_or_create_student(learner.account_id, **names)
        result = self.api.autograde(LESSON, learner.account_id)
        assert result["success"], result


def rows_of(gradebook):
    from nbgrader.api import Gradebook as Rows

    return Rows(f"sqlite:///{gradebook.database}", COURSE_ID)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = copied_course(tmp_path_factory.mktemp("autograde") / "course")
    store = open_store(load_settings(root).database_url)
    yield Catalogue(root), store
    store.close()


@pytest.fixture(scope="module")
def handed_in(course):
    """Return what four learners hand in, one of them twice: pairs of learner and submission."""
    catalogue, store = course
    cohort = {
        "Greta Good": good(),
        "Hal Half": half_right(),
        "Thea Thin": written("x"),
        "Nora Nasty": written(NASTY),
    }
    found = []
    for name, responses in cohort.items():
        learner = add_learner(store, name)
        found.append((learner, hand_in(store, catalogue, learner, responses)))
    revised = found[1][0]
    found.append((revised, hand_in(store, catalogue, revised, good())))
    return found


@pytest.fixture(scope="module")
def both(course, handed_in, tmp_path_factory):
    """Grade what was handed in by ours and by stock; a trainer grades the first, which is graded again."""
    catalogue, store = course
    ways = (
        Ours(catalogue, tmp_path_factory.mktemp("ours")),
        Stock(catalogue, tmp_path_factory.mktemp("stock")),
    )
    first = handed_in[0][0]
    for way in ways:
        for learner, submission in handed_in:
            attempts = attempts_of(store, submission)
            if learner.name == "Thea Thin":  # some cells stay as they were released
                attempts = attempts[::2]
            grading.assemble(way.gradebook, catalogue, learner, submission, attempts)
            way.grade(learner)
        give_points(way.gradebook, first)
        way.grade(first)
    return ways


def give_points(gradebook, learner):
    with rows_of(gradebook) as rows:
        for question_id in REFLECTIONS:
            grade = rows.find_grade(question_id, LESSON, LESSON, learner.account_id)
            grade.manual_score, grade.needs_manual_grade = 1.5, False
            rows.find_comment(question_id, LESSON, LESSON, learner.account_id).manual_comment = "Specific."
        rows.db.commit()


def contents(database):
    """Return the rows of each table; in the place of a random id stands a name of the row it refers to."""
    from nbgrader.api import Base

    engine = create_engine(f"sqlite:///{database}")
    names, tables = {}, {}
    with closing(engine.connect()) as conn:
        for table in Base.metadata.sorted_tables:
            rows = tables[table.name] = []
            for row in conn.execute(select(table)).mappings():
                shown = {}
                for column in table.columns:
                    value = row[column.name]
                    for key in column.foreign_keys:
                        value = names[key.column.table.name, value]
                    if not (isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value)):
                        shown[column.name] = value
                rows.append(shown)
                told = " ".join(
                    str(shown.get(part)) for part in ("id", "name", "student_id", "assignment_id")
                )
                names[table.name, row.get("id")] = f"{table.name} {told}"
            rows.sort(key=str)
    engine.dispose()
    return tables


def autograded(way, learner):
    return way.gradebook.directory / "autograded" / learner.account_id / LESSON


def test_every_row_of_the_gradebook_is_as_stock_nbgrader_writes_it(both):
    ours, stock = (contents(way.gradebook.database) for way in both)
    assert {table: len(rows) for table, rows in ours.items()} == {
        table: len(rows) for table, rows in stock.items()
    }
    assert len(ours["submitted_notebook"]) == 4
    assert len(ours["grade"]) == 4 * len(KEY.questions)
    assert len(ours["comment"]) == 4 * len(REFLECTIONS)
    for table, rows in ours.items():
        for our, their in zip(rows, stock[table], strict=True):
            assert our == their, table


def test_autograded_folders_are_as_stock_nbgrader_writes_them(both, handed_in):
    for learner, _ in handed_in[:4]:
        ours, stock = (autograded(way, learner) for way in both)
        assert {path.name: path.stat().st_mode for path in ours.iterdir()} == {
            path.name: path.stat().st_mode for path in stock.iterdir()
        }
        for path in ours.iterdir():
            assert comparable(path) == comparable(stock / path.name)


def comparable(path):
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = json.loads(path.read_bytes())
    nbformat.validate(nbformat.from_dict(notebook))
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)  # when a kernel was busy
    return notebook


def test_points_given_by_hand_stay_and_wait_again_after_grading_again(both, handed_in):
    for way in both:
        with rows_of(way.gradebook) as rows:
            for question_id in REFLECTIONS:
                grade = rows.find_grade(question_id, LESSON, LESSON, handed_in[0][0].account_id)
                assert (grade.manual_score, grade.needs_manual_grade) == (1.5, True)


def test_nothing_is_open_in_the_gradebook_between_two_submissions(both):
    assert sorted(path.name for path in both[0].gradebook.directory.glob("gradebook.db*")) == ["gradebook.db"]


# what somebody with a hand in the submitted folder may try; each would leave a file behind
TRACE = "open({path!r}, 'w').close()"


def in_the_first_cell(notebook, code):
    notebook.cells[0].source += f"\n{code}"


def in_a_grade_cell(notebook, code):
    next(cell for cell in notebook.cells if "nbgrader" in cell.metadata).source = code


def in_a_cell_of_its_own(notebook, code):
    notebook.cells.insert(1, new_code_cell(code))


def in_a_cell_that_was_text(notebook, code):
    place = next(
        index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown" and cell.metadata.get("homevisit")
    )
    notebook.cells[place] = new_code_cell(code, metadata=notebook.cells[place].metadata)


def by_leaving_a_cell_out(notebook, _code):
    next(cell for cell in notebook.cells if "nbgrader" in cell.metadata).metadata["tags"] = ["skip-execution"]


TAMPERED = [
    in_the_first_cell,
    in_a_grade_cell,
    in_a_cell_of_its_own,
    in_a_cell_that_was_text,
    by_leaving_a_cell_out,
]


@pytest.fixture
def submitted(both, handed_in):
    """Return our gradebook, a learner, and the path of the submission notebook, which is put back."""
    learner = handed_in[2][0]
    gradebook = both[0].gradebook
    path = gradebook.submitted_dir(learner.account_id, LESSON) / f"{LESSON}.ipynb"
    before = path.read_bytes()
    yield gradebook, learner, path
    path.write_bytes(before)


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_submission_with_other_code_is_refused_and_never_run(submitted, tmp_path, tamper):
    gradebook, learner, path = submitted
    trace = tmp_path / "ran"
    notebook = nbformat.read(path, as_version=4)
    tamper(notebook, TRACE.format(path=str(trace)))
    nbformat.write(notebook, path)
    with pytest.raises(GradingError) as caught:
        gradebook.autograde(learner, LESSON)
    assert caught.value.message == (
        "The code in this submission is not the lesson's code, so none of it was run. "
        "Hand the lesson in again."
    )
    assert not trace.exists()


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_executor_itself_refuses_other_code_whatever_came_before_it(submitted, tmp_path, tamper):
    gradebook, _, path = submitted
    trace = tmp_path / "ran"
    notebook = nbformat.read(path, as_version=4)
    tamper(notebook, TRACE.format(path=str(trace)))
    with pytest.raises(GradingError, match="is not the lesson's code"):
        executor(gradebook.released, Execute)(notebook, resources(path.parent))
    assert not trace.exists()


def test_scoring_that_breaks_gives_no_points_and_says_so(submitted):
    gradebook, learner, path = submitted
    notebook = nbformat.read(path, as_version=4)
    broken = next(
        cell for cell in notebook.cells if cell.metadata.get("homevisit", {}).get("response") is not None
    )
    broken.metadata["homevisit"]["response"] = {"nothing": "known"}
    question_id = broken.metadata["homevisit"]["response_to"]
    nbformat.write(notebook, path)
    with pytest.raises(GradingError, match=f"A grading cell of {LESSON} failed: "):
        gradebook.autograde(learner, LESSON)
    with rows_of(gradebook) as rows:
        assert rows.find_grade(question_id, LESSON, LESSON, learner.account_id).auto_score == 0


CELLS = [
    "1 + 1",
    "x = 2.6700000000000004\nx",
    "print('one')\nprint('two', end='')",
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\n'both'",
    "None",
    "x;",
    "x  # last; but a remark",
    "",
    "   \n",
    "# only a remark",
    "def double(number):\n    '''Twice.'''\n    return number * 2",
    "double(x)",
    "{'keys': list(range(60)), 'more': {'x' * 40, 'y' * 40}}",
    "'text\\nwith lines'",
    "class Shown:\n    def _repr_html_(self):\n        return '<b>bold</b>'",
    "Shown.__repr__ = lambda self: 'Shown'",
    "Shown()",
    "import pandas\npandas.DataFrame({'a': [1, 2], 'b': ['x', 'y']})",
    "for number in range(3):\n    number",
    "print('before')\n1 / 0",
    "x = = 1",
    "import os\nprint(sorted(os.listdir()), os.environ['NBGRADER_EXECUTION'])",
    "__name__",
    "double.__annotations__, double.__doc__",
    "x",
]


def notebook_of(*sources):
    return new_notebook(
        cells=[new_markdown_cell("# Text"), *(new_code_cell(source) for source in sources)],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )


def resources(folder):
    return {"nbgrader": {"assignment": LESSON}, "metadata": {"path": str(folder)}}


def run(notebook, folder, **options):
    done, _ = executor(lambda _lesson_id: notebook, Execute, **options)(notebook, resources(folder))
    return done


def test_lesson_that_is_live_gets_its_kernel(tmp_path):
    notebook = notebook_of("get_ipython().kernel.implementation", "%pwd")
    notebook.metadata["homevisit"] = {"kernel": "live"}
    done = run(notebook, tmp_path)
    assert [cell.outputs[0].data["text/plain"] for cell in done.cells[1:]] == [
        "'ipython'",
        repr(str(tmp_path)),
    ]


def test_outputs_are_those_of_a_kernel(tmp_path, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    (tmp_path / "beside.txt").touch()
    skipped = new_code_cell("print('never')", metadata={"tags": ["skip-execution"]})
    ours, stock = (notebook_of(*CELLS), notebook_of(*CELLS))
    for notebook in (ours, stock):
        notebook.cells.append(skipped.copy())
    run(ours, tmp_path)
    Execute().preprocess(stock, resources(tmp_path))
    assert ours.metadata == stock.metadata
    nbformat.validate(ours)
    for our, their in zip(ours.cells, stock.cells, strict=True):
        assert shown(our) == shown(their), our.source


def shown(cell):
    if cell.cell_type != "code":
        return cell.source
    outputs = [dict(output) for output in cell.outputs]
    for output in outputs:
        if output["output_type"] == "error":
            assert all(isinstance(line, str) for line in output.pop("traceback"))
            output["evalue"] = output["evalue"].partition(" (")[0]  # a kernel names a file of its own
    return cell.source, cell.execution_count, outputs


def test_cell_that_never_ends_is_stopped_and_the_others_run(tmp_path):
    done = run(notebook_of("while True:\n    pass", "'after'"), tmp_path, seconds=0.2)
    stopped, after = done.cells[1:]
    assert (stopped.outputs[0].ename, stopped.outputs[0].evalue) == (
        "TimeoutError",
        "This cell ran for more than 0.2 seconds.",
    )
    assert after.outputs[0].data["text/plain"] == "'after'"


def test_cell_that_ends_python_is_an_error_and_the_others_run(tmp_path):
    done = run(notebook_of("raise SystemExit(3)", "'after'"), tmp_path)
    assert [cell.outputs[0].get("ename") for cell in done.cells[1:]] == ["SystemExit", None]


HEARS = """
from tests.services.test_autograde import notebook_of, run
for _ in range(2):
    print(run(notebook_of("import warnings\\nwarnings.warn('Mind this')"), ".").cells[1].outputs[0].text)
"""


def test_each_notebook_hears_a_warning_anew():
    done = subprocess.run([sys.executable, "-c", HEARS], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.count("UserWarning: Mind this") == 2


def test_notebooks_share_no_names_and_leave_the_process_as_it_was(tmp_path):
    before = sys.stdout, dict(sys.modules["__main__"].__dict__)
    run(notebook_of("secret = 1", "import os\nos.chdir('/')"), tmp_path)
    assert run(notebook_of("secret"), tmp_path).cells[1].outputs[0].ename == "NameError"
    assert (sys.stdout, sys.modules["__main__"].__dict__) == before


def test_older_submission_that_comes_last_does_not_take_the_newer_ones_place(course):
    catalogue, store = course
    settings = load_settings(catalogue.course_dir)
    learner = add_learner(store, "Rita Revised")
    older = hand_in(store, catalogue, learner, half_right())
    newer = hand_in(store, catalogue, learner, good())
    for submission in (newer, older):
        grading.grade_submission(store, settings, catalogue, submission)
    raw = {row.question_id: row.raw for row in grading.results(settings, catalogue, learner, LESSON)}
    shown = {attempt.question_id: attempt.raw for attempt in attempts_of(store, newer)}
    assert raw == shown


def test_gradebook_put_back_from_a_backup_is_the_one_that_is_written(both, handed_in, tmp_path):
    gradebook, learner = both[0].gradebook, handed_in[3][0]
    backup = tmp_path / "gradebook.db"
    backup.write_bytes(gradebook.database.read_bytes())
    with rows_of(gradebook) as rows:
        rows.remove_submission(LESSON, learner.account_id)
    gradebook.autograde(learner, LESSON)
    backup.replace(gradebook.database)
    before = contents(gradebook.database)
    gradebook.autograde(learner, LESSON)
    assert contents(gradebook.database) == before
