"""The small types that every course file is checked with."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from homevisit.course.problems import advice_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sized

    from homevisit.course.yaml_file import Place

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
MaybeText = Annotated[str, StringConstraints(strip_whitespace=True)]
# A YAML list comes as a Python list; the value kept is a tuple.
AsTuple = Field(strict=False)
# Names of points in source/points.yml; whether they exist is checked for the whole course together.
PointIds = Annotated[tuple[Text, ...], AsTuple]


def at_least(count: int) -> AfterValidator:
    """Give the check that a list or mapping has `count` entries.

    Pydantic's own counts only the sound entries, and so reports a shortage beside each wrong one.
    """

    def check(entries: Sized) -> Sized:
        if len(entries) < count:
            raise advice_error(f"Write at least {count} of these.")
        return entries

    return AfterValidator(check)


def _mixed(labels: Mapping[str, str]) -> Mapping[str, str]:
    return dict(sorted(labels.items(), key=lambda item: hashlib.sha256("\0".join(item).encode()).digest()))


# Authors write right options together and statements by group: shown in that order, they would give it away.
# The mixed order is the same on the page, in responses and in feedback, and stays while the words stay.
MIXED = AfterValidator(_mixed)


class Checked(BaseModel):
    """A frozen value that takes no unknown field and converts nothing."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def repeated(place: Place, name: str, ids: Iterable[str]) -> list[tuple[Place, str]]:
    """Give a problem for each entry of the list at `place` whose `name` an earlier entry has."""
    seen: Counter[str] = Counter()
    problems: list[tuple[Place, str]] = []
    for number, identifier in enumerate(ids):
        seen[identifier] += 1
        if seen[identifier] > 1:
            at = (*place, number, name) if name else (*place, number)
            message = f"Write another {name or 'entry'} here; '{identifier}' stands above already."
            problems.append((at, message))
    return problems
