"""How a lesson's Markdown becomes HTML: headings one can link to, and no pilcrow beside them."""

from __future__ import annotations

from typing import Any

from voila.exporter import VoilaMarkdownRenderer

from homevisit.course.lesson_sections import heading_id


class LessonMarkdown(VoilaMarkdownRenderer):
    """Voilà's renderer with plain headings."""

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        """Return a heading with an id made from its words."""
        return f'<h{level} id="{heading_id(text)}">{text}</h{level}>\n'
