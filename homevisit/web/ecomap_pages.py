"""Two EcoMaps of one family side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from homevisit.course.ecomap_changes import changes, same_ids
from homevisit.services import papers
from homevisit.services.team.days import day_of
from homevisit.web.tools import ToolHandler

if TYPE_CHECKING:
    from homevisit.store.values import Paper

KIND = "ecomap"


class CompareHandler(ToolHandler):
    """Chooses two maps and shows them beside each other, with what has changed in words."""

    async def get(self) -> None:
        """Show the page; without two different maps it asks which ones."""
        own = await self.call(papers.own_papers, self.store, self.account.account_id)
        maps = [head for head in own if head.kind == KIND]
        wanted = [self.get_query_argument(name, "") for name in ("a", "b")]
        problem = ""
        shown: list[dict[str, Any]] = []
        told: tuple[str, ...] = ()
        if all(wanted) and wanted[0] == wanted[1]:
            problem = "These are one and the same map. Choose two different ones."
        elif all(wanted):
            first, second = [await self.paper(KIND, paper_id) for paper_id in wanted]
            later = same_ids(first.content, second.content)
            told = changes(first.content, later)
            shown = [_side(first, first.content), _side(second, later)]
        untitled = papers.paper_kind(KIND).untitled
        page = self.page(
            "compare.html",
            maps=maps,
            wanted=wanted,
            problem=problem,
            shown=shown,
            told=told,
            untitled=untitled,
            day_of=day_of,
        )
        self.finish(page)


def _side(paper: Paper, drawn: dict[str, Any]) -> dict[str, Any]:
    return {"paper": paper, "json": _as_script(drawn)}


def _as_script(value: object) -> Markup:
    """Return JSON that can stand in a script element, whatever is written in it."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  no markup is left in it


ROUTES = [(r"course/tools/ecomap/compare", CompareHandler)]
