"""Runs a lesson's code in the grading process, where stock nbgrader starts a kernel for each submission."""

from __future__ import annotations

import ast
import io
import signal
import sys
import threading
import traceback
import warnings
from base64 import b64encode
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.formatters import DisplayFormatter
from nbformat.notebooknode import from_dict

from homevisit.errors import GradingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Step = Callable[[Any, Any], tuple[Any, Any]]

# nbgrader's own limit for one cell.
CELL_SECONDS = 30.0
# The tag with which nbclient leaves a cell out.
SKIP_TAG = "skip-execution"
# What a Python kernel says of itself.
LANGUAGE = {
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


def guard(released: Callable[[str], Any]) -> Step:
    """Return a step of nbgrader's autograde that refuses a notebook with other code than its lesson.

    Parameters
    ----------
    released : function
        Gives the notebook of a lesson as it was released.
    """

    def refuse_other_code(notebook: Any, resources: Any) -> tuple[Any, Any]:
        if _code(notebook) != _code(released(resources["nbgrader"]["assignment"])):
            raise GradingError(
                "The code in this submission is not the lesson's code, so none of it was run. "
                "Hand the lesson in again."
            )
        return notebook, resources

    return refuse_other_code


def executor(
    released: Callable[[str], Any], in_kernel: Callable[[], Step], seconds: float = CELL_SECONDS
) -> Step:
    """Return the step that takes the place of nbgrader's `Execute`; it runs a lesson's own code only.

    The cells share one namespace and the notebook's folder, as in a kernel. They are plain Python;
    a lesson that says `kernel: live` gets a kernel.

    Parameters
    ----------
    released : function
        Gives the notebook of a lesson as it was released.
    in_kernel : function
        Makes nbgrader's own `Execute`.
    seconds : float
        How long a cell may run.
    """
    refuse_other_code = guard(released)
    formatter: Any = DisplayFormatter()

    def execute(notebook: Any, resources: Any) -> tuple[Any, Any]:
        refuse_other_code(notebook, resources)
        lesson = released(resources["nbgrader"]["assignment"])
        if lesson.metadata.get("homevisit", {}).get("kernel") == "live":
            return in_kernel()(notebook, resources)
        notebook.metadata["language_info"] = from_dict(LANGUAGE)
        namespace: dict[str, Any] = {"__name__": "__main__"}
        number = 0
        # Each notebook hears each warning once, as in a new kernel: nbgrader takes stderr for a failure.
        with chdir(resources["metadata"]["path"]), warnings.catch_warnings():
            for cell in notebook.cells:
                if _runs(cell):
                    number += 1
                    with _at_most(seconds):
                        outputs = _run(cell.source, namespace, number, formatter)
                    cell["execution_count"] = number
                    cell["outputs"] = from_dict(outputs)
        return notebook, resources

    return execute


class _Stream(io.TextIOBase):
    """What a cell prints, as stream outputs among its others."""

    def __init__(self, name: str, outputs: list[dict[str, Any]]) -> None:
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        if self._outputs and self._outputs[-1].get("name") == self._name:
            self._outputs[-1]["text"] += text
        elif text:
            self._outputs.append({"output_type": "stream", "name": self._name, "text": text})
        return len(text)


def _code(notebook: Any) -> list[tuple[str, list[str]]]:
    """Return source and tags of each code cell: all of a notebook that decides what runs."""
    return [
        (cell.source, cell.metadata.get("tags", [])) for cell in notebook.cells if cell.cell_type == "code"
    ]


def _runs(cell: Any) -> bool:
    return bool(
        cell.cell_type == "code" and cell.source.strip() and SKIP_TAG not in cell.metadata.get("tags", ())
    )


def _run(source: str, namespace: dict[str, Any], number: int, formatter: Any) -> list[dict[str, Any]]:
    """Run one cell and return its outputs, an error among them."""
    outputs: list[dict[str, Any]] = []
    with redirect_stdout(_Stream("stdout", outputs)), redirect_stderr(_Stream("stderr", outputs)):
        try:
            value = _value(source, namespace, f"<cell {number}>")
            data, metadata = formatter.format(value) if value is not None else ({}, {})
        except (Exception, SystemExit) as exc:  # noqa: BLE001  whatever a cell raises, it gives no points
            lines = "".join(traceback.format_exception(exc)).splitlines()
            error = {"ename": type(exc).__name__, "evalue": str(exc), "traceback": lines}
            outputs.append({"output_type": "error", **error})
            return outputs
    if data:
        shown = {
            kind: b64encode(part).decode() if isinstance(part, bytes) else part for kind, part in data.items()
        }
        result = {"execution_count": number, "data": shown, "metadata": metadata}
        outputs.append({"output_type": "execute_result", **result})
    return outputs


def _value(source: str, namespace: dict[str, Any], name: str) -> Any:
    """Run a cell and return the value of its last expression; None when it ends in something else."""
    body = ast.parse(source, name).body
    last = body[-1] if body else None
    # dont_inherit: the future statements of this module are not the lesson's
    if not isinstance(last, ast.Expr):
        whole = compile(source, name, "exec", dont_inherit=True)
        exec(whole, namespace)  # noqa: S102  the guard has compared this very code
        return None
    first = compile(ast.Module(body[:-1], []), name, "exec", dont_inherit=True)
    exec(first, namespace)  # noqa: S102  same
    value = eval(compile(ast.Expression(last.value), name, "eval", dont_inherit=True), namespace)  # noqa: S307  same
    hook: Any = DisplayHook
    return None if hook.semicolon_at_end_of_expression(source) else value


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the cell that runs too long; only a main thread can be told so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError(f"This cell ran for more than {seconds:g} seconds.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
