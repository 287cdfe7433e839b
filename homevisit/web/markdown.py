"""How a lesson's Markdown becomes HTML: headings one can link to, and no pilcrow beside them."""

from __future__ import annotations

import re
from typing import Any

from voila.exporter import VoilaMarkdownRenderer


class LessonMarkdown(VoilaMarkdownRenderer):
    """Voilà's renderer with plain headings."""

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        """Return a heading with an id made from its words."""
        words = re.sub(r"<[^>]+>", "", text).lower()
        slug = re.sub(r"[^\w]+", "-", words).strip("-")
        return f'<h{level} id="{slug}">{text}</h{level}>\n'
