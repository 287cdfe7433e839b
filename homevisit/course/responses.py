"""Takes what a learner gave to a question: checks it, puts it in one form, writes it as plain text.

A draft is checked for its shape and size only, and kept as it was typed; control characters, which neither
a page nor a database can keep, are dropped from both. Each type of question says the rest in its module
of ``homevisit/course/kinds/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.given import texts_in
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import Question


def parse_response(question: Question, obj: object, *, draft: bool = False) -> dict[str, Any]:
    """Give the response in its normal form, ready to be stored and scored.

    Parameters
    ----------
    question : Question
        What was asked.
    obj : object
        The decoded JSON from the browser.
    draft : bool
        Check only the shape and that all text together has at most 200,000 characters.

    Raises
    ------
    InvalidResponseError
        In a plain sentence: what is missing, too long, unknown or misshapen.
    """
    given = question.drafted(obj)
    return given if draft else question.committed(given)


def response_as_text(question: Question, response: Mapping[str, Any]) -> str:
    """Write a stored response as plain text for a trainer.

    The answer key may have changed since: an option that is gone is shown by its key, and a response to
    another type of question by its texts, one on a line.
    """
    try:
        given = question.drafted(response)
    except InvalidResponseError:
        return "\n".join(texts_in(response))
    return question.as_text(given)
