"""The figures of questions, made by pandas from plain values: facility, discrimination, minutes, attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.services.reports.values import FEW, FEWEST, FEWEST_COMPARED, Figure, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from homevisit.services.reports.values import Tried

COLUMNS = ("account_id", "question_id", "number", "share", "is_full", "at")
TOO_FEW_TO_COMPARE = (
    "Needs ten learners who have points for this question and for all that the program scores."
)
NOTHING_ELSE = (
    "This lesson has no other question that the program scores, so there is nothing to compare with."
)
ALL_THE_SAME = (
    "All learners have the same points, here or in the rest of the lesson, so nothing can be compared."
)
NO_POINTS_YET = "Nobody has points for it yet."
ONCE = "Fewer than five learners tried it more than once."
LATER = 3
# Sums of shares that differ by less than this differ by the way computers add.
SAME = 1e-9


def facility(tried: Iterable[Tried], *, last: bool = False) -> Figure:
    """Return the mean share of the points at each learner's first attempt, or at the last.

    An attempt without points has no part in it; fewer than five learners give no figure.
    """
    frame = _frame(tried)
    ends = frame.groupby("account_id").tail(1) if last else frame.groupby("account_id").head(1)
    shares = ends["share"].dropna()
    n = len(shares)
    if n < FEWEST:
        return Figure(None, n, NO_POINTS_YET if n == 0 else FEW)
    return Figure(float(shares.mean()), n)


def discriminations(
    tried: Iterable[Tried], points: Mapping[str, int], by_program: Iterable[str]
) -> dict[str, Figure]:
    """Return for each question how its points go together with those of the rest of the lesson.

    It is the corrected item-total correlation (Pearson's r of the item with the total of the others) over
    learners' last attempts. The total is that of the questions that the program scores, over learners who
    have tried all of these.

    Parameters
    ----------
    points : mapping
        From each question id to the points it is worth.
    by_program : iterable of str
        The questions that the program scores; all others are compared with their total.
    """
    frame = _frame(tried).dropna(subset=["share"])
    last = frame.groupby(["account_id", "question_id"]).tail(1).copy()
    last["points"] = last["share"] * last["question_id"].map(dict(points)).astype(float)
    table = last.pivot_table(index="account_id", columns="question_id", values="points")
    scored = list(by_program)
    table = table.reindex(columns=list(points)).dropna(subset=scored)
    return {question_id: _discrimination(table, question_id, scored) for question_id in points}


def minutes_between(tried: Iterable[Tried]) -> Figure:
    """Return the median of the minutes between first and last attempt, over learners with more than one.

    How long a learner took for an attempt is not known: nothing records when a question comes into view.
    """
    moments = _frame(tried).groupby("account_id")["at"].agg(["min", "max", "count"])
    again = moments[moments["count"] > 1]
    if len(again) < FEWEST:
        return Figure(None, len(again), ONCE)
    minutes = (again["max"] - again["min"]).dt.total_seconds() / 60
    return Figure(round(float(minutes.median()), 1), len(again))


def until_full(tried: Iterable[Tried]) -> tuple[Line, ...]:
    """Return how many learners had it full at the first attempt, the second, a later one, or not yet.

    Returns nothing where nothing can be full, and for fewer than five learners.
    """
    frame = _frame(one for one in tried if one.is_full is not None)
    learners = frame["account_id"].nunique()
    if learners < FEWEST:
        return ()
    needed = frame[frame["is_full"].astype(bool)].groupby("account_id")["number"].min()
    counts = [int((needed == 1).sum()), int((needed == LATER - 1).sum()), int((needed >= LATER).sum())]
    names = ("At the first attempt", "At the second", "At the third or later", "Not yet")
    counts.append(int(learners) - sum(counts))
    return tuple(Line(name, count, int(learners)) for name, count in zip(names, counts, strict=True))


def _discrimination(table: pd.DataFrame, question_id: str, by_program: Sequence[str]) -> Figure:
    others = [other for other in by_program if other != question_id]
    if not others:
        return Figure(None, 0, NOTHING_ELSE)
    own = table[question_id].dropna()
    n = len(own)
    if n < FEWEST_COMPARED:
        return Figure(None, n, TOO_FEW_TO_COMPARE)
    rest = table.loc[own.index, others].sum(axis=1)
    if min(own.std(), rest.std()) < SAME:
        return Figure(None, n, ALL_THE_SAME)
    return Figure(round(float(own.corr(rest)), 2), n)


def _frame(tried: Iterable[Tried]) -> pd.DataFrame:
    """Return a table with a row for each attempt, in the order of the numbers."""
    # pandas takes half a second to import, which only a report needs
    import pandas as pd  # noqa: PLC0415

    rows = [[getattr(one, column) for column in COLUMNS] for one in tried]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["share"] = frame["share"].astype(float)
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    return frame.sort_values(["account_id", "question_id", "number"], kind="stable")
